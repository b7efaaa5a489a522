// Linear discriminant analysis (Fisher 1936; Hastie et al. 2009, section 4.3): one Gaussian a class
// with one covariance for all, shrunk towards the identity so that there may be more features than
// examples (Friedman 1989).
//
// Value type; const use is thread-safe. Deterministic.
#pragma once

#include <span>
#include <vector>

namespace moodloom::grounding {

using Features = std::vector<float>;

struct Example
{
    Features features;
    int label = 0; // 0..classes-1
};

class GaussianClassifier
{
public:
    GaussianClassifier() = default;
    // shrinkage 0..1: how much of the (standardised) covariance is taken from the identity.
    // Requires: features of one length; at least one example of each class.
    GaussianClassifier(std::span<const Example> examples, int classes, double shrinkage);

    int classes() const { return int(m_offsets.size()); }
    // One log-likelihood a class, up to a constant that all classes share.
    std::vector<double> scores(const Features &features) const;
    int classify(const Features &features) const;

private:
    std::vector<float> m_mean, m_scale; // of each feature; scale is 1 / deviation
    std::vector<double> m_weights;      // [classes, features]
    std::vector<double> m_offsets;      // [classes]
};

// The index of the largest; of equals the first. Requires: not empty.
int largest(std::span<const double> values);

} // namespace moodloom::grounding
