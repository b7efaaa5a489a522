// How much signal is left at each training timestep.
//
// Pure functions. The table is float32 because the networks were trained with float32 tables: the
// rounding of 1 - alpha at the clean end is visible in a sigma.
#pragma once

#include "core/diffusion/SamplerConfig.h"

#include <vector>

namespace moodloom::diffusion {

// alpha-bar[t] (the share of signal variance) for t = 0 .. trainSteps-1, falling. With
// zeroTerminalSnr the last one is 0 (arXiv:2305.08891, algorithm 1).
std::vector<float> alphasCumprod(const SamplerConfig &config);

// sqrt((1-a)/a): the noise level in units of the signal, rounded to float32 like the table.
double sigmaOfAlpha(double alphaCumprod);

// That of every training timestep. With zeroTerminalSnr the last is 4096, since it must be finite.
std::vector<double> sigmaTable(const SamplerConfig &config);

// The visited timesteps from noisy to clean. `ends` = 1 adds one virtual end point that is dropped
// again (as DPM-Solver does), 0 does not. `clipped` training timesteps at the noisy end are left
// out; trailing spacing then gives fewer than `steps`.
enum class Rounding { Whole, None };
std::vector<double> spacedTimesteps(Spacing spacing, int trainSteps, int steps, int stepsOffset,
                                    int ends, Rounding rounding, int clipped = 0);

// Every ceil(T / steps)-th of the timesteps that a network was distilled on (LCM, TCD). Requires:
// steps <= originalSteps <= trainSteps.
std::vector<double> distilledTimesteps(int trainSteps, int originalSteps, int steps);

} // namespace moodloom::diffusion
