#include "core/grounding/GaussianClassifier.h"

#include <algorithm>
#include <cmath>

namespace moodloom::grounding {
namespace {

// A symmetric positive definite matrix [n,n], factored in place: its lower triangle becomes L.
class Cholesky
{
public:
    Cholesky(std::vector<double> matrix, size_t n) : m_l(std::move(matrix)), m_n(n)
    {
        for (size_t j = 0; j < n; ++j) {
            double *const rowJ = &m_l[j * n];
            double diagonal = rowJ[j];
            for (size_t k = 0; k < j; ++k)
                diagonal -= rowJ[k] * rowJ[k];
            rowJ[j] = std::sqrt(std::max(diagonal, 1e-12));
            for (size_t i = j + 1; i < n; ++i) {
                double *const rowI = &m_l[i * n];
                double sum = rowI[j];
                for (size_t k = 0; k < j; ++k)
                    sum -= rowI[k] * rowJ[k];
                rowI[j] = sum / rowJ[j];
            }
        }
    }

    // Solves matrix * x = b in place.
    void solve(std::span<double> b) const
    {
        for (size_t i = 0; i < m_n; ++i) {
            double sum = b[i];
            for (size_t k = 0; k < i; ++k)
                sum -= m_l[i * m_n + k] * b[k];
            b[i] = sum / m_l[i * m_n + i];
        }
        for (size_t i = m_n; i-- > 0;) {
            double sum = b[i];
            for (size_t k = i + 1; k < m_n; ++k)
                sum -= m_l[k * m_n + i] * b[k];
            b[i] = sum / m_l[i * m_n + i];
        }
    }

private:
    std::vector<double> m_l;
    size_t m_n;
};

} // namespace

GaussianClassifier::GaussianClassifier(std::span<const Example> examples, int classes,
                                       double shrinkage)
{
    const size_t n = examples.front().features.size(), count = examples.size();
    m_mean.assign(n, 0);
    m_scale.assign(n, 0);
    std::vector<double> sum(n, 0), squares(n, 0);
    for (const Example &example : examples)
        for (size_t i = 0; i < n; ++i) {
            sum[i] += example.features[i];
            squares[i] += double(example.features[i]) * example.features[i];
        }
    for (size_t i = 0; i < n; ++i) {
        const double mean = sum[i] / double(count);
        m_mean[i] = float(mean);
        // A feature that never changes tells nothing.
        const double variance = squares[i] / double(count) - mean * mean;
        m_scale[i] = variance > 1e-10 ? float(1 / std::sqrt(variance)) : 0;
    }

    std::vector<double> centres(size_t(classes) * n, 0);
    std::vector<double> members(size_t(classes), 0);
    std::vector<float> rows(count * n);
    for (size_t e = 0; e < count; ++e) {
        const size_t label = size_t(examples[e].label);
        ++members[label];
        for (size_t i = 0; i < n; ++i) {
            rows[e * n + i] = (examples[e].features[i] - m_mean[i]) * m_scale[i];
            centres[label * n + i] += rows[e * n + i];
        }
    }
    for (size_t c = 0; c < size_t(classes); ++c)
        for (size_t i = 0; i < n; ++i)
            centres[c * n + i] /= std::max(members[c], 1.0);

    // The covariance within classes (its lower triangle).
    std::vector<double> covariance(n * n, 0);
    for (size_t e = 0; e < count; ++e) {
        float *const row = &rows[e * n];
        const double *const centre = &centres[size_t(examples[e].label) * n];
        for (size_t i = 0; i < n; ++i)
            row[i] -= float(centre[i]);
        for (size_t i = 0; i < n; ++i) {
            double *const to = &covariance[i * n];
            const double value = row[i];
            for (size_t j = 0; j <= i; ++j)
                to[j] += value * row[j];
        }
    }
    const double freedom = std::max(1.0, double(count) - classes);
    double trace = 0;
    for (size_t i = 0; i < n; ++i)
        trace += covariance[i * n + i] / freedom;
    const double spread = std::max(trace / double(n), 1e-6); // what is left within classes
    for (size_t i = 0; i < n; ++i)
        for (size_t j = 0; j <= i; ++j)
            covariance[i * n + j] = covariance[i * n + j] / freedom * (1 - shrinkage) +
                                    (i == j ? shrinkage * spread : 0);

    const Cholesky factor(std::move(covariance), n);
    m_weights = centres;
    m_offsets.assign(size_t(classes), 0);
    for (size_t c = 0; c < size_t(classes); ++c) {
        factor.solve(std::span(m_weights).subspan(c * n, n));
        for (size_t i = 0; i < n; ++i)
            m_offsets[c] -= 0.5 * m_weights[c * n + i] * centres[c * n + i];
    }
}

std::vector<double> GaussianClassifier::scores(const Features &features) const
{
    const size_t n = m_mean.size();
    std::vector<double> result = m_offsets;
    for (size_t i = 0; i < n; ++i) {
        const double value = double(features[i] - m_mean[i]) * m_scale[i];
        for (size_t c = 0; c < result.size(); ++c)
            result[c] += m_weights[c * n + i] * value;
    }
    return result;
}

int GaussianClassifier::classify(const Features &features) const
{
    return largest(scores(features));
}

int largest(std::span<const double> values)
{
    return int(std::max_element(values.begin(), values.end()) - values.begin());
}

} // namespace moodloom::grounding
