#include "core/diffusion/Prediction.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {

double Level::lambda() const
{
    return std::log(alpha) - std::log(sigma);
}

Level levelOfAlpha(double alphaCumprod)
{
    return {std::sqrt(alphaCumprod), std::sqrt(1 - alphaCumprod)};
}

Level levelOfSigma(double sigma, bool flow)
{
    if (flow)
        return {1 - sigma, sigma};
    const double alpha = 1 / std::sqrt(sigma * sigma + 1);
    return {alpha, sigma * alpha};
}

Estimate estimate(const SamplerConfig &config, const at::Tensor &out, const at::Tensor &x,
                  const Level &level)
{
    Estimate e;
    switch (config.prediction) {
    case Prediction::Epsilon:
        e = {(x - level.sigma * out) / level.alpha, out};
        break;
    case Prediction::Velocity:
        e = {level.alpha * x - level.sigma * out, level.alpha * out + level.sigma * x};
        break;
    case Prediction::Sample:
        e = {out, (x - level.alpha * out) / level.sigma};
        break;
    case Prediction::Flow:
        e = {x - level.sigma * out, x + level.alpha * out};
        break;
    }
    e.x0 = limited(config, e.x0);
    return e;
}

at::Tensor cleanOf(Prediction prediction, const at::Tensor &out, const at::Tensor &x, double sigma)
{
    switch (prediction) {
    case Prediction::Velocity:
        return x / (sigma * sigma + 1) - out * (sigma / std::sqrt(sigma * sigma + 1));
    case Prediction::Sample:
        return out;
    default:
        return x - sigma * out;
    }
}

at::Tensor scaledForModel(const at::Tensor &x, double sigma)
{
    return x / std::sqrt(sigma * sigma + 1);
}

double sigmaStartScale(Spacing spacing, const std::vector<double> &sigmas)
{
    const double largest = *std::max_element(sigmas.begin(), sigmas.end());
    // Leading spacing begins below the noisiest level, so that the variances add up.
    return spacing == Spacing::Leading ? std::sqrt(largest * largest + 1) : largest;
}

at::Tensor limited(const SamplerConfig &config, const at::Tensor &x0)
{
    if (config.thresholding) {
        const at::Tensor rows = x0.flatten(1).to(at::kFloat); // [B,N]
        const at::Tensor limit = at::quantile(rows.abs(), config.thresholdingRatio, 1, true)
                                     .clamp(1.0, config.thresholdingMax); // [B,1]
        return (at::minimum(at::maximum(rows, -limit), limit) / limit)
            .view(x0.sizes())
            .to(x0.dtype());
    }
    return config.clipSample ? x0.clamp(-config.clipRange, config.clipRange) : x0;
}

} // namespace moodloom::diffusion
