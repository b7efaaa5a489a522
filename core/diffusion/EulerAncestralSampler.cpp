#include "core/diffusion/EulerAncestralSampler.h"

#include "core/diffusion/Prediction.h"
#include "core/diffusion/SigmaWalk.h"

#include <ATen/ATen.h>

#include <cmath>

namespace moodloom::diffusion {

EulerAncestralSampler::EulerAncestralSampler(const SamplerConfig &config, int steps)
    : m_config(config)
{
    auto walk = sigmaWalk(config, steps);
    m_timesteps = std::move(walk.timesteps);
    m_sigmas = std::move(walk.sigmas);
    m_startScale = sigmaStartScale(config.spacing, m_sigmas);
}

at::Tensor EulerAncestralSampler::modelInput(const at::Tensor &sample, int step) const
{
    return scaledForModel(sample, m_sigmas[size_t(step)]);
}

SamplerStep EulerAncestralSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                           const NoiseSource &noise)
{
    const double sigma = m_sigmas[size_t(step)], next = m_sigmas[size_t(step) + 1];
    const double up = std::sqrt(next * next * (sigma * sigma - next * next) / (sigma * sigma));
    const double down = std::sqrt(next * next - up * up);
    const at::Tensor x0 = cleanOf(m_config.prediction, out, x, sigma);
    return {x + (x - x0) / sigma * (down - sigma) + noise(x) * up, x0};
}

at::Tensor EulerAncestralSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise,
                                           int step) const
{
    return clean + noise * m_sigmas[size_t(step)];
}

} // namespace moodloom::diffusion
