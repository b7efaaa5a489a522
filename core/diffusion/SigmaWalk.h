// The noise levels that a sampler visits, with the timesteps that the network is told there.
//
// Pure functions. Sigmas are rounded to float32: what a network was tuned with was.
#pragma once

#include "core/diffusion/SamplerConfig.h"

#include <vector>

namespace moodloom::diffusion {

struct SigmaWalk
{
    std::vector<double> timesteps; // from noisy to clean
    std::vector<double> sigmas;    // one per timestep and the final one
};

// For samplers over sigma (Euler, Euler ancestral, Heun, LMS): fractional timesteps. With
// interpolation in the logarithm there is one sigma more.
SigmaWalk sigmaWalk(const SamplerConfig &config, int steps);

// For samplers over lambda (DPM-Solver, DEIS, UniPC): whole timesteps. Requires: `mu` where the
// config shifts dynamically.
SigmaWalk lambdaWalk(const SamplerConfig &config, int steps);

// For straight paths (flow matching): sigmas from 1 to 0. Requires: as above.
SigmaWalk flowWalk(const SamplerConfig &config, int steps);

} // namespace moodloom::diffusion
