#include "core/diffusion/DpmUpdate.h"

#include <ATen/ATen.h>

#include <cmath>

namespace moodloom::diffusion {
namespace {

// x' = keep * x + w0 * terms[0] + w1 * terms[1] + w2 * terms[2] + fresh * noise
struct Weights
{
    double keep = 0, fresh = 0;
    double terms[3] = {0, 0, 0};
};

// With h the step in lambda, e what an exact solution of the linear part leaves to the model's
// value.
Weights weightsOf(DpmAlgorithm algorithm, bool midpoint, const Level &from, const Level &to)
{
    const double h = to.lambda() - from.lambda();
    Weights w;
    switch (algorithm) {
    case DpmAlgorithm::DpmSolverPP: {
        const double e = std::expm1(-h);
        w.keep = to.sigma / from.sigma;
        w.terms[0] = -to.alpha * e;
        w.terms[1] = to.alpha * (midpoint ? -e / 2 : e / h + 1);
        w.terms[2] = -to.alpha * ((e + h) / (h * h) - 0.5);
        break;
    }
    case DpmAlgorithm::SdeDpmSolverPP: {
        const double e = -std::expm1(-2 * h);
        w.keep = to.sigma / from.sigma * std::exp(-h);
        w.terms[0] = to.alpha * e;
        w.terms[1] = to.alpha * (midpoint ? e / 2 : 1 - e / (2 * h));
        w.terms[2] = to.alpha * ((e - 2 * h) / (4 * h * h) - 0.5);
        w.fresh = to.sigma * std::sqrt(e);
        break;
    }
    case DpmAlgorithm::DpmSolver:
    case DpmAlgorithm::SdeDpmSolver: {
        const double e = std::expm1(h);
        w.keep = to.alpha / from.alpha;
        w.terms[0] = -to.sigma * e;
        w.terms[1] = -to.sigma * (midpoint ? e / 2 : e / h - 1);
        w.terms[2] = -to.sigma * ((e - h) / (h * h) - 0.5);
        if (algorithm ==
            DpmAlgorithm::SdeDpmSolver) { // twice the drift, and noise for the other half
            for (double &weight : w.terms)
                weight *= 2;
            w.fresh = to.sigma * std::sqrt(std::expm1(2 * h));
        }
        break;
    }
    }
    return w;
}

} // namespace

at::Tensor dpmUpdate(DpmAlgorithm algorithm, DpmSolverType firstTerm, const Level &from,
                     const Level &to, const at::Tensor &x, const std::vector<at::Tensor> &terms,
                     const at::Tensor &noise)
{
    const Weights w = weightsOf(algorithm, firstTerm == DpmSolverType::Midpoint, from, to);
    at::Tensor next = w.keep * x;
    for (size_t i = 0; i < terms.size(); ++i)
        next = next + w.terms[i] * terms[i];
    return drawsNoise(algorithm) ? next + w.fresh * noise : next;
}

DpmValue dpmValue(const SamplerConfig &config, const at::Tensor &out, const at::Tensor &x,
                  const Level &level)
{
    const Estimate e = estimate(config, out, x, level);
    const bool clean = config.algorithm == DpmAlgorithm::DpmSolverPP ||
                       config.algorithm == DpmAlgorithm::SdeDpmSolverPP;
    if (clean)
        return {e.x0, e.x0};
    return {config.thresholding ? (x - level.alpha * e.x0) / level.sigma : e.epsilon, e.x0};
}

} // namespace moodloom::diffusion
