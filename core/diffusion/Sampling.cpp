#include "core/diffusion/Sampling.h"

#include <ATen/ATen.h>

namespace moodloom::diffusion {

Result<at::Tensor> sample(Sampler &sampler, const Denoiser &denoiser, const at::Tensor &noise,
                          const SamplingOptions &options)
{
    return sampleFrom(sampler, denoiser, noise * sampler.startScale(), options);
}

Result<at::Tensor> sampleFrom(Sampler &sampler, const Denoiser &denoiser, at::Tensor start,
                              const SamplingOptions &options)
{
    const at::NoGradGuard noGradients;
    at::Tensor x = std::move(start);
    const int total = sampler.steps();
    for (int step = options.firstStep; step < total; ++step) {
        if (options.stop.stop_requested())
            return cancelled();
        const double timestep = sampler.timesteps()[size_t(step)];
        const at::Tensor out = denoiser(sampler.modelInput(x, step), timestep);
        SamplerStep taken = sampler.advance(out, x, step, options.noise);
        x = taken.sample;
        if (options.onStep)
            options.onStep({step - options.firstStep, total - options.firstStep, timestep, x, taken.x0});
    }
    if (options.stop.stop_requested())
        return cancelled();
    return x;
}

} // namespace moodloom::diffusion
