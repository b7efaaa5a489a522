// What a hand would do on the board, done by keys.
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

class KeysTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

    static QRectF crop(const BoardWindow &w, ItemId id)
    {
        return w.board->item(id)->picture()->crop;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home.path());
    }
    void init() { QSettings().clear(); }

    void cropsByTheHandleThatTabTakes()
    {
        BoardWindow w;
        const ItemId id = w.add(QStringLiteral("a"), {0, 0}, {200, 100});
        w.key(Qt::Key_Tab);
        QCOMPARE(w.controller->selection(), QVector{id});
        QSignalSpy told(w.canvas, &ui::BoardCanvas::told);
        w.key(Qt::Key_C);
        QVERIFY(w.canvas->isCropping());
        QVERIFY(told.size() == 1 && told.first().first().toString().contains(QLatin1String("Tab")));
        // The upper left corner first.
        w.key(Qt::Key_Right, Qt::ShiftModifier);
        w.key(Qt::Key_Down);
        QCOMPARE(crop(w, id), QRectF(10, 1, 190, 99));
        QCOMPARE(w.controller->selection(), QVector{id});
        // Backwards: the picture inside, then the lower right corner.
        w.key(Qt::Key_Backtab, Qt::ShiftModifier);
        w.key(Qt::Key_Right);
        QCOMPARE(crop(w, id), QRectF(9, 1, 190, 99));
        w.key(Qt::Key_Backtab, Qt::ShiftModifier);
        w.key(Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(crop(w, id), QRectF(9, 1, 180, 99));
        // The upper edge alone.
        for (int i = 0; i < 3; ++i)
            w.key(Qt::Key_Tab);
        w.key(Qt::Key_Down, Qt::ShiftModifier);
        w.key(Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(crop(w, id), QRectF(9, 11, 180, 89));
        w.key(Qt::Key_Return);
        QVERIFY(!w.canvas->isCropping());
        // And the keys are again those of the board.
        const QPointF at = w.centre(id);
        w.key(Qt::Key_Right);
        QVERIFY(w.centre(id).x() > at.x());
        QCOMPARE(crop(w, id), QRectF(9, 11, 180, 89));
    }

    void showsTheHandleThatIsTaken()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {0, 0}, {200, 100});
        w.key(Qt::Key_Tab);
        w.key(Qt::Key_C);
        const auto isMarked = [&](QPointF at) {
            return w.colorAt(at + QPointF(6, 0)).blue() > 200;
        };
        QTRY_VERIFY(isMarked({-100, -50}));
        QVERIFY(!isMarked({0, -50}));
        w.key(Qt::Key_Tab);
        QTRY_VERIFY(isMarked({0, -50}));
        QVERIFY(!isMarked({-100, -50}));
    }

    void selectsOneMoreAtATime()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {-300, 0}),
                     b = w.add(QStringLiteral("b"), {0, 0}),
                     c = w.add(QStringLiteral("c"), {3000, 0});
        w.key(Qt::Key_J);
        QCOMPARE(w.controller->selection(), QVector{a});
        w.key(Qt::Key_J);
        QCOMPARE(w.controller->selection(), QVector({a, b}));
        w.key(Qt::Key_J);
        QCOMPARE(w.controller->selection(), QVector({a, b, c}));
        QVERIFY(w.canvas->view().visible().contains(w.centre(c))); // it is seen
        w.key(Qt::Key_J);                                          // there are no more
        QCOMPARE(w.controller->selectedCount(), 3);
        w.key(Qt::Key_Escape);
        w.key(Qt::Key_J, Qt::ShiftModifier);
        w.key(Qt::Key_J, Qt::ShiftModifier);
        QCOMPARE(w.controller->selection(), QVector({c, b}));
        w.key(Qt::Key_G, Qt::ControlModifier);
        w.key(Qt::Key_Escape);
        w.key(Qt::Key_J, Qt::ShiftModifier); // with what is grouped with it
        QCOMPARE(w.controller->selectedCount(), 2);
    }

    void choosesAnyOfManyInTheOutline()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("apple"), {-300, 0});
        w.add(QStringLiteral("pear"), {0, 0});
        const ItemId c = w.add(QStringLiteral("cherry"), {300, 0});
        w.controller->select({a});
        w.key(Qt::Key_O);
        QTRY_VERIFY(w.shown(QStringLiteral("boardOutline")));
        for (const char letter : QByteArray("cherry"))
            QTest::keyClick(&w.view, letter);
        w.key(Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(w.controller->selection(), QVector({a, c}));
        w.key(Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(w.controller->selection(), QVector{a});
        w.key(Qt::Key_Return);
        QCOMPARE(w.controller->selection(), QVector{c});
    }

    void aFrameByKeysTakesInNothing()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0}, {300, 300});
        w.key(Qt::Key_Tab);
        w.key(Qt::Key_N);
        QCOMPARE(w.board->frames().size(), 1);
        const QRectF frame = boundingRect(*w.board->item(w.board->frames().first()));
        QVERIFY(!frame.intersects(boundingRect(*w.board->item(a))));
        QVERIFY(w.canvas->view().visible().contains(frame));
        // A note goes into the frame that is selected.
        w.key(Qt::Key_T);
        QCOMPARE(w.controller->selectedCount(), 1);
        QVERIFY(w.board->item(w.controller->selection().first())->note());
        QVERIFY(frame.contains(w.centre(w.controller->selection().first())));
    }

    void aFrameComesWhereThePointerIs()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {0, 0}, {300, 300});
        w.key(Qt::Key_Tab);
        QTest::mouseMove(&w.view, w.screen({10, 10}));
        QTest::mouseMove(&w.view, w.screen({40, 30}));
        w.key(Qt::Key_N);
        QVERIFY(QLineF(w.centre(w.board->frames().first()), {40, 30}).length() < 2);
    }

    void aNoteWithoutWordsIsNotKept_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("left") << int(Qt::Key_Escape);
        QTest::newRow("ended") << int(Qt::Key_Tab);
    }
    void aNoteWithoutWordsIsNotKept()
    {
        QFETCH(int, key);
        BoardWindow w;
        w.key(Qt::Key_T);
        QCOMPARE(w.board->items().size(), 1);
        w.key(key);
        QVERIFY(w.canvas->editing().isEmpty());
        QVERIFY(w.board->items().isEmpty());
        QVERIFY(w.canvas->hasActiveFocus());
        // One that is there stays, whatever becomes of its words.
        const ItemId id = w.board->addNote(QStringLiteral("words"), {0, 0});
        w.controller->select({id});
        w.key(Qt::Key_Return);
        w.key(Qt::Key_Delete);
        w.key(key);
        QCOMPARE(w.board->items(), QVector{id});
    }

    void tabEndsWritingAndWritesNothing()
    {
        BoardWindow w;
        w.key(Qt::Key_T);
        QTest::keyClick(&w.view, 'a');
        w.key(Qt::Key_Tab);
        QVERIFY(w.canvas->editing().isEmpty() && w.canvas->hasActiveFocus());
        QCOMPARE(w.board->item(w.board->items().first())->note()->text, QStringLiteral("a"));
    }

    void theMenuOpensAtWhatIsSelected()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {-300, -200}, {60, 60});
        w.key(Qt::Key_Tab);
        const QPointF there = w.screen({-300, -200});
        QVERIFY(QLineF(w.canvas->menuPlace(), there).length() < 2);
        w.key(Qt::Key_Menu);
        QObject *menu = w.child(QStringLiteral("boardMenu"));
        QTRY_VERIFY(menu && menu->property("opened").toBool());
        QVERIFY(
            QLineF(QPointF(menu->property("x").toDouble(), menu->property("y").toDouble()), there)
                    .length() < 8 ||
            menu->property("y").toDouble() < there.y()); // kept inside the window
    }
};

QTEST_MAIN(KeysTest)
#include "KeysTest.moc"
