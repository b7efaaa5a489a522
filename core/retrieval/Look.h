// What of a picture is compared with other pictures. Plain value, pure functions.
#pragma once

#include "core/library/Asset.h"

#include <QStringList>

#include <span>
#include <vector>

namespace moodloom::retrieval {

struct Look
{
    std::vector<float> embedding; // L2-normalised; empty where there is none
    quint64 perceptualHash = 0;   // 0 = unknown
    QStringList keywords;         // folded; stand in where an embedding is missing
};

// Inner product. Requires: equal lengths.
double dot(std::span<const float> left, std::span<const float> right);

// Cosine of the embeddings, or of the keyword sets where one has no embedding. -1..1.
double likeness(const Look &left, const Look &right);

// The same picture for a person: scaled, recompressed, slightly cropped or recoloured. Perceptual
// hash and embedding must agree where both are known; a small encoder alone finds every flat red car
// the same.
bool areNearDuplicates(const Look &left, const Look &right);

// Relevance feedback after Rocchio (1971), in terms of pictures instead of a moved query: mean
// likeness to what was pinned minus mean likeness to what was dropped. NaN when both are empty.
double feedback(const Look &look, std::span<const Look> pinned, std::span<const Look> dropped);

// For each of `looks` its mean likeness to the others: low for a picture that shows its thing among
// others, or in another way than most do. Empty for fewer than three, where nobody is the odd one.
std::vector<double> typicality(std::span<const Look *const> looks);

} // namespace moodloom::retrieval
