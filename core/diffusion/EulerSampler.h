// Euler's method on the probability-flow ODE: Karras et al. 2022, arXiv:2206.00364, algorithm 2
// without its second-order correction.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class EulerSampler final : public Sampler
{
public:
    // Requires: config.prediction is not Sample or Flow.
    EulerSampler(const SamplerConfig &config, int steps);

    double startScale() const override { return m_startScale; }
    at::Tensor modelInput(const at::Tensor &sample, int step) const override;
    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    SamplerConfig m_config;
    double m_startScale = 1;
};

} // namespace moodloom::diffusion
