// DPM-Solver and DPM-Solver++: Lu et al. 2022, arXiv:2206.00927 and arXiv:2211.01095, singlestep
// form: blocks of one to three evaluations, each block one step of that order.
#pragma once

#include "core/diffusion/Prediction.h"
#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class DpmSolverSingleSampler final : public Sampler
{
public:
    DpmSolverSingleSampler(const SamplerConfig &config, int steps);

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    Level level(int index) const
    {
        return levelOfSigma(m_sigmas[size_t(index)], m_config.flowSigmas);
    }

    SamplerConfig m_config;
    std::vector<int> m_orders;         // of the update after each evaluation
    std::vector<at::Tensor> m_history; // converted outputs, newest first, at most `order`
    at::Tensor m_start;                // where the block began
};

} // namespace moodloom::diffusion
