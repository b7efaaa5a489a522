#include "core/diffusion/DdpmSampler.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Prediction.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {

DdpmSampler::DdpmSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    m_timesteps = spacedTimesteps(config.spacing, config.trainSteps, steps, config.stepsOffset, 0,
                                  Rounding::Whole);
    const auto alphas = alphasCumprod(config);
    for (const double t : m_timesteps)
        m_alphas.push_back(alphas[size_t(t)]);
    m_alphas.push_back(1);
}

SamplerStep DdpmSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                 const NoiseSource &noise)
{
    const double a = m_alphas[size_t(step)], next = m_alphas[size_t(step) + 1];
    const double kept = a / next, beta = 1 - kept; // of this step
    const at::Tensor x0 = estimate(m_config, out, x, levelOfAlpha(a)).x0;
    // The posterior's mean, equation 7.
    at::Tensor result =
        (std::sqrt(next) * beta / (1 - a)) * x0 + (std::sqrt(kept) * (1 - next) / (1 - a)) * x;
    if (m_timesteps[size_t(step)] > 0) {
        const double variance = m_config.variance == Variance::FixedLarge
                                    ? beta
                                    : std::max((1 - next) / (1 - a) * beta, 1e-20);
        result = result + std::sqrt(variance) * noise(x);
    }
    return {result, x0};
}

at::Tensor DdpmSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    const Level at = levelOfAlpha(m_alphas[size_t(step)]);
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
