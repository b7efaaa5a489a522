#include "core/retrieval/Look.h"

#include "core/image/PerceptualHash.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moodloom::retrieval {
namespace {

// Bits of the perceptual hash that may differ, and cosines from which embeddings count as equal.
constexpr int sameMotif = 4;
constexpr int similarMotif = 10;
constexpr double similarLook = 0.97;
constexpr double sameLook = 0.998;
constexpr double otherLook = 0.9;

double meanLikeness(const Look &look, std::span<const Look> others)
{
    if (others.empty())
        return 0;
    double sum = 0;
    for (const Look &other : others)
        sum += likeness(look, other);
    return sum / double(others.size());
}

} // namespace

double dot(std::span<const float> left, std::span<const float> right)
{
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0);
}

double likeness(const Look &left, const Look &right)
{
    if (!left.embedding.empty() && left.embedding.size() == right.embedding.size())
        return dot(left.embedding, right.embedding);
    if (left.keywords.isEmpty() || right.keywords.isEmpty())
        return 0;
    const auto common = std::count_if(left.keywords.begin(), left.keywords.end(), [&](const QString &word) {
        return right.keywords.contains(word);
    });
    return double(common) / std::sqrt(double(left.keywords.size()) * double(right.keywords.size()));
}

bool areNearDuplicates(const Look &left, const Look &right)
{
    const bool hashes = left.perceptualHash != 0 && right.perceptualHash != 0;
    const bool embeddings
        = !left.embedding.empty() && left.embedding.size() == right.embedding.size();
    const int bits = hashes ? image::hashDistance(left.perceptualHash, right.perceptualHash) : 64;
    if (!embeddings)
        return hashes && bits <= sameMotif;
    if (hashes && bits > similarMotif)
        return false;
    const double cosine = dot(left.embedding, right.embedding);
    if (!hashes)
        return cosine >= sameLook;
    return (bits <= sameMotif && cosine >= otherLook) || (bits <= similarMotif && cosine >= similarLook);
}

double feedback(const Look &look, std::span<const Look> pinned, std::span<const Look> dropped)
{
    if (pinned.empty() && dropped.empty())
        return std::nan("");
    return meanLikeness(look, pinned) - meanLikeness(look, dropped);
}

std::vector<double> typicality(std::span<const Look *const> looks)
{
    if (looks.size() < 3)
        return {};
    std::vector<double> sums(looks.size(), 0);
    for (size_t i = 0; i < looks.size(); ++i)
        for (size_t j = i + 1; j < looks.size(); ++j) {
            const double alike = likeness(*looks[i], *looks[j]);
            sums[i] += alike;
            sums[j] += alike;
        }
    for (double &sum : sums)
        sum /= double(looks.size() - 1);
    return sums;
}

} // namespace moodloom::retrieval
