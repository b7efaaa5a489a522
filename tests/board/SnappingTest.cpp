// Where rectangles rest beside others: by example, and for thousands of random ones.
#include "core/board/Snapping.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace moodloom::board;

namespace {

constexpr double reach = 6;

QVector<QRectF> scattered(QRandomGenerator &random, int count)
{
    QVector<QRectF> rects;
    for (int i = 0; i < count; ++i)
        rects.append({double(random.bounded(2000)), double(random.bounded(2000)),
                      20.0 + random.bounded(300), 20.0 + random.bounded(300)});
    return rects;
}

std::array<double, 3> columns(const QRectF &rect)
{
    return {rect.left(), rect.center().x(), rect.right()};
}

std::array<double, 3> rows(const QRectF &rect)
{
    return {rect.top(), rect.center().y(), rect.bottom()};
}

// The least distance of an edge or middle to one of the others, on the x axis.
double leastAway(const QRectF &own, const QVector<QRectF> &others)
{
    double least = 1e9;
    for (const QRectF &other : others)
        for (const double theirs : columns(other))
            for (const double ours : columns(own))
                least = std::min(least, std::abs(theirs - ours));
    return least;
}

qsizetype gaps(const QVector<Guide> &guides)
{
    return std::count_if(guides.begin(), guides.end(),
                         [](const Guide &guide) { return guide.kind == Guide::Kind::Gap; });
}

} // namespace

class SnappingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void placedLinesAreLikeEdges()
    {
        const GuideLines lines{{100}, {40}};
        const QRectF own(63, 0, 33, 20); // right edge at 96
        const auto moved = snappedMove(own, {}, reach, Qt::Horizontal | Qt::Vertical, lines);
        QCOMPARE(moved.shift, QPointF(4, 0));
        QCOMPARE(moved.guides.size(), 1);
        QCOMPARE(snappedMove(own, {}, reach, Qt::Vertical, lines).shift, QPointF());
        const auto scaled = snappedScale(QRectF(0, 0, 50, 10), {0, 0}, 1.95, {}, reach, lines);
        QCOMPARE(scaled.factor, 2.0);
    }

    void bringsEdgesAndMiddlesTogether()
    {
        const QRectF other(100, 1000, 100, 50);
        QCOMPARE(snappedMove({103, 0, 30, 30}, {other}, reach).shift,
                 QPointF(-3, 0)); // left to left
        QCOMPARE(snappedMove({196, 0, 30, 30}, {other}, reach).shift,
                 QPointF(4, 0)); // left to right
        QCOMPARE(snappedMove({133, 0, 30, 30}, {other}, reach).shift, QPointF(2, 0)); // middles
        QCOMPARE(snappedMove({0, 1022, 30, 10}, {other}, reach).shift,
                 QPointF(0, -2)); // the other axis
        QVERIFY(snappedMove({60, 0, 30, 30}, {other}, reach).guides.isEmpty());
    }

    void saysWhyItRestsThere()
    {
        const auto snapped = snappedMove({103, 0, 30, 30}, {{100, 200, 100, 50}}, reach);
        QCOMPARE(snapped.guides, (QVector<Guide>{{QLineF(100, 0, 100, 250), Guide::Kind::Line}}));
    }

    void restsBetweenTwoNeighboursWithEqualGaps()
    {
        const QVector<QRectF> others{{0, 0, 100, 100}, {400, 0, 77, 100}};
        const auto snapped =
            snappedMove({202, 13, 90, 60}, others, reach); // 100..400 leaves 105 on each side
        QCOMPARE(snapped.shift.x(), 3.0);
        QCOMPARE(gaps(snapped.guides), 2);
        for (const Guide &guide : snapped.guides)
            if (guide.kind == Guide::Kind::Gap)
                QCOMPARE(guide.line.length(), 105.0);
    }

    void repeatsTheGapOfARow()
    {
        const QVector<QRectF> others{{0, 0, 100, 100}, {140, 0, 100, 100}};
        const auto behind = snappedMove({283, 13, 67, 60}, others, reach);
        QCOMPARE(behind.shift.x(), -3.0); // 240 + 40
        QCOMPARE(gaps(behind.guides), 2);
        const auto before = snappedMove({-105, 13, 67, 60}, others, reach);
        QCOMPARE(before.shift.x(), -2.0); // its right edge comes to -40
        QCOMPARE(gaps(before.guides), 2);
        // What does not stand in that row has no gap to it.
        QCOMPARE(snappedMove({283, 500, 67, 60}, others, reach).shift.x(), 0.0);
        // And down a column.
        const QVector<QRectF> column{{0, 0, 100, 100}, {0, 140, 100, 100}};
        QCOMPARE(snappedMove({13, 283, 60, 67}, column, reach).shift.y(), -3.0);
    }

    void keepsToOneAxisWhenAsked()
    {
        const QRectF own(103, 203, 30, 30);
        const QVector<QRectF> others{{100, 200, 100, 100}};
        QCOMPARE(snappedMove(own, others, reach).shift, QPointF(-3, -3));
        QCOMPARE(snappedMove(own, others, reach, Qt::Horizontal).shift, QPointF(-3, 0));
        QCOMPARE(snappedMove(own, others, reach, Qt::Vertical).shift, QPointF(0, -3));
    }

    void scalesUntilAnEdgeMeetsAnother()
    {
        const QRectF own(0, 0, 100, 50);
        const QVector<QRectF> others{{153, 400, 60, 60}};
        const auto snapped = snappedScale(own, {0, 0}, 1.5, others, reach);
        QCOMPARE(snapped.factor, 1.53);
        QCOMPARE(snapped.guides, (QVector<Guide>{{QLineF(153, 0, 153, 460), Guide::Kind::Line}}));
        // About the middle both edges move; the left one is at -25 - 3 there.
        QCOMPARE(snappedScale(own, {50, 25}, 1.5, {{-28, 400, 1000, 10}}, reach).factor, 1.56);
        QCOMPARE(snappedScale(own, {0, 0}, 1.2, others, reach).factor, 1.2);
    }

    void neverMovesFartherThanItsReachAndOnlyOntoSomething()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 400; ++round) {
            const QVector<QRectF> others = scattered(random, 1 + random.bounded(30));
            const QRectF own = scattered(random, 1).first();
            const auto snapped = snappedMove(own, others, reach);
            QVERIFY(std::abs(snapped.shift.x()) <= reach && std::abs(snapped.shift.y()) <= reach);
            const QRectF rests = own.translated(snapped.shift);
            for (const Guide &guide : snapped.guides) {
                if (guide.kind == Guide::Kind::Gap)
                    continue;
                // A line goes through the own rectangle and another one.
                const bool upright = guide.line.dx() == 0;
                const double at = upright ? guide.line.x1() : guide.line.y1();
                const auto meets = [&](const QRectF &rect) {
                    const auto lines = upright ? columns(rect) : rows(rect);
                    return std::any_of(lines.begin(), lines.end(),
                                       [&](double line) { return std::abs(line - at) < 1e-6; });
                };
                QVERIFY(meets(rests));
                QVERIFY(std::any_of(others.begin(), others.end(), meets));
            }
            // Something near is never passed over, and nothing nearer than what it took.
            const double away = leastAway(own, others);
            if (away < reach) {
                QVERIFY(std::abs(snapped.shift.x()) <= away + 1e-9);
                QVERIFY(!snapped.guides.isEmpty());
            }
        }
    }

    void staysWhereItRests()
    {
        QRandomGenerator random(8);
        for (int round = 0; round < 400; ++round) {
            const QVector<QRectF> others = scattered(random, 20);
            const QRectF own = scattered(random, 1).first();
            const auto first = snappedMove(own, others, reach);
            const auto again = snappedMove(own.translated(first.shift), others, reach);
            if (!first.guides.isEmpty() && first.shift.x() != 0)
                QVERIFY(std::abs(again.shift.x()) < 1e-6);
        }
    }

    void equalGapsAreEqual()
    {
        QRandomGenerator random(9);
        int seen = 0;
        for (int round = 0; round < 2000; ++round) {
            const QVector<QRectF> others = scattered(random, 12);
            const auto snapped = snappedMove(scattered(random, 1).first(), others, reach);
            for (qsizetype i = 0; i < snapped.guides.size(); ++i)
                if (snapped.guides[i].kind == Guide::Kind::Gap) { // they come in pairs
                    QVERIFY(i + 1 < snapped.guides.size());
                    QVERIFY(std::abs(snapped.guides[i].line.length() -
                                     snapped.guides[i + 1].line.length()) < 1e-5);
                    ++i;
                    ++seen;
                }
        }
        QVERIFY(seen > 20);
    }

    void scaledEdgesStayWithinReach()
    {
        QRandomGenerator random(10);
        for (int round = 0; round < 400; ++round) {
            const QVector<QRectF> others = scattered(random, 20);
            const QRectF own = scattered(random, 1).first();
            const double factor = 0.2 + random.generateDouble() * 3;
            const auto snapped = snappedScale(own, own.topLeft(), factor, others, reach);
            QVERIFY(snapped.factor > 0);
            const double widths = own.width() * std::abs(snapped.factor - factor);
            const double heights = own.height() * std::abs(snapped.factor - factor);
            QVERIFY(std::min(widths, heights) <= reach + 1e-9);
            QCOMPARE(snapped.guides.isEmpty(), snapped.factor == factor);
        }
    }
};

QTEST_GUILESS_MAIN(SnappingTest)
#include "SnappingTest.moc"
