// Shapes on grids: what painting masks with and the board shows.
#include "core/base/Coverage.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace moodloom;

class CoverageTest : public QObject
{
    Q_OBJECT

    static std::vector<Corner> rect(double x, double y, double width, double height)
    {
        return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
    }

private Q_SLOTS:
    void withoutCornersItIsEverywhere()
    {
        for (const float share : shapeCoverage({}, 3, 4))
            QCOMPARE(share, 1.0f);
    }

    // Nothing softens at the picture's own edge: all of the grid is inside.
    void theWholeGridIsFull()
    {
        for (const auto &corners : {rect(0, 0, 1, 1), rect(-0.5, -1, 2, 3)})
            for (const float share : shapeCoverage(corners, 5, 9))
                QCOMPARE(share, 1.0f);
    }

    void edgesAreSoft()
    {
        const auto share = shapeCoverage(rect(0, 0, 0.5, 1), 1, 8);
        const std::vector<float> expected{1, 1, 1, 0.75f, 0.25f, 0, 0, 0};
        for (size_t x = 0; x < 8; ++x)
            QVERIFY(std::abs(share[x] - expected[x]) < 1e-6f);
        auto turned = rect(0, 0, 0.5, 1);
        std::reverse(turned.begin(), turned.end());
        QVERIFY(shapeCoverage(turned, 1, 8) == share);
    }

    // A shape of one cell still acts there.
    void narrowShapesStayFullInTheirMiddle()
    {
        const auto share = shapeCoverage(rect(0.375, 0.375, 0.125, 0.125), 8, 8);
        QVERIFY(share[3 * 8 + 3] > 0.99f);
        QVERIFY(share[3 * 8 + 5] < 0.01f);
    }

    void whatLiesNearerHides()
    {
        std::vector<std::vector<float>> layers{{1, 1, 0.5f}, {0, 0.5f, 1}, {0, 0.5f, 0.5f}};
        coverEachOther(layers, {1, 0.5, 1});
        QVERIFY(layers[2] == (std::vector<float>{0, 0.5f, 0.5f})); // nothing lies over it
        QVERIFY(layers[1] == (std::vector<float>{0, 0.25f, 0.5f}));
        QVERIFY(layers[0] == (std::vector<float>{1, 0.375f, 0.125f}));
        layers = {{1}, {1}};
        coverEachOther(layers, {1, 0}); // what does not act hides nothing
        QCOMPARE(layers[0][0], 1.0f);
        layers = {{1}, {1}};
        coverEachOther(layers, {1, 2}); // no more than all
        QCOMPARE(layers[0][0], 0.0f);
        coverEachOther(layers = {}, {});
    }

    void aTurnedSquareIsNoBox()
    {
        const std::vector<Corner> diamond{{0.5, 0}, {1, 0.5}, {0.5, 1}, {0, 0.5}};
        const auto share = shapeCoverage(diamond, 16, 16);
        QCOMPARE(share[8 * 16 + 8], 1.0f);
        QCOMPARE(share[0], 0.0f);
        QCOMPARE(share[15 * 16 + 15], 0.0f);
        float sum = 0;
        for (const float one : share)
            sum += one;
        QVERIFY(std::abs(sum - 128) < 4); // half of the grid
    }
};

QTEST_GUILESS_MAIN(CoverageTest)
#include "CoverageTest.moc"
