#include "tests/parity/RunCases.h"

#include "core/diffusion/Sampling.h"
#include "core/models/GuidedDenoiser.h"

namespace moodloom::parity {

using nlohmann::json;

namespace {

Result<std::unique_ptr<diffusion::Sampler>> samplerOf(const json &params,
                                                      models::Pipeline &pipeline)
{
    json &scheduler = pipeline.scheduler;
    const std::string name = params["scheduler"];
    diffusion::SamplerKind kind;
    if (name == "DDIM") {
        kind = diffusion::SamplerKind::Ddim;
        if (!scheduler.contains("set_alpha_to_one")) // where the model was made for another sampler
            scheduler["set_alpha_to_one"] = false;
    } else if (name == "Euler") {
        kind = diffusion::SamplerKind::Euler;
    } else if (name == "DPM++ 2M Karras") {
        kind = diffusion::SamplerKind::DpmSolver;
        scheduler["use_karras_sigmas"] = true;
    } else {
        return fail(ErrorCode::Unsupported, "scheduler " + name);
    }
    const json overrides = params.value("scheduler_overrides", json::object());
    scheduler.update(overrides);
    auto config = models::samplerConfig(pipeline, kind);
    if (!config)
        return fail(config.error());
    config->clipSample = overrides.value("clip_sample", false);
    return diffusion::makeSampler(*config, params["steps"]);
}

} // namespace

bool isTextToImage(const json &entry)
{
    return !entry["params"].contains("strength");
}

void runWholeCase(Golden &golden)
{
    const at::NoGradGuard noGrad;
    const json &params = golden.params();
    models::PipelineOptions options;
    options.loadAdapter = params.contains("adapter");
    if (options.loadAdapter)
        options.adapters = {golden.root() + "/" + params["adapter"].get<std::string>()};
    const auto pipeline = models::loadPipeline(golden.model(), options);
    if (!pipeline)
        return golden.fail(pipeline.error());

    models::ConditioningRequest request;
    request.prompt = params["prompt"];
    if (params["negative_prompt"].is_string())
        request.negativePrompt = params["negative_prompt"];
    request.clipSkip = params.value("clip_skip", 0);
    request.height = params["height"];
    request.width = params["width"];
    const double guidance = params["guidance_scale"];
    request.guided = guidance > 1;
    std::vector<Tensor> images; // uint8 [H,W,3]
    for (int i = 0; i < params.value("ip_images", 0); ++i) {
        images.push_back(golden.input("image" + std::to_string(i)).contiguous());
        models::ReferencePicture reference;
        reference.picture = {images.back().data_ptr<uint8_t>(), int(images.back().size(1)),
                             int(images.back().size(0)), images.back().size(1) * 3};
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
    const auto latents = diffusion::sample(**sampler, denoiser, golden.input("latents"), sampling);
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
