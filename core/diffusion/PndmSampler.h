// Pseudo numerical methods for diffusion models: Liu et al. 2022, arXiv:2202.09778. Linear
// multistep of order 4, which begins with Runge-Kutta steps or, as in Stable Diffusion, with a
// corrected first step. A run that begins in the middle skips whole Runge-Kutta steps.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class PndmSampler final : public Sampler
{
public:
    PndmSampler(const SamplerConfig &config, int steps);

    int firstStep(double strength) const override;
    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    double alphaAt(int timestep) const;
    // The paper's equation 11: from one timestep to another along `out`.
    at::Tensor transfer(const at::Tensor &x, const at::Tensor &out, int from, int to) const;
    at::Tensor rungeKutta(const at::Tensor &out, const at::Tensor &x, int step);
    at::Tensor multistep(const at::Tensor &out, const at::Tensor &x, int step);

    SamplerConfig m_config;
    std::vector<float> m_alphas; // of every training timestep
    int m_nominalSteps, m_stride, m_rungeKuttaSteps = 0;
    int m_taken = 0;                   // evaluations in this run
    std::vector<at::Tensor> m_history; // outputs, newest first, at most 4
    at::Tensor m_start, m_sum;         // of the step that is being assembled
};

} // namespace moodloom::diffusion
