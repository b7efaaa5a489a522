// A choice of pictures that are good and not all alike. Pure functions, thread-safe.
#pragma once

#include <QVector>

#include <functional>
#include <span>

namespace moodloom::retrieval {

// How alike entries i and j are, 0..1 or a cosine.
using Similarity = std::function<double(qsizetype, qsizetype)>;

// Maximal marginal relevance (Carbonell, Goldstein 1998): up to `count` indices into `relevance`, each
// the one with the highest  lambda * relevance - (1 - lambda) * likeness to the most alike one taken
// before.  Relevance is scaled to 0..1 first. lambda 1 = the order of relevance. Of equals the earlier.
QVector<qsizetype> diversify(std::span<const double> relevance, const Similarity &similarity,
                             qsizetype count, double lambda);

struct Folded
{
    qsizetype index = 0;        // what is shown
    QVector<qsizetype> hidden;  // what is the same picture again
};

// Folds each of 0..count-1 behind the first one before it of which it is a duplicate.
QVector<Folded> fold(qsizetype count, const std::function<bool(qsizetype, qsizetype)> &isDuplicate);

} // namespace moodloom::retrieval
