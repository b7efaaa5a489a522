// Euler's method on the straight paths of rectified flows: Liu et al. 2022, arXiv:2209.03003, with
// the shifted levels of Esser et al. 2024, arXiv:2403.03206.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class FlowEulerSampler final : public Sampler
{
public:
    FlowEulerSampler(const SamplerConfig &config, int steps);

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    SamplerConfig m_config;
};

} // namespace moodloom::diffusion
