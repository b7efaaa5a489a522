#include "core/diffusion/DeisSampler.h"

#include "core/diffusion/SigmaWalk.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {
namespace {

// The integral from a to b, over rho, of the Lagrange polynomial in log(rho) that is 1 at
// nodes[which] and 0 at the others; up to three nodes.
double weight(const std::vector<double> &nodes, size_t which, double a, double b)
{
    // With u = ln(rho): prod (u - other) / (node - other) = (u^2 - sum u + product) / scale.
    std::vector<double> others;
    double scale = 1;
    for (size_t i = 0; i < nodes.size(); ++i) {
        if (i == which)
            continue;
        others.push_back(std::log(nodes[i]));
        scale *= std::log(nodes[which]) - others.back();
    }
    // Antiderivatives over rho: of 1, of u and of u^2.
    const auto at = [&](double rho) {
        const double u = std::log(rho), zero = rho, one = rho * (u - 1),
                     two = rho * (u * u - 2 * u + 2);
        if (others.empty())
            return zero;
        if (others.size() == 1)
            return one - others[0] * zero;
        return two - (others[0] + others[1]) * one + others[0] * others[1] * zero;
    };
    return (at(b) - at(a)) / scale;
}

} // namespace

DeisSampler::DeisSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    auto walk = lambdaWalk(config, steps);
    m_timesteps = std::move(walk.timesteps);
    m_sigmas = std::move(walk.sigmas);
}

SamplerStep DeisSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                 const NoiseSource &)
{
    const Level now = level(step), next = level(step + 1);
    const at::Tensor x0 = estimate(m_config, out, x, now).x0;
    m_history.insert(m_history.begin(), (x - now.alpha * x0) / now.sigma);
    if (m_history.size() > size_t(m_config.order))
        m_history.pop_back();

    // Few steps: the last ones are taken at lower order, which is more stable.
    const int left = steps() - step;
    const bool few = m_config.lowerOrderFinal && steps() < 15;
    const size_t order = few ? std::min(m_history.size(), size_t(left)) : m_history.size();
    const auto rho = [](const Level &level) { return level.sigma / level.alpha; };
    std::vector<double> nodes;
    for (size_t back = 0; back < order; ++back)
        nodes.push_back(rho(level(step - int(back))));
    at::Tensor scaled = x / now.alpha;
    for (size_t back = 0; back < order; ++back)
        scaled = scaled + weight(nodes, back, rho(now), rho(next)) * m_history[back];
    return {next.alpha * scaled, x0};
}

at::Tensor DeisSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    const Level at = level(step);
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
