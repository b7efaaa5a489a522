// Keeps a VectorIndex in step with the embeddings that the library holds.
//
// Free functions of the worker that owns both.
#pragma once

#include "core/library/Library.h"
#include "core/retrieval/VectorIndex.h"

#include <stop_token>

namespace moodloom::retrieval {

enum class Depth {
    Quick,   // new pictures at the end, and a count; what happens between two searches
    Thorough // every vector is compared; at start, and when the count does not fit
};

// Adds, replaces and removes until the index holds exactly the library's embeddings of its model.
// Returns how many pictures changed. Errors: Cancelled (what was done stays), the library's.
Result<qint64> synchronise(VectorIndex &index, library::Library &library, Depth depth,
                           std::stop_token stop = {});

// The index for `model` from its cache file, brought up to date and written back where it was not.
// A missing, damaged or foreign file is rebuilt without a word; one that cannot be written only
// costs time at the next start. Errors: Cancelled, the library's, OutOfMemory.
Result<VectorIndex> openIndex(const QString &file, library::Library &library, const QString &model,
                              int dimension, std::stop_token stop = {});

} // namespace moodloom::retrieval
