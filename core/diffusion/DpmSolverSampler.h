// DPM-Solver and DPM-Solver++: Lu et al. 2022, arXiv:2206.00927 and arXiv:2211.01095, multistep
// form, orders 1 to 3, with the stochastic variants of the second paper's appendix.
#pragma once

#include "core/diffusion/Prediction.h"
#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class DpmSolverSampler final : public Sampler
{
public:
    DpmSolverSampler(const SamplerConfig &config, int steps);

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    Level level(int index) const
    {
        return levelOfSigma(m_sigmas[size_t(index)], m_config.flowSigmas);
    }
    int orderAt(int step) const;

    SamplerConfig m_config;
    std::vector<at::Tensor> m_history; // converted outputs, newest first, at most `order`
};

} // namespace moodloom::diffusion
