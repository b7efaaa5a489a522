// What the arranging intents do to a document: groups stay together, locked and hidden things stay
// where they are, and every one is undone exactly.
#include "RandomEdits.h"
#include "core/board/Crop.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace moodloom;
using namespace moodloom::board;
using test::picture;
using test::text;

class ArrangingTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;
    std::unique_ptr<Board> m_board;
    int m_number = 0;

    ItemId add(const QString &caption, QPointF centre, QSize size = {100, 100})
    {
        const ItemId id = m_board->addPictures({picture(caption, size)}, centre).first();
        m_board->scale({id}, 1 / m_board->item(id)->scale, centre);
        return id;
    }
    QRectF bounds(ItemId id) const { return boundingRect(*m_board->item(id)); }
    QPointF centre(ItemId id) const { return m_board->item(id)->centre; }

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void init()
    {
        const QString path = m_home.filePath(QStringLiteral("%1.moodloom").arg(++m_number));
        m_board = std::move(*Board::create(path));
    }
    void cleanup() { m_board.reset(); }

    void undoesEveryArrangementExactly()
    {
        QRandomGenerator random(4);
        for (int i = 0; i < 40; ++i)
            test::edit(*m_board, random);
        for (int i = 0; i < 12; ++i)
            add(QString::number(i), {i * 37.0, i * 91.0}, {100 + i * 9, 300 - i * 11});
        const QVector<ItemId> all = m_board->items();
        using Packing = Board::Packing;
        const std::vector<std::function<void()>> intents = {
            [&] { m_board->align(all, Alignment::Middle); },
            [&] { m_board->distribute(all, Qt::Vertical); },
            [&] { m_board->normalize(all, Measure::Area); },
            [&] { m_board->pack(all, Packing::Tight); },
            [&] { m_board->pack(all, Packing::Grid); },
            [&] { m_board->arrangeByName(all); },
            [&] { m_board->moveForward(all.mid(all.size() - 12, 3)); },
            [&] { m_board->group(all); },
            [&] { m_board->setHidden(all, true); },
            [&] { m_board->setGreyscale(all, true); },
            [&] { m_board->setCrop(all.last(), {10, 10, 40, 50}); },
        };
        for (const auto &intent : intents) {
            const QByteArray before = text(*m_board);
            const QString name = m_board->undoName();
            intent();
            const QByteArray after = text(*m_board);
            QVERIFY(after != before);
            m_board->undo(); // one command
            QCOMPARE(text(*m_board), before);
            QCOMPARE(m_board->undoName(), name);
            m_board->redo();
            QCOMPARE(text(*m_board), after);
            m_board->undo();
        }
    }

    void packsWithoutOverlapsAndLeavesLockedAndHiddenAlone()
    {
        QVector<ItemId> ids;
        for (int i = 0; i < 30; ++i)
            ids.append(add(QString::number(i), {i % 7 * 20.0, i * 11.0}, {80 + i * 7, 260 - i * 5}));
        m_board->rotate({ids[3]}, 30, centre(ids[3]));
        m_board->setLocked({ids[0]}, true);
        m_board->setHidden({ids[1]}, true);
        const QPointF locked = centre(ids[0]), hidden = centre(ids[1]);
        const QPointF middle = m_board->extent(ids.mid(2)).center();
        m_board->pack(ids, Board::Packing::Tight);
        QCOMPARE(centre(ids[0]), locked);
        QCOMPARE(centre(ids[1]), hidden);
        for (qsizetype i = 2; i < ids.size(); ++i)
            for (qsizetype k = i + 1; k < ids.size(); ++k)
                QVERIFY(!bounds(ids[i]).intersects(bounds(ids[k])));
        const QPointF away = m_board->extent(ids.mid(2)).center() - middle; // it stays where one looks
        QVERIFY(std::hypot(away.x(), away.y()) < 1e-6);
    }

    void keepsTheShapeOfGroups()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0}), b = add(QStringLiteral("b"), {130, 40});
        const ItemId c = add(QStringLiteral("c"), {700, 300}), d = add(QStringLiteral("d"), {300, 900});
        m_board->group({a, b});
        const QPointF between = centre(b) - centre(a);
        m_board->align({a, b, c, d}, Alignment::Left);
        QCOMPARE(centre(b) - centre(a), between);
        QCOMPARE(bounds(c).left(), bounds(a).left());
        m_board->pack({a, b, c, d}, Board::Packing::Tight);
        QCOMPARE(centre(b) - centre(a), between);
        QVERIFY(!(bounds(a) | bounds(b)).intersects(bounds(c)));
    }

    void ordersByNameAsPeopleCount()
    {
        const ItemId ten = add(QStringLiteral("sketch 10"), {0, 0}), nine = add(QStringLiteral("sketch 9"), {500, 0});
        const ItemId apple = add(QStringLiteral("apple"), {900, 0});
        m_board->arrangeByName({ten, nine, apple});
        QVERIFY(centre(apple).x() < centre(nine).x() || centre(apple).y() < centre(nine).y());
        QVERIFY(centre(nine).x() < centre(ten).x() || centre(nine).y() < centre(ten).y());
    }

    void ordersByColorAroundTheCircleThenGreys()
    {
        const QVector<QColor> colors{Qt::blue, Qt::white, Qt::red, Qt::black, Qt::green, Qt::yellow};
        QVector<ItemId> ids(colors.size());
        QHash<int, int> jobs;
        QSignalSpy imported(m_board.get(), &Board::imported);
        for (int i = 0; i < colors.size(); ++i) {
            QImage image(60, 60, QImage::Format_RGB32);
            image.fill(colors[i]);
            jobs.insert(m_board->importImage(image, colors[i].name(), QPointF(i * 400, 0)), i);
        }
        QTRY_COMPARE(imported.size(), colors.size());
        for (const QList<QVariant> &one : imported)
            ids[jobs[one[0].toInt()]] = one[1].value<QVector<QUuid>>().first();
        const QByteArray before = text(*m_board);
        m_board->arrangeByColor(ids);
        QTRY_VERIFY(text(*m_board) != before);
        QVector<QColor> order{Qt::red, Qt::yellow, Qt::green, Qt::blue, Qt::black, Qt::white};
        std::sort(ids.begin(), ids.end(), [this](const ItemId &a, const ItemId &b) {
            const QPointF pa = centre(a), pb = centre(b);
            return std::abs(pa.y() - pb.y()) > 1 ? pa.y() < pb.y() : pa.x() < pb.x();
        });
        for (int i = 0; i < order.size(); ++i)
            QCOMPARE(m_board->item(ids[i])->picture()->caption, order[i].name());
        m_board->undo();
        QCOMPARE(text(*m_board), before);
    }

    void bringsForwardOverWhatIsOverlappedOnly()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0}), far = add(QStringLiteral("far"), {900, 0});
        const ItemId b = add(QStringLiteral("b"), {50, 0}), c = add(QStringLiteral("c"), {60, 0});
        m_board->moveForward({a});
        QCOMPARE(m_board->items(), (QVector<ItemId>{far, b, a, c}));
        m_board->moveForward({a});
        QCOMPARE(m_board->items(), (QVector<ItemId>{far, b, c, a}));
        m_board->moveForward({a}); // nothing lies over it
        QCOMPARE(m_board->items(), (QVector<ItemId>{far, b, c, a}));
        m_board->moveBackward({b, c});
        m_board->moveBackward({a});
        QCOMPARE(m_board->items(), (QVector<ItemId>{far, b, a, c}));
        m_board->undo();
        m_board->undo();
        m_board->undo();
        QCOMPARE(m_board->items(), (QVector<ItemId>{a, far, b, c}));
    }

    void groupsUngroupsAndCopiesGroups()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0}), b = add(QStringLiteral("b"), {200, 0});
        const ItemId c = add(QStringLiteral("c"), {400, 0});
        QVERIFY(m_board->group({a}).isNull());
        const ItemId group = m_board->group({a, b});
        QCOMPARE(m_board->withGroups({b, c}), (QVector<ItemId>{b, c, a}));
        const QVector<ItemId> copies = m_board->duplicate({a, b, c}, {10, 10});
        QCOMPARE(m_board->withGroups({copies[0]}).size(), 2);
        QVERIFY(m_board->item(copies[0])->group != group);
        QVERIFY(m_board->item(copies[2])->group.isNull());
        m_board->ungroup({a});
        QCOMPARE(m_board->withGroups({a}), QVector<ItemId>{a});
        QCOMPARE(m_board->withGroups({copies[0]}).size(), 2);
    }

    // As a mirror would: places and angles are exchanged, twice is as before.
    void flipsSeveralAsInAMirror()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0}), b = add(QStringLiteral("b"), {300, 40});
        const ItemId still = add(QStringLiteral("c"), {900, 0});
        m_board->rotate({b}, 30, {300, 40});
        m_board->setLocked({still}, true);
        const QRectF before = bounds(a) | bounds(b);
        const QByteArray all = text(*m_board);
        m_board->flip({a, b, still}, Qt::Horizontal);
        QVERIFY(m_board->item(a)->flippedX && m_board->item(b)->flippedX &&
                !m_board->item(still)->flippedX);
        QCOMPARE(m_board->item(b)->rotation, -30.0);
        QVERIFY(centre(b).x() < centre(a).x());
        QCOMPARE(centre(b).y(), 40.0);
        const QRectF after = bounds(a) | bounds(b);
        QVERIFY(QLineF(before.topLeft(), after.topLeft()).length() < 1e-6);
        QVERIFY(QLineF(before.bottomRight(), after.bottomRight()).length() < 1e-6);
        QCOMPARE(centre(still), QPointF(900, 0));
        m_board->undo();
        QCOMPARE(text(*m_board), all);
        // One that is turned lies as in a mirror, too: its corners are where the mirror shows them.
        const QPolygonF corners = outline(*m_board->item(b));
        m_board->flip({b}, Qt::Vertical);
        const QPolygonF mirrored = outline(*m_board->item(b));
        for (int i = 0; i < 4; ++i) // corner i of the one is the corner across of the other
            QVERIFY(QLineF(QPointF(corners[i].x(), 80 - corners[i].y()), mirrored[3 - i]).length() <
                    1e-6);
    }

    void whatLiesInAFrameGoesWithItWhenItIsArranged()
    {
        const ItemId frame = m_board->addFrame({0, 0}, {400, 400});
        const ItemId inside = add(QStringLiteral("in"), {-80, 60});
        const ItemId hidden = add(QStringLiteral("hidden"), {50, 50}),
                     locked = add(QStringLiteral("locked"), {90, 90});
        m_board->setHidden({hidden}, true);
        m_board->setLocked({locked}, true);
        const ItemId other = add(QStringLiteral("other"), {900, 500});
        m_board->align({frame, other}, Alignment::Right); // to 950
        QCOMPARE(centre(frame), QPointF(750, 0));
        QCOMPARE(centre(inside), QPointF(670, 60));
        QCOMPARE(centre(hidden), QPointF(800, 50));
        QCOMPARE(centre(locked), QPointF(90, 90));
        m_board->undo();
        m_board->align({frame, inside, other}, Alignment::Right); // meant itself
        QCOMPARE(centre(inside), QPointF(900, 60));
    }

    void copiesOfFramesHaveCopiesOfWhatActsInThem()
    {
        const ItemId back = m_board->addFrame({0, 0}, {400, 400}),
                     front = m_board->addFrame({100, 0}, {100, 100});
        const ItemId inside = add(QStringLiteral("in"), {-80, 60}),
                     shelved = add(QStringLiteral("shelf"), {800, 0});
        m_board->setOnShelf(back, {shelved, inside}, true);
        const bool frontLies = m_board->items().indexOf(front) > m_board->items().indexOf(back);
        const QVector<ItemId> copies = m_board->duplicate({back, front}, {0, 1000});
        QCOMPARE(copies.size(), 3);
        ItemId backCopy, frontCopy, insideCopy;
        for (const ItemId &id : copies)
            (m_board->item(id)->picture()         ? insideCopy
             : m_board->item(id)->centre.x() == 0 ? backCopy
                                                  : frontCopy) = id;
        QCOMPARE(centre(insideCopy), QPointF(-80, 1060));
        // The copy of what is on the shelf where there is one, else the same.
        QCOMPARE(m_board->item(backCopy)->frame()->shelf, (QVector<ItemId>{shelved, insideCopy}));
        QCOMPARE(m_board->items().indexOf(frontCopy) > m_board->items().indexOf(backCopy),
                 frontLies);
        // On another board nothing is on the shelf that is not there.
        auto other = std::move(*Board::create(m_home.filePath(QStringLiteral("other.moodloom"))));
        const QVector<ItemId> pasted =
            other->paste({*m_board->item(back), *m_board->item(inside)}, {});
        QCOMPARE(other->item(pasted[0])->frame()->shelf, QVector<ItemId>{pasted[1]});
    }

    void tagsAreWordsEachOnce()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0}), b = add(QStringLiteral("b"), {200, 0});
        m_board->setLocked({b}, true); // may be found again, too
        m_board->tag(
            {a, b},
            {QStringLiteral(" old  town "), QStringLiteral("红"), QStringLiteral("red"), {}}, {});
        QCOMPARE(
            m_board->item(a)->tags,
            (QStringList{QStringLiteral("old town"), QStringLiteral("red"), QStringLiteral("红")}));
        QCOMPARE(m_board->item(b)->tags, m_board->item(a)->tags);
        m_board->tag({b}, {QStringLiteral("Red"), QStringLiteral("blue")},
                     {QStringLiteral("OLD TOWN")});
        QCOMPARE(m_board->item(b)->tags, (QStringList{QStringLiteral("blue"), QStringLiteral("red"),
                                                      QStringLiteral("红")}));
        QCOMPARE(m_board->tags(), (QStringList{QStringLiteral("blue"), QStringLiteral("old town"),
                                               QStringLiteral("red"), QStringLiteral("红")}));
        const auto again = itemFromJson(toJson(*m_board->item(b)));
        QVERIFY(again && *again == *m_board->item(b));
        m_board->undo();
        QCOMPARE(m_board->item(b)->tags, m_board->item(a)->tags);
    }

    void groupsHoldGroups()
    {
        QVector<ItemId> ids;
        for (int i = 0; i < 5; ++i)
            ids.append(add(QString::number(i), {i * 200.0, 0}));
        m_board->group({ids[0], ids[1]});
        const QUuid second = m_board->group({ids[2], ids[3]});
        m_board->group(ids.mid(0, 4));
        QCOMPARE(m_board->withGroups({ids[0]}).size(), 4);
        const quint64 revision = m_board->revision();
        m_board->group(ids.mid(0, 4)); // once more changes nothing
        QCOMPARE(m_board->revision(), revision);
        const QVector<ItemId> copies = m_board->duplicate(ids.mid(0, 4), {0, 500});
        m_board->ungroup({ids[0]}); // the outer one
        QCOMPARE(m_board->withGroups({ids[0]}).size(), 2);
        QCOMPARE(m_board->item(ids[2])->group, second);
        m_board->ungroup({copies[3]});
        QCOMPARE(m_board->withGroups({copies[3]}).size(), 2);
        QVERIFY(m_board->item(copies[3])->group != second);
        // One of a group that comes without the others leaves it.
        m_board->group({ids[3], ids[4]});
        QCOMPARE(m_board->withGroups({ids[3]}).size(), 2);
        QCOMPARE(m_board->withGroups({ids[2]}), QVector<ItemId>{ids[2]});
        m_board->ungroup({ids[3]});
        QVERIFY(m_board->item(ids[3])->group.isNull());
        // What is hidden of a group stays with it.
        m_board->group({ids[0], ids[1], ids[2]});
        m_board->setHidden({ids[2]}, true);
        m_board->group({ids[0], ids[1], ids[4]});
        m_board->ungroup({ids[0]});
        QCOMPARE(m_board->withGroups({ids[0]}).size(), 3);
        const auto again = itemFromJson(toJson(*m_board->item(copies[0])));
        QVERIFY(again && *again == *m_board->item(copies[0]));
    }

    void cropsWithoutMovingThePixels_data()
    {
        QTest::addColumn<double>("rotation");
        QTest::addColumn<bool>("flipped");
        QTest::newRow("straight") << 0.0 << false;
        QTest::newRow("turned") << 33.0 << false;
        QTest::newRow("turned and flipped") << 33.0 << true;
    }

    void cropsWithoutMovingThePixels()
    {
        QFETCH(double, rotation);
        QFETCH(bool, flipped);
        const ItemId id = add(QStringLiteral("a"), {300, 200}, {400, 200});
        m_board->rotate({id}, rotation, {300, 200});
        m_board->scale({id}, 1.5, {0, 0});
        if (flipped)
            m_board->flip({id}, Qt::Horizontal);
        const QPointF pixel(110, 90);
        const QPointF before = toPixels(*m_board->item(id)).inverted().map(pixel);
        m_board->setCrop(id, {100, 50, 120, 100});
        QCOMPARE(naturalSize(*m_board->item(id)), QSizeF(120, 100));
        const QPointF after = toPixels(*m_board->item(id)).inverted().map(pixel);
        QVERIFY(std::hypot(after.x() - before.x(), after.y() - before.y()) < 1e-6);
        QVERIFY(outline(*m_board->item(id)).containsPoint(after, Qt::OddEvenFill));
        m_board->setCrop(id, {});
        QVERIFY(m_board->item(id)->picture()->crop.isNull());
        const QPointF whole = toPixels(*m_board->item(id)).inverted().map(pixel);
        QVERIFY(std::hypot(whole.x() - before.x(), whole.y() - before.y()) < 1e-6);
    }

    void pansInsideTheCropAndStopsAtTheEdge()
    {
        const ItemId id = add(QStringLiteral("a"), {0, 0}, {400, 200});
        m_board->setCrop(id, {100, 50, 100, 100});
        const QRectF before = bounds(id);
        m_board->panCrop(id, {30, -10}); // the picture goes right and up
        QCOMPARE(m_board->item(id)->picture()->crop, QRectF(70, 60, 100, 100));
        QCOMPARE(bounds(id), before);
        m_board->panCrop(id, {900, 900});
        QCOMPARE(m_board->item(id)->picture()->crop, QRectF(0, 0, 100, 100));
        m_board->flip({id}, Qt::Horizontal);
        m_board->panCrop(id, {-10, 0}); // mirrored: the other way in the file, the same on the screen
        QCOMPARE(m_board->item(id)->picture()->crop.left(), 0.0);
        m_board->panCrop(id, {10, 0});
        QCOMPARE(m_board->item(id)->picture()->crop.left(), 10.0);
    }

    void refusesACropWithoutPixels()
    {
        const ItemId id = add(QStringLiteral("a"), {0, 0}, {400, 200});
        const QByteArray before = text(*m_board);
        m_board->setCrop(id, {500, 50, 100, 100});
        m_board->setCrop(id, {10, 10, 0.2, 50});
        QCOMPARE(text(*m_board), before);
    }

    void hidesWithoutForgetting()
    {
        const ItemId id = add(QStringLiteral("a"), {0, 0});
        m_board->setHidden({id}, true);
        QVERIFY(!m_board->item(id)->isVisible());
        QVERIFY(m_board->extent({id}).isEmpty());
        m_board->setHidden({id}, false);
        QVERIFY(m_board->item(id)->isVisible());
    }
};

QTEST_GUILESS_MAIN(ArrangingTest)
#include "ArrangingTest.moc"
