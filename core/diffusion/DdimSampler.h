// Denoising diffusion implicit models: Song, Meng, Ermon 2021, arXiv:2010.02502, equation 12.
#pragma once

#include "core/diffusion/Sampler.h"

namespace moodloom::diffusion {

class DdimSampler final : public Sampler
{
public:
    DdimSampler(const SamplerConfig &config, int steps);

    SamplerStep advance(const at::Tensor &modelOutput, const at::Tensor &sample, int step,
                        const NoiseSource &noise) override;
    at::Tensor addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const override;

private:
    SamplerConfig m_config;
    std::vector<double> m_alphas; // alpha-bar at each visited level, then at each level stepped to
};

} // namespace moodloom::diffusion
