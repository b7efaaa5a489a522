// Latent consistency models: Luo et al. 2023, arXiv:2310.04378, multistep consistency sampling. For
// networks that were distilled for it.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class LcmSampler final : public Sampler
{
public:
    LcmSampler(const SamplerConfig &config, int steps);

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    SamplerConfig m_config;
    std::vector<double> m_alphas; // alpha-bar at each visited level
};

} // namespace moodloom::diffusion
