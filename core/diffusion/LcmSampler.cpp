#include "core/diffusion/LcmSampler.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Prediction.h"

#include <ATen/ATen.h>

#include <cmath>

namespace moodloom::diffusion {

LcmSampler::LcmSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    m_timesteps = distilledTimesteps(config.trainSteps, config.originalSteps, steps);
    const auto alphas = alphasCumprod(config);
    for (const double t : m_timesteps)
        m_alphas.push_back(alphas[size_t(t)]);
}

SamplerStep LcmSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                const NoiseSource &noise)
{
    // The consistency function: at t = 0 the sample itself, later what the network says.
    constexpr double data = 0.5; // the paper's sigma_data
    const double t = m_timesteps[size_t(step)] * m_config.timestepScaling;
    const double skip = data * data / (t * t + data * data),
                 weight = t / std::sqrt(t * t + data * data);
    const at::Tensor x0 = estimate(m_config, out, x, levelOfAlpha(m_alphas[size_t(step)])).x0;
    const at::Tensor clean = weight * x0 + skip * x;
    if (step + 1 == steps())
        return {clean, clean};
    const Level next = levelOfAlpha(m_alphas[size_t(step) + 1]);
    return {next.alpha * clean + next.sigma * noise(x), clean};
}

at::Tensor LcmSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    const Level at = levelOfAlpha(m_alphas[size_t(step)]);
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
