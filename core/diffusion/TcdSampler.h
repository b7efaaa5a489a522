// Trajectory consistency distillation: Zheng et al. 2024, arXiv:2402.19159, strategic stochastic
// sampling. For networks that were distilled for it.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class TcdSampler final : public Sampler
{
public:
    TcdSampler(const SamplerConfig &config, int steps);

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    SamplerConfig m_config;
    std::vector<float> m_alphas; // of every training timestep
};

} // namespace moodloom::diffusion
