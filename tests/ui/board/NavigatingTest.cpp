// Getting about on a board: panning, zooming, what is in sight, the outline, the minimap, keys.
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

class NavigatingTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

    // As a search finds them.
    static QVector<Picture> references(const QString &name, int count)
    {
        QVector<Picture> found;
        for (int i = 0; i < count; ++i)
            found.append(test::picture(name + QString::number(i), {200, 200}));
        return found;
    }

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void pansWithTheMiddleButtonAndWithSpace()
    {
        BoardWindow w;
        const QPointF before = w.canvas->viewCentre();
        w.dragOnScreen({500, 300}, {400, 350}, Qt::MiddleButton);
        QCOMPARE(w.canvas->viewCentre(), before + QPointF(100, -50));
        QTest::keyPress(&w.view, Qt::Key_Space);
        w.dragOnScreen({400, 350}, {500, 300});
        QTest::keyRelease(&w.view, Qt::Key_Space);
        QCOMPARE(w.canvas->viewCentre(), before);
        QVERIFY(!w.board->canUndo());
    }

    void zoomsAtTheCursor()
    {
        BoardWindow w;
        const QPointF under(120, 80);
        const QPoint at = w.screen(under);
        w.wheel(under, 3);
        QVERIFY(w.canvas->zoom() > 1.5);
        QVERIFY((w.screen(under) - at).manhattanLength() <= 1);
        w.wheel(under, -6, Qt::ControlModifier);
        QVERIFY(w.canvas->zoom() < 1);
        QVERIFY((w.screen(under) - at).manhattanLength() <= 1);
    }

    void fitsAllAndTheSelection()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-4000, 0});
        w.add(QStringLiteral("b"), {4000, 2000});
        w.key(Qt::Key_0, Qt::ControlModifier);
        QVERIFY(w.canvas->view().visible().contains(w.board->extent(w.board->items())));
        w.controller->select({a});
        w.key(Qt::Key_F);
        QVERIFY(w.canvas->zoom() > 1);
        QCOMPARE(w.canvas->viewCentre(), QPointF(-4000, 0));
    }

    void showsAllUntilTheUserMovesTheView()
    {
        BoardWindow w;
        auto other = std::move(*Board::create(w.home.filePath(QStringLiteral("other.moodloom"))));
        w.view.rootObject()->setProperty("board", QVariant::fromValue(other.get()));
        QCOMPARE(w.canvas->zoom(), 1.0);
        other->addPictures({test::picture(QStringLiteral("far"), {200, 200})}, {5000, 300});
        QTRY_VERIFY(w.canvas->view().visible().contains(other->extent(other->items())));
        w.dragOnScreen({500, 300}, {450, 300}, Qt::MiddleButton);
        const QPointF chosen = w.canvas->viewCentre();
        other->addPictures({test::picture(QStringLiteral("farther"), {200, 200})}, {-9000, 0});
        QCOMPARE(w.canvas->viewCentre(), chosen);
        w.view.rootObject()->setProperty("board", QVariant::fromValue(w.board.get()));
    }

    void goesToReferencesThatArriveOutOfSight_data()
    {
        QTest::addColumn<bool>("reducedMotion");
        QTest::newRow("smoothly") << false;
        QTest::newRow("at once") << true;
    }
    void goesToReferencesThatArriveOutOfSight()
    {
        QFETCH(bool, reducedMotion);
        BoardWindow w;
        w.canvas->setReducedMotion(reducedMotion);
        const ItemId mine = w.add(QStringLiteral("mine"), {0, 0});
        w.canvas->setZoom(16);
        const ui::Viewport before = w.canvas->view();
        w.board->placeReferences(references(QStringLiteral("a"), 8));
        QVector<ItemId> arrived = w.board->items();
        arrived.removeOne(mine);
        const QRectF extent = w.board->extent(arrived);
        QCOMPARE(w.canvas->view() == before, !reducedMotion);
        QTRY_VERIFY(w.canvas->view().visible().contains(extent) && w.canvas->zoom() <= 1);
        // The user's own movement ends it.
        w.canvas->centerOn({90000, 0});
        w.canvas->setZoom(4);
        w.board->placeReferences(references(QStringLiteral("b"), 8));
        w.wheel(w.canvas->viewCentre(), 1);
        const ui::Viewport chosen = w.canvas->view();
        w.view.grabWindow();
        QCoreApplication::processEvents();
        QCOMPARE(w.canvas->view(), chosen);
    }

    // One large picture of many fills the view: what came is not seen for that.
    void goesToReferencesOfWhichNearlyNoneIsSeen()
    {
        BoardWindow w;
        w.board->placeReferences(references(QStringLiteral("a"), 12));
        const QRectF place = w.board->extent(w.board->items());
        w.canvas->centerOn(w.centre(w.board->items().first()));
        w.canvas->setZoom(16);
        w.board->placeReferences(references(QStringLiteral("b"), 12));
        QCOMPARE(w.board->extent(w.board->items()), place);
        QTRY_VERIFY(w.canvas->view().visible().contains(place));
    }

    void leavesTheViewWhereEnoughIsSeen()
    {
        BoardWindow w;
        w.board->placeReferences(references(QStringLiteral("a"), 8));
        w.key(Qt::Key_0, Qt::ControlModifier);
        w.canvas->centerOn(w.canvas->viewCentre() + QPointF(60, 40));
        const ui::Viewport chosen = w.canvas->view();
        w.board->placeReferences(references(QStringLiteral("b"), 8));
        w.view.grabWindow();
        QCOMPARE(w.canvas->view(), chosen);
        // What only changed has not arrived.
        QVector<Picture> same = references(QStringLiteral("b"), 8);
        w.canvas->setReducedMotion(true);
        w.canvas->centerOn({90000, 0});
        same[0].weight = 1.5;
        w.board->placeReferences(same);
        QCOMPARE(w.canvas->viewCentre(), QPointF(90000, 0));
    }

    void leavesTheViewWhileTheUserIsAtWork()
    {
        BoardWindow w;
        w.canvas->setReducedMotion(true);
        const ItemId mine = w.add(QStringLiteral("mine"), {0, 0});
        const ItemId note = w.board->addNote(QStringLiteral("here"), {0, 300});
        w.canvas->setZoom(8);
        w.press({0, 0});
        w.moveTo({3, 2});
        w.moveTo({6, 4});
        const ui::Viewport chosen = w.canvas->view();
        w.board->placeReferences(references(QStringLiteral("a"), 8));
        QCOMPARE(w.canvas->view(), chosen);
        w.release({6, 4});
        QVERIFY(w.centre(mine) != QPointF(0, 0));
        w.canvas->edit(note.toString(QUuid::WithoutBraces));
        w.board->placeReferences(references(QStringLiteral("b"), 8));
        QCOMPARE(w.canvas->view(), chosen);
        w.canvas->cancelEditing();
        w.board->placeReferences(references(QStringLiteral("c"), 8));
        QVERIFY(w.canvas->view() != chosen);
    }

    void showsPixelsAtTheLevelThatIsSeen()
    {
        BoardWindow w;
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.board->importFiles(
            {w.file(QStringLiteral("large.png"), QColor(10, 200, 30), {3000, 2000})}, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        w.controller->selectNone();
        const auto shown = [&] { return w.view.grabWindow().pixelColor(w.screen({30, 30})); };
        QTRY_VERIFY(qAbs(shown().green() - 200) < 12 && shown().red() < 30);
        QVERIFY(w.canvas->cache().bytes() < 4 * 600 * 600); // not the whole 24 MB
    }

    void isReachableByKeyboard()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-200, 0}),
                     b = w.add(QStringLiteral("b"), {200, 0});
        w.key(Qt::Key_Tab);
        QCOMPARE(w.controller->selection(), QVector<ItemId>{a});
        QVERIFY(w.controller->currentName().contains(QStringLiteral("a")));
        w.key(Qt::Key_Tab);
        QCOMPARE(w.controller->selection(), QVector<ItemId>{b});
        w.key(Qt::Key_Right);
        w.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(w.centre(b), QPointF(201, 10));
        w.key(Qt::Key_Tab); // beyond the last one the focus goes on
        QVERIFY(!w.canvas->hasActiveFocus());
    }

    void listensToTheKeysThatTheUserChose()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.click({0, 0});
        w.canvas->setShortcuts({{QStringLiteral("board-pin"), QStringLiteral("Ctrl+G")},
                                {QStringLiteral("board-front"), QString()}});
        w.key(Qt::Key_P);
        QCOMPARE(w.board->item(a)->picture()->state, ReferenceState::Suggested);
        w.key(Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(w.board->item(a)->picture()->state, ReferenceState::Pinned);
        QVERIFY(w.canvas->perform(QStringLiteral("board-pin"))); // by name, as the palette does
        QCOMPARE(w.board->item(a)->picture()->state, ReferenceState::Suggested);
        QVERIFY(!w.canvas->perform(QStringLiteral("board-nothing")));
    }

    void keysThatLookAlikeDoTheSame()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {0, 0});
        w.key(Qt::Key_Equal, Qt::ControlModifier);
        const double once = w.canvas->zoom();
        QVERIFY(once > 1);
        w.key(Qt::Key_Plus, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(w.canvas->zoom() > once);
        w.click({0, 0});
        w.key(Qt::Key_Backspace);
        QVERIFY(w.controller->isEmpty());
    }

    void searchesTheOutlineAndGoesThere()
    {
        BoardWindow w;
        w.add(QStringLiteral("great wall"), {-3000, 0});
        const ItemId kite = w.add(QStringLiteral("a red kite"), {4000, 500});
        w.board->addNote(QStringLiteral("kites are red"), {0, 900});
        w.board->setHidden({kite}, true);
        w.canvas->forceActiveFocus();
        w.key(Qt::Key_O);
        auto *list = w.view.rootObject()->findChild<QQuickItem *>(QStringLiteral("outlineList"));
        QVERIFY(list);
        QTRY_COMPARE(list->property("count").toInt(), 3);
        for (const char letter : {'R', 'E', 'D', ' ', 'K', 'I', 'T', 'E'})
            w.key(letter == ' ' ? int(Qt::Key_Space) : int(Qt::Key_A + (letter - 'A')));
        QTRY_COMPARE(list->property("count").toInt(), 2); // the words, in any order
        w.key(Qt::Key_Down);
        w.key(Qt::Key_Return);
        QCOMPARE(w.controller->selection(), QVector<ItemId>{kite});
        QVERIFY(!w.board->item(kite)->hidden);
        QCOMPARE(w.canvas->viewCentre(), QPointF(4000, 500));
        w.key(Qt::Key_Escape);
        QVERIFY(w.canvas->hasActiveFocus());
        QCOMPARE(list->property("count").toInt(), 0);
    }

    // What a row reads is found, not only what the item holds.
    void searchesTheOutlineByWhatItsRowsRead()
    {
        BoardWindow w;
        const ItemId kite = w.add(QStringLiteral("a kite"), {0, 0});
        w.add(QStringLiteral("a wall"), {400, 0});
        w.board->addFrame({0, 900});
        w.board->setPinned({kite}, true);
        w.canvas->forceActiveFocus();
        w.key(Qt::Key_O);
        auto *list = w.view.rootObject()->findChild<QQuickItem *>(QStringLiteral("outlineList"));
        QTRY_COMPARE(list->property("count").toInt(), 3);
        const auto type = [&w](const char *word) {
            w.key(Qt::Key_A, Qt::ControlModifier);
            for (; *word; ++word)
                w.key(int(Qt::Key_A + (*word - 'A')));
        };
        type("PINNED");
        QTRY_COMPARE(list->property("count").toInt(), 1);
        type("FRAME");
        QTRY_COMPARE(list->property("count").toInt(), 1);
        type("PICTURE");
        QTRY_COMPARE(list->property("count").toInt(), 2);
    }

    void findsByTagsInTheOutline()
    {
        BoardWindow w;
        const ItemId kite = w.add(QStringLiteral("one"), {-300, 0}),
                     wall = w.add(QStringLiteral("two"), {300, 0});
        w.add(QStringLiteral("a kite"), {0, 0});
        w.board->tag({kite}, {QStringLiteral("kite"), QStringLiteral("red")}, {});
        w.board->tag({wall}, {QStringLiteral("red")}, {});
        w.canvas->forceActiveFocus();
        w.key(Qt::Key_O);
        auto *list = qobject_cast<QQuickItem *>(w.child(QStringLiteral("outlineList")));
        auto *search = qobject_cast<QQuickItem *>(w.child(QStringLiteral("outlineSearch")));
        QVERIFY(list && search);
        QTRY_COMPARE(list->property("count").toInt(), 3);
        for (const char letter : QByteArray("kite"))
            QTest::keyClick(&w.view, letter);
        QTRY_COMPARE(list->property("count").toInt(), 2); // a name and a tag
        search->setProperty("text", QStringLiteral("#kite"));
        QTRY_COMPARE(list->property("count").toInt(), 1); // the tag alone
        search->setProperty("text", QString());
        QQuickItem *red = w.shown(QStringLiteral("outlineTag-red"));
        QVERIFY(red);
        QTest::mouseClick(&w.view, Qt::LeftButton, {},
                          red->mapToScene(red->boundingRect().center()).toPoint());
        QTRY_COMPARE(list->property("count").toInt(), 2);
        w.board->tag({kite, wall}, {},
                     {QStringLiteral("red")}); // nobody is left with it: all are shown
        QTRY_COMPARE(list->property("count").toInt(), 3);
    }

    void looksElsewhereThroughTheMinimap()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {-2000, -1000});
        const ItemId b = w.add(QStringLiteral("b"), {2000, 1000});
        w.canvas->forceActiveFocus();
        w.key(Qt::Key_M);
        auto *map = w.view.rootObject()->findChild<QQuickItem *>(QStringLiteral("boardMinimap"));
        QVERIFY(map && map->isVisible());
        w.view.grabWindow();
        const QPointF corner = map->mapToScene({map->width() * 0.93, map->height() * 0.88});
        QTest::mouseClick(&w.view, Qt::LeftButton, {}, corner.toPoint());
        QVERIFY2(w.canvas->view().visible().contains(w.centre(b)),
                 qPrintable(QString::number(w.canvas->viewCentre().x())));
        QVERIFY(map->property("viewRect").toRectF().center().x() > map->width() * 0.8);
    }

    void tellsWhatAllIsInTheFile()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {0, 0});
        QSignalSpy notices(w.controller, &BoardController::notice);
        QVERIFY(w.canvas->perform(QStringLiteral("board-check")));
        QTRY_VERIFY(notices.size() + w.view.rootObject()->property("trouble").toString().size() >
                    0);
        QVERIFY(w.canvas->perform(QStringLiteral("board-compact")));
        QTRY_VERIFY(notices.size() >= 1);
    }

    void refusesEditsOfAReadOnlyBoard()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {0, 0});
        QTRY_COMPARE(w.board->acknowledgedRevision(), w.board->revision());
        auto second = std::move(*Board::open(w.board->path()));
        w.view.rootObject()->setProperty("board", QVariant::fromValue(second.get()));
        QVERIFY(w.controller->isReadOnly());
        QVERIFY(!w.controller->saveText().isEmpty());
        const ItemId id = second->items().first();
        const QPointF before = second->item(id)->centre;
        w.dragOnScreen(w.screen(before), w.screen(before) + QPoint(50, 50));
        w.key(Qt::Key_Delete);
        QCOMPARE(second->item(id)->centre, before);
        QVERIFY(second->item(id)->isVisible());
        w.view.rootObject()->setProperty("board", QVariant::fromValue(w.board.get()));
    }
};

QTEST_MAIN(NavigatingTest)
#include "NavigatingTest.moc"
