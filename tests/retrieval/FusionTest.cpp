// Orders are joined and thinned out as documented.
#include "core/retrieval/Diversity.h"
#include "core/retrieval/Fusion.h"

#include <QTest>

#include <cmath>

using namespace moodloom::retrieval;

class FusionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstPlaceIsWorthTheWeight()
    {
        const Ranking rankings[] = {{{7, 8}, 2.0}};
        const auto scores = fuse(rankings);
        QCOMPARE(scores[7], 2.0);
        QVERIFY(std::abs(scores[8] - 2.0 * 61 / 62) < 1e-12);
        QCOMPARE(scores.size(), 2);
    }

    void agreementBeatsOneGoodPlace()
    {
        const Ranking rankings[] = {{{1, 2, 3}, 1.0}, {{4, 2, 5}, 1.0}};
        const auto scores = fuse(rankings);
        for (const int other : {1, 3, 4, 5})
            QVERIFY(scores[2] > scores[other]);
    }

    void heavierRankingDecides()
    {
        const Ranking rankings[] = {{{1, 2}, 1.0}, {{2, 1}, 0.5}};
        const auto scores = fuse(rankings);
        QVERIFY(scores[1] > scores[2]);
    }

    void nothingGivesNothing()
    {
        QVERIFY(fuse({}).isEmpty());
    }

    void fullLambdaKeepsTheOrder()
    {
        const double relevance[] = {0.9, 0.8, 0.7};
        const auto all = [](qsizetype, qsizetype) { return 1.0; };
        QCOMPARE(diversify(relevance, all, 3, 1.0), QVector<qsizetype>({0, 1, 2}));
    }

    void varietyPassesOverTheSameAgain()
    {
        // 0 and 1 are twins; 2 is a little worse, but another picture.
        const double relevance[] = {1.0, 0.95, 0.8, 0.0};
        const auto twins = [](qsizetype i, qsizetype j) { return i + j == 1 ? 1.0 : 0.0; };
        QCOMPARE(diversify(relevance, twins, 2, 0.75), QVector<qsizetype>({0, 2}));
        QCOMPARE(diversify(relevance, twins, 4, 0.75).size(), 4);
    }

    void choosesNoMoreThanThereIs()
    {
        const double relevance[] = {0.5};
        const auto none = [](qsizetype, qsizetype) { return 0.0; };
        QCOMPARE(diversify(relevance, none, 9, 0.5), QVector<qsizetype>({0}));
        QVERIFY(diversify({}, none, 9, 0.5).isEmpty());
    }

    void foldsBehindTheFirst()
    {
        const auto sameParity = [](qsizetype i, qsizetype j) { return (i - j) % 2 == 0; };
        const auto folded = fold(5, sameParity);
        QCOMPARE(folded.size(), 2);
        QCOMPARE(folded[0].index, 0);
        QCOMPARE(folded[0].hidden, QVector<qsizetype>({2, 4}));
        QCOMPARE(folded[1].hidden, QVector<qsizetype>({3}));
    }
};

QTEST_APPLESS_MAIN(FusionTest)
#include "FusionTest.moc"
