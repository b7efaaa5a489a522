// A sampler walks from noise to a clean sample along a fixed list of noise levels.
//
// It is arithmetic only: the network's outputs are handed in, random draws come from a function.
// One object serves one run, because multistep samplers remember earlier outputs. Not thread-safe.
#pragma once

#include "core/diffusion/SamplerConfig.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <vector>

namespace moodloom::diffusion {

// Gives a standard normal tensor of the shape, dtype and device of its argument.
using NoiseSource = std::function<at::Tensor(const at::Tensor &like)>;

struct SamplerStep
{
    at::Tensor sample; // at the next noise level
    at::Tensor x0;     // the clean sample as estimated at this step
};

class Sampler
{
public:
    virtual ~Sampler() = default;

    // What the network is told at each step, from noisy to clean. A step here is one evaluation of
    // the network; a few samplers need more of them than the steps that were asked for.
    const std::vector<double> &timesteps() const { return m_timesteps; }
    int steps() const { return int(m_timesteps.size()); }
    // One per step and the final one; empty for samplers that think in alphas (DDIM, LCM and
    // others).
    const std::vector<double> &sigmas() const { return m_sigmas; }

    // A run starts from standard normal noise times this.
    virtual double startScale() const { return 1; }
    // What the network sees of `sample` at step `step`.
    virtual at::Tensor modelInput(const at::Tensor &sample, int step) const;
    // One step, from noise level `step` to `step` + 1. Steps must be taken in order; the first is
    // one that firstStep() gave. Requires: `noise` where the sampler is stochastic.
    virtual SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                                const NoiseSource &noise) = 0;
    // The clean sample at noise level `step`: where an image-to-image run begins.
    virtual at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise,
                                int step) const = 0;

    // The first step of a run that keeps 1 - strength of the picture (strength 1: the whole run).
    // steps() where the strength is too small for any.
    virtual int firstStep(double strength) const;

protected:
    // The steps that were asked for.
    virtual int nominalSteps() const { return steps(); }

    std::vector<double> m_timesteps;
    std::vector<double> m_sigmas;
};

// Errors: Invalid (steps out of range), Unsupported (a setting that this sampler cannot do).
Result<std::unique_ptr<Sampler>> makeSampler(const SamplerConfig &config, int steps);

} // namespace moodloom::diffusion
