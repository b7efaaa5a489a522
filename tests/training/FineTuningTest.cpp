// Teaching: low-rank changes, a run that stops and goes on, the files, and pictures that come
// nearer to what was taught.
#include "core/training/FineTuning.h"
#include "core/base/SafeFile.h"
#include "core/diffusion/Sampling.h"
#include "core/models/GuidedDenoiser.h"
#include "core/models/Inspect.h"
#include "core/models/Lora.h"
#include "core/nn/Layers.h"
#include "core/tensor/Noise.h"
#include "core/training/DenoisingLoss.h"
#include "core/training/LowRank.h"
#include "tests/support/TestModel.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <filesystem>

using namespace moodloom;
using namespace moodloom::training;

namespace {

class Small : public torch::nn::Module
{
public:
    Small()
    {
        filter = register_module("filter", std::make_shared<nn::Conv2d>(3, 6, 3));
        matrix = register_module("matrix", std::make_shared<nn::Linear>(6, 5));
        other = register_module("other", std::make_shared<nn::Linear>(5, 2));
    }
    at::Tensor forward(const at::Tensor &x) const
    {
        return other->forward(at::tanh(matrix->forward(filter->forward(x).mean({2, 3}))));
    }
    std::shared_ptr<nn::Conv2d> filter;
    std::shared_ptr<nn::Linear> matrix, other;
};

// A magenta disc on green, at slightly different places: nothing that a model of landscapes paints.
class Discs : public TaughtPictures
{
public:
    int64_t size() const override { return 6; }
    std::vector<std::string> captions(int64_t) const override { return {"a vomplet", "vomplet"}; }
    Result<Picture> picture(int64_t index, int) const override
    {
        Picture picture{96, 80, {}};
        for (int y = 0; y < picture.height; ++y)
            for (int x = 0; x < picture.width; ++x) {
                const bool inside = std::hypot(x - 40 - 3 * double(index), y - 40.0) < 26;
                for (const int value : {inside ? 220 : 20, inside ? 20 : 150, inside ? 200 : 40})
                    picture.rgb.push_back(uint8_t(value));
            }
        return picture;
    }
};

class Gone : public Discs
{
public:
    Result<Picture> picture(int64_t, int) const override
    {
        return fail(ErrorCode::NotFound, "sea.jpg", "no such file");
    }
};

std::string bytesOf(const std::string &path)
{
    return readFile(path).value_or(std::string());
}

} // namespace

class FineTuningTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    std::string at(const char *name) const
    {
        return m_dir.filePath(QLatin1String(name)).toStdString();
    }
    FineTuningOptions quick(const char *name, int64_t steps) const
    {
        FineTuningOptions options;
        options.model = testing::modelFolder().toStdString();
        options.out = at(name);
        options.steps = steps;
        options.side = 64;
        options.batch = 2;
        options.rank = 4;
        options.device = FineTuningDevice::Cpu;
        options.logSeconds = 0;
        options.title = "vomplets";
        options.version = "9.9";
        options.words = {{"vomplet", 6}, {"green", 2}};
        options.onRow = [](const CurveRow &) {};
        return options;
    }

    static Tensor paint(const models::Pipeline &p, const std::string &prompt, int side,
                        uint64_t seed)
    {
        const at::NoGradGuard noGrad;
        models::ConditioningRequest request;
        request.prompt = prompt;
        request.width = request.height = side;
        auto conditioning = models::encodeConditioning(p, request);
        const auto config = models::samplerConfig(p, diffusion::SamplerKind::DpmSolver);
        auto sampler = diffusion::makeSampler(*config, 6);
        const models::GuidedDenoiser denoiser(p, *std::move(conditioning), 3);
        const int64_t latents = side / p.sizeStep();
        return *diffusion::sample(
            **sampler, [&](const Tensor &x, double t) { return denoiser(x, t); },
            tensor::normalNoise({1, p.vae->config().latentChannels, latents, latents}, seed));
    }

private Q_SLOTS:
    void changesAreNothingAtFirstAndLeaveNoTrace()
    {
        at::manual_seed(1);
        Small network;
        const at::Tensor x = at::randn({2, 3, 8, 8}), before = network.forward(x);
        const at::Tensor weight = network.filter->weight.clone();
        {
            LowRank changes(
                network, [](const std::string &name) { return name != "other"; }, 2, 7);
            QCOMPARE(changes.layers().size(), size_t(2));
            QCOMPARE(changes.size(), int64_t(2 * 27 + 6 * 2 + 2 * 6 + 5 * 2));
            changes.apply();
            QVERIFY(at::equal(network.forward(x), before));
            {
                const at::NoGradGuard noGrad;
                for (const LowRank::Layer &layer : changes.layers())
                    at::Tensor(layer.up).fill_(0.3);
            }
            changes.apply();
            QVERIFY(!at::allclose(network.forward(x), before));
            changes.apply(0);
            QVERIFY(at::equal(network.forward(x), before));
            changes.apply();
        }
        QVERIFY(at::equal(network.filter->weight, weight));
        QVERIFY(at::equal(network.forward(x), before));
    }

    void gradientsAreThoseOfDifferences()
    {
        at::manual_seed(2);
        Small network;
        LowRank changes(
            network, [](const std::string &) { return true; }, 2, 7);
        {
            const at::NoGradGuard noGrad;
            for (const LowRank::Layer &layer : changes.layers())
                at::Tensor(layer.up).normal_(0, 0.5);
        }
        const at::Tensor x = at::randn({4, 3, 8, 8});
        const auto loss = [&] {
            changes.apply();
            return network.forward(x).square().sum();
        };
        loss().backward();
        for (const at::Tensor &weight : network.parameters())
            QVERIFY(!weight.grad().defined());
        const at::NoGradGuard noGrad;
        for (auto &[name, parameter] : changes.parameters({})) {
            at::Tensor flat = parameter.view({-1});
            const at::Tensor gradient = parameter.grad().view({-1});
            for (const int64_t i : {int64_t(0), flat.numel() - 1}) {
                constexpr double step = 1e-2;
                flat[i] += step;
                const double up = loss().item<double>();
                flat[i] -= 2 * step;
                const double down = loss().item<double>();
                flat[i] += step;
                const double slope = (up - down) / (2 * step), ours = gradient[i].item<double>();
                QVERIFY2(std::abs(slope - ours) < 0.02 * std::max(1.0, std::abs(slope)),
                         name.c_str());
            }
        }
    }

    void paintsWhatItWasTaught()
    {
        MOODLOOM_REQUIRE_MODEL();
        FineTuningOptions options = quick("disc.safetensors", 25);
        options.batch = 4;
        options.rank = 8;
        options.rate = 5e-3;
        int rows = 0, sampled = 0;
        options.onRow = [&](const CurveRow &row) { rows += row.means.at("loss") > 0; };
        options.onSamples = [&](int64_t, const std::vector<Picture> &pictures) -> Result<void> {
            sampled += int(pictures.size());
            return {};
        };
        const auto report = fineTune(Discs(), options);
        QVERIFY2(report, report ? "" : errorText(report.error()).c_str());
        QCOMPARE(report->steps, int64_t(25));
        QCOMPARE(rows, 25);
        QCOMPARE(sampled, 6); // three before, three after
        QVERIFY2(report->after < 0.85 * report->before,
                 qPrintable(QStringLiteral("%1 -> %2").arg(report->before).arg(report->after)));
        const QString curve =
            QString::fromStdString(bytesOf(trainingFolderOf(options.out) + "/teaching.csv"));
        QCOMPARE(curve.count(QLatin1Char('\n')), 26);

        // It is an ordinary LoRA.
        const auto lora = models::LoraFile::open(report->lora);
        QVERIFY(lora);
        QCOMPARE(lora->triggerWords(), std::vector<std::string>{"vomplet"});
        QCOMPARE(lora->metadata().at("ss_network_dim"), std::string("8"));
        QCOMPARE(lora->metadata().at("moodloom.version"), std::string("9.9"));
        const auto seen = models::inspectModel(report->lora);
        QVERIFY(seen && seen->kind == models::ModelKind::Lora);
        QCOMPARE(seen->words, std::vector<std::string>{"vomplet"});

        // The adapter is an ordinary one, too.
        models::PipelineOptions loading;
        if (!report->adapter.empty())
            loading.adapters = {report->adapter};
        const auto pipeline = models::loadPipeline(options.model, loading);
        QVERIFY2(pipeline, pipeline ? "" : errorText(pipeline.error()).c_str());
        models::Pipeline &p = **pipeline;
        if (!report->adapter.empty()) {
            const auto adapter = models::inspectModel(report->adapter);
            QVERIFY(adapter && adapter->kind == models::ModelKind::IpAdapter);
            QVERIFY(p.takesReferences());
        }

        // With the same seeds, pictures come nearer to the taught ones; scale 0 is absence to the
        // bit.
        const Picture disc = *Discs().picture(2, 64);
        const at::Tensor taught =
            at::from_blob(const_cast<uint8_t *>(disc.rgb.data()), {80, 96, 3}, at::kByte)
                .narrow(1, 8, 80)
                .permute({2, 0, 1})
                .to(at::kFloat)
                .unsqueeze(0);
        const at::Tensor goal = at::adaptive_avg_pool2d(taught / 127.5 - 1, {8, 8});
        const auto distances = [&] {
            std::vector<double> all;
            for (const uint64_t seed : {11, 12}) {
                const at::NoGradGuard noGrad;
                const at::Tensor picture =
                    p.vae->decode(p.vae->fromModel(paint(p, "a vomplet", 64, seed)));
                all.push_back(
                    (at::adaptive_avg_pool2d(picture, {8, 8}) - goal).abs().mean().item<double>());
            }
            return all;
        };
        const at::Tensor plain = paint(p, "a vomplet", 64, 11);
        const auto before = distances();
        QVERIFY(models::setLoras(p, {{report->lora, 0}}));
        QVERIFY(at::equal(paint(p, "a vomplet", 64, 11), plain));
        QVERIFY(models::setLoras(p, {{report->lora, 1}}));
        const auto after = distances();
        for (size_t i = 0; i < after.size(); ++i)
            QVERIFY2(after[i] < 0.9 * before[i],
                     qPrintable(QStringLiteral("%1 -> %2").arg(before[i]).arg(after[i])));
        QVERIFY(models::setLoras(p, {}));
        QVERIFY(at::equal(paint(p, "a vomplet", 64, 11), plain));
    }

    void goesOnAsIfItHadNeverStopped()
    {
        MOODLOOM_REQUIRE_MODEL();
        QVERIFY(fineTune(Discs(), quick("whole.safetensors", 6)));
        std::stop_source stop;
        FineTuningOptions first = quick("parts.safetensors", 6);
        first.stop = stop.get_token();
        first.onRow = [&stop](const CurveRow &row) {
            if (row.step == 3)
                stop.request_stop();
        };
        const auto half = fineTune(Discs(), first);
        QVERIFY(half && half->stopped);
        QCOMPARE(half->steps, int64_t(3));
        QVERIFY(models::LoraFile::open(first.out)); // what was learnt is there
        QVERIFY(bytesOf(first.out) != bytesOf(at("whole.safetensors")));
        FineTuningOptions second = quick("parts.safetensors", 6);
        second.resume = true;
        const auto rest = fineTune(Discs(), second);
        QVERIFY(rest && !rest->stopped);
        QCOMPARE(rest->steps, int64_t(6));
        // All but what they are called is the same.
        for (const auto &[a, b] : {std::pair(at("whole.safetensors"), at("parts.safetensors")),
                                   std::pair(adapterFileOf(at("whole.safetensors")),
                                             adapterFileOf(at("parts.safetensors")))})
            QVERIFY2(bytesOf(a) == bytesOf(b), a.c_str());
        // Nothing is left to do.
        const auto again = fineTune(Discs(), second);
        QVERIFY(again);
        QCOMPARE(again->steps, int64_t(6));
    }

    void changesFiltersWhereAsked()
    {
        MOODLOOM_REQUIRE_MODEL();
        FineTuningOptions options = quick("filters.safetensors", 1);
        options.convolutions = true;
        options.adapter = false;
        const auto report = fineTune(Discs(), options);
        QVERIFY2(report, report ? "" : errorText(report.error()).c_str());
        QCOMPARE(report->adapter, std::string());
        const auto lora = models::LoraFile::open(options.out);
        QVERIFY(lora);
        bool filters = false;
        for (const auto &[name, module] : lora->modules())
            filters = filters || (name.find("resnets_0_conv1") != std::string::npos &&
                                  module.down->shape().size() == 4);
        QVERIFY(filters);
        const auto pipeline = models::loadPipeline(options.model, {.loras = {{options.out, 1}}});
        QVERIFY2(pipeline, pipeline ? "" : errorText(pipeline.error()).c_str());
    }

    // The reference data's model predicts noise, as SD 1.x does.
    void learnsWithModelsThatPredictNoise()
    {
        const QString tiny =
            qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR") + QStringLiteral("/tiny-sd15");
        if (!QFile::exists(tiny + QStringLiteral("/model_index.json")))
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
        FineTuningOptions options = quick("noise.safetensors", 40);
        options.model = tiny.toStdString();
        options.convolutions = true;
        options.rate = 1e-2;
        options.batch = 8;
        const auto report = fineTune(Discs(), options);
        QVERIFY2(report, report ? "" : errorText(report.error()).c_str());
        QVERIFY2(report->after < 0.95 * report->before,
                 qPrintable(QStringLiteral("%1 -> %2").arg(report->before).arg(report->after)));
        const auto pipeline = models::loadPipeline(options.model, {.loras = {{options.out, 1}}});
        QVERIFY2(pipeline, pipeline ? "" : errorText(pipeline.error()).c_str());
    }

    void saysWhatIsWrong()
    {
        MOODLOOM_REQUIRE_MODEL();
        const auto codeOf = [](const Result<FineTuningReport> &result) {
            return result ? std::string("done") : std::string(errorName(result.error().code));
        };
        FineTuningOptions options = quick("wrong.safetensors", 1);
        options.resume = true;
        QCOMPARE(codeOf(fineTune(Discs(), options)), std::string("not-found"));
        options.resume = false;
        options.model = at("nowhere");
        QCOMPARE(codeOf(fineTune(Discs(), options)), std::string("not-found"));
        options = quick("wrong.safetensors", 1);
        options.side = 30;
        QCOMPARE(codeOf(fineTune(Discs(), options)), std::string("invalid"));
        options = quick("gone.safetensors", 1);
        const auto gone = fineTune(Gone(), options);
        QCOMPARE(codeOf(gone), std::string("not-found"));
        QCOMPARE(gone.error().subject, std::string("sea.jpg"));
        // A file where a folder should be.
        QVERIFY(writeFileSafely(at("file"), std::string("x")));
        options = quick("file/out.safetensors", 1);
        QCOMPARE(codeOf(fineTune(Discs(), options)), std::string("unreadable"));

        options = quick("right.safetensors", 1);
        QCOMPARE(codeOf(fineTune(Discs(), options)), std::string("done"));
        QCOMPARE(codeOf(fineTune(Discs(), options)), std::string("invalid")); // it is there already
        options.resume = true;
        options.rank = 5;
        const auto other = fineTune(Discs(), options);
        QCOMPARE(codeOf(other), std::string("mismatch"));
        QVERIFY(other.error().detail.find("rank 4") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(FineTuningTest)
#include "FineTuningTest.moc"
