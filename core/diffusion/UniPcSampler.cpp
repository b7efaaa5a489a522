#include "core/diffusion/UniPcSampler.h"

#include "core/diffusion/SigmaWalk.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::diffusion {
namespace {

// x of A x = b, by elimination with partial pivoting. A is small: as many rows as the order.
std::vector<double> solve(std::vector<std::vector<double>> a, std::vector<double> b)
{
    const size_t n = b.size();
    for (size_t column = 0; column < n; ++column) {
        size_t pivot = column;
        for (size_t row = column + 1; row < n; ++row)
            if (std::abs(a[row][column]) > std::abs(a[pivot][column]))
                pivot = row;
        std::swap(a[column], a[pivot]);
        std::swap(b[column], b[pivot]);
        for (size_t row = column + 1; row < n; ++row) {
            const double factor = a[row][column] / a[column][column];
            for (size_t k = column; k < n; ++k)
                a[row][k] -= factor * a[column][k];
            b[row] -= factor * b[column];
        }
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; ++k)
            b[i] -= a[i][k] * b[k];
        b[i] /= a[i][i];
    }
    return b;
}

// The paper's R and b (equation 11): `positions` are those of the differences in units of the step,
// `h` its signed length, `scale` B(h).
std::vector<double> combination(const std::vector<double> &positions, double h, double scale)
{
    std::vector<std::vector<double>> rows;
    std::vector<double> b;
    double phi = std::expm1(h) / h - 1, factorial = 1;
    for (size_t i = 0; i < positions.size(); ++i) {
        std::vector<double> row;
        for (const double position : positions)
            row.push_back(std::pow(position, double(i)));
        rows.push_back(row);
        b.push_back(phi * factorial / scale);
        factorial *= double(i) + 2;
        phi = phi / h - 1 / factorial;
    }
    return solve(std::move(rows), std::move(b));
}

} // namespace

UniPcSampler::UniPcSampler(const SamplerConfig &config, int steps) : m_config(config)
{
    auto walk = lambdaWalk(config, steps);
    m_timesteps = std::move(walk.timesteps);
    m_sigmas = std::move(walk.sigmas);
}

at::Tensor UniPcSampler::update(const at::Tensor &x, int from, int order,
                                const at::Tensor &arrived) const
{
    const Level s = level(from), t = level(from + 1);
    const double step = t.lambda() - s.lambda();
    if (step == 0)
        return x;
    const double h = m_config.predictX0 ? -step : step;
    const double scale = m_config.uniPcType == UniPcType::Bh1 ? h : std::expm1(h);
    const at::Tensor &m0 = m_history[0];

    std::vector<double> positions;
    std::vector<at::Tensor> differences;
    for (int back = 1; back < order; ++back) {
        positions.push_back((level(from - back).lambda() - s.lambda()) / step);
        differences.push_back((m_history[size_t(back)] - m0) / positions.back());
    }
    if (arrived.defined()) {
        positions.push_back(1);
        differences.push_back(arrived - m0);
    }
    // With a single difference, one half is as good as the exact solution and the paper's choice.
    const std::vector<double> weights =
        positions.size() == 1 ? std::vector<double>{0.5} : combination(positions, h, scale);
    const double keep = m_config.predictX0 ? t.sigma / s.sigma : t.alpha / s.alpha;
    const double gain = m_config.predictX0 ? t.alpha : t.sigma;
    at::Tensor next = keep * x - (gain * std::expm1(h)) * m0;
    for (size_t i = 0; i < differences.size(); ++i)
        next = next - (gain * scale * weights[i]) * differences[i];
    return next;
}

SamplerStep UniPcSampler::advance(const at::Tensor &out, const at::Tensor &x, int step,
                                  const NoiseSource &)
{
    const Estimate e = estimate(m_config, out, x, level(step));
    const at::Tensor &value = m_config.predictX0 ? e.x0 : e.epsilon;
    const auto &uncorrected = m_config.uncorrectedSteps;
    const bool corrects = m_previous.defined() && std::find(uncorrected.begin(), uncorrected.end(),
                                                            step - 1) == uncorrected.end();
    const at::Tensor start = corrects ? update(m_previous, step - 1, m_lastOrder, value) : x;

    m_history.insert(m_history.begin(), value);
    if (m_history.size() > size_t(m_config.order))
        m_history.pop_back();
    m_previous = start;
    const int left = steps() - step;
    m_lastOrder = int(m_history.size());
    if (m_config.lowerOrderFinal || (left == 1 && m_config.finalSigma == FinalSigma::Zero))
        m_lastOrder = std::min(m_lastOrder, left);
    return {update(start, step, m_lastOrder, {}), e.x0};
}

at::Tensor UniPcSampler::addNoise(const at::Tensor &clean, const at::Tensor &noise, int step) const
{
    const Level at = level(step);
    return at.alpha * clean + at.sigma * noise;
}

} // namespace moodloom::diffusion
