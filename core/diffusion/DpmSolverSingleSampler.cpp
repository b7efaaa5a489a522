#include "core/diffusion/DpmSolverSingleSampler.h"

#include "core/diffusion/DpmUpdate.h"
#include "core/diffusion/SigmaWalk.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace moodloom::diffusion {
namespace {

// Blocks of `order` evaluations: 1, 2 .. order. With lowerOrderFinal the last evaluation of a whole
// block is a step of its own.
std::vector<int> blocksOf(int steps, int order, bool lowerOrderFinal)
{
    std::vector<int> orders;
    for (int i = 0; i < steps; ++i)
        orders.push_back(i % order + 1);
    if (lowerOrderFinal && orders.back() == order)
        orders.back() = 1;
    return orders;
}

} // namespace

DpmSolverSingleSampler::DpmSolverSingleSampler(const SamplerConfig &config, int steps)
    : m_config(config)
{
    auto walk = lambdaWalk(config, steps);
    m_timesteps = std::move(walk.timesteps);
    m_sigmas = std::move(walk.sigmas);
    const bool zero = config.finalSigma == FinalSigma::Zero;
    // Blocks that do not come out even, or an end without noise, need it whatever the config says.
    m_orders =
        blocksOf(steps, config.order, config.lowerOrderFinal || zero || steps % config.order);
    if (zero)
        m_orders.back() = 1;
}

SamplerStep DpmSolverSingleSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                            const NoiseSource &noise)
{
    const auto lambda = [this](int index) { return level(index).lambda(); };
    const DpmValue now = dpmValue(m_config, out, x, level(step));
    m_history.insert(m_history.begin(), now.value);
    if (m_history.size() > size_t(m_config.order))
        m_history.pop_back();

    const int order = std::min(m_orders[size_t(step)], int(m_history.size()));
    if (order == 1)
        m_start = x;
    const int start = step - (order - 1);
    const double h = lambda(step + 1) - lambda(start);
    std::vector<at::Tensor> terms{m_history[size_t(order) - 1]};
    DpmSolverType firstTerm = m_config.solver;
    if (order == 2) {
        terms.push_back((m_history[0] - terms[0]) * (h / (lambda(step) - lambda(start))));
    } else if (order == 3) {
        const double r0 = (lambda(step) - lambda(start)) / h,
                     r1 = (lambda(step - 1) - lambda(start)) / h;
        const at::Tensor near = (m_history[1] - terms[0]) / r1,
                         far = (m_history[0] - terms[0]) / r0;
        if (m_config.solver == DpmSolverType::Heun) {
            terms.push_back((r0 * near - r1 * far) / (r0 - r1));
            terms.push_back(2.0 * (far - near) / (r0 - r1));
        } else {
            terms.push_back(far);
        }
        firstTerm = DpmSolverType::Heun; // both forms weigh the first difference exactly
    }
    const at::Tensor draw = drawsNoise(m_config.algorithm) ? noise(x) : at::Tensor();
    return {dpmUpdate(m_config.algorithm, firstTerm, level(start), level(step + 1), m_start, terms,
                      draw),
            now.x0};
}

at::Tensor DpmSolverSingleSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise,
                                            int step) const
{
    const Level at = level(step);
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
