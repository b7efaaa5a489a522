// One exact step of DPM-Solver's linear part with a Taylor polynomial of the model's values.
//
// A pure function.
#pragma once

#include "core/diffusion/Prediction.h"

#include <vector>

namespace moodloom::diffusion {

// From `x` at level `from` to level `to`. `terms` are the model's value at `from`, and its first
// and second divided differences over the step in lambda, as many as the order (1 to 3); the
// model's value is the clean sample for the ++ algorithms, the noise for the others. `firstTerm`
// weighs the first difference. `noise` is standard normal, for the stochastic algorithms. Requires:
// order 1 where `to` has no noise.
at::Tensor dpmUpdate(DpmAlgorithm algorithm, DpmSolverType firstTerm, const Level &from,
                     const Level &to, const at::Tensor &x, const std::vector<at::Tensor> &terms,
                     const at::Tensor &noise);

inline bool drawsNoise(DpmAlgorithm algorithm)
{
    return algorithm == DpmAlgorithm::SdeDpmSolver || algorithm == DpmAlgorithm::SdeDpmSolverPP;
}

// What DPM-Solver computes with: the clean sample or the noise, and the former for previews.
struct DpmValue
{
    at::Tensor value, x0;
};
DpmValue dpmValue(const SamplerConfig &config, const at::Tensor &out, const at::Tensor &x,
                  const Level &level);

} // namespace moodloom::diffusion
