// The noise levels that a sampler visits, and where they lie in the training schedule.
//
// Pure functions on doubles.
#pragma once

#include "core/diffusion/SamplerConfig.h"

#include <vector>

namespace moodloom::diffusion {

// `table` is the training schedule's sigma at t = 0, 1, ... (rising).

// The sigma at a fractional timestep, linear between the table's entries.
double sigmaAt(const std::vector<double> &table, double timestep);

// The fractional timestep whose sigma it is, linear in log sigma.
double timestepAt(const std::vector<double> &table, double sigma);

// `steps` falling sigmas between the bounds, spread as `shape` says: Karras (rho 7, arXiv:2206.00364
// eq. 5), Exponential and Lu (even in log sigma; arXiv:2206.00927), Beta (quantiles of Beta(0.6, 0.6),
// arXiv:2407.12173). Requires: one of these four.
std::vector<double> shapedSigmas(SigmaShape shape, double sigmaMax, double sigmaMin, int steps);

// Where the regularised incomplete beta function I_x(a, b) reaches p.
double betaQuantile(double p, double a, double b);

} // namespace moodloom::diffusion
