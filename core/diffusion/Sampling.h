// The loop from noise to a clean sample.
//
// Synchronous; runs on the calling thread, without gradients. The denoiser decides about guidance,
// batching and devices.
#pragma once

#include "core/diffusion/Sampler.h"

#include <functional>
#include <stop_token>

namespace moodloom::diffusion {

struct SamplingStep
{
    int step = 0;  // 0-based, just finished
    int total = 0; // steps of this run
    double timestep = 0;
    at::Tensor sample; // after the step
    at::Tensor x0;     // the clean sample as estimated at this step, for previews
};

// The network (with guidance) on x [B,C,h,w] at a timestep; gives what the config predicts.
using Denoiser = std::function<at::Tensor(const at::Tensor &x, double timestep)>;

struct SamplingOptions
{
    int firstStep = 0;                                 // see Sampler::firstStep
    NoiseSource noise;                                 // only stochastic samplers ask for it
    std::function<void(const SamplingStep &)> onStep;  // called after every step
    std::stop_token stop;                              // looked at before every step
};

// A run from standard normal `noise` [B,C,h,w]. Errors: Cancelled; what the denoiser throws passes.
Result<at::Tensor> sample(Sampler &sampler, const Denoiser &denoiser, const at::Tensor &noise,
                          const SamplingOptions &options = {});

// The same from `start`, which is already at the noise level of options.firstStep.
Result<at::Tensor> sampleFrom(Sampler &sampler, const Denoiser &denoiser, at::Tensor start,
                              const SamplingOptions &options);

} // namespace moodloom::diffusion
