// One order from several: reciprocal rank fusion (Cormack, Clarke, Büttcher 2009).
//
// Chosen over a weighted sum of scores because BM25, cosines and colour agreements have no common
// scale, and their ranges move with the query and the encoder; ranks do not. What ranks lose, how
// sure a signal is, matters for names only, and these are counted separately (NameMatch.h).
// Pure functions, thread-safe.
#pragma once

#include "core/library/Asset.h"

#include <QHash>
#include <QVector>

#include <span>

namespace moodloom::retrieval {

struct Ranking
{
    QVector<library::AssetId> ids; // best first, each once
    double weight = 1;
};

// Sum over the rankings of weight * (k + 1) / (k + rank), rank from 1, so that the first place of a
// ranking is worth its weight. `k` flattens: the larger, the less the first places stand out.
QHash<library::AssetId, double> fuse(std::span<const Ranking> rankings, double k = 60);

} // namespace moodloom::retrieval
