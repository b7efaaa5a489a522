#include "core/diffusion/NoiseSchedule.h"

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {
namespace {

// `count` float32 points from `first` to `last`, symmetric about the middle as torch.linspace.
std::vector<float> linspace(double first, double last, int count)
{
    std::vector<float> points(static_cast<size_t>(count));
    const float a = float(first), b = float(last);
    const float step = (b - a) / float(count - 1);
    for (int i = 0; i < count; ++i)
        points[size_t(i)] = i < count / 2 ? a + step * float(i) : b - step * float(count - 1 - i);
    return points;
}

// The betas whose product of 1 - beta follows `signal` over t = 0..1.
template <class Signal> std::vector<float> betasOf(int count, Signal signal)
{
    std::vector<float> betas;
    for (int i = 0; i < count; ++i)
        betas.push_back(
            float(std::min(1 - signal(double(i + 1) / count) / signal(double(i) / count), 0.999)));
    return betas;
}

std::vector<float> cumulativeProduct(const std::vector<float> &betas)
{
    std::vector<float> product(betas.size());
    float running = 1;
    for (size_t i = 0; i < betas.size(); ++i)
        product[i] = running *= 1.0f - betas[i];
    return product;
}

} // namespace

std::vector<float> alphasCumprod(const SamplerConfig &config)
{
    const int n = config.trainSteps;
    std::vector<float> betas;
    switch (config.betaSchedule) {
    case BetaSchedule::Linear:
        betas = linspace(config.betaStart, config.betaEnd, n);
        break;
    case BetaSchedule::ScaledLinear:
        betas = linspace(std::sqrt(config.betaStart), std::sqrt(config.betaEnd), n);
        for (float &beta : betas)
            beta *= beta;
        break;
    case BetaSchedule::SquaredCosine:
        betas = betasOf(n, [](double t) {
            const double c = std::cos((t + 0.008) / 1.008 * M_PI / 2);
            return c * c;
        });
        break;
    case BetaSchedule::Exponential:
        betas = betasOf(n, [](double t) { return std::exp(-12 * t); });
        break;
    case BetaSchedule::Laplace: // of the log signal-to-noise ratio
        betas = betasOf(n, [](double t) {
            const double side = std::copysign(1, 0.5 - t);
            const double snr = std::exp(-0.5 * side * std::log(1 - 2 * std::abs(0.5 - t) + 1e-6));
            return std::sqrt(snr / (1 + snr));
        });
        break;
    case BetaSchedule::Sigmoid:
        for (const float x : linspace(-6, 6, n))
            betas.push_back(float(config.betaEnd - config.betaStart) / (1 + std::exp(-x)) +
                            float(config.betaStart));
        break;
    }
    if (!config.trainedBetas.empty())
        betas = config.trainedBetas;
    std::vector<float> alphas = cumulativeProduct(betas);
    if (!config.zeroTerminalSnr)
        return alphas;

    // Shift and scale sqrt(alpha-bar) so that it starts where it was and ends at 0.
    const float first = std::sqrt(alphas.front()), last = std::sqrt(alphas.back());
    for (float &alpha : alphas) {
        const float root = (std::sqrt(alpha) - last) * (first / (first - last));
        alpha = root * root;
    }
    for (size_t i = 0; i < betas.size(); ++i)
        betas[i] = 1.0f - (i == 0 ? alphas[0] : alphas[i] / alphas[i - 1]);
    return cumulativeProduct(betas);
}

double sigmaOfAlpha(double alphaCumprod)
{
    return float(std::sqrt((1 - alphaCumprod) / alphaCumprod));
}

std::vector<double> sigmaTable(const SamplerConfig &config)
{
    auto alphas = alphasCumprod(config);
    if (config.zeroTerminalSnr)
        alphas.back() = float(std::ldexp(1.0, -24));
    std::vector<double> table;
    for (const float alpha : alphas)
        table.push_back(sigmaOfAlpha(alpha));
    return table;
}

std::vector<double> spacedTimesteps(Spacing spacing, int trainSteps, int steps, int stepsOffset,
                                    int ends, Rounding rounding, int clipped)
{
    const auto whole = [rounding](double t) {
        return rounding == Rounding::Whole ? std::nearbyint(t) : t;
    };
    std::vector<double> t;
    const int count = steps + ends, last = trainSteps - clipped;
    switch (spacing) {
    case Spacing::Linspace:
        // The products of a rounded stride, as in the reference: halves may fall either way.
        for (int i = count - 1; i >= ends; --i)
            t.push_back(whole(i == 0           ? 0.0
                              : i == count - 1 ? last - 1.0
                                               : i * ((last - 1.0) / (count - 1))));
        break;
    case Spacing::Leading: {
        const int ratio = last / count;
        for (int i = count - 1; i >= ends; --i)
            t.push_back(double(i) * ratio + stepsOffset);
        break;
    }
    case Spacing::Trailing: {
        const double ratio = double(trainSteps) / steps;
        for (int i = 0; i < steps && i * ratio < last; ++i)
            t.push_back(std::nearbyint(last - i * ratio) - 1);
        break;
    }
    }
    for (double &value : t)
        value = std::clamp(value, 0.0, double(trainSteps - 1));
    return t;
}

std::vector<double> distilledTimesteps(int trainSteps, int originalSteps, int steps)
{
    const int stride = trainSteps / originalSteps;
    std::vector<double> t;
    for (int i = 0; i < steps; ++i) {
        const int skipped = int(double(originalSteps) / steps * i);
        t.push_back(double(originalSteps - skipped) * stride - 1);
    }
    return t;
}

} // namespace moodloom::diffusion
