// The sampling loop, guidance, previews and the reading of scheduler_config.json.
#include "core/base/SafeFile.h"
#include "core/diffusion/Guidance.h"
#include "core/diffusion/LatentPreview.h"
#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Sampling.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace moodloom;
using namespace moodloom::diffusion;
using nlohmann::json;

class SamplingTest : public QObject
{
    Q_OBJECT

    static SamplerConfig config(SamplerKind kind)
    {
        return *samplerConfigFromJson({{"beta_start", 0.00085},
                                       {"beta_end", 0.012},
                                       {"beta_schedule", "scaled_linear"},
                                       {"prediction_type", "v_prediction"},
                                       {"rescale_betas_zero_snr", true},
                                       {"timestep_spacing", "trailing"},
                                       {"clip_sample", false}},
                                      kind);
    }

    // The exact v-prediction when all pictures are the one constant `target`.
    static Denoiser oracle(const SamplerConfig &c, const at::Tensor &target)
    {
        const auto alphas = alphasCumprod(c);
        return [alphas, target, c](const at::Tensor &x, double t) {
            double a = alphas[size_t(t)];
            if (c.kind != SamplerKind::Ddim && t >= c.trainSteps - 1)
                a = std::ldexp(1.0, -24);
            const at::Tensor epsilon = (x - std::sqrt(a) * target) / std::sqrt(1 - a);
            return std::sqrt(a) * epsilon - std::sqrt(1 - a) * target;
        };
    }

private Q_SLOTS:
    void everySamplerReachesThePictureThatAPerfectNetworkKnows_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("ddim") << int(SamplerKind::Ddim);
        QTest::newRow("euler") << int(SamplerKind::Euler);
        QTest::newRow("dpm++2m") << int(SamplerKind::DpmSolver);
    }

    void everySamplerReachesThePictureThatAPerfectNetworkKnows()
    {
        QFETCH(int, kind);
        const SamplerConfig c = config(SamplerKind(kind));
        at::manual_seed(1);
        const at::Tensor target = at::rand({1, 4, 6, 5}), noise = at::randn({1, 4, 6, 5});
        auto sampler = makeSampler(c, 12);
        QVERIFY(sampler);
        int calls = 0;
        at::Tensor x0;
        SamplingOptions options;
        options.onStep = [&](const SamplingStep &step) {
            QCOMPARE(step.step, calls++);
            QCOMPARE(step.total, 12);
            x0 = step.x0;
        };
        const auto result = sample(**sampler, oracle(c, target), noise, options);
        QVERIFY(result);
        QCOMPARE(calls, 12);
        QVERIFY((x0 - target).abs().max().item<double>() < 1e-2);
        // DDIM ends one training step before the clean end, as it is defined.
        QVERIFY((*result - target).abs().max().item<double>() < (kind == int(SamplerKind::Ddim) ? 0.15 : 1e-2));
    }

    void stopsWithinOneStep()
    {
        const SamplerConfig c = config(SamplerKind::Euler);
        auto sampler = makeSampler(c, 50);
        std::stop_source stop;
        int calls = 0;
        SamplingOptions options;
        options.stop = stop.get_token();
        options.onStep = [&](const SamplingStep &) {
            if (++calls == 3)
                stop.request_stop();
        };
        const auto result = sample(**sampler, [](const at::Tensor &x, double) { return 0.1 * x; },
                                   at::ones({1, 4, 2, 2}), options);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QCOMPARE(calls, 3);
    }

    void defaultsFollowTheSamplerNotTheFile()
    {
        const json file = {{"steps_offset", 1}};
        QCOMPARE(samplerConfigFromJson(file, SamplerKind::Ddim)->spacing, Spacing::Leading);
        QCOMPARE(samplerConfigFromJson(file, SamplerKind::Euler)->spacing, Spacing::Linspace);
        QCOMPARE(samplerConfigFromJson(file, SamplerKind::DpmSolver)->stepsOffset, 1);
    }

    void namesTheSettingThatItDoesNotKnow()
    {
        const auto unknown = samplerConfigFromJson({{"prediction_type", "wish"}}, SamplerKind::Euler, "s.json");
        QCOMPARE(unknown.error().code, ErrorCode::Unsupported);
        QVERIFY(unknown.error().detail.find("prediction_type is wish") != std::string::npos);
        const auto wrong = samplerConfigFromJson({{"beta_end", "high"}}, SamplerKind::Euler);
        QCOMPARE(wrong.error().code, ErrorCode::Invalid);
        QCOMPARE(makeSampler(config(SamplerKind::Ddim), 0).error().code, ErrorCode::Invalid);
    }

    void guidanceOfOneIsTheConditionalPrediction()
    {
        at::manual_seed(2);
        const at::Tensor without = at::randn({2, 4, 3, 3}), with = at::randn({2, 4, 3, 3});
        QVERIFY(at::allclose(guide(without, with, 1), with, 1e-5, 1e-6));
        const at::Tensor strong = guide(without, with, 8, 1.0);
        QVERIFY(at::allclose(strong.std(at::IntArrayRef{1, 2, 3}), with.std(at::IntArrayRef{1, 2, 3}), 1e-4, 1e-5));
        QVERIFY(guide(without, with, 8).std().item<double>() > 3 * with.std().item<double>());
    }

    void previewsRecoverALinearRelation()
    {
        at::manual_seed(3);
        const at::Tensor latents = at::randn({8, 6, 4, 4});
        const at::Tensor colours = at::randn({3, 6, 1, 1}) * 0.15;
        const at::Tensor pictures = at::upsample_nearest2d(at::conv2d(latents, colours), {32, 32});
        const LatentPreview preview = LatentPreview::fit(latents, pictures);
        QCOMPARE(preview.channels(), int64_t(6));
        const at::Tensor small = preview.picture(latents[0]);
        QCOMPARE(small.sizes().vec(), (std::vector<int64_t>{4, 4, 3}));
        const at::Tensor wanted = ((at::conv2d(latents, colours)[0].permute({1, 2, 0}) + 1) * 127.5).clamp(0, 255);
        QVERIFY((small.to(at::kFloat) - wanted).abs().max().item<double>() < 1.5);
        QCOMPARE(preview.picture(latents[0], 4).size(0), int64_t(16));

        QTemporaryDir dir;
        const std::string path = dir.path().toStdString() + "/preview.json";
        QVERIFY(writeFileSafely(path, preview.json().dump()));
        const auto loaded = LatentPreview::load(path);
        QVERIFY(loaded);
        QVERIFY(at::equal(loaded->picture(latents[1]), preview.picture(latents[1])));
        QVERIFY(writeFileSafely(path, std::string("{\"factors\": [[1,2]], \"bias\": [0,0,0]}")));
        QCOMPARE(LatentPreview::load(path).error().code, ErrorCode::Mismatch);
    }
};

QTEST_GUILESS_MAIN(SamplingTest)
#include "SamplingTest.moc"
