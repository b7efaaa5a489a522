// Frames and the references that act in them, by hand and by keys.
#include "BoardWindow.h"

#include <QQmlExtensionPlugin>
#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;
using ui::BoardController;

class FramesTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void pinsAndWeighsTheReferenceUnderTheCursor()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.click({0, 0});
        w.key(Qt::Key_P);
        QCOMPARE(w.board->item(a)->picture()->state, ReferenceState::Pinned);
        QVERIFY(w.controller->isPinned());
        w.wheel({0, 0}, 2, Qt::AltModifier);
        QCOMPARE(w.board->item(a)->picture()->weight, 1.2);
        QCOMPARE(w.canvas->zoom(), 1.0);
        w.key(Qt::Key_P);
        QCOMPARE(w.board->item(a)->picture()->state, ReferenceState::Suggested);
    }

    void givesAReferenceARoleWithAKey()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.click({0, 0});
        w.key(Qt::Key_R);
        QCOMPARE(w.board->item(a)->picture()->role, ReferenceRole::Style);
        QVERIFY(w.controller->role() == BoardController::Role::Style);
        w.key(Qt::Key_R);
        QCOMPARE(w.board->item(a)->picture()->role, ReferenceRole::Layout);
        w.key(Qt::Key_R);
        QCOMPARE(w.board->item(a)->picture()->role, ReferenceRole::Content);
        QVERIFY(w.canvas->perform(QStringLiteral("board-steps-early")));
        QCOMPARE(w.board->item(a)->picture()->steps, (StepRange{0, 0.5}));
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(w.board->item(a)->picture()->steps.isWhole());
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.board->item(a)->picture()->role, ReferenceRole::Layout);
    }

    void showsWhatTheModelSeesWithAKey()
    {
        BoardWindow w;
        const ItemId frame = w.board->addFrame({0, 0}, {400, 400});
        const ItemId inside = w.add(QStringLiteral("a"), {-90, 0}); // -190..10, -100..100
        const ItemId beside = w.add(QStringLiteral("b"), {330, 0});
        w.controller->select({frame});
        w.controller->selectNone();
        const auto colorAt = [&](QPointF board) {
            return w.view.grabWindow().pixelColor(w.screen(board));
        };
        const auto blueish = [&](QPointF board) { // the first reference's ink
            const QColor seen = colorAt(board);
            return seen.blue() - seen.red() > 40;
        };
        QVERIFY(!blueish({-60, 60}));
        w.key(Qt::Key_W);
        QVERIFY(w.canvas->showsModelView());
        QTRY_VERIFY(blueish({-60, 60}));
        QVERIFY(!blueish({100, 60}) && !blueish({330, 60}));
        // What no longer acts is no longer shown; what moves is shown where it goes.
        w.board->setWeight({inside}, 0);
        QTRY_VERIFY(!blueish({-60, 60}));
        w.board->undo();
        QTRY_VERIFY(blueish({-60, 60}));
        QTest::mousePress(&w.view, Qt::LeftButton, {}, w.screen({-90, -60}));
        for (int i = 1; i <= 8; ++i)
            QTest::mouseMove(&w.view, w.screen({-90 + 20.0 * i, -60}));
        QTRY_VERIFY(blueish({140, 60}) && !blueish({-120, 60}));
        QTest::mouseRelease(&w.view, Qt::LeftButton, {}, w.screen({70, -60}));
        QTRY_VERIFY(blueish({140, 60}));
        w.controller->selectNone();
        // On the shelf it acts everywhere: no mask, but words.
        w.board->setOnShelf(frame, {inside}, true);
        QTRY_VERIFY(!blueish({140, 60}));
        Q_UNUSED(beside)
        w.key(Qt::Key_W);
        QVERIFY(!w.canvas->showsModelView());
    }

    void dropsAReferenceWithAToastThatUndoes()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.click({0, 0});
        w.key(Qt::Key_Delete);
        QVERIFY(!w.board->item(a)->isVisible());
        QVERIFY(w.controller->selection().isEmpty());
        QObject *toast = w.childOfType("Toast_QMLTYPE");
        QVERIFY(toast && toast->property("visible").toBool());
        QVERIFY(QMetaObject::invokeMethod(toast, "activated"));
        QVERIFY(w.board->item(a)->isVisible());
    }

    void makesAFrameByDoubleClickAndEditsItsPromptInPlace()
    {
        BoardWindow w;
        QTest::mouseDClick(&w.view, Qt::LeftButton, {}, w.screen({0, 0}));
        QCOMPARE(w.board->frames().size(), 1);
        const ItemId frame = w.board->frames().first();
        QCOMPARE(w.controller->activeFrame(), frame);
        QTest::mouseDClick(&w.view, Qt::LeftButton, {}, w.screen({0, 0}));
        QTRY_VERIFY(!w.canvas->editing().isEmpty());
        for (const char letter : QByteArray("a red kite"))
            QTest::keyClick(&w.view, letter);
        w.key(Qt::Key_Return);
        QCOMPARE(w.board->item(frame)->frame()->prompt, QStringLiteral("a red kite"));
        QVERIFY(w.canvas->hasActiveFocus());
    }

    void movesWhatLiesInAFrameWithIt()
    {
        BoardWindow w;
        const ItemId frame = w.board->addFrame({0, 0});
        const ItemId inside = w.add(QStringLiteral("a"), {-100, -100});
        w.dragOnScreen(w.screen({150, 150}), w.screen({190, 130}));
        QCOMPARE(w.centre(frame), QPointF(40, -20));
        QCOMPARE(w.centre(inside), QPointF(-60, -120));
    }

    void putsAPictureOnTheShelf()
    {
        BoardWindow w;
        const ItemId frame = w.board->addFrame({-100, 0}, {400, 400});
        const ItemId a = w.add(QStringLiteral("a"), {350, 250});
        const QPointF shelf = ui::shelfRect(*w.board->item(frame)).center() + w.centre(frame);
        w.dragOnScreen(w.screen({350, 250}), w.screen(shelf));
        QCOMPARE(w.board->item(frame)->frame()->shelf, QVector<ItemId>{a});
        QCOMPARE(w.centre(a), QPointF(350, 250));
    }

    void tidiesOnlyWhatHasNoPlaceInAFrame()
    {
        BoardWindow w;
        w.board->addFrame({0, 0});
        const ItemId inside = w.add(QStringLiteral("a"), {50, 60});
        const ItemId outside = w.add(QStringLiteral("b"), {700, 13}),
                     other = w.add(QStringLiteral("c"), {760, 95});
        w.key(Qt::Key_A);
        QCOMPARE(w.centre(inside), QPointF(50, 60));
        QVERIFY(
            !boundingRect(*w.board->item(outside)).intersects(boundingRect(*w.board->item(other))));
    }

    void lookingAtATakeFadesWhatLiesOnIt()
    {
        BoardWindow w;
        const ItemId frame = w.board->addFrame({0, 0});
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.board->importFiles({w.file(QStringLiteral("ref.png"), Qt::red)}, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        w.controller->selectNone();
        const auto shown = [&] { return w.view.grabWindow().pixelColor(w.screen({10, 10})); };
        QTRY_VERIFY(shown().red() > 240);
        QImage take(64, 64, QImage::Format_RGB888);
        take.fill(Qt::blue);
        w.board->addTake({{}, frame, {}, {}, {}, {}, 1, false}, take);
        QTRY_VERIFY(shown().blue() > 200);
        w.controller->select({w.board->items().last()}); // who selects it wants to see it
        QTRY_VERIFY(shown().red() > 240);
    }
};

QTEST_MAIN(FramesTest)
#include "FramesTest.moc"
