// Library: the cache of embeddings. Vectors are stored as little-endian floats, as in memory.
#include "core/library/Library.h"

#include <bit>
#include <cstring>

namespace moodloom::library {

static_assert(std::endian::native == std::endian::little, "embeddings are stored as in memory");

Result<void> Library::setEmbedding(AssetId id, const QString &model, std::span<const float> vector)
{
    if (auto allowed = writable(); !allowed)
        return allowed;
    return m_database->run(
        QStringLiteral("INSERT INTO embeddings(model, asset, vector) VALUES(?,?,?) "
                       "ON CONFLICT(model, asset) DO UPDATE SET vector = excluded.vector"),
        {model, id,
         QByteArray(reinterpret_cast<const char *>(vector.data()),
                    qsizetype(vector.size_bytes()))});
}

Result<std::vector<float>> Library::embedding(AssetId id, const QString &model)
{
    const auto value = m_database->value(
        QStringLiteral("SELECT vector FROM embeddings WHERE model = ? AND asset = ?"), {model, id});
    if (!value)
        return fail(value.error());
    if (!value->isValid())
        return fail(ErrorCode::NotFound, std::to_string(id), "the picture has no embedding yet");
    const QByteArray bytes = value->toByteArray();
    std::vector<float> vector(size_t(bytes.size()) / sizeof(float));
    std::memcpy(vector.data(), bytes.constData(), vector.size() * sizeof(float));
    return vector;
}

Result<EmbeddingTable> Library::embeddings(const QString &model, AssetId after, int limit)
{
    auto rows =
        m_database->prepare(QStringLiteral("SELECT asset, vector FROM embeddings "
                                           "WHERE model = ? AND asset > ? ORDER BY asset LIMIT ?"));
    if (!rows)
        return fail(rows.error());
    rows->bindAll({model, after, limit});
    EmbeddingTable table;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            return table;
        const QByteArray bytes = rows->blob(1);
        const int dimension = int(size_t(bytes.size()) / sizeof(float));
        if (table.ids.empty())
            table.dimension = dimension;
        if (dimension != table.dimension || dimension == 0)
            continue; // a damaged row: missing from the cache, not an error
        const size_t old = table.values.size();
        table.ids.push_back(rows->integer(0));
        table.values.resize(old + size_t(dimension));
        std::memcpy(table.values.data() + old, bytes.constData(),
                    size_t(dimension) * sizeof(float));
    }
}

Result<QVector<AssetId>> Library::missingEmbeddings(const QString &model, int limit)
{
    auto rows = m_database->prepare(
        QStringLiteral("SELECT id FROM assets WHERE missing = 0 AND NOT EXISTS "
                       "(SELECT 1 FROM embeddings WHERE model = ? AND asset = assets.id) "
                       "ORDER BY id LIMIT ?"));
    if (!rows)
        return fail(rows.error());
    rows->bindAll({model, limit});
    QVector<AssetId> ids;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            return ids;
        ids.append(rows->integer(0));
    }
}

Result<qint64> Library::embeddingCount(const QString &model)
{
    const auto number = m_database->value(
        QStringLiteral("SELECT count(*) FROM embeddings WHERE model = ?"), {model});
    if (!number)
        return fail(number.error());
    return number->toLongLong();
}

Result<void> Library::dropEmbeddings(const QString &model)
{
    if (auto allowed = writable(); !allowed)
        return allowed;
    return m_database->run(QStringLiteral("DELETE FROM embeddings WHERE model = ?"), {model});
}

} // namespace moodloom::library
