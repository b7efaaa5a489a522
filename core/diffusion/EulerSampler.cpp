#include "core/diffusion/EulerSampler.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/SigmaSchedule.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {

EulerSampler::EulerSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    auto alphas = alphasCumprod(config);
    if (config.zeroTerminalSnr)
        alphas.back() = float(std::ldexp(1.0, -24)); // a sigma must be finite: 4096
    std::vector<double> table;
    for (const float alpha : alphas)
        table.push_back(sigmaOfAlpha(alpha));

    m_timesteps = spacedTimesteps(config.spacing, config.trainSteps, steps, config.stepsOffset, 0,
                                  Rounding::None);
    if (config.interpolation == Interpolation::LogLinear) {
        m_sigmas = shapedSigmas(SigmaShape::Exponential, table.back(), table.front(), steps + 1);
    } else {
        for (const double t : m_timesteps)
            m_sigmas.push_back(sigmaAt(table, t));
    }
    if (config.shape != SigmaShape::Trained) {
        m_sigmas = shapedSigmas(config.shape, config.sigmaMax.value_or(m_sigmas.front()),
                                config.sigmaMin.value_or(m_sigmas.back()), steps);
        for (int i = 0; i < steps; ++i)
            m_timesteps[size_t(i)] = timestepAt(table, m_sigmas[size_t(i)]);
    }
    m_sigmas.push_back(config.finalSigma == FinalSigma::SigmaMin ? table.front() : 0.0);
    if (config.continuousTimesteps && config.prediction == Prediction::Velocity)
        for (int i = 0; i < steps; ++i)
            m_timesteps[size_t(i)] = 0.25 * std::log(m_sigmas[size_t(i)]);

    const double largest = *std::max_element(m_sigmas.begin(), m_sigmas.end());
    m_startScale = config.spacing == Spacing::Leading ? std::sqrt(largest * largest + 1) : largest;
}

at::Tensor EulerSampler::modelInput(const at::Tensor &sample, int step) const
{
    const double sigma = m_sigmas[size_t(step)];
    return sample / std::sqrt(sigma * sigma + 1);
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
    const at::Tensor x0 = m_config.prediction == Prediction::Velocity
                              ? x / (sigma * sigma + 1) - out * (sigma / std::sqrt(sigma * sigma + 1))
                              : x - raised * out;
    const double next = m_sigmas[size_t(step) + 1];
    // In this order: at zero terminal SNR, x is thousands of times larger than what remains of it, and
    // another order would round differently from the networks' training code.
    return {x + (x - x0) / raised * (next - raised), x0};
}

at::Tensor EulerSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    return clean + noise * m_sigmas[size_t(step)];
}

} // namespace moodloom::diffusion
