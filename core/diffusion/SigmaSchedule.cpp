#include "core/diffusion/SigmaSchedule.h"

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {
namespace {

// I_x(a, b) by its continued fraction (DLMF 8.17.22), evaluated with Lentz's method.
double incompleteBeta(double x, double a, double b)
{
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    if (x > (a + 1) / (a + b + 2)) // there the fraction of the mirrored function converges faster
        return 1 - incompleteBeta(1 - x, b, a);
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (std::abs(d) < tiny ? tiny : d);
    double fraction = d;
    for (int m = 1; m < 500; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double change = 1;
        for (const double term : {even, odd}) {
            d = 1 + term * d;
            d = 1 / (std::abs(d) < tiny ? tiny : d);
            c = 1 + term / c;
            c = std::abs(c) < tiny ? tiny : c;
            change = c * d;
            fraction *= change;
        }
        if (std::abs(change - 1) < 1e-15)
            break;
    }
    const double logFront = std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) +
                            b * std::log1p(-x);
    return std::exp(logFront) * fraction / a;
}

} // namespace

double sigmaAt(const std::vector<double> &table, double timestep)
{
    const double t = std::clamp(timestep, 0.0, double(table.size() - 1));
    const size_t low = std::min(size_t(t), table.size() - 2);
    const double w = t - double(low);
    return table[low] + (table[low + 1] - table[low]) * w;
}

double timestepAt(const std::vector<double> &table, double sigma)
{
    // The table's logarithms in float32, as in training code: a sigma equal to an entry may come out
    // just below it, and callers that cut fractions off then land on the timestep before.
    const auto logAt = [&table](size_t i) { return double(float(std::log(table[i]))); };
    const double wanted = std::log(std::max(sigma, 1e-10));
    size_t low = 0, high = table.size() - 1; // logAt(low) <= wanted, where any entry is
    while (high - low > 1) {
        const size_t middle = (low + high) / 2;
        (logAt(middle) <= wanted ? low : high) = middle;
    }
    const double a = logAt(low), b = logAt(low + 1);
    return double(low) + std::clamp((wanted - a) / (b - a), 0.0, 1.0);
}

std::vector<double> shapedSigmas(SigmaShape shape, double sigmaMax, double sigmaMin, int steps)
{
    std::vector<double> sigmas;
    for (int i = 0; i < steps; ++i) {
        const double ramp = steps == 1 ? 0.0 : double(i) / (steps - 1);
        if (shape == SigmaShape::Karras) {
            const double high = std::pow(sigmaMax, 1 / 7.0), low = std::pow(sigmaMin, 1 / 7.0);
            sigmas.push_back(std::pow(high + ramp * (low - high), 7.0));
        } else if (shape == SigmaShape::Beta) {
            sigmas.push_back(sigmaMin + betaQuantile(1 - ramp, 0.6, 0.6) * (sigmaMax - sigmaMin));
        } else {
            const double high = std::log(sigmaMax), low = std::log(sigmaMin);
            sigmas.push_back(std::exp(high + ramp * (low - high)));
        }
    }
    return sigmas;
}

double betaQuantile(double p, double a, double b)
{
    double low = 0, high = 1;
    for (int i = 0; i < 200 && high - low > 0; ++i) {
        const double middle = (low + high) / 2;
        if (middle == low || middle == high)
            break;
        (incompleteBeta(middle, a, b) < p ? low : high) = middle;
    }
    return p >= 1 ? 1 : p <= 0 ? 0 : (low + high) / 2;
}

} // namespace moodloom::diffusion
