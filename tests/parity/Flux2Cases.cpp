#include "tests/parity/Flux2Cases.h"

#include "core/diffusion/Guidance.h"
#include "core/diffusion/Sampling.h"
#include "core/nn/Flux2Tokens.h"
#include "tests/parity/LoadNetwork.h"

#include <cstdio>
#include <sstream>

namespace moodloom::parity {

using nlohmann::json;

namespace {

void runAutoencoder(Golden &golden)
{
    const auto vae = loadNetwork<nn::Flux2AutoencoderConfig>(golden.model(), golden.place(),
                                                             nn::loadFlux2Autoencoder);
    if (!vae)
        return golden.fail(vae.error());
    const Tensor mode = (*vae)->encode(golden.activations("image")).mean;
    golden.compare("mode", mode);
    golden.compare("patchified", nn::toPatches(mode));
    golden.compare("normalised", (*vae)->normalized(mode));
    golden.compare("packed", nn::toTokens((*vae)->normalized(mode)));
    const Tensor latents = (*vae)->raw(golden.activations("latents"));
    golden.compare("decoder_input", latents);
    golden.compare("decoded", (*vae)->decode(latents));
}

// "3x5, batch 2" "7 tokens, batch 2" "2x3 and 4x2"
void runIds(Golden &golden)
{
    const auto text = [&](const char *name) { return golden.params()[name].get<std::string>(); };
    const auto repeated = [](const Tensor &ids, int batch) {
        return ids.unsqueeze(0).expand({batch, -1, -1});
    };
    int height = 0, width = 0, batch = 0, tokens = 0, textBatch = 0;
    std::sscanf(text("latent").c_str(), "%dx%d, batch %d", &height, &width, &batch);
    golden.compare("latent", repeated(nn::pictureIds(height, width), batch));
    std::sscanf(text("text").c_str(), "%d tokens, batch %d", &tokens, &textBatch);
    golden.compare("text", repeated(nn::textIds(tokens), textBatch));
    std::vector<std::pair<int64_t, int64_t>> sizes;
    std::istringstream pictures(text("images"));
    for (std::string word; pictures >> word;)
        if (int h = 0, w = 0; std::sscanf(word.c_str(), "%dx%d", &h, &w) == 2)
            sizes.emplace_back(h, w);
    golden.compare("images", repeated(nn::referenceIds(sizes), 1));
}

void runRotary(Golden &golden)
{
    const nn::Rotary turns =
        nn::rotary(golden.input("ids"), golden.params()["axes_dims"].get<std::vector<int64_t>>(),
                   golden.params()["theta"]);
    golden.compare("cos", turns.cos);
    golden.compare("sin", turns.sin);
}

// "seq1024-steps10"
void runShift(Golden &golden)
{
    for (const std::string &output : golden.outputs()) {
        long tokens = 0, steps = 0;
        if (std::sscanf(output.c_str(), "seq%ld-steps%ld", &tokens, &steps) == 2)
            golden.compare(output,
                           at::scalar_tensor(nn::flux2ScheduleShift(tokens, steps), at::kDouble));
    }
}

void runTransformer(Golden &golden)
{
    const auto transformer = loadNetwork<nn::Flux2TransformerConfig>(golden.model(), golden.place(),
                                                                     nn::loadFlux2Transformer);
    if (!transformer)
        return golden.fail(transformer.error());
    golden.compare(
        "sample",
        (*transformer)
            ->forward(golden.activations("hidden_states"),
                      golden.activations("encoder_hidden_states"), golden.input("timestep"),
                      golden.input("img_ids")[0], golden.input("txt_ids")[0],
                      golden.hasInput("guidance") ? golden.input("guidance") : Tensor()));
}

// The model's scheduler, shifted for so many tokens.
Result<std::unique_ptr<diffusion::Sampler>> samplerOf(const Golden &golden, int64_t tokens)
{
    auto config = diffusion::loadSamplerConfig(golden.model() + "/scheduler/scheduler_config.json",
                                               diffusion::SamplerKind::FlowEuler);
    if (!config)
        return fail(config.error());
    const int steps = golden.params()["steps"];
    config->mu = nn::flux2ScheduleShift(tokens, steps);
    config->flowSpacing = diffusion::FlowSpacing::OverSteps;
    return diffusion::makeSampler(*config, steps);
}

// uint8 [H,W,3] -> [1,3,H',W'] in -1..1, the middle whose sides are multiples of `step`.
Tensor cropped(const Tensor &image, int64_t step)
{
    const int64_t height = image.size(0) / step * step, width = image.size(1) / step * step;
    return image.narrow(0, (image.size(0) - height) / 2, height)
                   .narrow(1, (image.size(1) - width) / 2, width)
                   .permute({2, 0, 1})
                   .unsqueeze(0)
                   .to(at::kFloat) /
               127.5 -
           1;
}

// The reference pictures' tokens and their positions.
struct References
{
    Tensor tokens, ids; // [1,N,C], [N,4]

    References(const Golden &golden, const nn::Flux2Autoencoder &vae)
    {
        std::vector<Tensor> all;
        std::vector<std::pair<int64_t, int64_t>> sizes;
        for (int i = 0; golden.hasInput("image" + std::to_string(i)); ++i) {
            const Tensor picture = golden.input("image" + std::to_string(i));
            const Tensor patches =
                vae.normalized(vae.encode(cropped(picture, 2 * vae.config().factor())).mean);
            sizes.emplace_back(patches.size(2), patches.size(3));
            all.push_back(nn::toTokens(patches));
        }
        if (!all.empty()) {
            tokens = at::cat(all, 1);
            ids = nn::referenceIds(sizes);
        }
    }
};

void runWhole(Golden &golden)
{
    const json &params = golden.params();
    const auto vae =
        loadNetwork<nn::Flux2AutoencoderConfig>(golden.model() + "/vae", {golden.place().device},
                                                nn::loadFlux2Autoencoder); // fp32, as elsewhere
    const auto transformer = loadNetwork<nn::Flux2TransformerConfig>(
        golden.model() + "/" + params["transformer"].get<std::string>(), golden.place(),
        nn::loadFlux2Transformer);
    if (!vae || !transformer)
        return golden.fail(vae ? transformer.error() : vae.error());
    const References references(golden, **vae);
    const Tensor start = golden.input("latents"); // [1,4C,h,w]
    const int64_t height = start.size(2), width = start.size(3);
    const double guidance = params["guidance_scale"];
    const bool told = (*transformer)->config().guidanceEmbedding;
    const Tensor noise = nn::toTokens(start);
    const auto sampler = samplerOf(golden, noise.size(1));
    if (!sampler)
        return golden.fail(sampler.error());
    Tensor ids = nn::pictureIds(height, width);
    if (references.ids.defined())
        ids = at::cat({ids, references.ids}, 0);
    const auto predict = [&](const char *prompt, const Tensor &x, double timestep) {
        const Tensor text = golden.activations(prompt);
        const Tensor tokens = references.tokens.defined() ? at::cat({x, references.tokens}, 1) : x;
        return (*transformer)
            ->forward(tokens.to(text.scalar_type()), text,
                      at::full({1}, timestep / 1000, at::kFloat), ids, nn::textIds(text.size(1)),
                      told ? at::full({1}, guidance, at::kFloat) : Tensor())
            .narrow(1, 0, x.size(1))
            .to(x.scalar_type());
    };
    const auto denoiser = [&](const Tensor &x, double timestep) {
        const Tensor positive = predict("prompt_embeds", x, timestep);
        return told || guidance <= 1
                   ? positive
                   : diffusion::guide(predict("negative_prompt_embeds", x, timestep), positive,
                                      guidance);
    };
    std::vector<Tensor> trajectory;
    diffusion::SamplingOptions options;
    options.onStep = [&](const diffusion::SamplingStep &step) {
        trajectory.push_back(step.sample.clone());
    };
    const auto x = diffusion::sample(**sampler, denoiser, noise, options);
    if (!x)
        return golden.fail(x.error());
    golden.compare("sigmas", at::tensor((*sampler)->sigmas(), at::kDouble));
    golden.compare("timesteps", at::tensor((*sampler)->timesteps(), at::kDouble));
    golden.compare("trajectory", at::stack(trajectory));
    const Tensor picture = (*vae)->decode((*vae)->raw(nn::fromTokens(*x, height, width)));
    golden.compare("image", (picture / 2 + 0.5).clamp(0, 1));
}

} // namespace

void runFlux2Case(Golden &golden)
{
    const at::NoGradGuard noGrad;
    const std::string id = golden.id();
    if (id.starts_with("flux2-vae"))
        runAutoencoder(golden);
    else if (id.starts_with("flux2-ids"))
        runIds(golden);
    else if (id.starts_with("flux2-rope"))
        runRotary(golden);
    else if (id.starts_with("flux2-mu"))
        runShift(golden);
    else if (golden.hasInput("hidden_states"))
        runTransformer(golden);
    else
        runWhole(golden);
}

} // namespace moodloom::parity
