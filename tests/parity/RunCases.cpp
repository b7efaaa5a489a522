#include "tests/parity/RunCases.h"

#include "core/diffusion/Sampling.h"
#include "core/models/GuidedDenoiser.h"
#include "tests/parity/LoadNetwork.h"

namespace moodloom::parity {

using nlohmann::json;

namespace {

// A sampler under the name that the case gives it: a usual short name, or a scheduler's class.
Result<std::unique_ptr<diffusion::Sampler>> samplerOf(const json &params,
                                                      models::Pipeline &pipeline)
{
    using diffusion::SamplerKind;
    static const std::map<std::string, SamplerKind> names{
        {"DDIM", SamplerKind::Ddim},
        {"DDPM", SamplerKind::Ddpm},
        {"PNDM", SamplerKind::Pndm},
        {"Euler", SamplerKind::Euler},
        {"Euler a", SamplerKind::EulerAncestral},
        {"Heun", SamplerKind::Heun},
        {"LMS", SamplerKind::Lms},
        {"DPM++ 2M", SamplerKind::DpmSolver},
        {"DPM++ 2M Karras", SamplerKind::DpmSolver},
        {"DPM++ 2S", SamplerKind::DpmSolverSingle},
        {"DEIS", SamplerKind::Deis},
        {"UniPC", SamplerKind::UniPc},
        {"LCM", SamplerKind::Lcm},
        {"TCD", SamplerKind::Tcd}};
    json &scheduler = pipeline.scheduler;
    const std::string name = params["scheduler"];
    const auto known = names.find(name);
    const auto kind = known != names.end() ? known->second : diffusion::samplerKindOfClass(name);
    if (!kind)
        return fail(ErrorCode::Unsupported, "scheduler " + name);
    if (*kind == SamplerKind::Ddim && !scheduler.contains("set_alpha_to_one"))
        scheduler["set_alpha_to_one"] = false; // where the model was made for another sampler
    if (name.ends_with("Karras"))
        scheduler["use_karras_sigmas"] = true;
    const json overrides = params.value("scheduler_overrides", json::object());
    scheduler.update(overrides);
    auto config = models::samplerConfig(pipeline, *kind);
    if (!config)
        return fail(config.error());
    config->clipSample = overrides.value("clip_sample", false);
    return diffusion::makeSampler(*config, params["steps"]);
}

models::RgbView viewOf(const Tensor &image) // uint8 [H,W,3], contiguous
{
    return {image.data_ptr<uint8_t>(), int(image.size(1)), int(image.size(0)), image.size(1) * 3};
}

// Image to image, or inpainting where the case has a mask. Its draws are named by their use or, for
// inpainting, by their order: the autoencoder's, then the start noise.
Result<Tensor> runOver(const Golden &golden, const models::Pipeline &pipeline,
                       diffusion::Sampler &sampler, const diffusion::Denoiser &denoiser,
                       const diffusion::SamplingOptions &options)
{
    const bool masked = golden.hasInput("mask");
    const Tensor image = golden.stored("image").contiguous();
    diffusion::Source source;
    source.strength = golden.params()["strength"];
    source.clean = models::encodePicture(pipeline, viewOf(image),
                                         golden.input(masked ? "draw0" : "vae_noise"));
    if (masked) {
        const Tensor mask = golden.input("mask");
        const double white = mask.scalar_type() == at::kByte ? 255 : 1;
        source.mask = diffusion::latentMask(
            mask.to(at::kFloat).view({1, 1, mask.size(0), mask.size(1)}) / white,
            pipeline.sizeStep());
    }
    return diffusion::sampleOver(sampler, denoiser, source,
                                 golden.input(masked ? "draw1" : "noise"), options);
}

} // namespace

void runWholeCase(Golden &golden)
{
    const at::NoGradGuard noGrad;
    const json &params = golden.params();
    const bool over = params.contains("strength");
    models::PipelineOptions options;
    options.loadAdapter = params.contains("adapter");
    if (options.loadAdapter)
        options.adapters = {golden.root() + "/" + params["adapter"].get<std::string>()};
    const auto pipeline = loadPipeline(golden.model(), golden.place(), options);
    if (!pipeline)
        return golden.fail(pipeline.error());

    models::ConditioningRequest request;
    request.prompt = params["prompt"].get<std::string>();
    if (params["negative_prompt"].is_string())
        request.negativePrompt = params["negative_prompt"].get<std::string>();
    request.clipSkip = params.value("clip_skip", 0);
    request.height = over ? int(golden.stored("image").size(0)) : params["height"].get<int>();
    request.width = over ? int(golden.stored("image").size(1)) : params["width"].get<int>();
    const double guidance = params["guidance_scale"];
    request.guided = guidance > 1;
    std::vector<Tensor> images; // uint8 [H,W,3]
    for (int i = 0; i < params.value("ip_images", 0); ++i) {
        images.push_back(golden.stored("image" + std::to_string(i)).contiguous());
        models::ReferencePicture reference;
        reference.picture = viewOf(images.back());
        reference.weight = params["ip_scale"];
        request.references.push_back(reference);
    }
    auto conditioning = models::encodeConditioning(**pipeline, request);
    if (!conditioning)
        return golden.fail(conditioning.error());
    const auto sampler = samplerOf(params, **pipeline);
    if (!sampler)
        return golden.fail(sampler.error());

    const models::GuidedDenoiser denoiser(**pipeline, *std::move(conditioning), guidance,
                                          params.value("guidance_rescale", 0.0));
    std::vector<Tensor> trajectory;
    diffusion::SamplingOptions sampling;
    sampling.onStep = [&](const diffusion::SamplingStep &step) {
        trajectory.push_back(step.sample.clone());
    };
    const auto latents =
        over ? runOver(golden, **pipeline, **sampler, denoiser, sampling)
             : diffusion::sample(**sampler, denoiser, golden.input("latents"), sampling);
    if (!latents)
        return golden.fail(latents.error());
    golden.compare("trajectory", at::stack(trajectory));
    for (const std::string &output : golden.outputs())
        if (output == "image") {
            const nn::AutoencoderKL &vae = *(*pipeline)->vae;
            golden.compare(output, (vae.decode(vae.fromModel(*latents)) / 2 + 0.5).clamp(0, 1));
        }
}

} // namespace moodloom::parity
