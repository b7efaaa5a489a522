#include "core/diffusion/TcdSampler.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Prediction.h"

#include <ATen/ATen.h>

#include <cmath>

namespace moodloom::diffusion {

TcdSampler::TcdSampler(const SamplerConfig &config, int steps)
    : m_config(config), m_alphas(alphasCumprod(config))
{
    m_timesteps = distilledTimesteps(config.trainSteps, config.originalSteps, steps);
}

SamplerStep TcdSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                const NoiseSource &noise)
{
    const bool last = step + 1 == steps();
    const double next = last ? 0 : m_timesteps[size_t(step) + 1];
    const double below = std::floor((1 - m_config.eta) * next); // then noise up to `next`
    const Estimate e =
        estimate(m_config, out, x, levelOfAlpha(m_alphas[size_t(m_timesteps[size_t(step)])]));
    const Level low = levelOfAlpha(m_alphas[size_t(below)]);
    at::Tensor result = low.alpha * e.x0 + low.sigma * e.epsilon;
    if (m_config.eta > 0 && !last) {
        const double kept = double(m_alphas[size_t(next)]) / m_alphas[size_t(below)];
        result = std::sqrt(kept) * result + std::sqrt(1 - kept) * noise(x);
    }
    return {result, e.x0};
}

at::Tensor TcdSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    const Level at = levelOfAlpha(m_alphas[size_t(m_timesteps[size_t(step)])]);
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
