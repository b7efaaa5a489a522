#include "core/diffusion/DpmSolverSampler.h"

#include "core/diffusion/NoiseSchedule.h"
#include "core/diffusion/SigmaSchedule.h"

#include <ATen/ATen.h>

#include <cmath>

namespace moodloom::diffusion {

DpmSolverSampler::DpmSolverSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    auto alphas = alphasCumprod(config);
    if (config.zeroTerminalSnr)
        alphas.back() = float(std::ldexp(1.0, -24));
    std::vector<double> table;
    for (const float alpha : alphas)
        table.push_back(sigmaOfAlpha(alpha));

    const int ends = config.spacing == Spacing::Trailing ? 0 : 1;
    m_timesteps = spacedTimesteps(config.spacing, config.trainSteps, steps, config.stepsOffset, ends,
                                  Rounding::Whole);
    switch (config.shape) {
    case SigmaShape::Trained:
        for (const double t : m_timesteps)
            m_sigmas.push_back(sigmaAt(table, t));
        break;
    case SigmaShape::Flow:
        for (int i = steps; i >= 1; --i) {
            const double s = (1 - 1.0 / config.trainSteps) * i / steps;
            m_sigmas.push_back(config.flowShift * s / (1 + (config.flowShift - 1) * s));
            m_timesteps[size_t(steps - i)] = std::floor(m_sigmas.back() * config.trainSteps);
        }
        break;
    default:
        m_sigmas = shapedSigmas(config.shape, table.back(), table.front(), steps);
        for (int i = 0; i < steps; ++i) {
            const double t = timestepAt(table, m_sigmas[size_t(i)]);
            // Karras and Lu round, the others cut off: what released pipelines were tuned with.
            const bool rounds = config.shape == SigmaShape::Karras || config.shape == SigmaShape::Lu;
            m_timesteps[size_t(i)] = rounds ? std::nearbyint(t) : std::floor(t);
        }
    }
    m_sigmas.push_back(config.finalSigma == FinalSigma::SigmaMin ? table.front() : 0.0);
}

DpmSolverSampler::Level DpmSolverSampler::level(size_t index) const
{
    const double s = m_sigmas[index];
    const double alpha = m_config.shape == SigmaShape::Flow ? 1 - s : 1 / std::sqrt(s * s + 1);
    const double sigma = m_config.shape == SigmaShape::Flow ? s : s * alpha;
    return {alpha, sigma, std::log(alpha) - std::log(sigma)}; // lambda is +inf at sigma 0
}

SamplerStep DpmSolverSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                      const NoiseSource &noise)
{
    const Level now = level(size_t(step));
    at::Tensor x0, epsilon;
    switch (m_config.prediction) {
    case Prediction::Epsilon:
        x0 = (x - now.sigma * out) / now.alpha;
        epsilon = out;
        break;
    case Prediction::Sample:
        x0 = out;
        epsilon = (x - now.alpha * out) / now.sigma;
        break;
    case Prediction::Velocity:
        x0 = now.alpha * x - now.sigma * out;
        epsilon = now.alpha * out + now.sigma * x;
        break;
    case Prediction::Flow:
        x0 = x - now.sigma * out;
        epsilon = x + now.alpha * out;
        break;
    }
    const bool predictsNoise = m_config.algorithm == DpmAlgorithm::DpmSolver;
    m_history.insert(m_history.begin(), predictsNoise ? epsilon : x0);
    if (m_history.size() > size_t(m_config.order))
        m_history.pop_back();

    // Few steps: the last ones are taken at lower order, which is more stable.
    const int left = steps() - step;
    const bool few = m_config.lowerOrderFinal && steps() < 15;
    int order = int(m_history.size());
    if (left == 1 && (m_config.eulerAtFinal || few || m_config.finalSigma == FinalSigma::Zero))
        order = 1;
    else if (left == 2 && few)
        order = std::min(order, 2);

    at::Tensor draw;
    if (m_config.algorithm == DpmAlgorithm::SdeDpmSolverPP)
        draw = noise(x);
    at::Tensor next = order == 1   ? firstOrder(x, step, draw)
                      : order == 2 ? secondOrder(x, step, draw)
                                   : thirdOrder(x, step);
    return {next, x0};
}

// Below: s is the present level, t the next one, h the step in lambda; "e" the weight of the model's
// present value, which is what an exact solution of the linear part leaves to it.

at::Tensor DpmSolverSampler::firstOrder(const at::Tensor &x, int step, const at::Tensor &noise) const
{
    const Level s = level(size_t(step)), t = level(size_t(step) + 1);
    const double h = t.lambda - s.lambda;
    const at::Tensor &m0 = m_history[0];
    switch (m_config.algorithm) {
    case DpmAlgorithm::DpmSolver:
        return (t.alpha / s.alpha) * x - t.sigma * std::expm1(h) * m0;
    case DpmAlgorithm::SdeDpmSolverPP:
        return (t.sigma / s.sigma * std::exp(-h)) * x - t.alpha * std::expm1(-2 * h) * m0 +
               t.sigma * std::sqrt(-std::expm1(-2 * h)) * noise;
    default:
        return (t.sigma / s.sigma) * x - t.alpha * std::expm1(-h) * m0;
    }
}

at::Tensor DpmSolverSampler::secondOrder(const at::Tensor &x, int step, const at::Tensor &noise) const
{
    const Level p = level(size_t(step) - 1), s = level(size_t(step)), t = level(size_t(step) + 1);
    const double h = t.lambda - s.lambda, r = (s.lambda - p.lambda) / h;
    const at::Tensor &m0 = m_history[0];
    const at::Tensor slope = (m0 - m_history[1]) / r; // over one step h
    const bool heun = m_config.solver == DpmSolverType::Heun;
    switch (m_config.algorithm) {
    case DpmAlgorithm::DpmSolver: {
        const double e = std::expm1(h);
        return (t.alpha / s.alpha) * x - t.sigma * e * m0 -
               t.sigma * (heun ? e / h - 1 : e / 2) * slope;
    }
    case DpmAlgorithm::SdeDpmSolverPP: {
        const double e = -std::expm1(-2 * h);
        return (t.sigma / s.sigma * std::exp(-h)) * x + t.alpha * e * m0 +
               t.alpha * (heun ? e / (-2 * h) + 1 : e / 2) * slope + t.sigma * std::sqrt(e) * noise;
    }
    default: {
        const double e = std::expm1(-h);
        return (t.sigma / s.sigma) * x - t.alpha * e * m0 +
               t.alpha * (heun ? e / h + 1 : -e / 2) * slope;
    }
    }
}

at::Tensor DpmSolverSampler::thirdOrder(const at::Tensor &x, int step) const
{
    const Level q = level(size_t(step) - 2), p = level(size_t(step) - 1), s = level(size_t(step)),
                t = level(size_t(step) + 1);
    const double h = t.lambda - s.lambda;
    const double r0 = (s.lambda - p.lambda) / h, r1 = (p.lambda - q.lambda) / h;
    const at::Tensor &m0 = m_history[0];
    const at::Tensor recent = (m0 - m_history[1]) / r0, earlier = (m_history[1] - m_history[2]) / r1;
    const at::Tensor slope = recent + (r0 / (r0 + r1)) * (recent - earlier);
    const at::Tensor bend = (recent - earlier) / (r0 + r1);
    const double e = std::expm1(-h);
    return (t.sigma / s.sigma) * x - t.alpha * e * m0 + t.alpha * (e / h + 1) * slope -
           t.alpha * ((e + h) / (h * h) - 0.5) * bend;
}

at::Tensor DpmSolverSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    const Level at = level(size_t(step));
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
