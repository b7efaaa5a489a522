// DPM-Solver and DPM-Solver++: Lu et al. 2022, arXiv:2206.00927 and arXiv:2211.01095, multistep
// form, orders 1 to 3, with the stochastic variant of the second paper's appendix.
#pragma once

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
    // One noise level: x = alpha * signal + sigma * noise, lambda = ln(alpha / sigma).
    struct Level { double alpha, sigma, lambda; };
    Level level(size_t index) const;

    at::Tensor firstOrder(const at::Tensor &x, int step, const at::Tensor &noise) const;
    at::Tensor secondOrder(const at::Tensor &x, int step, const at::Tensor &noise) const;
    at::Tensor thirdOrder(const at::Tensor &x, int step) const;

    SamplerConfig m_config;
    std::vector<at::Tensor> m_history; // converted outputs, newest first, at most `order`
};

} // namespace moodloom::diffusion
