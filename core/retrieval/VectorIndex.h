// Nearest pictures by the cosine of their embeddings: FAISS behind a small interface.
//
// Exact (a flat scan) for up to some 50,000 pictures, an inverted file above: k-means cells of which
// one in eight is looked at. A cache: everything in it can be rebuilt from the library. Not
// thread-safe; belongs to the worker that searches. Movable. FAISS's exceptions end here.
#pragma once

#include "core/base/Result.h"
#include "core/library/Asset.h"

#include <QString>
#include <QVector>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace moodloom::retrieval {

struct Neighbour
{
    library::AssetId id = 0;
    float cosine = 0;
    bool operator==(const Neighbour &) const = default;
};

class VectorIndex
{
public:
    struct Options
    {
        qint64 exactUpTo = 50000; // pictures; above, search is approximate
    };

    // An empty index for embeddings of `model` (image::Embedder::id()), `dimension` long.
    VectorIndex(QString model, int dimension, Options options);
    VectorIndex(QString model, int dimension) : VectorIndex(std::move(model), dimension, Options()) {}
    VectorIndex(VectorIndex &&) noexcept;
    VectorIndex &operator=(VectorIndex &&) noexcept;
    ~VectorIndex();

    const QString &model() const;
    int dimension() const;
    qint64 size() const;
    bool isExact() const;
    bool contains(library::AssetId id) const;
    QVector<library::AssetId> ids() const; // in no order

    // Adds or replaces. `vectors` is [ids.size(), dimension], row-major; the rows are normalised
    // here, and those without a direction (all zero, not finite) are left out. Of equal ids the last
    // counts. Errors: Mismatch (sizes), OutOfMemory.
    Result<void> add(std::span<const library::AssetId> ids, std::span<const float> vectors);
    // Unknown ids are no error.
    Result<void> remove(std::span<const library::AssetId> ids);

    // For each query, one row of [n, dimension], the `count` best, best first; fewer when there are
    // no more. Equal cosines come in the order of their ids. Errors: Mismatch, OutOfMemory.
    Result<std::vector<QVector<Neighbour>>> search(std::span<const float> queries, int count) const;

    // The normalised vector of a picture.
    std::optional<std::vector<float>> vector(library::AssetId id) const;

    // The file format is described in VectorIndexFile.cpp. Errors: DiskFull, Unreadable.
    Result<void> save(const QString &path) const;
    // Errors: NotFound, Unreadable, Corrupt, Mismatch (embeddings of another model), NewerVersion.
    static Result<VectorIndex> load(const QString &path, const QString &model, int dimension,
                                    Options options);
    static Result<VectorIndex> load(const QString &path, const QString &model, int dimension)
    {
        return load(path, model, dimension, Options());
    }

private:
    struct Private;
    explicit VectorIndex(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace moodloom::retrieval
