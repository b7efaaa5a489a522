// Heun's method on the probability-flow ODE: Karras et al. 2022, arXiv:2206.00364, algorithm 1
// without churn. Two evaluations a step but for the last; a trial step lies between them.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class HeunSampler final : public Sampler
{
public:
    HeunSampler(const SamplerConfig &config, int steps);

    double startScale() const override { return m_startScale; }
    at::Tensor modelInput(const at::Tensor &sample, int step) const override;

    int firstStep(double strength) const override { return 2 * Sampler::firstStep(strength); }
    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

protected:
    int nominalSteps() const override { return (steps() + 1) / 2; }

private:
    SamplerConfig m_config;
    double m_startScale = 1;
    at::Tensor m_start, m_slope; // where the trial step began; not defined between steps
};

} // namespace moodloom::diffusion
