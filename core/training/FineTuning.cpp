#include "core/training/FineTuning.h"

#include "core/base/Machine.h"
#include "core/base/SafeFile.h"
#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Sampling.h"
#include "core/models/GuidedDenoiser.h"
#include "core/tensor/Noise.h"
#include "core/training/DenoisingLoss.h"
#include "core/training/LowRank.h"
#include "core/training/Stage.h"
#include "core/training/TaughtBatches.h"
#include "core/training/TaughtFiles.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace moodloom::training {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char *kStage = "teaching";
constexpr int64_t kLargeModel = 100'000'000; // numbers of a U-Net whose every step takes seconds
constexpr int kSamples = 3, kSampleSteps = 20;
constexpr double kGuidance = 5;

std::string stem(const std::string &out)
{
    const fs::path path(out);
    return (path.parent_path() / path.stem()).string();
}

int64_t sizeOf(const torch::nn::Module &network)
{
    int64_t count = 0;
    for (const at::Tensor &parameter : network.parameters())
        count += parameter.numel();
    return count;
}

// Projections and feed-forward of the attentions; with `all` the filters and time projections
// between them, too.
bool isTaught(const std::string &module, bool all)
{
    const auto has = [&module](const char *part) { return module.find(part) != std::string::npos; };
    return has("attentions.") || (all && (has("resnets.") || has("samplers.")));
}

Result<void> checkModel(const models::Pipeline &p, diffusion::Prediction prediction)
{
    const char *reason =
        p.text2 ? "has two text encoders (SDXL); SD 1.x, 2.x and the built-in model can be taught"
        : p.inpaints() ? "is made for inpainting; teach the model that it was made from"
        : p.unet->config().timeConditionDim > 0
            ? "is distilled for few steps; teach the model that it was made from"
        : prediction == diffusion::Prediction::Flow ? "is a flow model, which cannot be taught yet"
                                                    : nullptr;
    if (reason)
        return fail(ErrorCode::Unsupported, p.folder, reason);
    return {};
}

// What must not change while a run goes on.
json settingsOf(const FineTuningOptions &o, int batch, int side)
{
    return {{"model", fs::weakly_canonical(o.model).string()},
            {"rank", o.rank},
            {"convolutions", o.convolutions},
            {"adapter", o.adapter},
            {"seed", o.seed},
            {"batch", batch},
            {"side", side}};
}

// Whether the run may begin, or go on.
Result<void> checkState(const FineTuningOptions &o, const json &settings)
{
    const std::string folder = trainingFolderOf(o.out), file = folder + "/settings.json";
    const bool begun = fs::exists(folder + "/" + kStage + ".safetensors");
    if (!o.resume) {
        if (fs::exists(o.out) || begun)
            return fail(
                ErrorCode::Invalid, fs::exists(o.out) ? o.out : folder,
                "is there already: go on with it (--resume) or choose another name (--out)");
        return {};
    }
    if (!begun)
        return fail(ErrorCode::NotFound, folder,
                    "there is no run to go on with; begin one without --resume");
    const auto text = readFile(file);
    if (!text)
        return fail(text.error());
    const json before = json::parse(*text, nullptr, false);
    if (!before.is_object())
        return fail(ErrorCode::Corrupt, file, "is no JSON object");
    for (const auto &[name, value] : settings.items())
        if (const auto found = before.find(name); found != before.end() && *found != value)
            return fail(ErrorCode::Mismatch, o.out,
                        "was begun with " + name + " " + found->dump() + ", not " + value.dump() +
                            "; give the same, or choose another name (--out)");
    return {};
}

// The run itself, once everything is loaded.
class Run
{
public:
    Run(const TaughtPictures &pictures, const FineTuningOptions &options,
        models::Pipeline &pipeline, const diffusion::SamplerConfig &schedule, int batch, int side)
        : m_pictures(pictures), m_options(options), m_pipeline(pipeline), m_schedule(schedule),
          m_batch(batch), m_large(sizeOf(*pipeline.unet) > kLargeModel),
          m_references(options.adapter && pipeline.takesReferences()), m_side(side),
          m_dtype(!pipeline.device.is_cpu() || cpuHasBf16() ? at::kBFloat16 : at::kFloat),
          m_unet(
              *pipeline.unet,
              [&](const std::string &module) { return isTaught(module, options.convolutions); },
              options.rank, options.seed),
          m_batches(pictures, pipeline, {side, m_references, options.seed, m_dtype}),
          m_alphas(at::tensor(diffusion::alphasCumprod(schedule)).to(pipeline.device))
    {
        if (m_references)
            m_adapter = std::make_unique<LowRank>(
                *pipeline.adapters.front().network, [](const std::string &) { return true; },
                options.rank, options.seed + 1);
    }

    Result<FineTuningReport> go();

private:
    Optimizer::Named parameters() const
    {
        Optimizer::Named named = m_unet.parameters("unet.");
        if (m_adapter)
            for (auto &parameter : m_adapter->parameters("adapter."))
                named.push_back(parameter);
        return named;
    }
    void apply()
    {
        m_unet.apply();
        if (m_adapter)
            m_adapter->apply();
    }

    // The loss of a batch [B]; `noise` numbers its noise.
    Result<at::Tensor> loss(const std::vector<TaughtChoice> &choices,
                            const std::vector<int64_t> &timesteps, uint64_t noise)
    {
        apply();
        auto batch = m_batches.batch(choices);
        if (!batch)
            return fail(batch.error());
        const at::Tensor standard =
            tensor::normalNoise(batch->latents.sizes(), noise).to(m_pipeline.device);
        return denoisingLoss(*m_pipeline.unet, batch->conditioning, batch->latents, m_alphas,
                             at::tensor(timesteps, at::kLong).to(m_pipeline.device), standard,
                             m_schedule.prediction, m_dtype);
    }

    // The average weights' loss of always the same crops, timesteps and noise: a curve without the
    // chance of the drawing.
    Result<double> sameNoise(Stage &stage)
    {
        const at::NoGradGuard noGrad;
        const int count = m_large ? 4 : 16, steps = int(m_alphas.size(0));
        stage.average().swap();
        double sum = 0;
        Result<void> done;
        for (int from = 0; from < count && done; from += m_batch) {
            std::vector<TaughtChoice> choices;
            std::vector<int64_t> timesteps;
            for (int i = from; i < std::min(count, from + m_batch); ++i) {
                choices.push_back({i % m_pictures.size(), 0, 0, false});
                timesteps.push_back(int64_t((0.1 + 0.85 * (i + 0.5) / count) * steps));
            }
            const auto part = loss(choices, timesteps, 7000 + uint64_t(from));
            if (part)
                sum += part->sum().item<double>();
            else
                done = fail(part.error());
        }
        stage.average().swap();
        if (!done)
            return fail(done.error());
        return sum / count;
    }

    Result<Picture> paint(const std::string &prompt, uint64_t seed) const
    {
        const auto sampler = diffusion::makeSampler(m_schedule, kSampleSteps);
        if (!sampler)
            return fail(sampler.error());
        models::ConditioningRequest request;
        request.prompt = prompt;
        request.width = request.height = m_side;
        auto conditioning = models::encodeConditioning(m_pipeline, request, m_options.stop);
        if (!conditioning)
            return fail(conditioning.error());
        const models::GuidedDenoiser denoiser(m_pipeline, *std::move(conditioning), kGuidance);
        const int64_t side = m_side / m_pipeline.sizeStep();
        const auto latents = diffusion::sample(
            **sampler, [&](const at::Tensor &x, double t) { return denoiser(x, t); },
            tensor::normalNoise({1, m_pipeline.vae->config().latentChannels, side, side}, seed)
                .to(m_pipeline.device),
            {.stop = m_options.stop});
        if (!latents)
            return fail(latents.error());
        const models::RgbPixels pixels = models::decodePicture(m_pipeline, *latents);
        return Picture{pixels.width, pixels.height, pixels.data};
    }

    // Files and samples with the average weights.
    Result<void> publish(Stage &stage)
    {
        const at::NoGradGuard noGrad;
        stage.average().swap();
        apply();
        Result<void> done = publishAverage(stage.step());
        stage.average().swap();
        return done;
    }

    Result<void> publishAverage(int64_t step)
    {
        const TaughtNotes notes{m_options.title,
                                m_options.version,
                                m_options.words,
                                m_pictures.size(),
                                step,
                                m_options.rank,
                                m_side};
        if (step > 0) {
            if (auto saved = saveLora(m_options.out, m_unet, m_pipeline, notes); !saved)
                return saved;
            if (m_adapter)
                if (auto saved = saveAdapter(adapterFileOf(m_options.out), *m_adapter,
                                             *m_pipeline.adapters.front().network, notes);
                    !saved)
                    return saved;
        }
        if (!m_options.onSamples || m_options.stop.stop_requested())
            return {};
        std::vector<Picture> samples;
        for (int i = 0; i < std::min<int64_t>(kSamples, m_pictures.size()); ++i) {
            auto sample = paint(m_pictures.captions(i).front(), m_options.seed + uint64_t(i));
            if (!sample) // after a stop the files are there, and that is enough
                return sample.error().code == ErrorCode::Cancelled ? Result<void>{}
                                                                   : fail(sample.error());
            samples.push_back(*std::move(sample));
        }
        return m_options.onSamples(step, samples);
    }

    const TaughtPictures &m_pictures;
    const FineTuningOptions &m_options;
    models::Pipeline &m_pipeline;
    const diffusion::SamplerConfig m_schedule;
    const int m_batch;
    const bool m_large, m_references;
    const int m_side;
    const at::ScalarType m_dtype;
    LowRank m_unet;
    std::unique_ptr<LowRank> m_adapter; // null without references
    TaughtBatches m_batches;
    const at::Tensor m_alphas;
};

Result<FineTuningReport> Run::go()
{
    StageOptions staging;
    staging.folder = trainingFolderOf(m_options.out);
    staging.minutes = m_options.minutes > 0 ? m_options.minutes : 1e7;
    staging.totalSteps = m_options.steps;
    staging.warmup = m_options.steps > 0 ? std::clamp<int64_t>(m_options.steps / 10, 1, 50) : 20;
    staging.learningRate = m_options.rate > 0 ? m_options.rate : m_large ? 1e-4 : 1e-3;
    staging.saveSeconds = m_options.saveSeconds;
    staging.logSeconds = m_options.logSeconds;
    staging.stop = m_options.stop;
    staging.seed = m_options.seed;
    staging.device = m_pipeline.device;
    staging.onRow = m_options.onRow;
    Result<void> published;
    Stage *running = nullptr;
    staging.onSave = [&] { published = publish(*running); };
    if (m_options.steps > 0 && m_options.resume) {
        const auto state = loadState(staging.folder + "/" + kStage + ".safetensors");
        if (!state)
            return fail(state.error());
        staging.steps = m_options.steps - state->step;
    } else {
        staging.steps = m_options.steps;
    }
    const bool nothingLeft = m_options.steps > 0 && staging.steps <= 0;
    Optimizer::Options optimizer;
    optimizer.muon = false; // the matrices are all thin
    optimizer.together = true;
    Stage stage(kStage, staging, parameters(), optimizer, 0.99, {"loss", "same_noise"});
    running = &stage;
    if (auto done = stage.resume(); !done)
        return fail(done.error());
    if (auto done = stage.save(); !done) // whether there is room is known before the work begins
        return fail(done.error());

    FineTuningReport report;
    for (const auto &[name, parameter] : parameters())
        report.numbers += parameter.numel();
    const auto before = sameNoise(stage);
    if (!before)
        return fail(before.error());
    report.before = report.after = *before;
    if (stage.step() == 0)
        if (auto done = publish(stage); !done)
            return fail(done.error());

    const int64_t interval = m_large ? 200 : 50; // of looking at the same noise
    std::map<std::string, double> values{{"same_noise", *before}};
    const int64_t steps = m_alphas.size(0);
    // Loading and samples may have taken all of the time: something is learnt even so.
    const auto goesOn = [&] {
        return stage.goesOn() || (stage.step() == 0 && !m_options.stop.stop_requested());
    };
    while (!nothingLeft && goesOn()) {
        std::mt19937_64 random(stage.seed());
        const auto choices = m_batches.choose(m_batch, random);
        std::vector<int64_t> timesteps;
        for (int i = 0; i < m_batch; ++i)
            timesteps.push_back(std::min(int64_t(unit(random) * double(steps)), steps - 1));
        const auto each = loss(choices, timesteps, random());
        if (!each) { // a picture has gone: what was learnt is kept
            if (auto done = stage.save(); !done)
                return fail(done.error());
            return fail(each.error());
        }
        const at::Tensor mean = each->mean();
        mean.backward();
        if (stage.readsValues())
            values["loss"] = mean.item<double>();
        if (stage.step() % interval == interval - 1) {
            const auto same = sameNoise(stage);
            if (!same)
                return fail(same.error());
            values["same_noise"] = *same;
        }
        if (auto done = stage.finishStep(m_batch, 0, values); !done)
            return fail(done.error());
        if (!published)
            return fail(published.error());
    }
    if (auto done = stage.save(); !done)
        return fail(done.error());
    if (auto done = publish(stage); !done)
        return fail(done.error());
    const auto after = sameNoise(stage);
    if (!after)
        return fail(after.error());
    report.after = *after;
    report.steps = stage.step();
    report.samples = stage.samples();
    report.stopped = m_options.stop.stop_requested();
    if (stage.step() > 0) {
        report.lora = m_options.out;
        report.adapter = m_adapter ? adapterFileOf(m_options.out) : std::string();
    }
    return report;
}

} // namespace

std::string trainingFolderOf(const std::string &out)
{
    return stem(out) + ".training";
}

std::string adapterFileOf(const std::string &out)
{
    return stem(out) + "-ip-adapter.safetensors";
}

Result<FineTuningReport> fineTune(const TaughtPictures &pictures, const FineTuningOptions &options)
{
    if (pictures.size() == 0)
        return fail(ErrorCode::NotFound, "pictures", "there is nothing to teach");
    if (options.minutes <= 0 && options.steps <= 0)
        return fail(ErrorCode::Invalid, "steps", "say for how many minutes or steps");
    const at::Device best = tensor::bestDevice();
    if (options.device == FineTuningDevice::Cuda && !best.is_cuda())
        return fail(ErrorCode::Unsupported, "cuda",
                    "libtorch finds no graphics card that it can use; take the CPU");
    models::PipelineOptions loading;
    loading.device = options.device == FineTuningDevice::Cpu ? at::Device(at::kCPU) : best;
    loading.loadAdapter = options.adapter;
    loading.tokenizer = options.tokenizer;
    loading.stop = options.stop;
    loading.progress = options.onLoad;
    const auto pipeline = models::loadPipeline(options.model, loading);
    if (!pipeline)
        return fail(pipeline.error());
    models::Pipeline &p = **pipeline;
    const auto schedule = models::samplerConfig(p, diffusion::SamplerKind::DpmSolver);
    if (!schedule)
        return fail(schedule.error());
    if (auto able = checkModel(p, schedule->prediction); !able)
        return fail(able.error());
    const int side = options.side > 0 ? options.side : p.nativeSize(), step = p.sizeStep();
    if (side % step || side < 4 * step)
        return fail(ErrorCode::Invalid, "size",
                    std::to_string(side) + ": choose a multiple of " + std::to_string(step) +
                        " from " + std::to_string(4 * step));
    const int batch = options.batch > 0 ? options.batch : sizeOf(*p.unet) > kLargeModel ? 1 : 8;

    const json settings = settingsOf(options, batch, side);
    if (auto may = checkState(options, settings); !may)
        return fail(may.error());
    const std::string folder = trainingFolderOf(options.out);
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        return fail(ErrorCode::Unreadable, folder, failed.message());
    if (auto written = writeFileSafely(folder + "/settings.json", settings.dump(2) + "\n");
        !written)
        return fail(written.error());
    if (!p.device.is_cpu())
        tensor::prepareForTraining();
    return Run(pictures, options, p, *schedule, batch, side).go();
}

} // namespace moodloom::training
