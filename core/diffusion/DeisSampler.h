// Exponential integrator with extrapolated noise: Zhang and Chen 2023, arXiv:2204.13902, multistep
// in log(rho), orders 1 to 3.
#pragma once

#include "core/diffusion/Prediction.h"
#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class DeisSampler final : public Sampler
{
public:
    DeisSampler(const SamplerConfig &config, int steps);

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    Level level(int index) const
    {
        return levelOfSigma(m_sigmas[size_t(index)], m_config.flowSigmas);
    }

    SamplerConfig m_config;
    std::vector<at::Tensor> m_history; // noise estimates, newest first, at most `order`
};

} // namespace moodloom::diffusion
