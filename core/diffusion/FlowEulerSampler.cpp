#include "core/diffusion/FlowEulerSampler.h"

#include "core/diffusion/SigmaWalk.h"

#include <ATen/ATen.h>

namespace moodloom::diffusion {

FlowEulerSampler::FlowEulerSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    auto walk = flowWalk(config, steps);
    m_timesteps = std::move(walk.timesteps);
    m_sigmas = std::move(walk.sigmas);
}

SamplerStep FlowEulerSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                      const NoiseSource &noise)
{
    const double sigma = m_sigmas[size_t(step)], next = m_sigmas[size_t(step) + 1];
    const at::Tensor x0 = x + ((m_config.invertSigmas ? 1 : 0) - sigma) * out;
    if (m_config.stochastic)
        return {(1 - next) * x0 + next * noise(x), x0};
    return {x + (next - sigma) * out, x0};
}

at::Tensor FlowEulerSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise,
                                      int step) const
{
    const double sigma = m_sigmas[size_t(step)];
    return sigma * noise + (1 - sigma) * clean;
}

} // namespace moodloom::diffusion
