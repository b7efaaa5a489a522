// What acts where in a frame, and how pictures are tidied.
#include "RandomEdits.h"
#include "core/board/Regions.h"

#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::board;
using test::picture;

class RegionsTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;
    std::unique_ptr<Board> m_board;
    ItemId m_frame;

    // A picture of this size in board units at a place.
    ItemId add(const QString &hash, QPointF centre, QSize size = {100, 100})
    {
        const ItemId id = m_board->addPictures({picture(hash, size)}, centre).first();
        m_board->scale({id}, 1 / m_board->item(id)->scale, centre);
        return id;
    }

    static void compare(const QRectF &actual, const QRectF &expected)
    {
        QVERIFY2(qAbs(actual.x() - expected.x()) < 1e-9 && qAbs(actual.y() - expected.y()) < 1e-9 &&
                     qAbs(actual.width() - expected.width()) < 1e-9 &&
                     qAbs(actual.height() - expected.height()) < 1e-9,
                 qPrintable(QStringLiteral("%1 %2 %3x%4").arg(actual.x()).arg(actual.y()).arg(actual.width()).arg(actual.height())));
    }

private Q_SLOTS:
    void init()
    {
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
        static int number = 0;
        m_board = std::move(*Board::create(m_home.filePath(QStringLiteral("%1.moodloom").arg(++number))));
        m_frame = m_board->addFrame({0, 0}, {400, 200}); // x -200..200, y -100..100
    }
    void cleanup() { m_board.reset(); }

    void givesThePlaceInsideTheFrame()
    {
        add(QStringLiteral("a"), {-150, 0});
        const auto references = frameReferences(*m_board, m_frame);
        QCOMPARE(references.size(), 1);
        compare(references[0].region, {0, 0.25, 0.25, 0.5});
    }

    void cutsWhatReachesOverTheEdge()
    {
        add(QStringLiteral("a"), {200, 0}); // half of it is inside
        compare(frameReferences(*m_board, m_frame)[0].region, {0.875, 0.25, 0.125, 0.5});
    }

    // -- Words

    void aNoteInAFrameActsWhereItLies()
    {
        const ItemId kite = m_board->addNote(QStringLiteral("a *red* kite"), {-90, 0});
        m_board->addNote(QStringLiteral("beside it"), {600, 0});
        const auto texts = frameTexts(*m_board, m_frame);
        QCOMPARE(texts.size(), 1);
        QCOMPARE(texts[0].item, kite);
        QCOMPARE(texts[0].text, QStringLiteral("a *red* kite"));
        compare(texts[0].region, {0, 0.2, 0.55, 0.6}); // 220 x 120 about (-90, 0)
        QCOMPARE(texts[0].shape.size(), 4);
        QCOMPARE(texts[0].shape[0], QPointF(0, 0.2));
        // Nearer ones come later.
        const ItemId boat = m_board->addNote(QStringLiteral("a boat"), {0, 0});
        QCOMPARE(frameTexts(*m_board, m_frame).last().item, boat);
        m_board->lower({boat});
        QCOMPARE(frameTexts(*m_board, m_frame).first().item, boat);
    }

    void aCommentDoesNotActAndUndoMakesItAct()
    {
        const ItemId note = m_board->addNote(QStringLiteral("a kite"), {0, 0});
        m_board->setNotesAct({note}, false);
        QVERIFY(frameTexts(*m_board, m_frame).isEmpty());
        m_board->undo();
        QCOMPARE(frameTexts(*m_board, m_frame).size(), 1);
        m_board->setWeight({note}, 0.5);
        QCOMPARE(frameTexts(*m_board, m_frame)[0].weight, 0.5);
        m_board->setWeight({note}, 0);
        QVERIFY(frameTexts(*m_board, m_frame).isEmpty());
        m_board->undo();
        m_board->setNoteText(note, QStringLiteral("  \n"));
        QVERIFY(frameTexts(*m_board, m_frame).isEmpty());
    }

    void commentsAndWeightsAreInTheFile()
    {
        Item item;
        item.id = ItemId::createUuid();
        Note note;
        note.text = QStringLiteral("a kite");
        item.content = note;
        QJsonObject json = toJson(item);
        QVERIFY(itemFromJson(json)->note()->acts); // as in files from before there were comments
        note.acts = false;
        note.weight = 1.5;
        item.content = note;
        QCOMPARE(*itemFromJson(toJson(item)), item);
    }

    // A turned note's shape is turned, its bounds are not.
    void aTurnedNoteKeepsItsShape()
    {
        const ItemId note = m_board->addNote(QStringLiteral("a kite"), {0, 0});
        m_board->rotate({note}, 90, {0, 0});
        const auto texts = frameTexts(*m_board, m_frame);
        compare(texts[0].region, {0.35, 0, 0.3, 1}); // 120 x 220, cut above and below
        double lowest = 0;
        for (const QPointF &corner : texts[0].shape)
            lowest = std::max(lowest, corner.y());
        QVERIFY(qAbs(lowest - 1.05) < 1e-9);
    }

    void ignoresWhatOnlyTouchesTheEdge()
    {
        add(QStringLiteral("a"), {245, 0}); // a twentieth is inside
        add(QStringLiteral("b"), {900, 0});
        QVERIFY(frameReferences(*m_board, m_frame).isEmpty());
    }

    void takesACoveringPictureForTheWholeFrame()
    {
        add(QStringLiteral("a"), {0, 0}, {4000, 4000});
        compare(frameReferences(*m_board, m_frame)[0].region, {0, 0, 1, 1});
    }

    void boundsARotatedPicture()
    {
        const ItemId id = add(QStringLiteral("a"), {0, 0});
        m_board->rotate({id}, 45, {0, 0});
        const double half = 50 * std::sqrt(2.0);
        compare(frameReferences(*m_board, m_frame)[0].region,
                {0.5 - half / 400, 0.5 - half / 200, half / 200, half / 100});
        // Within its bounds it acts as it lies; turned by a quarter, it fills them.
        QCOMPARE(frameReferences(*m_board, m_frame)[0].shape.size(), 4);
        QVERIFY(qAbs(frameReferences(*m_board, m_frame)[0].shape[0].x() - 0.5) < 1e-9);
        m_board->rotate({id}, 45, {0, 0});
        QVERIFY(frameReferences(*m_board, m_frame)[0].shape.isEmpty());
    }

    void measuresInARotatedFramesOwnCoordinates()
    {
        const ItemId id = add(QStringLiteral("a"), {-150, 0});
        m_board->rotate({m_frame, id}, 90, {0, 0});
        compare(frameReferences(*m_board, m_frame)[0].region, {0, 0.25, 0.25, 0.5});
    }

    void putsTheShelfFirstAndEverywhere()
    {
        const ItemId inside = add(QStringLiteral("a"), {0, 0});
        const ItemId beside = add(QStringLiteral("b"), {900, 900});
        m_board->setOnShelf(m_frame, {beside}, true);
        const auto references = frameReferences(*m_board, m_frame);
        QCOMPARE(references.size(), 2);
        QCOMPARE(references[0].item, beside);
        QVERIFY(references[0].region.isEmpty());
        QCOMPARE(references[1].item, inside);
    }

    void leavesOutDroppedAndWeightlessOnes()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        const ItemId b = add(QStringLiteral("b"), {10, 0});
        const ItemId c = add(QStringLiteral("c"), {20, 0});
        m_board->drop({a});
        m_board->setWeight({b}, 0);
        m_board->setWeight({c}, 1.5);
        const auto references = frameReferences(*m_board, m_frame);
        QCOMPARE(references.size(), 1);
        QCOMPARE(references[0].item, c);
        QCOMPARE(references[0].weight, 1.5);
        m_board->setOnShelf(m_frame, {a, b}, true);
        QCOMPARE(frameReferences(*m_board, m_frame).size(), 1);
    }

    void whatIsCroppedAwayDoesNotAct()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0}, {200, 100});
        QVERIFY(frameReferences(*m_board, m_frame)[0].part.isNull());
        m_board->setCrop(a, {50, 20, 100, 40});
        compare(frameReferences(*m_board, m_frame)[0].part, {0.25, 0.2, 0.5, 0.4});
        m_board->setCrop(a, {});
        QVERIFY(frameReferences(*m_board, m_frame)[0].part.isNull());
    }

    // Whoever hides a picture wants to paint without it, inside the frame and on its shelf.
    void leavesOutWhatIsHidden()
    {
        const ItemId inside = add(QStringLiteral("a"), {0, 0});
        const ItemId shelved = add(QStringLiteral("b"), {900, 0});
        m_board->setOnShelf(m_frame, {shelved}, true);
        QCOMPARE(frameReferences(*m_board, m_frame).size(), 2);
        m_board->setHidden({inside, shelved}, true);
        QVERIFY(frameReferences(*m_board, m_frame).isEmpty());
        m_board->setHidden({inside, shelved}, false);
        QCOMPARE(frameReferences(*m_board, m_frame).size(), 2);
    }

    void findsTheFrameAPictureLiesIn()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        QCOMPARE(frameAt(*m_board, *m_board->item(a)), m_frame);
        m_board->move({a}, {2000, 0});
        QVERIFY(frameAt(*m_board, *m_board->item(a)).isNull());
    }

    void doesNotBlowUpARowThatIsNotFull()
    {
        QVector<Box> boxes;
        for (int i = 0; i < 12; ++i)
            boxes.append({{300, 300}, i < 9 ? QStringLiteral("a") : QStringLiteral("b")});
        for (const Placement &placed : arranged(boxes))
            QCOMPARE(placed.scale, arranged(boxes)[0].scale);
    }

    void arrangesWithoutOverlapsAndByGroup_data()
    {
        QTest::addColumn<int>("arrangement");
        QTest::newRow("rows") << int(Arrangement::Rows);
        QTest::newRow("masonry") << int(Arrangement::Masonry);
    }

    void arrangesWithoutOverlapsAndByGroup()
    {
        QFETCH(int, arrangement);
        QRandomGenerator random(5);
        QVector<Box> boxes;
        for (int i = 0; i < 40; ++i)
            boxes.append({QSizeF(random.bounded(100, 4000), random.bounded(100, 4000)),
                          QString::number(i % 3)});
        ArrangeStyle style;
        style.arrangement = Arrangement(arrangement);
        QSizeF extent;
        const auto placed = arranged(boxes, style, &extent);
        QVector<QRectF> rects;
        double bottoms[3] = {0, 0, 0}, tops[3] = {1e9, 1e9, 1e9};
        for (int i = 0; i < boxes.size(); ++i) {
            const QSizeF size = boxes[i].size * placed[i].scale;
            const QRectF rect(placed[i].centre - QPointF(size.width(), size.height()) / 2, size);
            for (const QRectF &other : rects)
                QVERIFY(!other.adjusted(1, 1, -1, -1).intersects(rect));
            rects.append(rect);
            QVERIFY(QRectF({-1e-6, -1e-6}, extent + QSizeF(2e-6, 2e-6)).contains(rect));
            bottoms[i % 3] = std::max(bottoms[i % 3], rect.bottom());
            tops[i % 3] = std::min(tops[i % 3], rect.top());
        }
        QVERIFY(bottoms[0] < tops[1] && bottoms[1] < tops[2]);
    }
};

QTEST_GUILESS_MAIN(RegionsTest)
#include "RegionsTest.moc"
