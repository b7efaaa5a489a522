#include "core/diffusion/PndmSampler.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/Prediction.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {
namespace {

constexpr int kRungeKuttaBlocks = 3, kRungeKuttaOrder = 4;

} // namespace

PndmSampler::PndmSampler(const SamplerConfig &config, int steps)
    : m_config(config), m_alphas(alphasCumprod(config)), m_nominalSteps(steps),
      m_stride(config.trainSteps / steps)
{
    const auto t = spacedTimesteps(config.spacing, config.trainSteps, steps, config.stepsOffset, 0,
                                   Rounding::Whole);
    if (config.skipRungeKutta) {
        // The first step is taken twice: the second time with the mean of both ends' outputs.
        m_timesteps = t;
        if (steps > 1)
            m_timesteps.insert(m_timesteps.begin() + 2, t[1]);
        return;
    }
    // Each Runge-Kutta step looks at its start, twice at its middle, and at its end.
    for (size_t block = 0; block < kRungeKuttaBlocks; ++block) {
        const double middle = std::min<double>(t[block + 1] + m_stride / 2, config.trainSteps - 1);
        m_timesteps.insert(m_timesteps.end(), {t[block], middle, middle, t[block + 1]});
    }
    m_rungeKuttaSteps = int(m_timesteps.size());
    m_timesteps.insert(m_timesteps.end(), t.begin() + kRungeKuttaBlocks, t.end());
}

int PndmSampler::firstStep(double strength) const
{
    const int skipped = m_nominalSteps - std::min(int(m_nominalSteps * strength), m_nominalSteps);
    if (skipped == m_nominalSteps)
        return steps();
    const int inBlocks = std::min(skipped, m_rungeKuttaSteps / kRungeKuttaOrder);
    return inBlocks * kRungeKuttaOrder + (skipped - inBlocks);
}

SamplerStep PndmSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                 const NoiseSource &)
{
    const at::Tensor x0 =
        estimate(m_config, out, x, levelOfAlpha(alphaAt(int(m_timesteps[size_t(step)])))).x0;
    const at::Tensor next =
        step < m_rungeKuttaSteps ? rungeKutta(out, x, step) : multistep(out, x, step);
    ++m_taken;
    return {next, x0};
}

at::Tensor PndmSampler::rungeKutta(const at::Tensor &out, const at::Tensor &x, int step)
{
    const int part = step % kRungeKuttaOrder;
    const int from = int(m_timesteps[size_t(step - part)]), t = int(m_timesteps[size_t(step)]);
    if (part == 0) {
        m_start = x;
        m_sum = out / 6;
        m_history.insert(m_history.begin(), out);
    } else if (part < 3) {
        m_sum = m_sum + out / 3;
    }
    const at::Tensor slope = part == 3 ? m_sum + out / 6 : out;
    return transfer(m_start, slope, from, part % 2 == 0 ? t - m_stride / 2 : t);
}

at::Tensor PndmSampler::multistep(const at::Tensor &out, const at::Tensor &x, int step)
{
    const int t = int(m_timesteps[size_t(step)]);
    if (m_config.skipRungeKutta && m_taken == 1) // again, from where the first step began
        return transfer(m_start, (out + m_history[0]) / 2, t + m_stride, t);

    m_history.insert(m_history.begin(), out);
    if (m_history.size() > 4)
        m_history.pop_back();
    m_start = x;
    const auto &e = m_history;
    const at::Tensor slope = e.size() == 1   ? e[0]
                             : e.size() == 2 ? (3 * e[0] - e[1]) / 2
                             : e.size() == 3 ? (23 * e[0] - 16 * e[1] + 5 * e[2]) / 12
                                             : (55 * e[0] - 59 * e[1] + 37 * e[2] - 9 * e[3]) / 24;
    return transfer(x, slope, t, t - m_stride);
}

double PndmSampler::alphaAt(int timestep) const
{
    if (timestep < 0)
        return m_config.setAlphaToOne ? 1.0 : m_alphas[0];
    return m_alphas[std::min(size_t(timestep), m_alphas.size() - 1)];
}

at::Tensor PndmSampler::transfer(const at::Tensor &x, const at::Tensor &out, int from, int to) const
{
    const double a = alphaAt(from), b = alphaAt(to);
    const at::Tensor epsilon = m_config.prediction == Prediction::Velocity
                                   ? std::sqrt(a) * out + std::sqrt(1 - a) * x
                                   : out;
    const double weight = (b - a) / (a * std::sqrt(1 - b) + std::sqrt(a * (1 - a) * b));
    return std::sqrt(b / a) * x - weight * epsilon;
}

at::Tensor PndmSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    const Level at = levelOfAlpha(alphaAt(int(m_timesteps[size_t(step)])));
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
