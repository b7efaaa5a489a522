#include "core/diffusion/DdimSampler.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Prediction.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {

DdimSampler::DdimSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    m_timesteps = spacedTimesteps(config.spacing, config.trainSteps, steps, config.stepsOffset, 0,
                                  Rounding::Whole);
    const auto alphas = alphasCumprod(config);
    // The level after t is t - T/steps whatever the spacing; before the first one, all is signal
    // or, without setAlphaToOne, what the first training step leaves.
    const int stride = config.trainSteps / steps;
    for (const double t : m_timesteps)
        m_alphas.push_back(alphas[size_t(t)]);
    for (const double t : m_timesteps) {
        const int next = int(t) - stride;
        m_alphas.push_back(next >= 0              ? alphas[size_t(next)]
                           : config.setAlphaToOne ? 1.0
                                                  : alphas[0]);
    }
}

SamplerStep DdimSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                 const NoiseSource &noise)
{
    const double a = m_alphas[size_t(step)];
    const double next = m_alphas[size_t(step) + m_timesteps.size()];
    const Estimate e = estimate(m_config, out, x, levelOfAlpha(a));
    const double variance = (1 - next) / (1 - a) * (1 - a / next);
    const double deviation = m_config.eta * std::sqrt(std::max(0.0, variance));
    const double direction = std::sqrt(std::max(0.0, 1 - next - deviation * deviation));
    at::Tensor result = std::sqrt(next) * e.x0 + direction * e.epsilon;
    if (m_config.eta > 0)
        result = result + deviation * noise(x);
    return {result, e.x0};
}

at::Tensor DdimSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    const Level at = levelOfAlpha(m_alphas[size_t(step)]);
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
