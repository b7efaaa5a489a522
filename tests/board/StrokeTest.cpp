// Lines drawn by hand: kept as they were drawn, cut by the eraser, found where they are.
#include "core/board/Stroke.h"

#include "RandomEdits.h"

#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::board;

namespace {

QVector<StrokePoint> line(QPointF from, QPointF to, int parts = 4)
{
    QVector<StrokePoint> points;
    for (int i = 0; i <= parts; ++i)
        points.append({from + (to - from) * i / parts, 1});
    return points;
}

} // namespace

class StrokeTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void holdsAllOfTheLine()
    {
        QRandomGenerator random(3);
        for (int round = 0; round < 200; ++round) {
            QVector<StrokePoint> points;
            for (int i = random.bounded(1, 40); i > 0; --i)
                points.append({{random.generateDouble() * 900 - 400, random.generateDouble() * 900},
                               random.generateDouble()});
            const double width = 0.5 + random.generateDouble() * 30;
            const Item item = strokeItem(points, Qt::red, width);
            const QRectF bounds = boundingRect(item);
            const auto onBoard = pointsOnBoard(item);
            QCOMPARE(onBoard.size(), points.size());
            for (qsizetype i = 0; i < points.size(); ++i) {
                QVERIFY(QLineF(onBoard[i].at, points[i].at).length() < 0.02);
                QVERIFY(bounds.contains(
                    QRectF(points[i].at - QPointF(width, width) / 2, QSizeF(width, width))));
                QVERIFY(isOnStroke(item, points[i].at, 0.02));
            }
            // As it is in the file, it comes out of it.
            Item named = item;
            named.id = ItemId::createUuid();
            const auto read = itemFromJson(toJson(named));
            QVERIFY(read);
            QVERIFY(*read == named);
        }
    }

    void isFoundOnTheLineOnly()
    {
        Item item = strokeItem(line({0, 0}, {100, 100}), Qt::red, 4);
        QVERIFY(isOnStroke(item, {50, 50}, 0));
        QVERIFY(isOnStroke(item, {50, 56}, 3));
        QVERIFY(!isOnStroke(item, {90, 10}, 3));
        item.flippedX = true; // about its middle
        QVERIFY(isOnStroke(item, {90, 10}, 1));
        QVERIFY(!isOnStroke(item, {10, 10}, 1));
    }

    void anEraserCutsALineInTwo()
    {
        const auto left = erased(line({0, 0}, {100, 0}, 1), 1, {{50, -20}, {50, 20}}, 5);
        QCOMPARE(left.size(), 2);
        QVERIFY(left[0].last().at.x() < 44.1 && left[0].last().at.x() > 41);
        QVERIFY(left[1].first().at.x() > 55.9 && left[1].first().at.x() < 59);
        QCOMPARE(left[0].first().at, QPointF(0, 0));
        QCOMPARE(left[1].last().at, QPointF(100, 0));
    }

    void anEraserBesideLeavesTheVeryLine()
    {
        const auto points = line({0, 0}, {100, 0});
        const auto left = erased(points, 1, {{50, 20}, {90, 20}}, 5);
        QCOMPARE(left.size(), 1);
        QCOMPARE(left.first(), points);
        QVERIFY(erased(points, 1, {{-10, 0}, {110, 0}}, 5).isEmpty());
    }

    void erasingIsOneCommand()
    {
        Board board;
        const ItemId a = board.addStroke(line({0, 0}, {100, 0}), Qt::red, 4);
        const ItemId b = board.addStroke(line({0, 30}, {100, 30}), Qt::blue, 4);
        const ItemId far = board.addStroke(line({0, 900}, {100, 900}), Qt::blue, 4);
        const QByteArray before = test::text(board);
        board.eraseStrokes({{50, -30}, {50, 60}}, 6);
        QCOMPARE(board.items().size(), 5);
        QVERIFY(!board.item(a) && !board.item(b) && board.item(far));
        QCOMPARE(board.undoName(), QStringLiteral("Erase"));
        board.undo();
        QCOMPARE(test::text(board), before);
        // What is locked stays, and nothing erased is no command.
        board.setLocked({a, b}, true);
        board.eraseStrokes({{50, -30}, {50, 60}}, 6);
        QVERIFY(board.item(a) && board.item(b));
        QVERIFY(board.undoName() != QStringLiteral("Erase"));
    }

    void pressureMakesTheLineWider()
    {
        const auto widthAtPressure = [](double pressure) {
            Stroke stroke;
            stroke.points = {{{-40, 0}, pressure}, {{40, 0}, pressure}};
            stroke.color = Qt::black;
            stroke.width = 20;
            QImage image(100, 100, QImage::Format_ARGB32_Premultiplied);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            painter.translate(50, 50);
            paintStroke(painter, stroke);
            painter.end();
            int width = 0;
            for (int y = 0; y < 100; ++y)
                width += qAlpha(image.pixel(50, y)) > 127;
            return width;
        };
        QVERIFY(qAbs(widthAtPressure(1) - 20) <= 1);
        QVERIFY(qAbs(widthAtPressure(0.5) - int(20 * widthAt(0.5))) <= 1);
        QVERIFY(widthAtPressure(0.1) < 6);
    }
};

QTEST_GUILESS_MAIN(StrokeTest)
#include "StrokeTest.moc"
