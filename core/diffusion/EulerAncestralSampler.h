// Euler's method to below the next level and fresh noise up to it: k-diffusion's ancestral sampler.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class EulerAncestralSampler final : public Sampler
{
public:
    EulerAncestralSampler(const SamplerConfig &config, int steps);

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
