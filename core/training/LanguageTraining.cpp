#include "core/training/LanguageTraining.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/training/BuiltInShape.h"
#include "core/training/SceneStream.h"
#include "core/training/ShardPool.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace moodloom::training {
namespace {

constexpr double plainShare = 0.6;
constexpr double withoutReference = 0.5;
constexpr double keptWeight = 2;
// Chinese states have to change; its pooled vector, which searching uses as well, has not.
constexpr double keptChineseStates = 0.1;
constexpr int64_t heldSamples = 64;

struct Encoded
{
    at::Tensor states, pooled; // [B,L,D], [B,P]
};

Encoded encoded(const nn::ClipTextModel &text, const at::Tensor &ids)
{
    const auto output = text.forward(ids);
    return {output.lastHiddenState, output.textEmbeds};
}

at::Tensor relativeError(const at::Tensor &ours, const at::Tensor &wanted)
{
    return (ours - wanted).square().sum(-1) / wanted.square().sum(-1).clamp_min(1e-6);
}

// [B,C,h,w] fp32
at::Tensor predicted(const Generator &generator, const Encoded &text, const LanguageBatch &batch,
                     const at::Tensor &alphas, at::ScalarType dtype)
{
    const GeneratorBatch &given = batch.english;
    nn::UNetConditioning conditioning;
    conditioning.text = text.states.to(dtype);
    conditioning.textEmbeds = text.pooled;
    conditioning.imageEmbeds = given.pooled;
    nn::ReferenceConditioning references;
    references.adapter = generator.adapter;
    references.tokens = generator.adapter->imageTokens(given.states.to(dtype));
    references.weights = given.weights;
    conditioning.references = {references};
    const at::Tensor a = alphas.index_select(0, batch.timesteps).view({-1, 1, 1, 1});
    const at::Tensor x = a.sqrt() * given.latents + (1 - a).sqrt() * batch.noise;
    return generator.unet->forward(x.to(dtype), batch.timesteps, conditioning).to(at::kFloat);
}

at::Tensor squaredDifference(const at::Tensor &ours, const at::Tensor &wanted)
{
    return (ours - wanted).square().mean();
}

struct Captions
{
    at::Tensor ids;     // int64 [B,L]
    at::Tensor chinese; // fp32 [B,1]
};

Captions drawnCaptions(const SceneSource &source, const models::Tokenizer &tokenizer, uint64_t seed,
                       int64_t count)
{
    std::vector<std::string> texts;
    std::vector<float> chinese;
    for (int64_t i = 0; i < count; ++i) {
        const NameCaptions one = source.nameCaptions(sceneSeed(seed, uint64_t(i)));
        for (const std::string &text : {one.named, one.known}) {
            texts.push_back(text);
            chinese.push_back(
                std::any_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; }));
        }
    }
    return {tokenBatch(tokenizer, texts, textLength), at::tensor(chinese).unsqueeze(1)};
}

// How far the encoder has gone from what it was, where it should not.
at::Tensor driftOf(const nn::ClipTextModel &ours, const nn::ClipTextModel &before,
                   const Captions &captions)
{
    Encoded was;
    {
        const at::NoGradGuard noGrad;
        was = encoded(before, captions.ids);
    }
    const Encoded is = encoded(ours, captions.ids);
    const at::Tensor weights = 1 - (1 - keptChineseStates) * captions.chinese;
    return (relativeError(is.states, was.states) * weights).mean() +
           relativeError(is.pooled, was.pooled).mean();
}

void freeze(torch::nn::Module &network)
{
    for (at::Tensor &parameter : network.parameters())
        parameter.set_requires_grad(false);
}

} // namespace

LanguageBatch makeLanguageBatch(const LatentRows &rows, const at::Tensor &emptyIds,
                                int64_t timesteps)
{
    const int64_t count = rows.latents.size(0);
    LanguageBatch batch;
    batch.english = makeBatch(rows, emptyIds, {0, 0, withoutReference, 0.15, 0.1, 0, 0});
    const at::Tensor plain = (at::rand({count}) < plainShare).to(at::kLong);
    const at::Tensor numbers = at::arange(count, at::kLong);
    const auto language = [&](int64_t chinese) { // as CaptionKind
        return rows.ids.index({numbers, 2 * plain + chinese}).to(at::kLong);
    };
    batch.english.ids = language(0);
    batch.chinese = language(1);
    batch.timesteps = (at::rand({count}).sqrt() * timesteps).to(at::kLong).clamp_max(timesteps - 1);
    batch.noise = at::randn_like(batch.english.latents);
    return batch;
}

Result<void> trainLanguages(ScenePool &scenes, const SceneSource &source,
                            const models::Tokenizer &tokenizer,
                            std::shared_ptr<Generator> generator,
                            std::shared_ptr<nn::AutoencoderKL> autoencoder,
                            const LatentPool::Options &pooling, const StageOptions &options)
{
    at::manual_seed(options.seed);
    const std::string begin =
        std::filesystem::exists(options.folder + "/names.safetensors") ? "names" : "encoders";
    const auto before = loadEncoders(options.folder, tokenizer, at::kCPU, begin);
    if (!before)
        return fail(before.error());
    freeze(*generator);
    ShardPool pool(options.threads);
    Replicas<Encoders> networks(pool.size(), [&] {
        return std::make_shared<Encoders>(textShape(tokenizer.size(), tokenizer.endId()),
                                          visionShape());
    });
    if (auto begun = loadAverage(options.folder + "/" + begin + ".safetensors", networks.first(),
                                 encoderHeads);
        !begun)
        return begun;
    for (int i = 0; i < pool.size(); ++i)
        for (auto &item : networks[i].named_parameters())
            item.value().set_requires_grad(item.key().starts_with("text."));
    Optimizer::Options optimizer;
    optimizer.threads = pool.size();
    optimizer.muon = options.muon;
    optimizer.weightDecay = 0;
    Stage stage("languages", options, networks.parameters(), optimizer, 0.99,
                {"painted", "drift", "painted_held", "drift_held"});
    if (auto done = stage.resume(); !done)
        return done;

    LatentPool latents(scenes, autoencoder, (*before)->vision, pooling);
    const auto config =
        diffusion::samplerConfigFromJson(schedulerShape(), diffusion::SamplerKind::Ddim);
    const at::Tensor alphas = at::tensor(diffusion::alphasCumprod(*config));
    const at::Tensor emptyIds = tokenBatch(tokenizer, {""}, textLength)[0];
    const nn::ClipTextModel &english = *(*before)->text;
    const auto wanted = [&](const LanguageBatch &batch, const at::Tensor &ids) {
        const at::NoGradGuard noGrad;
        return predicted(*generator, encoded(english, ids), batch, alphas, options.dtype);
    };

    // What the text changes at all, in English, is the measure of what is lost in Chinese.
    const LanguageBatch held =
        makeLanguageBatch(latents.pick(heldSamples), emptyIds, alphas.size(0));
    const at::Tensor heldWanted = wanted(held, held.english.ids);
    const double said =
        squaredDifference(heldWanted, wanted(held, emptyIds.expand_as(held.english.ids)))
            .item<double>();
    const Captions heldCaptions = drawnCaptions(source, tokenizer, options.seed + 1, heldSamples);

    at::manual_seed(stage.seed());
    const int64_t share = std::max(1, options.batch / pool.size());
    std::map<std::string, double> figures;
    while (stage.goesOn()) {
        std::vector<std::map<std::string, double>> values(size_t(pool.size()));
        pool.run([&](int i) {
            const LanguageBatch batch =
                makeLanguageBatch(latents.pick(share), emptyIds, alphas.size(0));
            const at::Tensor answer = wanted(batch, batch.english.ids);
            const at::Tensor ours = predicted(*generator, encoded(*networks[i].text, batch.chinese),
                                              batch, alphas, options.dtype);
            const at::Tensor painted = squaredDifference(ours, answer) / said;
            const uint64_t seed = stage.seed() * 64 + uint64_t(i) + 2;
            const at::Tensor drift =
                driftOf(*networks[i].text, english, drawnCaptions(source, tokenizer, seed, share));
            (painted + keptWeight * drift).backward();
            values[size_t(i)] = {{"painted", painted.item<double>()},
                                 {"drift", drift.item<double>()}};
        });
        networks.gather(1.0 / pool.size());
        if (stage.step() % 50 == 0 || figures.empty()) {
            const at::NoGradGuard noGrad;
            stage.average().swap();
            const nn::ClipTextModel &text = *networks.first().text;
            const at::Tensor ours =
                predicted(*generator, encoded(text, held.chinese), held, alphas, options.dtype);
            figures = {{"painted_held", squaredDifference(ours, heldWanted).item<double>() / said},
                       {"drift_held", driftOf(text, english, heldCaptions).item<double>()}};
            stage.average().swap();
        }
        auto row = values[0];
        row.insert(figures.begin(), figures.end());
        if (auto done = stage.finishStep(share * pool.size(), scenes.position(), row); !done)
            return done;
    }
    return stage.save();
}

} // namespace moodloom::training
