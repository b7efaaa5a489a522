#include "core/diffusion/Sampling.h"

#include <ATen/ATen.h>

namespace moodloom::diffusion {
namespace {

using AfterStep = std::function<at::Tensor(const at::Tensor &x, int step)>;

Result<at::Tensor> run(Sampler &sampler, const Denoiser &denoiser, at::Tensor x, int first,
                       const SamplingOptions &options, const AfterStep &afterStep = {})
{
    const int total = sampler.steps();
    for (int step = first; step < total; ++step) {
        if (options.stop.stop_requested())
            return cancelled();
        const double timestep = sampler.timesteps()[size_t(step)];
        const at::Tensor out = denoiser(sampler.modelInput(x, step), timestep);
        SamplerStep taken = sampler.advance(out, x, step, options.noise);
        x = afterStep ? afterStep(taken.sample, step) : taken.sample;
        if (options.onStep)
            options.onStep({step - first, total - first, timestep, x, taken.x0});
    }
    if (options.stop.stop_requested())
        return cancelled();
    return x;
}

} // namespace

Result<at::Tensor> sample(Sampler &sampler, const Denoiser &denoiser, const at::Tensor &noise,
                          const SamplingOptions &options)
{
    const at::NoGradGuard noGradients;
    return run(sampler, denoiser, noise * sampler.startScale(), 0, options);
}

Result<at::Tensor> sampleOver(Sampler &sampler, const Denoiser &denoiser, const Source &source,
                              const at::Tensor &noise, const SamplingOptions &options)
{
    const at::NoGradGuard noGradients;
    if (!(source.strength >= 0 && source.strength <= 1))
        return fail(ErrorCode::Invalid, "strength", "choose 0 to 1");
    const int first = sampler.firstStep(source.strength);
    if (first >= sampler.steps())
        return fail(ErrorCode::Invalid, "strength",
                    "too small for this many steps: nothing would be painted; raise one of them");
    if (!source.mask.defined())
        return run(sampler, denoiser, sampler.addNoise(source.clean, noise, first), first, options);

    const at::Tensor start = source.strength >= 1 ? noise * sampler.startScale()
                                                  : sampler.addNoise(source.clean, noise, first);
    const AfterStep putBack = [&](const at::Tensor &x, int step) {
        const bool last = step + 1 == sampler.steps();
        const at::Tensor kept =
            last ? source.clean : sampler.addNoise(source.clean, noise, step + 1);
        return (1 - source.mask) * kept + source.mask * x;
    };
    return run(sampler, denoiser, start, first, options, putBack);
}

at::Tensor latentMask(const at::Tensor &mask, int64_t factor)
{
    const int64_t h = mask.size(2) / factor, w = mask.size(3) / factor;
    return at::upsample_nearest2d(at::ge(mask, 0.5).to(at::kFloat), {h, w});
}

} // namespace moodloom::diffusion
