// The board in the window: what is selected on it, what the model sees of it, and its actions.
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"
#include "ui/controls/Format.h"

using namespace moodloom;
using fake::world;

class WindowBoardTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("window-board")); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void theInspectorShowsAndEditsWhatIsSelectedOnTheBoard()
    {
        board::Picture picture;
        picture.hash = QStringLiteral("fake0001");
        picture.size = QSize(400, 300);
        picture.caption = QStringLiteral("a red kite");
        const auto id = m_session->board()->addPictures({picture}, {0, 0}).first();
        QVERIFY(!m_driver->item(QStringLiteral("boardWeight")));
        m_driver->settle();
        m_driver->click(
            m_driver->item(QStringLiteral("boardCanvas"))); // the picture fills the middle
        QQuickItem *weight = nullptr;
        QTRY_VERIFY((weight = m_driver->item(QStringLiteral("boardWeight"))));
        QVERIFY(m_driver->with("text", QStringLiteral("a red kite")));
        weight->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Right);
        QCOMPARE(m_session->board()->item(id)->picture()->weight, 1.05);
        m_driver->click(m_driver->item(QStringLiteral("boardPin")));
        QVERIFY(m_session->board()->item(id)->picture()->state == board::ReferenceState::Pinned);
        // Its role by a click, its part of the run by keys; each is undone by itself.
        const auto shown = [&] { return *m_session->board()->item(id)->picture(); };
        m_driver->click(m_driver->item(QStringLiteral("boardRoleStyle")));
        QVERIFY(shown().role == board::ReferenceRole::Style);
        QTRY_VERIFY(m_driver->item(QStringLiteral("boardRoleStyle"))->property("checked").toBool());
        QQuickItem *end = m_driver->item(QStringLiteral("boardStepsSecond"));
        QVERIFY(end);
        end->forceActiveFocus(Qt::TabFocusReason);
        for (int i = 0; i < 10; ++i)
            m_driver->press(Qt::Key_Left);
        QVERIFY(qAbs(shown().steps.to - 0.5) < 1e-9 && shown().steps.from == 0);
        QVERIFY(m_driver->with("text", QStringLiteral("0–50 %")));
        m_driver->press(Qt::Key_Tab, Qt::ShiftModifier);
        QVERIFY(m_driver->item(QStringLiteral("boardStepsFirst"))->hasActiveFocus());
        for (int i = 0; i < 12; ++i)
            m_driver->press(Qt::Key_Right); // an empty part is none: it stays before the end
        QVERIFY(shown().steps.isValid() && qAbs(shown().steps.from - 0.45) < 1e-9);
        while (!shown().steps.isWhole() && m_session->board()->canUndo())
            m_session->board()->undo(); // one command, or several where this machine is slow
        QTRY_COMPARE(m_driver->item(QStringLiteral("boardSteps"))->property("text").toString(),
                     QStringLiteral("0–100 %"));
        QVERIFY(shown().role == board::ReferenceRole::Style);
        m_session->board()->undo();
        QVERIFY(shown().role == board::ReferenceRole::Content);
        // Elsewhere on the board nothing is selected, and nothing is shown of it.
        QTest::mouseClick(
            m_driver->window(), Qt::LeftButton, Qt::NoModifier,
            m_driver->item(QStringLiteral("boardCanvas"))->mapToScene({6, 6}).toPoint());
        QTRY_VERIFY(!m_driver->item(QStringLiteral("boardWeight")));
    }

    void aFramesButtonShowsWhatTheModelSees()
    {
        const auto frame = m_session->board()->addFrame({0, 0});
        auto *canvas =
            qobject_cast<ui::BoardCanvas *>(m_driver->item(QStringLiteral("boardCanvas")));
        QVERIFY(canvas);
        QVERIFY(!m_driver->item(QStringLiteral("boardModelView")));
        canvas->controller()->select({frame});
        QTRY_VERIFY(m_driver->item(QStringLiteral("boardModelView")));
        m_driver->click(m_driver->item(QStringLiteral("boardModelView")));
        QVERIFY(canvas->showsModelView());
        QTRY_VERIFY(m_driver->with("text", QStringLiteral("Hide what the model sees")));
        m_driver->click(m_driver->item(QStringLiteral("boardModelView")));
        QVERIFY(!canvas->showsModelView());
    }

    // A note in a frame acts, the inspector says so, and a click makes it a comment; undo takes that back.
    void aNoteIsSwitchedBetweenActingAndComment()
    {
        board::Board *board = m_session->board();
        const auto frame = board->addFrame({0, 0});
        const auto note = board->addNote(QStringLiteral("a red kite"), {0, 0});
        auto *canvas =
            qobject_cast<ui::BoardCanvas *>(m_driver->item(QStringLiteral("boardCanvas")));
        m_driver->settle();
        m_driver->click(canvas); // the note lies in the middle
        QQuickItem *acts = nullptr;
        QTRY_VERIFY((acts = m_driver->item(QStringLiteral("boardNoteActs"))));
        QVERIFY(acts->property("checked").toBool());
        const auto use = [&] {
            return m_driver->item(QStringLiteral("boardNoteUse"))->property("text").toString();
        };
        QCOMPARE(use(), QStringLiteral("What it says is painted where it lies in the frame."));
        QVERIFY(m_driver->item(QStringLiteral("boardWeight")));
        m_driver->click(acts);
        QVERIFY(!board->item(note)->note()->acts);
        QCOMPARE(use(), QStringLiteral("A comment: painting does not see it."));
        QTRY_VERIFY(!m_driver->item(QStringLiteral("boardWeight")));
        board->undo();
        QVERIFY(board->item(note)->note()->acts);
        QVERIFY(acts->property("checked").toBool());
        // By keys, both ways.
        canvas->forceActiveFocus();
        m_driver->press(Qt::Key_T, Qt::ShiftModifier);
        QVERIFY(!board->item(note)->note()->acts);
        m_driver->press(Qt::Key_T, Qt::ShiftModifier);
        QVERIFY(board->item(note)->note()->acts);
        QQuickItem *weight = m_driver->item(QStringLiteral("boardWeight"));
        QVERIFY(weight);
        weight->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Left);
        QCOMPARE(board->item(note)->note()->weight, 0.95);
        // Outside of the frame it would act, but does not.
        board->move({note}, {2000, 0});
        QTRY_COMPARE(use(), QStringLiteral(
                                "In a frame, what it says is painted where it lies. Here it is a comment."));
        board->undo();
        canvas->controller()->select({frame});
        QTRY_VERIFY(m_driver->with(
            "text",
            ui::Format::unbroken(QStringLiteral(
                "256 × 256 pixels; place references in it or on its shelf; 1 note acts, too"))));
    }

    void aPictureOfTheBoardIsPaintedOver()
    {
        board::Picture picture;
        picture.hash = QStringLiteral("fake0001");
        picture.size = QSize(400, 300);
        picture.path = m_home.filePath(QStringLiteral("kite.png"));
        QVERIFY(fake::picture(Qt::red, picture.size).save(picture.path));
        m_session->board()->addPictures({picture}, {0, 0});
        m_driver->settle();
        QVERIFY(!m_driver->item(QStringLiteral("startStrength")));
        m_driver->click(m_driver->item(QStringLiteral("boardCanvas")));
        QQuickItem *over = nullptr;
        QTRY_VERIFY((over = m_driver->item(QStringLiteral("boardPaintOver"))));
        m_driver->click(over);
        const generation::RecipePicture wanted{picture.path, picture.hash};
        QCOMPARE(world().settings.start.picture, wanted);
        QTRY_VERIFY(m_driver->item(QStringLiteral("startStrength")));
        m_driver->item(QStringLiteral("clearStart"))->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Return);
        QVERIFY(world().settings.start.picture.isEmpty());
        // By keys alone, from anywhere.
        m_driver->press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(world().settings.start.picture, wanted);
    }

    void theBoardIsDrawnOnItsOwnPlaceOnly()
    {
        board::Board *board = m_session->board();
        for (int i = 0; i < 6; ++i)
            board->addNote(QStringLiteral("words"), {i * 200.0, 0});
        QQuickItem *canvas = m_driver->item(QStringLiteral("boardCanvas"));
        m_driver->settle();
        m_driver->settle();
        const QRect panel(QPoint(50, 100), QPoint(int(canvas->mapToScene({0, 0}).x()) - 4, 600));
        QVERIFY(panel.width() > 100);
        const QImage before = m_driver->window()->grabWindow();
        // The board is moved to the left, half out of its place.
        QQuickWindow *window = m_driver->window();
        const QPoint start = m_driver->centre(canvas);
        QTest::mousePress(window, Qt::MiddleButton, Qt::NoModifier, start);
        for (int i = 1; i <= 5; ++i) {
            QTest::mouseMove(window, start - QPoint(i * 70, 0));
            m_driver->settle();
        }
        QTest::mouseRelease(window, Qt::MiddleButton, Qt::NoModifier, start - QPoint(350, 0));
        m_driver->settle();
        const QImage after = window->grabWindow();
        QVERIFY(before.copy(panel.translated(panel.width() + 40, 0)) !=
                after.copy(panel.translated(panel.width() + 40, 0))); // it did move
        QCOMPARE(after.copy(panel), before.copy(panel));
    }

    void thePaletteDoesTheBoardsActionsToo()
    {
        board::Board *board = m_session->board();
        const auto note = board->addNote(QStringLiteral("words"), {0, 0});
        m_driver->settle();
        m_driver->click(m_driver->item(QStringLiteral("boardCanvas")));
        m_driver->press(Qt::Key_K, Qt::ControlModifier);
        QQuickItem *field = nullptr;
        QTRY_VERIFY((field = m_driver->item(QStringLiteral("paletteField"))));
        QTRY_VERIFY(field->hasActiveFocus());
        m_driver->type(QStringLiteral("board-dup"));
        m_driver->press(Qt::Key_Return);
        QTRY_COMPARE(board->items().size(), 2);
        QVERIFY(board->item(note));
    }
};

QTEST_MAIN(WindowBoardTest)
#include "WindowBoardTest.moc"
