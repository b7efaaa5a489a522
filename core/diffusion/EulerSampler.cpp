#include "core/diffusion/EulerSampler.h"

#include "core/diffusion/Prediction.h"
#include "core/diffusion/SigmaWalk.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {

EulerSampler::EulerSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    auto walk = sigmaWalk(config, steps);
    m_timesteps = std::move(walk.timesteps);
    m_sigmas = std::move(walk.sigmas);
    if (config.continuousTimesteps && config.prediction == Prediction::Velocity)
        for (int i = 0; i < steps; ++i)
            m_timesteps[size_t(i)] = 0.25 * std::log(m_sigmas[size_t(i)]);
    m_startScale = sigmaStartScale(config.spacing, m_sigmas);
}

at::Tensor EulerSampler::modelInput(const at::Tensor &sample, int step) const
{
    return scaledForModel(sample, m_sigmas[size_t(step)]);
}

SamplerStep EulerSampler::advance(const at::Tensor &out, const at::Tensor &sample, int step,
                                  const NoiseSource &noise)
{
    const double sigma = m_sigmas[size_t(step)];
    double raised = sigma; // a little noise may be added first ("churn")
    at::Tensor x = sample;
    if (m_config.churn > 0 && sigma >= m_config.churnMin && sigma <= m_config.churnMax) {
        raised *= 1 + std::min(m_config.churn / double(m_sigmas.size() - 1), std::sqrt(2.0) - 1);
        x = x + m_config.churnNoise * std::sqrt(raised * raised - sigma * sigma) * noise(x);
    }
    const at::Tensor x0 = cleanOf(m_config.prediction, out, x,
                                  m_config.prediction == Prediction::Velocity ? sigma : raised);
    const double next = m_sigmas[size_t(step) + 1];
    // In this order: at zero terminal SNR, x is thousands of times larger than what remains of it,
    // and another order would round differently from the networks' training code.
    return {x + (x - x0) / raised * (next - raised), x0};
}

at::Tensor EulerSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    return clean + noise * m_sigmas[size_t(step)];
}

} // namespace moodloom::diffusion
