#include "core/retrieval/VectorIndex.h"

#include "core/retrieval/VectorIndexPrivate.h"

#include <faiss/impl/IDSelector.h>
#include <faiss/invlists/DirectMap.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>

namespace moodloom::retrieval {
namespace {

// Cells of the inverted file: about the square root of the number of pictures, so that finding the
// cells and scanning them cost alike.
int cellsFor(qint64 pictures)
{
    return int(std::clamp(std::sqrt(double(pictures)) * 1.5, 16.0, 4096.0));
}

constexpr int lookedAt = 8;           // one cell in so many is scanned
constexpr int picturesPerCell = 64;   // k-means learns from at most so many of each cell
constexpr int kMeansRounds = 10;
constexpr qint64 growthUntilNewCells = 4;

// Scales the row to length 1; false when it has no direction.
bool normalise(std::span<float> row)
{
    double sum = 0;
    for (const float value : row)
        sum += double(value) * value;
    if (!std::isfinite(sum) || sum < 1e-20)
        return false;
    const auto scale = float(1 / std::sqrt(sum));
    for (float &value : row)
        value *= scale;
    return true;
}

} // namespace

void VectorIndex::Private::makeExact()
{
    auto map = std::make_unique<faiss::IndexIDMap2>(new faiss::IndexFlatIP(dimension));
    map->own_fields = true;
    index = std::move(map);
    trainedOn = 0;
}

std::vector<float> VectorIndex::Private::gather(const std::vector<FaissId> &order) const
{
    std::vector<float> rows(order.size() * size_t(dimension));
    for (size_t i = 0; i < order.size(); ++i)
        index->reconstruct(order[i], rows.data() + i * size_t(dimension));
    return rows;
}

void VectorIndex::Private::makeCells()
{
    // Sorted, so that the same pictures give the same cells.
    std::vector<FaissId> order(ids.begin(), ids.end());
    std::sort(order.begin(), order.end());
    const std::vector<float> rows = gather(order);
    const int cells = cellsFor(qint64(order.size()));
    auto quantizer = std::make_unique<faiss::IndexFlatIP>(dimension);
    auto ivf = std::make_unique<faiss::IndexIVFFlat>(quantizer.get(), size_t(dimension),
                                                     size_t(cells), faiss::METRIC_INNER_PRODUCT);
    quantizer.release();
    ivf->own_fields = true;
    ivf->cp.max_points_per_centroid = picturesPerCell;
    ivf->cp.min_points_per_centroid = 1; // no warnings about small libraries
    ivf->cp.niter = kMeansRounds;
    ivf->cp.spherical = true;
    ivf->set_direct_map_type(faiss::DirectMap::Hashtable);
    ivf->train(FaissId(order.size()), rows.data());
    ivf->add_with_ids(FaissId(order.size()), rows.data(), order.data());
    ivf->nprobe = size_t(std::max(8, cells / lookedAt));
    index = std::move(ivf);
    trainedOn = qint64(order.size());
}

void VectorIndex::Private::insert(const std::vector<FaissId> &newIds, const std::vector<float> &rows)
{
    if (newIds.empty())
        return;
    index->add_with_ids(FaissId(newIds.size()), rows.data(), newIds.data());
    ids.insert(newIds.begin(), newIds.end());
    const auto count = qint64(ids.size());
    if (count > options.exactUpTo
        && (trainedOn == 0 || count > trainedOn * growthUntilNewCells))
        makeCells();
}

void VectorIndex::Private::erase(const std::vector<FaissId> &oldIds)
{
    if (oldIds.empty())
        return;
    if (trainedOn > 0) // a hashed direct map takes this selector only
        index->remove_ids(faiss::IDSelectorArray(oldIds.size(), oldIds.data()));
    else
        index->remove_ids(faiss::IDSelectorBatch(oldIds.size(), oldIds.data()));
    for (const FaissId id : oldIds)
        ids.erase(id);
}

VectorIndex::VectorIndex(QString model, int dimension, Options options)
    : d(std::make_unique<Private>())
{
    d->model = std::move(model);
    d->dimension = std::max(1, dimension);
    d->options = options;
    d->makeExact();
}

VectorIndex::VectorIndex(std::unique_ptr<Private> parts) : d(std::move(parts)) {}
VectorIndex::VectorIndex(VectorIndex &&) noexcept = default;
VectorIndex &VectorIndex::operator=(VectorIndex &&) noexcept = default;
VectorIndex::~VectorIndex() = default;

const QString &VectorIndex::model() const { return d->model; }
int VectorIndex::dimension() const { return d->dimension; }
qint64 VectorIndex::size() const { return qint64(d->ids.size()); }
bool VectorIndex::isExact() const { return d->trainedOn == 0; }
bool VectorIndex::contains(library::AssetId id) const { return d->ids.count(id) > 0; }

QVector<library::AssetId> VectorIndex::ids() const
{
    return QVector<library::AssetId>(d->ids.begin(), d->ids.end());
}

Result<void> VectorIndex::add(std::span<const library::AssetId> ids, std::span<const float> vectors)
{
    const auto width = size_t(d->dimension);
    if (vectors.size() != ids.size() * width)
        return fail(ErrorCode::Mismatch, "search index",
                    "expected embeddings of " + std::to_string(width) + " numbers each; rebuild "
                    "the index");
    return guarded([&] {
        std::vector<FaissId> kept;
        std::vector<float> rows;
        std::vector<FaissId> replaced;
        std::unordered_map<library::AssetId, size_t> rowOf;
        rows.reserve(vectors.size());
        for (size_t i = 0; i < ids.size(); ++i) {
            std::vector<float> row(vectors.begin() + i * width, vectors.begin() + (i + 1) * width);
            if (!normalise(row))
                continue;
            if (const auto [entry, isNew] = rowOf.try_emplace(ids[i], kept.size()); !isNew) {
                std::copy(row.begin(), row.end(), rows.begin() + entry->second * width);
                continue;
            }
            if (d->ids.count(ids[i]) > 0)
                replaced.push_back(ids[i]);
            kept.push_back(ids[i]);
            rows.insert(rows.end(), row.begin(), row.end());
        }
        d->erase(replaced);
        d->insert(kept, rows);
    });
}

Result<void> VectorIndex::remove(std::span<const library::AssetId> ids)
{
    std::unordered_set<FaissId> known;
    for (const library::AssetId id : ids)
        if (contains(id))
            known.insert(id);
    return guarded([&] { d->erase({known.begin(), known.end()}); });
}

Result<std::vector<QVector<Neighbour>>> VectorIndex::search(std::span<const float> queries,
                                                            int count) const
{
    const auto width = size_t(d->dimension);
    if (queries.size() % width != 0)
        return fail(ErrorCode::Mismatch, "search index", "the query has another dimension");
    const size_t rows = queries.size() / width;
    const auto most = FaissId(std::clamp<qint64>(count, 0, size()));
    std::vector<QVector<Neighbour>> found(rows);
    if (most == 0)
        return found;
    return guarded([&] {
        std::vector<float> normal(queries.begin(), queries.end());
        for (size_t i = 0; i < rows; ++i)
            normalise(std::span(normal).subspan(i * width, width));
        std::vector<float> cosines(rows * size_t(most));
        std::vector<FaissId> labels(rows * size_t(most));
        d->index->search(FaissId(rows), normal.data(), most, cosines.data(), labels.data());
        for (size_t row = 0; row < rows; ++row) {
            for (size_t i = row * size_t(most); i < (row + 1) * size_t(most); ++i)
                if (labels[i] >= 0)
                    found[row].append({labels[i], cosines[i]});
            std::stable_sort(found[row].begin(), found[row].end(),
                             [](const Neighbour &a, const Neighbour &b) {
                                 return a.cosine != b.cosine ? a.cosine > b.cosine : a.id < b.id;
                             });
        }
        return found;
    });
}

std::optional<std::vector<float>> VectorIndex::vector(library::AssetId id) const
{
    if (!contains(id))
        return std::nullopt;
    std::vector<float> row(size_t(d->dimension));
    if (!guarded([&] { d->index->reconstruct(id, row.data()); }))
        return std::nullopt;
    return row;
}

} // namespace moodloom::retrieval
