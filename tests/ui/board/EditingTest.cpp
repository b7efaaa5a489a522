// Choosing, moving and arranging items by hand and by keys.
#include "BoardWindow.h"

#include <QQmlExtensionPlugin>
#include <QSet>
#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;
using ui::BoardController;

class EditingTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void selectsByClickAndMarquee()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-150, 0}),
                     b = w.add(QStringLiteral("b"), {150, 0});
        w.click({-150, 0});
        QCOMPARE(w.controller->selection(), QVector<ItemId>{a});
        w.click({150, 0}, Qt::ShiftModifier);
        QCOMPARE(w.controller->selection(), (QVector<ItemId>{a, b}));
        w.click({150, 0}, Qt::ControlModifier);
        QCOMPARE(w.controller->selection(), QVector<ItemId>{a});
        w.click({0, 250});
        QVERIFY(w.controller->selection().isEmpty());
        w.dragOnScreen(w.screen({-300, -200}), w.screen({300, 200}));
        QCOMPARE(w.controller->selectedCount(), 2);
        QCOMPARE(w.controller->kind(), BoardController::Kind::Picture);
    }

    void movesWithTheMouseAsOneCommand()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.dragOnScreen(w.screen({0, 0}), w.screen({80, 40}));
        QCOMPARE(w.centre(a), QPointF(80, 40));
        QCOMPARE(w.board->undoName(), QStringLiteral("Move"));
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.centre(a), QPointF(0, 0));
        w.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(w.centre(a), QPointF(80, 40));
    }

    void snapsOnlyWhenNear()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.add(QStringLiteral("b"), {300, 0});
        w.dragOnScreen(w.screen({0, 0}),
                       w.screen({4, 230})); // 4 away from where it began: nothing to snap to there
        QCOMPARE(w.centre(a).x(), 4.0);
        w.board->undo();
        w.dragOnScreen(w.screen({0, 0}),
                       w.screen({96, 230})); // its right edge comes near the other's left
        QCOMPARE(w.centre(a).x(), 100.0);
    }

    void scalesByACornerAboutTheOpposite()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.click({0, 0});
        w.dragOnScreen(w.screen({100, 100}), w.screen({200, 200}));
        QCOMPARE(w.board->item(a)->scale, 1.5);
        const QPointF corner = outline(*w.board->item(a))[0];
        QVERIFY(QLineF(corner, {-100, -100}).length() < 1e-6);
    }

    void rotatesByTheHandle()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.click({0, 0});
        w.dragOnScreen(w.screen({0, -124}), w.screen({124, 0}));
        QVERIFY(qAbs(w.board->item(a)->rotation - 90) < 1);
        QCOMPARE(w.centre(a), QPointF(0, 0));
    }

    void turnsAndGrowsWithKeys()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0}),
                     b = w.add(QStringLiteral("b"), {300, 0});
        w.controller->select({a});
        w.key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(w.board->item(a)->rotation, 15.0);
        w.key(Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(w.board->item(a)->rotation, -75.0);
        w.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(w.board->item(a)->scale, 1.1);
        QCOMPARE(w.centre(a), QPointF(0, 0));
        w.key(Qt::Key_U, Qt::ShiftModifier);
        QCOMPARE(w.board->item(a)->rotation, 0.0);
        w.key(Qt::Key_0, Qt::AltModifier);
        QCOMPARE(w.board->item(a)->scale, 1.0);
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.board->item(a)->scale, 1.1);
        w.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        // Several, about their common middle.
        w.controller->select({a, b});
        w.key(Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
        QVERIFY(QLineF(w.centre(a), {150, -150}).length() < 1e-6);
        QVERIFY(QLineF(w.centre(b), {150, 150}).length() < 1e-6);
    }

    // Thousands in one command are told once: nobody waits for lists and panels.
    void tellsACommandOfThousandsOnce()
    {
        BoardWindow w;
        QVector<Picture> pictures;
        for (int i = 0; i < 3000; ++i)
            pictures.append(test::picture(QString::number(i), {200, 200}));
        const QVector<ItemId> ids = w.board->addPictures(pictures, {0, 0});
        w.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(w.controller->selectedCount(), 3000);
        QSignalSpy content(w.controller, &BoardController::contentChanged);
        QSignalSpy current(w.controller, &BoardController::currentChanged);
        const auto once = [&] {
            const bool told = content.size() == 1 && current.size() <= 1;
            content.clear();
            current.clear();
            return told;
        };
        w.key(Qt::Key_BracketRight);
        QVERIFY(once());
        w.key(Qt::Key_Right);
        QVERIFY(once());
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(once());
        w.key(Qt::Key_Delete); // they are selected no longer, too
        QVERIFY(content.size() == 1 && current.size() <= 2);
        QVERIFY(w.controller->isEmpty());
        content.clear();
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(content.size(), 1);
        QCOMPARE(w.board->items().size(), ids.size());
    }

    void nothingSelectedIsNothingChanged()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {0, 0});
        w.controller->selectNone();
        const quint64 revision = w.board->revision();
        for (const char *action :
             {"board-turn-left",     "board-larger",    "board-upright",
              "board-original-size", "board-hide",      "board-lock",
              "board-group",         "board-ungroup",   "board-flip-vertically",
              "board-greyscale",     "board-crop",      "board-uncrop",
              "board-front",         "board-backward",  "board-align-left",
              "board-same-area",     "board-duplicate", "board-cut",
              "board-remove",        "board-left",      "board-tags",
              "board-embed",         "board-link",      "board-compare",
              "board-copy-pixels",   "board-locate"})
            QVERIFY(w.canvas->perform(QLatin1String(action)));
        QCOMPARE(w.board->revision(), revision);
    }

    void keysMoveAFrameWithWhatLiesInIt()
    {
        BoardWindow w;
        const ItemId frame = w.board->addFrame({0, 0});
        const ItemId inside = w.add(QStringLiteral("a"), {-100, -100});
        w.board->setHidden({inside}, true);
        w.controller->select({frame});
        w.key(Qt::Key_Right);
        QCOMPARE(w.centre(frame), QPointF(1, 0));
        QCOMPARE(w.centre(inside), QPointF(-99, -100));
        w.dragOnScreen(w.screen({150, 150}), w.screen({190, 130})); // by hand, too
        QCOMPARE(w.centre(inside) - w.centre(frame), QPointF(-100, -100));
    }

    // A ground to work on: it is not in the way, and it is seen to be locked.
    void whatIsLockedIsAGroundToWorkOn()
    {
        BoardWindow w;
        const ItemId ground = w.add(QStringLiteral("ground"), {0, 0}, {800, 500});
        const ItemId a = w.add(QStringLiteral("a"), {-100, 0}, {100, 100}),
                     b = w.add(QStringLiteral("b"), {100, 0}, {100, 100});
        w.board->setLocked({ground}, true);
        w.dragOnScreen(w.screen({-200, -100}), w.screen({200, 100})); // begins on it
        QCOMPARE(QSet<ItemId>(w.controller->selection().begin(), w.controller->selection().end()),
                 (QSet<ItemId>{a, b}));
        w.click({0, 200});
        QCOMPARE(w.controller->selection(), QVector<ItemId>{ground}); // to be unlocked again
        w.dragOnScreen(w.screen({400, 250}), w.screen({420, 270}));   // no handle there
        QCOMPARE(w.board->item(ground)->scale, 1.0);
        // Handles are around those alone that can be changed.
        w.controller->select({ground, a});
        w.dragOnScreen(w.screen({-50, 50}), w.screen({0, 100}));
        QCOMPARE(w.board->item(a)->scale, 1.5);
        QCOMPARE(w.board->item(ground)->scale, 1.0);
    }

    void aLockedNoteIsNotOpenedForText()
    {
        BoardWindow w;
        const ItemId note = w.board->addNote(QStringLiteral("as it is"), {0, 0});
        w.board->setLocked({note}, true);
        QTest::mouseDClick(&w.view, Qt::LeftButton, {}, w.screen({0, 0}));
        QVERIFY(w.canvas->editing().isEmpty());
        w.controller->select({note});
        w.key(Qt::Key_Return);
        QVERIFY(w.canvas->editing().isEmpty());
    }

    void cancelsADragWithEscape()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        const QPoint from = w.screen({0, 0});
        QTest::mousePress(&w.view, Qt::LeftButton, {}, from);
        QTest::mouseMove(&w.view, from + QPoint(40, 40));
        w.key(Qt::Key_Escape);
        QTest::mouseMove(&w.view, from + QPoint(60, 60));
        QTest::mouseRelease(&w.view, Qt::LeftButton, {}, from + QPoint(60, 60));
        QCOMPARE(w.centre(a), QPointF(0, 0));
    }

    void removesNotesAndFramesAltogether()
    {
        BoardWindow w;
        const ItemId note = w.board->addNote(QStringLiteral("x"), {0, 0});
        w.click({0, 0});
        QCOMPARE(w.controller->selection(), QVector<ItemId>{note});
        w.key(Qt::Key_Delete);
        QVERIFY(w.board->isEmpty());
    }

    void duplicatesAndOrders()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0}),
                     b = w.add(QStringLiteral("b"), {20, 20});
        w.controller->select({a});
        w.key(Qt::Key_BracketRight);
        QCOMPARE(w.board->items().last(), a);
        w.key(Qt::Key_BracketLeft);
        QCOMPARE(w.board->items().last(), b);
        w.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(w.board->items().size(), 3);
        QVERIFY(!w.controller->isSelected(a));
    }

    void arrangesWithKeysAndUndoesIt()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-200, -100}),
                     b = w.add(QStringLiteral("b"), {60, 40});
        const ItemId c = w.add(QStringLiteral("c"), {250, 180});
        w.key(Qt::Key_A, Qt::ControlModifier);
        w.key(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(w.centre(b).x(), -200.0);
        QCOMPARE(w.centre(c).x(), -200.0);
        w.key(Qt::Key_Z, Qt::ControlModifier);
        w.key(Qt::Key_H, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(w.centre(b).x(), 25.0);
        QCOMPARE(w.centre(a).x(), -200.0);
        w.key(Qt::Key_Z, Qt::ControlModifier);
        w.key(Qt::Key_A, Qt::ShiftModifier);
        for (const auto &[one, other] : {std::pair(a, b), std::pair(a, c), std::pair(b, c)})
            QVERIFY(
                !boundingRect(*w.board->item(one)).intersects(boundingRect(*w.board->item(other))));
        QCOMPARE(w.board->undoName(), QStringLiteral("Pack"));
    }

    void offersArrangingInTheContextMenu()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-100, 0}),
                     b = w.add(QStringLiteral("b"), {150, 70});
        w.controller->select({a, b});
        QTest::mouseClick(&w.view, Qt::RightButton, {}, w.screen({150, 70}));
        QObject *align = nullptr;
        for (QObject *menu : w.view.rootObject()->findChildren<QObject *>())
            if (menu->property("title").toString() == QStringLiteral("Align"))
                align = menu;
        QVERIFY(align);
        QTRY_COMPARE(align->property("count").toInt(), 11);
        QQuickItem *first = nullptr;
        QMetaObject::invokeMethod(align, "itemAt", Q_RETURN_ARG(QQuickItem *, first),
                                  Q_ARG(int, 0));
        QVERIFY(first);
        QCOMPARE(first->property("text").toString(), QStringLiteral("Align left edges"));
        QMetaObject::invokeMethod(first, "triggered");
        QCOMPARE(w.centre(b).x(), -100.0);
    }

    void selectsMovesAndDissolvesGroups()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-150, 0}),
                     b = w.add(QStringLiteral("b"), {150, 0});
        w.key(Qt::Key_A, Qt::ControlModifier);
        w.key(Qt::Key_G, Qt::ControlModifier);
        w.click({0, 300});
        w.click({-150, 0});
        QCOMPARE(w.controller->selectedCount(), 2);
        w.dragOnScreen(w.screen({150, 0}), w.screen({150, 83}));
        QCOMPARE(w.centre(a), QPointF(-150, 83));
        QCOMPARE(w.centre(b), QPointF(150, 83));
        w.click({-150, 83}, Qt::AltModifier);
        QCOMPARE(w.controller->selection(), QVector<ItemId>{a});
        w.key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        w.click({150, 83});
        QCOMPARE(w.controller->selection(), QVector<ItemId>{b});
    }

    void hidesAndShowsAgain()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.click({0, 0});
        w.key(Qt::Key_H, Qt::ShiftModifier);
        QVERIFY(w.board->item(a)->hidden);
        QVERIFY(w.controller->selection().isEmpty());
        QVERIFY(w.canvas->itemAt(w.canvas->view().toScreen({0, 0})).isNull());
        w.key(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!w.board->item(a)->hidden);
        QCOMPARE(w.controller->selection(), QVector<ItemId>{a});
    }
};

QTEST_MAIN(EditingTest)
#include "EditingTest.moc"
