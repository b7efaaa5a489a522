// The loop from noise, or from a picture, to a clean sample.
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
    NoiseSource noise;                                // only stochastic samplers ask for it
    std::function<void(const SamplingStep &)> onStep; // called after every step
    std::stop_token stop;                             // looked at before every step
};

// A run from standard normal `noise` [B,C,h,w]. Errors: Cancelled; what the denoiser throws passes.
Result<at::Tensor> sample(Sampler &sampler, const Denoiser &denoiser, const at::Tensor &noise,
                          const SamplingOptions &options = {});

// What a run begins with instead of nothing.
struct Source
{
    at::Tensor clean;    // the picture's latents [B,C,h,w], of the network's scale
    double strength = 1; // how much may change: 0 keeps the picture, 1 takes the whole run
    // Inpainting: 1 where it is painted, 0 where the picture stays, [B or 1,1,h,w]; values between
    // blend. After every step the rest is put back at that step's noise level. Undefined:
    // everywhere.
    at::Tensor mask;
};

// Image to image: from `source` under as much `noise` (standard normal) as its strength asks for.
// With a mask and strength 1 from noise alone. Errors: also Invalid (a strength that leaves no
// step).
Result<at::Tensor> sampleOver(Sampler &sampler, const Denoiser &denoiser, const Source &source,
                              const at::Tensor &noise, const SamplingOptions &options = {});

// A mask in pixels [1,1,H,W], 0..1, for latents `factor` times smaller: what is at least half
// counts whole, and each latent takes its upper left pixel, as diffusers' pipelines do.
at::Tensor latentMask(const at::Tensor &mask, int64_t factor);

} // namespace moodloom::diffusion
