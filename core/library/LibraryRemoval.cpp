// Library: taking pictures out, and putting them back.
#include "core/library/AssetRow.h"
#include "core/library/FileIndex.h"
#include "core/library/Library.h"

#include <QFileInfo>

namespace moodloom::library {

Result<RemovedAsset> Library::recordOf(AssetId id)
{
    RemovedAsset record;
    auto known = asset(id);
    if (!known)
        return fail(known.error());
    record.asset = *std::move(known);
    auto files = FileIndex(*this).paths(id);
    if (!files)
        return fail(files.error());
    record.files = *std::move(files);
    auto rows = m_database->prepare(
        QStringLiteral("SELECT model, vector FROM embeddings WHERE asset = ?"));
    if (!rows)
        return fail(rows.error());
    rows->bind(1, id);
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            return record;
        record.embeddings.insert(rows->text(0), rows->blob(1));
    }
}

Result<QVector<RemovedAsset>> Library::remove(const QVector<AssetId> &ids)
{
    QVector<RemovedAsset> removed;
    const auto done = transaction([&]() -> Result<void> {
        for (const AssetId id : ids) {
            auto record = recordOf(id);
            if (!record && record.error().code == ErrorCode::NotFound)
                continue; // gone already
            if (!record)
                return fail(record.error());
            if (auto ok =
                    m_database->run(QStringLiteral("DELETE FROM assets WHERE id = ?"), {id});
                !ok)
                return ok;
            removed.append(*std::move(record));
        }
        return {};
    });
    if (!done)
        return fail(done.error());
    return removed;
}

Result<void> Library::putBack(const QVector<RemovedAsset> &removed)
{
    return transaction([&]() -> Result<void> {
        for (const RemovedAsset &record : removed)
            if (auto ok = putBack(record); !ok)
                return ok;
        return {};
    });
}

// Requires: a transaction.
Result<void> Library::putBack(const RemovedAsset &removed)
{
    const auto there = m_database->value(QStringLiteral("SELECT id FROM assets WHERE hash = ?"),
                                         {removed.asset.hash});
    if (!there)
        return fail(there.error());
    if (there->isValid())
        return {}; // imported on purpose since: that one stays
    QVariantList values = assetValues(removed.asset);
    values << QFileInfo(removed.asset.path).fileName() << removed.asset.id;
    if (auto ok = m_database->run(
            QStringLiteral("INSERT INTO assets(hash, path, format, width, height, bytes, modified, "
                           "captured, imported, description, keywords, palette, phash, missing, "
                           "name, id) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
            values);
        !ok)
        return ok;
    if (auto ok = storeWords(removed.asset); !ok)
        return ok;
    for (auto it = removed.embeddings.cbegin(); it != removed.embeddings.cend(); ++it)
        if (auto ok = m_database->run(
                QStringLiteral("INSERT INTO embeddings(model, asset, vector) VALUES(?,?,?)"),
                {it.key(), removed.asset.id, it.value()});
            !ok)
            return ok;
    // Files that are still what they were; what has gone since, or holds another picture, is not.
    for (const QString &file : removed.files)
        if (auto ok = m_database->run(
                QStringLiteral("UPDATE files SET asset = ? WHERE path = ? AND asset IS NULL"),
                {removed.asset.id, file});
            !ok)
            return ok;
    FileIndex index(*this);
    const auto files = index.paths(removed.asset.id);
    if (!files)
        return fail(files.error());
    if (files->contains(removed.asset.path) || removed.files.isEmpty())
        return {};
    return files->isEmpty()
               ? m_database->run(QStringLiteral("UPDATE assets SET missing = 1 WHERE id = ?"),
                                 {removed.asset.id})
               : index.relocate(removed.asset.id, files->first());
}

} // namespace moodloom::library
