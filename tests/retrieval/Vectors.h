// Embeddings for tests: random directions and directions near others.
#pragma once

#include <cmath>
#include <random>
#include <vector>

namespace moodloom::test {

inline std::vector<float> randomVector(std::mt19937 &random, int dimension)
{
    std::normal_distribution<float> normal;
    std::vector<float> row(static_cast<size_t>(dimension));
    double sum = 0;
    for (float &value : row) {
        value = normal(random);
        sum += double(value) * value;
    }
    for (float &value : row)
        value = float(value / std::sqrt(sum));
    return row;
}

} // namespace moodloom::test
