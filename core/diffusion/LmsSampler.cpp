#include "core/diffusion/LmsSampler.h"

#include "core/diffusion/Prediction.h"
#include "core/diffusion/SigmaWalk.h"

#include <ATen/ATen.h>

namespace moodloom::diffusion {
namespace {

constexpr size_t kOrder = 4;

} // namespace

LmsSampler::LmsSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    auto walk = sigmaWalk(config, steps);
    m_timesteps = std::move(walk.timesteps);
    m_sigmas = std::move(walk.sigmas);
    m_startScale = sigmaStartScale(config.spacing, m_sigmas);
}

at::Tensor LmsSampler::modelInput(const at::Tensor &sample, int step) const
{
    return scaledForModel(sample, m_sigmas[size_t(step)]);
}

double LmsSampler::weight(int step, int order, int back) const
{
    const auto polynomial = [&](double sigma) {
        double product = 1;
        for (int k = 0; k < order; ++k) {
            const double other = m_sigmas[size_t(step - k)];
            if (k != back)
                product *= (sigma - other) / (m_sigmas[size_t(step - back)] - other);
        }
        return product;
    };
    // Simpson's rule is exact up to the third degree.
    const double a = m_sigmas[size_t(step)], b = m_sigmas[size_t(step) + 1];
    return (b - a) / 6 * (polynomial(a) + 4 * polynomial((a + b) / 2) + polynomial(b));
}

SamplerStep LmsSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                const NoiseSource &)
{
    const double sigma = m_sigmas[size_t(step)];
    const at::Tensor x0 = cleanOf(m_config.prediction, out, x, sigma);
    m_slopes.insert(m_slopes.begin(), (x - x0) / sigma);
    if (m_slopes.size() > kOrder)
        m_slopes.pop_back();
    at::Tensor next = x;
    for (size_t back = 0; back < m_slopes.size(); ++back)
        next = next + weight(step, int(m_slopes.size()), int(back)) * m_slopes[back];
    return {next, x0};
}

at::Tensor LmsSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    return clean + noise * m_sigmas[size_t(step)];
}

} // namespace moodloom::diffusion
