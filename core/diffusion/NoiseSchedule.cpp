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
    case BetaSchedule::SquaredCosine: {
        const auto signal = [](double t) {
            const double c = std::cos((t + 0.008) / 1.008 * M_PI / 2);
            return c * c;
        };
        for (int i = 0; i < n; ++i)
            betas.push_back(float(std::min(
                1 - signal(double(i + 1) / n) / signal(double(i) / n), 0.999)));
        break;
    }
    }
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

std::vector<double> spacedTimesteps(Spacing spacing, int trainSteps, int steps, int stepsOffset,
                                    int ends, Rounding rounding)
{
    const auto whole = [rounding](double t) { return rounding == Rounding::Whole ? std::nearbyint(t) : t; };
    std::vector<double> t;
    const int count = steps + ends;
    switch (spacing) {
    case Spacing::Linspace:
        for (int i = count - 1; i >= ends; --i)
            t.push_back(whole(count == 1 ? 0.0 : double(trainSteps - 1) * i / (count - 1)));
        break;
    case Spacing::Leading: {
        const int ratio = trainSteps / count;
        for (int i = count - 1; i >= ends; --i)
            t.push_back(double(i) * ratio + stepsOffset);
        break;
    }
    case Spacing::Trailing: {
        const double ratio = double(trainSteps) / steps;
        for (int i = 0; i < steps; ++i)
            t.push_back(std::nearbyint(trainSteps - i * ratio) - 1);
        break;
    }
    }
    for (double &value : t)
        value = std::clamp(value, 0.0, double(trainSteps - 1));
    return t;
}

} // namespace moodloom::diffusion
