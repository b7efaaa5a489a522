// Arranging as geometry: what must hold for any rectangles, tried with many random ones.
#include "core/board/Layout.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace moodloom::board;

class LayoutTest : public QObject
{
    Q_OBJECT

    static QVector<QRectF> rects(quint32 seed, qsizetype count)
    {
        QRandomGenerator random(seed);
        QVector<QRectF> result;
        for (qsizetype i = 0; i < count; ++i)
            result.append({random.bounded(4000.0) - 2000, random.bounded(4000.0) - 2000,
                           1 + random.bounded(600.0), 1 + random.bounded(600.0)});
        return result;
    }

    static QVector<QSizeF> sizes(const QVector<QRectF> &rects)
    {
        QVector<QSizeF> result;
        for (const QRectF &rect : rects)
            result.append(rect.size());
        return result;
    }

    // Sweeps from left to right: quick enough for thousands.
    static bool areApart(const QVector<QPointF> &places, const QVector<QSizeF> &sizes, double gap)
    {
        QVector<QRectF> placed;
        for (qsizetype i = 0; i < places.size(); ++i)
            placed.append(QRectF(places[i], sizes[i]).adjusted(0, 0, gap - 1e-6, gap - 1e-6));
        std::sort(placed.begin(), placed.end(),
                  [](const QRectF &a, const QRectF &b) { return a.left() < b.left(); });
        for (qsizetype i = 0; i < placed.size(); ++i)
            for (qsizetype k = i + 1; k < placed.size() && placed[k].left() < placed[i].right(); ++k)
                if (placed[i].intersects(placed[k]))
                    return false;
        return true;
    }

private Q_SLOTS:
    void packsWithoutOverlapsTightlyAndAlwaysTheSame()
    {
        for (quint32 seed = 1; seed <= 60; ++seed) {
            const QVector<QSizeF> given = sizes(rects(seed, 1 + seed * seed % 400));
            const double gap = seed % 3 * 4;
            QSizeF extent;
            const QVector<QPointF> places = packed(given, gap, 1.4, &extent);
            QVERIFY2(areApart(places, given, gap), qPrintable(QString::number(seed)));
            double area = 0;
            QRectF around;
            for (qsizetype i = 0; i < given.size(); ++i) {
                area += (given[i].width() + gap) * (given[i].height() + gap);
                around |= QRectF(places[i], given[i]);
            }
            QVERIFY(around.left() >= 0 && around.top() >= 0);
            QVERIFY(std::abs(around.right() - extent.width()) < 1e-6);
            QVERIFY(std::abs(around.bottom() - extent.height()) < 1e-6);
            if (given.size() > 30) { // with few there is no way to fill a rectangle
                const double filled = area / ((extent.width() + gap) * (extent.height() + gap));
                QVERIFY2(filled > 0.75, qPrintable(QStringLiteral("%1: %2").arg(seed).arg(filled)));
                const double aspect = extent.width() / extent.height();
                QVERIFY2(aspect > 0.9 && aspect < 2.2, qPrintable(QString::number(aspect)));
            }
            QCOMPARE(packed(given, gap, 1.4), places);
        }
    }

    void packsThousands()
    {
        const QVector<QSizeF> given = sizes(rects(5, 10000));
        QVERIFY(areApart(packed(given, 10), given, 10));
    }

    void packsEqualSquaresIntoAFullBlock()
    {
        QSizeF extent;
        packed(QVector<QSizeF>(16, {100, 100}), 0, 1, &extent);
        QCOMPARE(extent, QSizeF(400, 400));
    }

    void packsWhatIsWiderThanTheBlockShouldBe()
    {
        const QVector<QSizeF> given{{5000, 10}, {10, 10}, {10, 4000}};
        QVERIFY(areApart(packed(given, 2), given, 2));
        QVERIFY(packed({}, 2).isEmpty());
    }

    void gridsInTheGivenOrderWithoutOverlaps()
    {
        for (quint32 seed = 1; seed <= 30; ++seed) {
            const QVector<QSizeF> given = sizes(rects(seed, seed * 7));
            QSizeF extent;
            const QVector<QPointF> places = gridded(given, 5, 1.4, &extent);
            QVERIFY(areApart(places, given, 5));
            for (qsizetype i = 1; i < places.size(); ++i) { // by rows, then columns
                const QPointF a(places[i - 1].x() + given[i - 1].width() / 2,
                                places[i - 1].y() + given[i - 1].height() / 2);
                const QPointF b(places[i].x() + given[i].width() / 2, places[i].y() + given[i].height() / 2);
                QVERIFY(b.y() > a.y() + 1e-6 || (std::abs(b.y() - a.y()) < 1e-6 && b.x() > a.x()));
            }
        }
    }

    void distributesWithEqualGapsAndKeepsTheEnds()
    {
        for (quint32 seed = 1; seed <= 60; ++seed)
            for (const auto axis : {Qt::Horizontal, Qt::Vertical}) {
                const QVector<QRectF> given = rects(seed, 3 + seed % 20);
                const QVector<QPointF> shifts = distributed(given, axis);
                const bool across = axis == Qt::Horizontal;
                QVector<QRectF> moved;
                for (qsizetype i = 0; i < given.size(); ++i) {
                    QCOMPARE(across ? shifts[i].y() : shifts[i].x(), 0.0);
                    moved.append(given[i].translated(shifts[i]));
                }
                const auto middle = [&](const QRectF &r) { return across ? r.center().x() : r.center().y(); };
                const auto before = [&](const QRectF &a, const QRectF &b) { return middle(a) < middle(b); };
                const auto [first, last] = std::minmax_element(given.begin(), given.end(), before);
                QCOMPARE(moved[first - given.begin()], *first);
                QCOMPARE(moved[last - given.begin()], *last);
                // In the order they had, which is that of their middles.
                QVector<qsizetype> order(given.size());
                std::iota(order.begin(), order.end(), 0);
                std::sort(order.begin(), order.end(),
                          [&](qsizetype a, qsizetype b) { return before(given[a], given[b]); });
                QVector<double> gaps;
                for (qsizetype k = 1; k < order.size(); ++k) {
                    const QRectF &a = moved[order[k - 1]], &b = moved[order[k]];
                    gaps.append(across ? b.left() - a.right() : b.top() - a.bottom());
                }
                for (const double gap : gaps)
                    QVERIFY(std::abs(gap - gaps[0]) < 1e-6);
            }
    }

    void alignsToTheBoundsOfAll()
    {
        const QVector<QRectF> given{{0, 0, 100, 50}, {300, 200, 40, 40}};
        const auto shift = [&](Alignment alignment) { return aligned(given, alignment)[1]; };
        QCOMPARE(shift(Alignment::Left), QPointF(-300, 0));
        QCOMPARE(shift(Alignment::Center), QPointF(170 - 320, 0));
        QCOMPARE(shift(Alignment::Right), QPointF(0, 0));
        QCOMPARE(shift(Alignment::Top), QPointF(0, -200));
        QCOMPARE(shift(Alignment::Middle), QPointF(0, 120 - 220));
        QCOMPARE(shift(Alignment::Bottom), QPointF(0, 0));
        QCOMPARE(aligned(given, Alignment::Right)[0], QPointF(240, 0));
    }

    void normalizesToTheAverage()
    {
        for (const Measure measure : {Measure::Height, Measure::Width, Measure::Area}) {
            const QVector<QSizeF> given = sizes(rects(3, 12));
            const QVector<double> factors = normalized(given, measure);
            const auto measured = [&](QSizeF size) {
                return measure == Measure::Height  ? size.height()
                       : measure == Measure::Width ? size.width()
                                                   : std::sqrt(size.width() * size.height());
            };
            double mean = 0;
            for (const QSizeF &size : given)
                mean += measured(size) / double(given.size());
            for (qsizetype i = 0; i < given.size(); ++i)
                QVERIFY(std::abs(measured(given[i] * factors[i]) - mean) < 1e-6);
        }
    }
};

QTEST_GUILESS_MAIN(LayoutTest)
#include "LayoutTest.moc"
