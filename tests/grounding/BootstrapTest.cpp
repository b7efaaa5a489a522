// Intervals of known distributions, and the classifier where its answer is known.
#include "core/grounding/Bootstrap.h"
#include "core/grounding/Controls.h"
#include "core/grounding/GaussianClassifier.h"
#include "core/world/Random.h"

#include <QTest>

#include <cmath>

using namespace moodloom;
using namespace moodloom::grounding;

class BootstrapTest : public QObject
{
    Q_OBJECT

    // Nearly normal (Irwin and Hall): mean 0, variance 1.
    static double normal(world::Random &random)
    {
        double sum = -6;
        for (int i = 0; i < 12; ++i)
            sum += random.unit();
        return sum;
    }

private Q_SLOTS:
    void coversTheTrueMeanAsOftenAsItSays()
    {
        constexpr int experiments = 400, clusters = 40;
        int covered = 0;
        double width = 0;
        world::Random random(1);
        for (int e = 0; e < experiments; ++e) {
            std::vector<Observation> observations;
            for (int i = 0; i < clusters; ++i)
                observations.push_back({i, 3 + normal(random)});
            const Interval interval = bootstrap(observations, uint64_t(e), 600);
            covered += interval.low <= 3 && 3 <= interval.high;
            width += (interval.high - interval.low) / experiments;
            QVERIFY(interval.low <= interval.value && interval.value <= interval.high);
        }
        // 95 % less the percentile bootstrap's known shortfall on 40 clusters.
        QVERIFY2(covered > experiments * 0.90 && covered < experiments * 0.985,
                 qPrintable(QString::number(covered)));
        QVERIFY(std::abs(width - 2 * 1.96 / std::sqrt(double(clusters))) < 0.06);
    }

    void picturesOfOnePromptCountAsOne()
    {
        world::Random random(2);
        std::vector<Observation> apart, alike;
        for (int i = 0; i < 30; ++i) {
            const double value = normal(random);
            for (int k = 0; k < 8; ++k) {
                apart.push_back({i * 8 + k, value});
                alike.push_back({i, value});
            }
        }
        const Interval a = bootstrap(apart), b = bootstrap(alike);
        QCOMPARE(a.value, b.value);
        QCOMPARE(b.clusters, 30);
        QCOMPARE(b.count, 240);
        const double ratio = (b.high - b.low) / (a.high - a.low);
        QVERIFY2(std::abs(ratio - std::sqrt(8.0)) < 0.6, qPrintable(QString::number(ratio)));
    }

    void aRatioIsThatOfTheSums()
    {
        const std::vector<Observation> observations{{0, 1, 2}, {1, 3, 2}, {2, 0, 4}};
        QCOMPARE(bootstrap(observations).value, 0.5);
    }

    void littleDataGivesNoFalsePrecision()
    {
        QVERIFY(std::isnan(bootstrap({}).value));
        const std::vector<Observation> one{{0, 2}, {0, 4}};
        const Interval interval = bootstrap(one);
        QCOMPARE(interval.value, 3.0);
        QCOMPARE(interval.clusters, 1);
    }

    void rankCorrelationFollowsItsDefinition()
    {
        QCOMPARE(rankCorrelation({1, 2, 3, 4}, {10, 20, 30, 1000}), 1.0);
        QCOMPARE(rankCorrelation({1, 2, 3, 4}, {4, 3, 2, 1}), -1.0);
        QCOMPARE(rankCorrelation({1, 2, 3}, {5, 5, 5}), 0.0);
        // 1 - 6 * (0 + 1 + 1 + 0) / (4 * 15)
        QCOMPARE(rankCorrelation({1, 2, 3, 4}, {1, 3, 2, 4}), 0.8);
    }

    // Two Gaussians around -1 and 1 of variance 1 meet at 0: right in 84.1 % of cases.
    void theClassifierReachesTheKnownErrorRate()
    {
        world::Random random(3);
        std::vector<Example> examples;
        for (int i = 0; i < 4000; ++i)
            examples.push_back(
                {{float(normal(random) + (i % 2 ? 1 : -1)), float(normal(random))}, i % 2});
        const GaussianClassifier classifier(examples, 2, 0.01);
        int right = 0;
        for (int i = 0; i < 4000; ++i)
            right += classifier.classify({float(normal(random) + (i % 2 ? 1 : -1)),
                                          float(normal(random))}) == i % 2;
        QVERIFY2(std::abs(right / 4000.0 - 0.8413) < 0.02, qPrintable(QString::number(right)));
    }

    void theClassifierCopesWithMoreFeaturesThanExamples()
    {
        world::Random random(4);
        const auto draw = [&](int label) {
            Features features;
            for (int k = 0; k < 60; ++k)
                features.push_back(float(normal(random) + (k < 6 && label == k % 3 ? 3 : 0)));
            return features;
        };
        std::vector<Example> examples;
        for (int i = 0; i < 45; ++i)
            examples.push_back({draw(i % 3), i % 3});
        const GaussianClassifier classifier(examples, 3, 0.3);
        int right = 0;
        for (int i = 0; i < 300; ++i)
            right += classifier.classify(draw(i % 3)) == i % 3;
        QVERIFY2(right > 240, qPrintable(QString::number(right)));
    }
};

QTEST_APPLESS_MAIN(BootstrapTest)
#include "BootstrapTest.moc"
