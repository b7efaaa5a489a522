// From what a network gives to what samplers compute with: the clean sample and the noise in it.
//
// Pure functions; tensors of any shape [B,...].
#pragma once

#include "core/diffusion/SamplerConfig.h"

#include <ATen/core/Tensor.h>

namespace moodloom::diffusion {

// A noise level: x = alpha * signal + sigma * noise.
struct Level
{
    double alpha = 1, sigma = 0;
    double lambda() const; // ln(alpha / sigma); +inf where there is no noise
};

Level levelOfAlpha(double alphaCumprod);             // the signal's share of the variance
Level levelOfSigma(double sigma, bool flow = false); // noise per signal, or a flow's sigma

struct Estimate
{
    at::Tensor x0, epsilon;
};

// Both parts of `x` at `level`, x0 clipped or thresholded as the config says; epsilon stays what
// the network says.
Estimate estimate(const SamplerConfig &config, const at::Tensor &out, const at::Tensor &x,
                  const Level &level);

// For samplers whose x is signal + sigma * noise, unscaled. The network saw x / sqrt(sigma^2 + 1).
at::Tensor cleanOf(Prediction prediction, const at::Tensor &out, const at::Tensor &x, double sigma);
at::Tensor scaledForModel(const at::Tensor &x, double sigma); // what it saw
// What standard normal noise is multiplied with at the start of a walk over these sigmas.
double sigmaStartScale(Spacing spacing, const std::vector<double> &sigmas);

// x0 limited as the config says.
at::Tensor limited(const SamplerConfig &config, const at::Tensor &x0);

} // namespace moodloom::diffusion
