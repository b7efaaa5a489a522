// Denoising diffusion probabilistic models: Ho, Jain, Abbeel 2020, arXiv:2006.11239, algorithm 2,
// over any subset of the timesteps.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class DdpmSampler final : public Sampler
{
public:
    DdpmSampler(const SamplerConfig &config, int steps);

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    SamplerConfig m_config;
    std::vector<double>
        m_alphas; // alpha-bar at each visited level and, at the end, of a clean sample
};

} // namespace moodloom::diffusion
