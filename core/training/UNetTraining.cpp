#include "core/training/UNetTraining.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/training/BuiltInShape.h"
#include "core/training/DenoisingLoss.h"
#include "core/training/ShardPool.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace moodloom::training {
namespace {

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

GeneratorBatch makeBatch(const LatentRows &rows, const at::Tensor &emptyIds, const Dropout &dropout)
{
    const int64_t count = rows.latents.size(0);
    const auto options = rows.embeds.options(); // fp32 there
    const auto chance = [&](double p) { return at::rand({count}, options) < p; }; // bool [B]

    // One draw decides what is left out: everything, the text, or the references.
    const at::Tensor fate = at::rand({count}, options);
    const double text = dropout.everything + dropout.text, references = text + dropout.references;
    const at::Tensor noText = fate < text;
    const at::Tensor noReferences = (fate < dropout.everything) | ((fate >= text) & (fate < references));

    at::Tensor there = (rows.families >= 0) & noReferences.logical_not().unsqueeze(1); // [B,slots]
    there = there & at::stack({at::ones_like(noText), chance(dropout.second).logical_not()}, 1);
    at::Tensor states = rows.states, embeds = rows.embeds;
    // Something that is not in this scene, beside or instead of the second thing that is: the first
    // thing of the next scene, where that is of no family of this one.
    const at::Tensor others = rows.families.roll(1, 0).select(1, 0); // [B]
    const at::Tensor stranger = chance(dropout.distractor) & there.any(1) & (others >= 0) &
                                (rows.families == others.unsqueeze(1)).any(1).logical_not();
    const auto withStranger = [&](const at::Tensor &own) {
        const at::Tensor other = own.roll(1, 0).select(1, 0); // [B,...]
        std::vector<int64_t> shape(size_t(other.dim()), 1);
        shape[0] = count;
        return at::stack({own.select(1, 0), at::where(stranger.view(shape), other, own.select(1, 1))}, 1);
    };
    states = withStranger(states);
    embeds = withStranger(embeds);
    there = at::stack({there.select(1, 0), there.select(1, 1) | stranger}, 1);

    const at::Tensor plain = at::where(there.any(1), chance(dropout.plainWithReference), chance(dropout.plainAlone));
    const at::Tensor chinese = chance(0.5);
    const at::Tensor kind = 2 * plain.to(at::kLong) + chinese.to(at::kLong); // as CaptionKind
    const at::Tensor numbers = at::arange(count, kind.options());
    const at::Tensor ids = rows.ids.index({numbers, kind}).to(at::kLong); // [B,L]

    GeneratorBatch batch;
    batch.latents = rows.latents.to(at::kFloat);
    batch.ids = at::where(noText.unsqueeze(1), emptyIds.unsqueeze(0), ids);
    batch.states = states;
    batch.weights = there.to(at::kFloat);
    batch.pooled = (embeds * batch.weights.unsqueeze(2)).sum(1) / batch.weights.sum(1, true).clamp_min(1);
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

    return denoisingLoss(*generator.unet, conditioning, batch.latents, alphas, timesteps, noise,
                         diffusion::Prediction::Velocity, dtype);
}

Result<void> trainUNet(ScenePool &scenes, const models::Tokenizer &tokenizer,
                       std::shared_ptr<Encoders> encoders, std::shared_ptr<nn::AutoencoderKL> autoencoder,
                       const LatentPool::Options &pooling, const StageOptions &options)
{
    at::manual_seed(options.seed);
    ShardPool pool(options.threads);
    Replicas<Generator> networks(pool.size(),
                                 [&] { return onDevice(std::make_shared<Generator>(), options.device); });
    Optimizer::Options optimizer;
    optimizer.threads = pool.size();
    optimizer.muon = options.muon;
    optimizer.dtype = options.dtype;
    optimizer.weightDecay = 0.01;
    Stage stage("unet", options, networks.parameters(), optimizer, 0.999,
                {"loss", "gap_text", "gap_reference", "scenes"});
    if (auto done = stage.resume(); !done)
        return done;
    at::manual_seed(stage.seed());

    LatentPool latents(scenes, autoencoder, encoders->vision, pooling);
    const at::Tensor alphas = scheduleAlphas().to(options.device);
    const at::Tensor emptyIds = tokenBatch(tokenizer, {""}, textLength)[0].to(options.device);
    const auto steps = at::TensorOptions(options.device).dtype(at::kLong);
    std::map<std::string, double> gaps;
    const int share = std::max(1, options.batch / pool.size());
    while (stage.goesOn()) {
        std::vector<std::map<std::string, double>> values(size_t(pool.size()));
        pool.run([&](int i) {
            const auto batch = makeBatch(latents.pick(share), emptyIds, {});
            const at::Tensor timesteps = at::randint(0, alphas.size(0), {share}, steps);
            const at::Tensor loss = denoisingLoss(networks[i], *encoders->text, batch, alphas, timesteps,
                                                  at::randn_like(batch.latents), options.dtype)
                                        .mean();
            loss.backward();
            if (stage.readsValues())
                values[size_t(i)] = {{"loss", loss.item<double>()}};
        });
        networks.gather(1.0 / pool.size());
        if (stage.step() % 100 == 0 || gaps.empty()) {
            // What the conditioning is worth: the loss without it, minus the loss with it. Of the size of
            // a training batch, for which a graphics card has its plans.
            const at::NoGradGuard noGrad;
            const GeneratorBatch with = makeBatch(latents.pick(share), emptyIds, {0, 0, 0, 0, 0, 1, 1});
            const at::Tensor timesteps = at::full({share}, gapTimestep, steps);
            const at::Tensor noise = at::randn_like(with.latents);
            const auto loss = [&](const GeneratorBatch &b) {
                return denoisingLoss(networks.first(), *encoders->text, b, alphas, timesteps, noise, options.dtype)
                    .mean()
                    .item<double>();
            };
            GeneratorBatch noText = with, noReference = with;
            noText.ids = emptyIds.expand_as(with.ids);
            noReference.weights = at::zeros_like(with.weights);
            noReference.pooled = at::zeros_like(with.pooled);
            const double full = loss(with);
            gaps = {{"gap_text", loss(noText) - full}, {"gap_reference", loss(noReference) - full}};
        }
        std::map<std::string, double> row = gaps;
        row.insert(values[0].begin(), values[0].end());
        row["scenes"] = double(latents.size());
        if (auto done = stage.finishStep(int64_t(share) * pool.size(), scenes.position(), row); !done)
            return done;
    }
    return stage.save();
}

} // namespace moodloom::training
