// UniPC: Zhao et al. 2023, arXiv:2302.04867. Each evaluation first corrects the step that led to
// it, then predicts the next one.
#pragma once

#include "core/diffusion/Prediction.h"
#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class UniPcSampler final : public Sampler
{
public:
    UniPcSampler(const SamplerConfig &config, int steps);

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    Level level(int index) const
    {
        return levelOfSigma(m_sigmas[size_t(index)], m_config.flowSigmas);
    }
    // One UniP step from level `from` to the next, or, where `arrived` is the model's value there,
    // the UniC correction of it.
    at::Tensor update(const at::Tensor &x, int from, int order, const at::Tensor &arrived) const;

    SamplerConfig m_config;
    std::vector<at::Tensor> m_history; // converted outputs, newest first, at most `order`
    at::Tensor m_previous;             // the corrected sample that the last step began with
    int m_lastOrder = 0;
};

} // namespace moodloom::diffusion
