#include "core/diffusion/DpmSolverSampler.h"

#include "core/diffusion/DpmUpdate.h"
#include "core/diffusion/SigmaWalk.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace moodloom::diffusion {

DpmSolverSampler::DpmSolverSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    auto walk = lambdaWalk(config, steps);
    m_timesteps = std::move(walk.timesteps);
    m_sigmas = std::move(walk.sigmas);
}

int DpmSolverSampler::orderAt(int step) const
{
    // Few steps: the last ones are taken at lower order, which is more stable.
    const int left = steps() - step;
    const bool few = m_config.lowerOrderFinal && steps() < 15;
    if (left == 1 && (m_config.eulerAtFinal || few || m_config.finalSigma == FinalSigma::Zero))
        return 1;
    return std::min(int(m_history.size()), left == 2 && few ? 2 : 3);
}

SamplerStep DpmSolverSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                      const NoiseSource &noise)
{
    const auto lambda = [this](int index) { return level(index).lambda(); };
    const DpmValue now = dpmValue(m_config, out, x, level(step));
    m_history.insert(m_history.begin(), now.value);
    if (m_history.size() > size_t(m_config.order))
        m_history.pop_back();

    const int order = orderAt(step);
    std::vector<at::Tensor> terms{m_history[0]};
    const double h = lambda(step + 1) - lambda(step);
    if (order >= 2) {
        const double r0 = (lambda(step) - lambda(step - 1)) / h;
        const at::Tensor recent = (m_history[0] - m_history[1]) / r0; // over one step h
        terms.push_back(recent);
        if (order == 3) {
            const double r1 = (lambda(step - 1) - lambda(step - 2)) / h;
            const at::Tensor earlier = (m_history[1] - m_history[2]) / r1;
            terms[1] = recent + (r0 / (r0 + r1)) * (recent - earlier);
            terms.push_back((recent - earlier) / (r0 + r1));
        }
    }
    // The third order has one form, which weighs the first difference exactly.
    const DpmSolverType firstTerm = order == 3 ? DpmSolverType::Heun : m_config.solver;
    const at::Tensor draw = drawsNoise(m_config.algorithm) ? noise(x) : at::Tensor();
    return {dpmUpdate(m_config.algorithm, firstTerm, level(step), level(step + 1), x, terms, draw),
            now.x0};
}

at::Tensor DpmSolverSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise,
                                      int step) const
{
    const Level at = level(step);
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
