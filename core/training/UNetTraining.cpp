#include "core/training/UNetTraining.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/training/BuiltInShape.h"
#include "core/training/ShardPool.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace moodloom::training {
namespace {

constexpr int64_t slots = 2;       // references a sample can have
constexpr double snrLimit = 5;     // of min-SNR weighting
constexpr int64_t gapTimestep = 850; // where composition is decided

at::Tensor scheduleAlphas()
{
    const auto config = diffusion::samplerConfigFromJson(schedulerShape(), diffusion::SamplerKind::Ddim);
    return at::tensor(diffusion::alphasCumprod(*config));
}

} // namespace

Generator::Generator()
{
    unet = register_module("unet", std::make_shared<nn::UNet2DConditionModel>(unetShape()));
    adapter = register_module("adapter", std::make_shared<nn::IpAdapter>(adapterShape(*unet)));
    // Pooled references are unit vectors, so their share of the time embedding would begin an order of
    // magnitude below that of text and time, and grow slowly.
    const at::NoGradGuard noGrad;
    unet->named_parameters()["add_embedding.image_proj.weight"].mul_(8);
}

GeneratorBatch makeBatch(const std::vector<std::shared_ptr<const CachedScene>> &scenes,
                         const std::vector<int64_t> &emptyIds, const Dropout &dropout,
                         std::mt19937_64 &random)
{
    std::uniform_real_distribution<double> uniform;
    const auto chance = [&](double p) { return uniform(random) < p; };
    const int64_t count = int64_t(scenes.size());

    std::vector<at::Tensor> latents, states, pooled;
    std::vector<const std::vector<int64_t> *> texts;
    GeneratorBatch batch;
    batch.weights = at::zeros({count, slots});
    for (int64_t i = 0; i < count; ++i) {
        const CachedScene &scene = *scenes[size_t(i)];
        latents.push_back(scene.latents);

        const double fate = uniform(random);
        const bool noText = fate < dropout.everything + dropout.text;
        const bool noReferences = fate < dropout.everything ||
                                  (!noText && fate < dropout.everything + dropout.text + dropout.references);
        std::vector<const CachedReference *> shown;
        if (!noReferences) {
            for (const CachedReference &reference : scene.references)
                shown.push_back(&reference);
            std::shuffle(shown.begin(), shown.end(), random);
            shown.resize(std::min<size_t>(shown.size(), size_t(slots)));
            if (chance(dropout.distractor)) {
                // Something that is not in this scene, beside or instead of what is.
                const CachedScene &other = *scenes[random() % scenes.size()];
                const CachedReference &candidate = other.references[random() % other.references.size()];
                const bool stranger =
                    std::none_of(scene.references.begin(), scene.references.end(),
                                 [&](const CachedReference &r) { return r.family == candidate.family; });
                if (stranger && shown.size() < size_t(slots))
                    shown.push_back(&candidate);
                else if (stranger)
                    shown.back() = &candidate;
            }
        }
        const bool plain = chance(shown.empty() ? dropout.plainAlone : dropout.plainWithReference);
        const bool english = chance(0.5);
        texts.push_back(noText ? &emptyIds
                        : plain ? (english ? &scene.plainEnglish : &scene.plainChinese)
                                : (english ? &scene.english : &scene.chinese));

        at::Tensor sum = at::zeros_like(scene.references.front().embed);
        for (int64_t slot = 0; slot < slots; ++slot) {
            const bool there = slot < int64_t(shown.size());
            states.push_back(there ? shown[size_t(slot)]->states : at::zeros_like(scene.references.front().states));
            if (there) {
                sum = sum + shown[size_t(slot)]->embed;
                batch.weights[i][slot] = 1;
            }
        }
        pooled.push_back(sum / double(std::max<size_t>(1, shown.size())));
    }
    // Padded in full, as painting does: attention goes over the padding too.
    batch.ids = at::full({count, textLength}, emptyIds.back(), at::kLong);
    for (int64_t i = 0; i < count; ++i)
        std::copy(texts[size_t(i)]->begin(), texts[size_t(i)]->end(),
                  batch.ids.data_ptr<int64_t>() + i * textLength);
    batch.latents = at::stack(latents).to(at::kFloat);
    batch.states = at::stack(states).view({count, slots, states[0].size(0), states[0].size(1)});
    batch.pooled = at::stack(pooled);
    return batch;
}

at::Tensor denoisingLoss(const Generator &generator, const nn::ClipTextModel &text,
                         const GeneratorBatch &batch, const at::Tensor &alphas,
                         const at::Tensor &timesteps, const at::Tensor &noise, at::ScalarType dtype)
{
    nn::UNetConditioning conditioning;
    {
        const at::NoGradGuard noGrad;
        const auto encoded = text.forward(batch.ids);
        conditioning.text = encoded.lastHiddenState.to(dtype);
        conditioning.textEmbeds = encoded.textEmbeds;
        conditioning.imageEmbeds = batch.pooled;
    }
    nn::ReferenceConditioning references;
    references.adapter = generator.adapter;
    references.tokens = generator.adapter->imageTokens(batch.states.to(dtype));
    references.weights = batch.weights;
    conditioning.references = {references};

    const at::Tensor a = alphas.index_select(0, timesteps).view({-1, 1, 1, 1});
    const at::Tensor signal = a.sqrt(), spread = (1 - a).sqrt();
    const at::Tensor x = signal * batch.latents + spread * noise;
    const at::Tensor velocity = signal * noise - spread * batch.latents;
    const at::Tensor ours =
        generator.unet->forward(x.to(dtype), timesteps, conditioning).to(at::kFloat);
    const at::Tensor share = 1 / (1 - a).clamp_min(1e-6); // 1 + SNR
    const at::Tensor weight = share.clamp_max(snrLimit) / share;
    return (weight * (ours - velocity).square()).mean({1, 2, 3});
}

Result<void> trainUNet(const SceneSource &source, const models::Tokenizer &tokenizer,
                       std::shared_ptr<Encoders> encoders, std::shared_ptr<nn::AutoencoderKL> autoencoder,
                       const StageOptions &options)
{
    at::manual_seed(int64_t(options.seed));
    ShardPool pool(options.threads);
    Replicas<Generator> networks(pool.size(), [] { return std::make_shared<Generator>(); });
    Optimizer::Options optimizer;
    optimizer.threads = pool.size();
    optimizer.muon = options.muon;
    optimizer.dtype = options.dtype;
    optimizer.weightDecay = 0.01;
    Stage stage("unet", options, networks.parameters(), optimizer, 0.9995,
                {"loss", "gap_text", "gap_reference", "scenes"});
    if (auto done = stage.resume(); !done)
        return done;

    SceneCache::Options caching;
    caching.drawing.size = pictureSize;
    caching.drawing.referenceSize = referenceSize;
    caching.drawing.seed = options.seed + 2;
    caching.drawing.first = stage.scene();
    caching.drawing.threads = options.drawThreads;
    caching.drawing.ahead = 64;
    SceneCache cache(source, autoencoder, encoders->vision, tokenizer, caching);

    const at::Tensor alphas = scheduleAlphas();
    const auto emptyIds = tokenizer.encodeWhole("");
    std::vector<std::mt19937_64> randoms;
    for (int i = 0; i < pool.size(); ++i)
        randoms.emplace_back(options.seed * 1000 + uint64_t(i) + uint64_t(stage.step()) * 7919);
    std::map<std::string, double> gaps;
    const int share = std::max(1, options.batch / pool.size());
    while (stage.goesOn()) {
        std::vector<double> losses(size_t(pool.size()));
        pool.run([&](int i) {
            auto &random = randoms[size_t(i)];
            const auto batch = makeBatch(cache.pick(size_t(share), random), emptyIds, {}, random);
            const at::Tensor timesteps = at::randint(0, alphas.size(0), {share}, at::kLong);
            const at::Tensor loss = denoisingLoss(networks[i], *encoders->text, batch, alphas, timesteps,
                                                  at::randn_like(batch.latents), options.dtype)
                                        .mean();
            loss.backward();
            losses[size_t(i)] = loss.item<double>();
        });
        networks.gather(1.0 / pool.size());
        if (stage.step() % 100 == 0 || gaps.empty()) {
            // What the conditioning is worth: the loss without it, minus the loss with it.
            const at::NoGradGuard noGrad;
            std::mt19937_64 fixed(5);
            GeneratorBatch with = makeBatch(cache.pick(128, fixed), emptyIds, {0, 0, 0, 0, 1, 1}, fixed);
            const at::Tensor timesteps = at::full({128}, gapTimestep, at::kLong);
            const at::Tensor noise = at::randn_like(with.latents);
            const auto loss = [&](const GeneratorBatch &b) {
                return denoisingLoss(networks.first(), *encoders->text, b, alphas, timesteps, noise, options.dtype)
                    .mean()
                    .item<double>();
            };
            GeneratorBatch noText = with, noReference = with;
            noText.ids = at::full_like(with.ids, tokenizer.endId());
            noText.ids.select(1, 0).fill_(tokenizer.startId());
            noReference.weights = at::zeros_like(with.weights);
            noReference.pooled = at::zeros_like(with.pooled);
            const double full = loss(with);
            gaps = {{"gap_text", loss(noText) - full}, {"gap_reference", loss(noReference) - full}};
        }
        std::map<std::string, double> row = gaps;
        for (const double loss : losses)
            row["loss"] += loss / double(losses.size());
        row["scenes"] = double(cache.size());
        if (auto done = stage.finishStep(int64_t(share) * pool.size(), cache.position(), row); !done)
            return done;
    }
    return stage.save();
}

} // namespace moodloom::training
