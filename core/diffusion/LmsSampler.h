// The linear multistep method (Adams-Bashforth with uneven steps) on the probability-flow ODE,
// order up to 4. Where a run begins in the middle (image to image) the order grows from 1, as at
// any start; diffusers takes weights for slopes that it does not have there.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class LmsSampler final : public Sampler
{
public:
    LmsSampler(const SamplerConfig &config, int steps);

    double startScale() const override { return m_startScale; }
    at::Tensor modelInput(const at::Tensor &sample, int step) const override;

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    // The weight of the slope of `back` steps ago: its Lagrange polynomial over the last `order`
    // sigmas, integrated over the present step.
    double weight(int step, int order, int back) const;

    SamplerConfig m_config;
    double m_startScale = 1;
    std::vector<at::Tensor> m_slopes; // newest first, at most 4
};

} // namespace moodloom::diffusion
