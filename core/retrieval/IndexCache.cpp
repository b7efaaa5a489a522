#include "core/retrieval/IndexCache.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace moodloom::retrieval {
namespace {

constexpr int rowsAtOnce = 4096;

// Whether the index holds this row; stored vectors are normalised, the library's should be.
bool holds(const VectorIndex &index, library::AssetId id, std::span<const float> row)
{
    const auto stored = index.vector(id);
    if (!stored)
        return false;
    double dot = 0, length = 0;
    for (size_t i = 0; i < row.size(); ++i) {
        dot += double(row[i]) * (*stored)[i];
        length += double(row[i]) * row[i];
    }
    return std::isfinite(length) && length > 0 && dot / std::sqrt(length) > 1 - 1e-6;
}

// Reads the library's vectors with ids above `after`, page by page, and adds those that differ.
Result<qint64> addFrom(VectorIndex &index, library::Library &library, library::AssetId after,
                       std::unordered_set<library::AssetId> &seen, std::stop_token stop)
{
    qint64 changed = 0;
    for (;;) {
        if (stop.stop_requested())
            return cancelled();
        const auto page = library.embeddings(index.model(), after, rowsAtOnce);
        if (!page)
            return fail(page.error());
        if (page->ids.empty())
            return changed;
        after = page->ids.back();
        if (page->dimension != index.dimension())
            continue; // of an older model by the same name: not comparable
        const auto width = size_t(page->dimension);
        std::vector<library::AssetId> ids;
        std::vector<float> rows;
        for (size_t i = 0; i < page->ids.size(); ++i) {
            const auto row = std::span(page->values).subspan(i * width, width);
            seen.insert(page->ids[i]);
            if (holds(index, page->ids[i], row))
                continue;
            ids.push_back(page->ids[i]);
            rows.insert(rows.end(), row.begin(), row.end());
        }
        if (auto added = index.add(ids, rows); !added)
            return fail(added.error());
        changed += qint64(ids.size());
    }
}

} // namespace

Result<qint64> synchronise(VectorIndex &index, library::Library &library, Depth depth,
                           std::stop_token stop)
{
    std::unordered_set<library::AssetId> seen;
    qint64 changed = 0;
    if (depth == Depth::Quick) {
        const auto known = index.ids();
        const library::AssetId last
            = known.isEmpty() ? 0 : *std::max_element(known.begin(), known.end());
        const auto added = addFrom(index, library, last, seen, stop);
        if (!added)
            return added;
        changed = *added;
        const auto count = library.embeddingCount(index.model());
        if (!count)
            return fail(count.error());
        if (*count == index.size())
            return changed;
        seen.clear();
    }
    const auto added = addFrom(index, library, 0, seen, stop);
    if (!added)
        return added;
    changed += *added;
    std::vector<library::AssetId> gone;
    for (const library::AssetId id : index.ids())
        if (seen.count(id) == 0)
            gone.push_back(id);
    if (auto removed = index.remove(gone); !removed)
        return fail(removed.error());
    return changed + qint64(gone.size());
}

Result<VectorIndex> openIndex(const QString &file, library::Library &library, const QString &model,
                              int dimension, std::stop_token stop)
{
    auto loaded = VectorIndex::load(file, model, dimension);
    const bool rebuilt = !loaded;
    VectorIndex index = loaded ? std::move(*loaded) : VectorIndex(model, dimension);
    const auto changed = synchronise(index, library, Depth::Thorough, stop);
    if (!changed)
        return fail(changed.error());
    if (rebuilt || *changed > 0) {
        QDir().mkpath(QFileInfo(file).path());
        (void)index.save(file); // a cache: failing to write it is not the search's failure
    }
    return index;
}

} // namespace moodloom::retrieval
