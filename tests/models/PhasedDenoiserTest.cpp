// A run in phases: what acts in a part of the steps is exactly absent outside of it.
#include "core/models/PhasedDenoiser.h"
#include "tests/models/TinyModel.h"

using namespace moodloom;
using namespace moodloom::models;

class PhasedDenoiserTest : public QObject, protected TinyModel
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { writeModel(); }

    void aRunFallsIntoPhases()
    {
        const auto reference = [](double from, double to, double weight = 1) {
            ReferencePicture r;
            r.weight = weight;
            r.from = from;
            r.to = to;
            return r;
        };
        using Phases = std::vector<Phase>;
        QVERIFY(phasesOf({}, 5) == (Phases{{5, {}}}));
        QVERIFY(phasesOf({reference(0, 1), reference(0, 1, 0)}, 5) == (Phases{{5, {0}}}));
        QVERIFY(phasesOf({reference(0, 1), reference(0, 0.5)}, 10) ==
                (Phases{{5, {0, 1}}, {5, {0}}}));
        QVERIFY(phasesOf({reference(0.25, 0.75), reference(0.5, 1)}, 4) ==
                (Phases{{1, {}}, {1, {0}}, {1, {0, 1}}, {1, {1}}}));
        // Every step belongs to one half.
        QVERIFY(phasesOf({reference(0, 0.5), reference(0.5, 1)}, 3) ==
                (Phases{{1, {0}}, {2, {1}}}));
        QVERIFY(phasesOf({reference(0.51, 0.52)}, 10) == (Phases{{10, {}}})); // between two steps
        const std::vector<RegionText> texts{{"a", 1, {}, 0, 1}, {"b", 1, {}, 0.5, 1}, {"c", 0, {}}};
        QVERIFY(phasesOf({reference(0, 0.25)}, 4, texts) ==
                (Phases{{1, {0}, {0}}, {1, {}, {0}}, {2, {}, {0, 1}}}));
    }

    void outsideItsStepsAReferenceIsExactlyAbsent()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10), blue = plain(10, 10, 220);
        ConditioningRequest both = request(), one = request();
        both.references = {{red.view(), 1, {}}, {blue.view(), 0.7, {}}};
        one.references = {both.references[0]};
        const at::Tensor withBoth = paint(*pipeline, both), withOne = paint(*pipeline, one);
        QVERIFY(!at::equal(withBoth, withOne));
        both.references[1].to = 0.5;
        auto denoiser = PhasedDenoiser::make(*pipeline, both, {4, 4, {}, {}});
        QVERIFY(denoiser);
        const at::Tensor noise = tensor::normalNoise({1, 4, 8, 8}, 1);
        for (int step = 0; step < 4; ++step)
            QVERIFY(at::equal((*denoiser)(noise, 500), step < 2 ? withBoth : withOne));
        QVERIFY(at::equal((*denoiser)(noise, 500), withOne)); // a call too many
    }

    void outsideItsStepsATextIsExactlyAbsent()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        ConditioningRequest both = request(), one = request();
        const std::vector<Corner> left{{0, 0}, {0.5, 0}, {0.5, 1}, {0, 1}},
            right{{0.5, 0}, {1, 0}, {1, 1}, {0.5, 1}};
        both.texts = {{"a red car", 1, left}, {"a tower", 1, right}};
        one.texts = {both.texts[0]};
        const at::Tensor withBoth = paint(*pipeline, both), withOne = paint(*pipeline, one);
        QVERIFY(!at::equal(withBoth, withOne));
        both.texts[1].from = 0.5;
        auto denoiser = PhasedDenoiser::make(*pipeline, both, {4, 4, {}, {}});
        QVERIFY(denoiser);
        const at::Tensor noise = tensor::normalNoise({1, 4, 8, 8}, 1);
        for (int step = 0; step < 4; ++step)
            QVERIFY(at::equal((*denoiser)(noise, 500), step < 2 ? withOne : withBoth));
    }
};

QTEST_GUILESS_MAIN(PhasedDenoiserTest)
#include "PhasedDenoiserTest.moc"
