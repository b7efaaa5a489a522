#include "core/diffusion/HeunSampler.h"

#include "core/diffusion/Prediction.h"
#include "core/diffusion/SigmaWalk.h"

#include <ATen/ATen.h>

namespace moodloom::diffusion {

HeunSampler::HeunSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    const auto walk = sigmaWalk(config, steps);
    m_sigmas = {walk.sigmas[0]};
    for (size_t i = 0; i < walk.timesteps.size(); ++i) {
        const size_t visits = i == 0 ? 1 : 2; // as the end of one step and the start of the next
        m_timesteps.insert(m_timesteps.end(), visits, walk.timesteps[i]);
        if (i > 0)
            m_sigmas.insert(m_sigmas.end(), visits, walk.sigmas[i]);
    }
    m_sigmas.push_back(walk.sigmas.back());
    m_startScale = sigmaStartScale(config.spacing, m_sigmas);
}

at::Tensor HeunSampler::modelInput(const at::Tensor &sample, int step) const
{
    return scaledForModel(sample, m_sigmas[size_t(step)]);
}

SamplerStep HeunSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                 const NoiseSource &)
{
    const double here = m_sigmas[size_t(step)];
    const at::Tensor x0 = limited(m_config, cleanOf(m_config.prediction, out, x, here));
    const at::Tensor slope = (x - x0) / here;
    if (!m_slope.defined()) {
        m_start = x;
        m_slope = slope;
        return {x + slope * (m_sigmas[size_t(step) + 1] - here), x0};
    }
    const at::Tensor next = m_start + (m_slope + slope) / 2 * (here - m_sigmas[size_t(step) - 1]);
    m_slope = at::Tensor();
    return {next, x0};
}

at::Tensor HeunSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    return clean + noise * m_sigmas[size_t(step)];
}

} // namespace moodloom::diffusion
