// The sampling loop, guidance, previews and the reading of scheduler_config.json.
#include "core/diffusion/Sampling.h"
#include "core/base/SafeFile.h"
#include "core/diffusion/Guidance.h"
#include "core/diffusion/LatentPreview.h"
#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Prediction.h"
#include "core/diffusion/SigmaSchedule.h"

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
    static Denoiser oracle(const SamplerConfig &c, const Sampler &sampler, const at::Tensor &target)
    {
        const auto alphas = alphasCumprod(c);
        const bool finite = !sampler.sigmas().empty(); // a walk over sigmas begins at a finite one
        return [=](const at::Tensor &x, double t) {
            double a = alphas[size_t(t)];
            if (finite && t >= c.trainSteps - 1)
                a = std::ldexp(1.0, -24);
            const at::Tensor epsilon = (x - std::sqrt(a) * target) / std::sqrt(1 - a);
            return std::sqrt(a) * epsilon - std::sqrt(1 - a) * target;
        };
    }

    static NoiseSource freshNoise()
    {
        return [](const at::Tensor &like) { return at::randn_like(like); };
    }

    // Pictures whose values are normally distributed about `kMean`: the best prediction, the end of
    // every deterministic path and the distribution at the end are known in closed form.
    static constexpr double kMean = 0.4, kDeviation = 0.3;

    static SamplerConfig gaussianConfig(SamplerKind kind)
    {
        if (kind == SamplerKind::FlowEuler)
            return *samplerConfigFromJson({{"shift", 3.0}}, kind);
        // These step by T / steps whatever the spacing: on leading timesteps, from one to the next.
        const bool even = kind == SamplerKind::Ddim || kind == SamplerKind::Pndm;
        return *samplerConfigFromJson({{"beta_start", 0.00085},
                                       {"beta_end", 0.012},
                                       {"beta_schedule", "scaled_linear"},
                                       {"timestep_spacing", even ? "leading" : "linspace"},
                                       {"set_alpha_to_one", true},
                                       {"clip_sample", false}},
                                      kind);
    }

    static Level levelAt(const SamplerConfig &c, double t)
    {
        return c.kind == SamplerKind::FlowEuler ? levelOfSigma(t / c.trainSteps, true)
                                                : levelOfSigma(sigmaAt(sigmaTable(c), t));
    }

    static Denoiser gaussianOracle(const SamplerConfig &c)
    {
        return [c](const at::Tensor &x, double t) {
            const Level at = levelAt(c, t);
            const double variance = std::pow(at.alpha * kDeviation, 2) + std::pow(at.sigma, 2);
            const at::Tensor offset = (x - at.alpha * kMean) / variance;
            const at::Tensor epsilon = at.sigma * offset;
            const at::Tensor x0 = kMean + at.alpha * kDeviation * kDeviation * offset;
            return c.kind == SamplerKind::FlowEuler ? epsilon - x0 : epsilon;
        };
    }

    // The largest error of a run, against the exact end of its path.
    static double pathError(SamplerKind kind, int steps)
    {
        const SamplerConfig c = gaussianConfig(kind);
        at::manual_seed(4);
        const at::Tensor noise = at::randn({1, 4, 8, 8}).to(at::kDouble);
        const auto sampler = makeSampler(c, steps);
        const Level start = levelAt(c, (*sampler)->timesteps()[0]);
        const at::Tensor x = (*sampler)->modelInput(noise * (*sampler)->startScale(), 0);
        const at::Tensor exact =
            kMean + kDeviation * (x - start.alpha * kMean) /
                        std::sqrt(std::pow(start.alpha * kDeviation, 2) + std::pow(start.sigma, 2));
        const auto end = sample(**sampler, gaussianOracle(c), noise);
        return (*end - exact).abs().max().item<double>();
    }

private Q_SLOTS:
    void everySamplerReachesThePictureThatAPerfectNetworkKnows_data()
    {
        QTest::addColumn<int>("kind");
        for (const SamplerKind kind :
             {SamplerKind::Ddim, SamplerKind::Ddpm, SamplerKind::Euler, SamplerKind::EulerAncestral,
              SamplerKind::Heun, SamplerKind::Lms, SamplerKind::DpmSolver,
              SamplerKind::DpmSolverSingle, SamplerKind::Deis, SamplerKind::UniPc, SamplerKind::Lcm,
              SamplerKind::Tcd})
            QTest::newRow(samplerClassName(kind).c_str()) << int(kind);
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
        options.noise = freshNoise();
        options.onStep = [&](const SamplingStep &step) {
            QCOMPARE(step.step, calls++);
            QCOMPARE(step.total, (*sampler)->steps());
            x0 = step.x0;
        };
        const auto result = sample(**sampler, oracle(c, **sampler, target), noise, options);
        QVERIFY(result);
        QCOMPARE(calls, (*sampler)->steps());
        QVERIFY((x0 - target).abs().max().item<double>() < 1e-2);
        // DEIS and TCD end at the first training step, before the clean end, as they are defined.
        const bool early = c.kind == SamplerKind::Deis || c.kind == SamplerKind::Tcd;
        QVERIFY((*result - target).abs().max().item<double>() < (early ? 0.2 : 1e-2));
    }

    void deterministicSamplersFollowTheExactPath_data()
    {
        QTest::addColumn<int>("kind");
        for (const SamplerKind kind :
             {SamplerKind::Ddim, SamplerKind::Pndm, SamplerKind::Euler, SamplerKind::Heun,
              SamplerKind::Lms, SamplerKind::DpmSolver, SamplerKind::DpmSolverSingle,
              SamplerKind::Deis, SamplerKind::UniPc, SamplerKind::FlowEuler})
            QTest::newRow(samplerClassName(kind).c_str()) << int(kind);
    }

    void deterministicSamplersFollowTheExactPath()
    {
        QFETCH(int, kind);
        // The values reach 1.6: what remains with 250 steps is the last one, down to no noise at
        // all.
        const double few = pathError(SamplerKind(kind), 10),
                     many = pathError(SamplerKind(kind), 250);
        QVERIFY2(many < 0.03 && many < few / 4,
                 qPrintable(QStringLiteral("%1, with few steps %2").arg(many).arg(few)));
    }

    void stochasticSamplersEndWithTheRightDistribution_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("stochasticSolver");
        QTest::newRow("ddpm") << int(SamplerKind::Ddpm) << false;
        QTest::newRow("euler-a") << int(SamplerKind::EulerAncestral) << false;
        QTest::newRow("dpm++2m-sde") << int(SamplerKind::DpmSolver) << true;
        QTest::newRow("dpm++2s-sde") << int(SamplerKind::DpmSolverSingle) << true;
    }

    void stochasticSamplersEndWithTheRightDistribution()
    {
        QFETCH(int, kind);
        QFETCH(bool, stochasticSolver);
        SamplerConfig c = gaussianConfig(SamplerKind(kind));
        if (stochasticSolver)
            c.algorithm = DpmAlgorithm::SdeDpmSolverPP;
        at::manual_seed(5);
        const auto sampler = makeSampler(c, 400);
        SamplingOptions options;
        options.noise = freshNoise();
        const auto end = sample(**sampler, gaussianOracle(c), at::randn({1, 4, 64, 64}), options);
        QVERIFY(end);
        QVERIFY(std::abs(end->mean().item<double>() - kMean) < 0.02);
        QVERIFY(std::abs(end->std().item<double>() - kDeviation) < 0.03);
    }

    void keepsOfAPictureWhatTheStrengthLeaves()
    {
        const SamplerConfig c = config(SamplerKind::Ddim);
        at::manual_seed(6);
        const at::Tensor clean = at::rand({1, 4, 4, 4}), noise = at::randn({1, 4, 4, 4});
        for (const SamplerKind kind : {SamplerKind::Ddim, SamplerKind::Heun, SamplerKind::UniPc}) {
            auto sampler = makeSampler(config(kind), 10);
            int steps = 0;
            SamplingOptions options;
            options.onStep = [&](const SamplingStep &) { ++steps; };
            const auto end = sampleOver(**sampler, oracle(config(kind), **sampler, clean),
                                        {clean, 0.4, {}}, noise, options);
            QVERIFY(end);
            QCOMPARE(steps,
                     kind == SamplerKind::Heun ? 7 : 4); // two evaluations a step but the last
            QVERIFY((*end - clean).abs().max().item<double>() < 1e-2);
        }
        auto sampler = makeSampler(c, 10);
        const auto nothing =
            sampleOver(**sampler, oracle(c, **sampler, clean), {clean, 0.05, {}}, noise);
        QCOMPARE(nothing.error().code, ErrorCode::Invalid);
        const auto tooMuch =
            sampleOver(**sampler, oracle(c, **sampler, clean), {clean, 1.5, {}}, noise);
        QCOMPARE(tooMuch.error().code, ErrorCode::Invalid);
    }

    void paintsOnlyWhereTheMaskIs()
    {
        at::manual_seed(7);
        const at::Tensor clean = at::rand({1, 4, 6, 6}), other = clean + 3,
                         noise = at::randn({1, 4, 6, 6});
        at::Tensor mask = at::zeros({1, 1, 6, 6});
        mask.slice(3, 0, 3).fill_(1);
        for (const double strength : {0.7, 1.0}) {
            const SamplerConfig c = config(SamplerKind::DpmSolver);
            auto sampler = makeSampler(c, 12);
            const auto end =
                sampleOver(**sampler, oracle(c, **sampler, other), {clean, strength, mask}, noise);
            QVERIFY(end);
            QVERIFY(at::equal(end->slice(3, 3, 6), clean.slice(3, 3, 6)));
            QVERIFY((end->slice(3, 0, 3) - other.slice(3, 0, 3)).abs().max().item<double>() < 0.05);
        }
        const at::Tensor pixels = at::rand({1, 1, 32, 48});
        QCOMPARE(latentMask(pixels, 8).sizes().vec(), (std::vector<int64_t>{1, 1, 4, 6}));
        QCOMPARE(latentMask(pixels, 8)[0][0][1][2].item<float>(),
                 pixels[0][0][8][16].item<float>() >= 0.5f ? 1.0f : 0.0f);
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
        const auto result = sample(
            **sampler, [](const at::Tensor &x, double) { return 0.1 * x; }, at::ones({1, 4, 2, 2}),
            options);
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
        const auto unknown =
            samplerConfigFromJson({{"prediction_type", "wish"}}, SamplerKind::Euler, "s.json");
        QCOMPARE(unknown.error().code, ErrorCode::Unsupported);
        QVERIFY(unknown.error().detail.find("prediction_type is wish") != std::string::npos);
        const auto wrong = samplerConfigFromJson({{"beta_end", "high"}}, SamplerKind::Euler);
        QCOMPARE(wrong.error().code, ErrorCode::Invalid);
        QCOMPARE(makeSampler(config(SamplerKind::Ddim), 0).error().code, ErrorCode::Invalid);
    }

    void readsNumbersThatOnlyPythonWrites()
    {
        QTemporaryDir dir;
        const std::string path = dir.path().toStdString() + "/scheduler_config.json";
        QVERIFY(writeFileSafely(path, std::string("{\"lambda_min_clipped\": -Infinity, \"note\": "
                                                  "\"a \\\"NaN\", \"sigma_max\": NaN}")));
        const auto c = loadSamplerConfig(path, SamplerKind::DpmSolver);
        QVERIFY2(c, c ? "" : errorText(c.error()).c_str());
        QVERIFY(c->lambdaMinClipped < -1e300);
        QVERIFY(!c->sigmaMax);
        QVERIFY(makeSampler(*c, 20));
    }

    void refusesSettingsThatContradictEachOther()
    {
        const auto code = [](const json &file, SamplerKind kind) {
            const auto c = samplerConfigFromJson(file, kind);
            if (!c)
                return c.error().code;
            const auto sampler = makeSampler(*c, 20);
            return sampler ? ErrorCode::Cancelled : sampler.error().code; // Cancelled: no error
        };
        using enum SamplerKind;
        const auto invalid = ErrorCode::Invalid, unsupported = ErrorCode::Unsupported;
        QCOMPARE(code({{"use_karras_sigmas", true}, {"use_beta_sigmas", true}}, Euler), invalid);
        QCOMPARE(code({{"trained_betas", {0.1, 0.2}}}, Ddim), invalid);
        QCOMPARE(code({{"solver_order", 4}}, DpmSolver), invalid);
        QCOMPARE(code({{"original_inference_steps", 10}}, Lcm), invalid); // fewer than the 20 steps
        QCOMPARE(code({{"algorithm_type", "dpmsolver"}}, DpmSolver), unsupported);
        QCOMPARE(code({{"prediction_type", "flow_prediction"}}, DpmSolver), unsupported);
        QCOMPARE(
            code({{"prediction_type", "flow_prediction"}, {"use_flow_sigmas", true}}, DpmSolver),
            ErrorCode::Cancelled);
        QCOMPARE(code({{"prediction_type", "sample"}}, Pndm), unsupported);
        QCOMPARE(code({{"variance_type", "learned_range"}}, Ddpm), unsupported);
        QCOMPARE(code({{"use_dynamic_shifting", true}}, FlowEuler), unsupported);
        QCOMPARE(code({{"_class_name", "PNDMScheduler"}}, FlowEuler), unsupported);
        QCOMPARE(code({{"_class_name", "FlowMatchEulerDiscreteScheduler"}}, Ddim), unsupported);
        // A network that predicts noise says nothing where there is nothing else.
        const json zero = {{"rescale_betas_zero_snr", true}, {"timestep_spacing", "trailing"}};
        QCOMPARE(code(zero, Tcd), unsupported);
        QCOMPARE(code(zero, Ddim), ErrorCode::Cancelled); // clipped, as DDIM does by itself
        QCOMPARE(code(zero, Pndm), unsupported);
    }

    void guidanceOfOneIsTheConditionalPrediction()
    {
        at::manual_seed(2);
        const at::Tensor without = at::randn({2, 4, 3, 3}), with = at::randn({2, 4, 3, 3});
        QVERIFY(at::allclose(guide(without, with, 1), with, 1e-5, 1e-6));
        const at::Tensor strong = guide(without, with, 8, 1.0);
        QVERIFY(at::allclose(strong.std(at::IntArrayRef{1, 2, 3}),
                             with.std(at::IntArrayRef{1, 2, 3}), 1e-4, 1e-5));
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
        const at::Tensor wanted =
            ((at::conv2d(latents, colours)[0].permute({1, 2, 0}) + 1) * 127.5).clamp(0, 255);
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
