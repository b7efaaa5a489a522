// What VectorIndex is made of; shared by its two source files.
#pragma once

#include "core/retrieval/VectorIndex.h"

#include <faiss/IndexFlat.h>
#include <faiss/IndexIDMap.h>
#include <faiss/IndexIVFFlat.h>

#include <new>
#include <unordered_set>

namespace moodloom::retrieval {

// FAISS's own id type, wherever the version in use declares it.
using FaissId = decltype(faiss::Index::ntotal);
static_assert(sizeof(FaissId) == sizeof(library::AssetId));

struct VectorIndex::Private
{
    QString model;
    int dimension = 0;
    Options options;
    std::unique_ptr<faiss::Index> index; // IndexIDMap2 over IndexFlatIP, or IndexIVFFlat
    std::unordered_set<library::AssetId> ids;
    qint64 trainedOn = 0; // pictures in the index when its cells were made, 0 = exact

    void makeExact();
    // Chooses cells anew from all vectors.
    void makeCells();
    // Normalised rows, each id once.
    void insert(const std::vector<FaissId> &newIds, const std::vector<float> &rows);
    void erase(const std::vector<FaissId> &oldIds);
    // All vectors, in the order of `order`.
    std::vector<float> gather(const std::vector<FaissId> &order) const;
};

// Runs a call into FAISS; its exceptions become errors.
template <class Call> auto guarded(const Call &call) -> Result<decltype(call())>
{
    try {
        if constexpr (std::is_void_v<decltype(call())>) {
            call();
            return {};
        } else {
            return call();
        }
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory, "search index",
                    "not enough memory for the embeddings; close other programs and try again");
    } catch (const std::exception &error) {
        return fail(ErrorCode::Internal, "search index", error.what());
    }
}

} // namespace moodloom::retrieval
