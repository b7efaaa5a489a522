// Several boards in one window: tabs by mouse and keys, and what each board keeps for itself.
#include "core/session/BoardSet.h"
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"
#include "ui/board/BoardMime.h"
#include "ui/shell/Preferences.h"

#include <QDropEvent>

using namespace moodloom;
using fake::world;

class TabsTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

    ui::BoardCanvas *canvas() const
    {
        return qobject_cast<ui::BoardCanvas *>(m_driver->item(QStringLiteral("boardCanvas")));
    }
    QVector<QQuickItem *> tabs() const { return m_driver->all(QStringLiteral("boardTab")); }
    board::Board *shown() const { return m_session->board(); }
    // A click on the canvas gives it the keys.
    void onCanvas() { canvas()->forceActiveFocus(); }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("tabs")); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void keysOpenShowAndClose()
    {
        QVERIFY(tabs().isEmpty()); // one board needs no tab
        board::Board *first = shown();
        first->addNote(QStringLiteral("first"), {0, 0});
        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        board::Board *second = shown();
        QVERIFY(second != first && second->isEmpty());
        QTRY_COMPARE(tabs().size(), 2);
        QVERIFY(tabs()[1]->property("current").toBool());
        second->addNote(QStringLiteral("second"), {0, 0});
        m_driver->press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(shown(), first);
        m_driver->press(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(shown(), second);
        m_driver->press(Qt::Key_PageUp, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_session->boards()->indexOf(second), 0);
        m_driver->press(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(shown(), first);
        QTRY_VERIFY(tabs().isEmpty());
        // The toast and the key bring it back, as it was.
        QVERIFY(m_driver->with("message", QStringLiteral("Closed “Untitled board”; it is kept")));
        m_driver->press(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(m_session->boards()->boards().size(), 2);
        QVERIFY(shown() != first);
        QCOMPARE(shown()->items().size(), 1);
    }

    void theMouseShowsClosesAndReorders()
    {
        board::Board *a = shown();
        a->addNote(QStringLiteral("a"), {0, 0});
        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        board::Board *b = shown();
        QTRY_COMPARE(tabs().size(), 2);
        m_driver->click(m_driver->item(QStringLiteral("newBoardTab")));
        board::Board *c = shown();
        QTRY_COMPARE(tabs().size(), 3);
        m_driver->settle();
        m_driver->click(tabs()[0]);
        QCOMPARE(shown(), a);
        // The first is dragged behind the last.
        const QPoint from = m_driver->centre(tabs()[0]), to = m_driver->centre(tabs()[2]);
        QTest::mousePress(m_driver->window(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 10; ++i) {
            const QPointF at = QPointF(from) + (QPointF(to) - QPointF(from)) * i / 10;
            QMouseEvent event(QEvent::MouseMove, at, m_driver->window()->mapToGlobal(at),
                              Qt::NoButton, Qt::LeftButton, {});
            QCoreApplication::sendEvent(m_driver->window(), &event);
        }
        QTest::mouseRelease(m_driver->window(), Qt::LeftButton, {}, to);
        QCOMPARE(m_session->boards()->boards(), (QVector<board::Board *>{b, c, a}));
        QCOMPARE(shown(), a);
        // A middle click closes, whichever is shown.
        m_driver->settle();
        const auto tabOf = [&](board::Board *board) {
            for (QQuickItem *tab : tabs())
                if (tab->property("index").toInt() == m_session->boards()->indexOf(board))
                    return tab;
            return static_cast<QQuickItem *>(nullptr);
        };
        QTest::mouseClick(m_driver->window(), Qt::MiddleButton, {}, m_driver->centre(tabOf(b)));
        QCOMPARE(m_session->boards()->boards(), (QVector<board::Board *>{c, a}));
        QCOMPARE(shown(), a);
        QTRY_COMPARE(tabs().size(), 2);
        // And so does a tab's button.
        m_driver->settle();
        m_driver->hover(tabOf(a));
        for (QQuickItem *close : m_driver->all(QStringLiteral("boardTabClose")))
            if (close->parentItem() == tabOf(a)) {
                m_driver->click(close);
                break;
            }
        QCOMPARE(m_session->boards()->boards(), QVector<board::Board *>{c});
    }

    // Selection, view, frame and undo belong to each board.
    void eachBoardKeepsItsOwn()
    {
        board::Board *a = shown();
        const auto note = a->addNote(QStringLiteral("a"), {0, 0});
        const auto frame = a->addFrame({600, 0});
        m_driver->settle();
        onCanvas();
        canvas()->controller()->select({note});
        canvas()->setZoom(0.37);
        canvas()->centerOn({123, 45});
        const QPointF centre = canvas()->viewCentre();
        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        QVERIFY(canvas()->controller()->selection().isEmpty());
        QVERIFY(!shown()->canUndo());
        QCOMPARE(canvas()->zoom(), 1.0);
        m_driver->press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(shown(), a);
        QCOMPARE(canvas()->controller()->selection(), QVector<board::ItemId>{note});
        QCOMPARE(canvas()->zoom(), 0.37);
        QCOMPARE(canvas()->viewCentre(), centre);
        QCOMPARE(canvas()->controller()->activeFrame(), frame);
        QVERIFY(a->canUndo());
    }

    // Pixels of boards that are not shown are given back.
    void aBoardThatIsLeftGivesItsPixelsBack()
    {
        const QString path = m_home.filePath(QStringLiteral("red.png"));
        QVERIFY(fake::picture(Qt::red, {400, 300}).save(path));
        shown()->importFiles({path}, {0, 0});
        QTRY_COMPARE(shown()->items().size(), 1);
        const QString hash = shown()->item(shown()->items().first())->picture()->hash;
        canvas()->fitAll();
        QTRY_VERIFY(!canvas()->cache().want(hash, path, 400, 100).image.isNull());
        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(canvas()->cache().bytes(), qint64(0));
    }

    // What is being typed is not lost when another board is shown.
    void textThatIsTypedStays()
    {
        board::Board *a = shown();
        const auto note = a->addNote(QStringLiteral("old"), {0, 0});
        onCanvas();
        canvas()->edit(note.toString(QUuid::WithoutBraces));
        QTRY_VERIFY(canvas()->editing().size() > 0);
        m_driver->type(QStringLiteral("new words"));
        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        QVERIFY(shown() != a);
        QCOMPARE(a->item(note)->note()->text, QStringLiteral("new words"));
        QVERIFY(shown()->isEmpty());
    }

    void itemsAreCopiedToAnotherBoard()
    {
        const QString path = m_home.filePath(QStringLiteral("blue.png"));
        QVERIFY(fake::picture(Qt::blue, {120, 80}).save(path));
        board::Board *a = shown();
        // Pasted pixels: no file but in the board.
        a->importImage(QImage(path), QStringLiteral("blue"), {0, 0});
        QTRY_COMPARE(a->items().size(), 1);
        onCanvas();
        canvas()->controller()->select(a->items());
        QSignalSpy prepared(canvas(), &ui::BoardCanvas::filesPrepared);
        m_driver->press(Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(prepared.size(), 1);
        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        board::Board *b = shown();
        onCanvas();
        m_driver->press(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(b->items().size(), 1);
        const board::Picture picture = *b->item(b->items().first())->picture();
        // Its pixels are in the other board's own file.
        const auto store = b->store();
        QTRY_VERIFY(store->linked().result()->isEmpty());
        QTRY_VERIFY(store->picture(picture.hash, {}, 0).result());
        QCOMPARE(a->items().size(), 1);
    }

    // Over a tab for a moment, its board is shown; dropped on a tab, the items come into that
    // board.
    void itemsAreDraggedOverATab()
    {
        board::Board *a = shown();
        const auto note = a->addNote(QStringLiteral("carried"), {0, 0});
        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        board::Board *b = shown();
        QTRY_COMPARE(tabs().size(), 2);
        m_driver->press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(shown(), a);
        m_driver->settle();
        const auto mime = ui::mimeFor({*a->item(note)}, {}, {});
        const QPoint over = m_driver->centre(tabs()[1]);
        QDragEnterEvent enter(over, Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &enter);
        QDragMoveEvent move(over, Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &move);
        QTRY_COMPARE(shown(), b); // after a moment
        QDropEvent drop(over, Qt::CopyAction, mime.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &drop);
        QCOMPARE(b->items().size(), 1);
        QCOMPARE(b->item(b->items().first())->note()->text, QStringLiteral("carried"));
        QCOMPARE(a->items().size(), 1);
    }

    // Boards without a name are told apart by their prompts.
    void anUntitledBoardIsCalledAsItsPrompt()
    {
        board::Board *a = shown();
        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(tabs().size(), 2);
        QCOMPARE(tabs()[0]->property("title").toString(), QStringLiteral("Untitled board"));
        a->setFramePrompt(a->addFrame({0, 0}), QStringLiteral("a tower by the sea"));
        QCOMPARE(tabs()[0]->property("title").toString(), QStringLiteral("a tower by the sea"));
        a->undo();
        QCOMPARE(tabs()[0]->property("title").toString(), QStringLiteral("Untitled board"));
    }

    // What was open is remembered, in its order.
    void theOpenBoardsAreRemembered()
    {
        board::Board *a = shown();
        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        board::Board *b = shown();
        QCOMPARE(ui::Preferences::openBoards(), (QStringList{a->path(), b->path()}));
        QCOMPARE(ui::Preferences::shownBoard(), b->path());
        const QString named = m_home.filePath(QStringLiteral("named.moodloom"));
        b->addNote(QStringLiteral("b"), {0, 0});
        b->saveAs(named);
        QTRY_COMPARE(ui::Preferences::shownBoard(), named);
        QTRY_VERIFY(m_driver->with("title", QStringLiteral("named")));
        m_driver->press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(ui::Preferences::shownBoard(), a->path());
        QCOMPARE(ui::Preferences::openBoards(), (QStringList{a->path(), named}));
    }
};

QTEST_MAIN(TabsTest)
#include "TabsTest.moc"
