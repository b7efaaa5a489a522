// Moving beside others and choosing among many, by hand.
#include "BoardWindow.h"

#include <QQmlExtensionPlugin>
#include <QSettings>
#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;

class SelectingTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home.path());
    }
    void init() { QSettings().clear(); }

    void snapsToEdgesGapsAndFrames()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-300, -150}, {100, 100});
        w.drag({{-300, -150}, {-103, 80}}); // nothing near yet
        w.board->undo();
        w.add(QStringLiteral("b"), {-150, -150}, {100, 100}); // -200..-100
        w.add(QStringLiteral("c"), {0, -150}, {100, 100});    // -50..50, a gap of 50
        w.drag({{-300, -150}, {147, -146}}); // behind c: 100 + 50, and on their line
        QCOMPARE(w.centre(a), QPointF(150, -150));
        w.board->undo();
        w.board->addFrame({200, 100}, {300, 300}); // 50..350
        w.drag({{-300, -150}, {104, 20}});         // its left edge meets the frame's
        QCOMPARE(w.centre(a).x(), 100.0);
    }

    void showsTheGuidesOnlyWhileItSnaps()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {-250, -100}, {100, 100});
        w.add(QStringLiteral("b"), {0, 100}, {100, 100}); // -50..50
        const auto amber = [&](QPointF at) {
            const QColor seen = w.colorAt(at);
            return seen.red() - seen.blue() > 60;
        };
        w.press({-250, -100});
        w.moveTo({-240, -100});
        w.moveTo({-2, -100});
        QTRY_VERIFY(amber({0, 0}));
        QVERIFY(!amber({25, 0}));
        w.moveTo({-20, -100});
        QTRY_VERIFY(!amber({0, 0}));
        w.release({-20, -100});
    }

    void controlLetsGoOfTheNeighbours()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-250, -100}, {100, 100});
        w.add(QStringLiteral("b"), {0, 100}, {100, 100});
        w.drag({{-250, -100}, {-3, -100}}, {}, Qt::ControlModifier);
        QCOMPARE(w.centre(a), QPointF(-3, -100));
        w.board->undo();
        w.drag({{-250, -100}, {-3, -100}});
        QCOMPARE(w.centre(a), QPointF(0, -100));
    }

    void aKeyStopsSnappingForGood()
    {
        {
            BoardWindow w;
            const ItemId a = w.add(QStringLiteral("a"), {-250, -100}, {100, 100});
            w.add(QStringLiteral("b"), {0, 100}, {100, 100});
            w.key(Qt::Key_S, Qt::ShiftModifier);
            QVERIFY(!w.canvas->isSnapping());
            w.drag({{-250, -100}, {-3, -100}});
            QCOMPARE(w.centre(a), QPointF(-3, -100));
        }
        BoardWindow again;
        QVERIFY(!again.canvas->isSnapping());
        again.key(Qt::Key_S, Qt::ShiftModifier);
        QVERIFY(again.canvas->isSnapping());
    }

    void snapsNearOnTheScreenNotOnTheBoard()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-250, -100}, {100, 100});
        w.add(QStringLiteral("b"), {0, 100}, {100, 100});
        w.canvas->setZoom(0.25); // 20 board units are 5 pixels
        w.drag({{-250, -100}, {-18, -100}});
        QCOMPARE(w.centre(a).x(), 0.0);
        w.board->undo();
        w.canvas->setZoom(2); // 5 board units are 10 pixels
        w.drag({{-230, -100}, {15, -100}});
        QCOMPARE(w.centre(a).x(), -5.0);
    }

    void scalesUntilAnEdgeMeetsANeighbours()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-150, -100}, {100, 100}); // -200..-100
        w.add(QStringLiteral("b"), {50, 150}, {100, 100});                     // 0..100
        w.click({-150, -100});
        w.drag({{-100, -50}, {-3, 47}}); // its right edge nearly at 0
        QVERIFY(qAbs(boundingRect(*w.board->item(a)).right()) < 1e-6);
        QVERIFY(qAbs(boundingRect(*w.board->item(a)).left() + 200) < 1e-6);
        w.board->undo();
        w.drag({{-100, -50}, {-3, 47}}, {}, Qt::ControlModifier);
        QVERIFY(qAbs(boundingRect(*w.board->item(a)).right() + 3) < 1e-6);
    }

    void selectsWithALassoByAlt()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-250, 0}, {100, 100});
        const ItemId b = w.add(QStringLiteral("b"), {0, 0}, {100, 100});
        const ItemId c = w.add(QStringLiteral("c"), {250, 0}, {100, 100});
        // Around a and c, above b: a rectangle would hold all three.
        const QVector<QPointF> loop{{-350, -120}, {350, -120}, {350, 100},  {150, 100},
                                    {150, -80},   {-150, -80}, {-150, 100}, {-350, 100}};
        w.drag(loop, Qt::AltModifier, Qt::AltModifier);
        QCOMPARE(w.controller->selectedCount(), 2);
        QVERIFY(w.controller->isSelected(a) && w.controller->isSelected(c) &&
                !w.controller->isSelected(b));
        QCOMPARE(w.centre(a), QPointF(-250, 0));
        QVERIFY(!w.board->undoName().contains(QStringLiteral("Move")));
    }

    void theLassoIsAlsoAToolOfTheKeyboard()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-250, 0}, {100, 100});
        const ItemId frame = w.board->addFrame({150, 0}, {200, 200});
        w.key(Qt::Key_L);
        QCOMPARE(w.canvas->tool(), ui::BoardCanvas::Tool::Lasso);
        w.drag({{-320, -70}, {-180, -70}, {-200, 80}, {-300, 80}});
        QCOMPARE(w.controller->selection(), QVector<ItemId>{a});
        // A frame is taken only as a whole; Shift adds to what is selected.
        w.drag({{0, -120}, {200, -130}, {200, 130}, {0, 120}});
        QCOMPARE(w.controller->selectedCount(), 0);
        w.drag({{0, -120}, {300, -130}, {300, 130}, {0, 120}});
        QCOMPARE(w.controller->selection(), QVector<ItemId>{frame});
        w.drag({{-320, -70}, {-180, -70}, {-200, 80}, {-300, 80}}, Qt::ShiftModifier,
               Qt::ShiftModifier);
        QCOMPARE(w.controller->selectedCount(), 2);
        w.key(Qt::Key_Escape);
        QCOMPARE(w.canvas->tool(), ui::BoardCanvas::Tool::Select);
        QCOMPARE(w.controller->selectedCount(), 2);
    }

    // The inspector's button for the shelf follows the board, whoever makes the frame.
    void knowsOfAFrameThatNobodySelected()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-150, -100});
        w.controller->select({a});
        QVERIFY(w.controller->property("activeFrame").toString().isEmpty());
        QSignalSpy told(w.controller, &ui::BoardController::activeFrameChanged);
        const ItemId frame = w.board->addFrame({300, 0});
        QCOMPARE(told.count(), 1);
        QCOMPARE(w.controller->activeFrame(), frame);
        w.key(Qt::Key_S);
        QVERIFY(w.controller->isOnShelf());
        w.board->remove({frame});
        QCOMPARE(told.count(), 2);
        QVERIFY(!w.controller->isOnShelf());
        w.board->undo();
        QCOMPARE(told.count(), 3);
        QVERIFY(w.controller->isOnShelf());
    }
};

QTEST_MAIN(SelectingTest)
#include "SelectingTest.moc"
