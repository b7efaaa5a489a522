// Library: assets by id, by query and by words; failures and numbers.
#include "core/library/AssetRow.h"
#include "core/library/Library.h"

#include <QDir>

#include <unordered_map>

namespace moodloom::library {
namespace {

// The part of a statement after SELECT ... : FROM, WHERE, and the values that it binds.
struct Selection
{
    QString sql;
    QVariantList values;
    bool impossible = false; // asks for words, but has none
};

Selection selectionOf(const AssetQuery &query)
{
    Selection selection;
    selection.sql = QStringLiteral(" FROM assets");
    QStringList where;
    if (!query.text.trimmed().isEmpty()) {
        const QString match = matchExpression(query.text, WordMatch::All);
        selection.impossible = match.isEmpty();
        where << QStringLiteral("id IN (SELECT rowid FROM words WHERE words MATCH ?)");
        selection.values << match;
    }
    if (!query.keyword.isEmpty()) {
        where << QStringLiteral("id IN (SELECT asset FROM asset_keywords WHERE keyword = "
                                "(SELECT id FROM keywords WHERE word = ?))");
        selection.values << query.keyword;
    }
    if (!query.folder.isEmpty()) {
        // A range of the path column: LIKE would treat % and _ in folder names as wildcards.
        const QString folder = QDir::cleanPath(query.folder);
        const QString below =
            folder.endsWith(QLatin1Char('/')) ? folder : folder + QLatin1Char('/');
        where << QStringLiteral("id IN (SELECT asset FROM files WHERE path >= ? AND path < ?)");
        selection.values << below << below.chopped(1) + QLatin1Char('0'); // '0' follows '/'
    }
    if (query.presence != AssetPresence::Any)
        where
            << QStringLiteral("missing = %1").arg(query.presence == AssetPresence::Missing ? 1 : 0);
    if (!where.isEmpty())
        selection.sql += QStringLiteral(" WHERE ") + where.join(QStringLiteral(" AND "));
    return selection;
}

QString orderOf(const AssetQuery &query)
{
    QString column;
    switch (query.sort) {
    case AssetSort::Imported:
        column = QStringLiteral("imported");
        break;
    case AssetSort::Taken:
        column = QStringLiteral("coalesce(captured, modified)");
        break;
    case AssetSort::Name:
        column = QStringLiteral("name");
        break;
    case AssetSort::Bytes:
        column = QStringLiteral("bytes");
        break;
    }
    const QString direction = query.descending ? QStringLiteral(" DESC") : QStringLiteral(" ASC");
    return QStringLiteral(" ORDER BY ") + column + direction + QStringLiteral(", id") + direction +
           QStringLiteral(" LIMIT ? OFFSET ?");
}

// Every row of `sql`, each given to `take`.
template <class Take>
Result<void> forEachRow(Database &database, const QString &sql, const QVariantList &values,
                        Take take)
{
    auto rows = database.prepare(sql);
    if (!rows)
        return fail(rows.error());
    rows->bindAll(values);
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            return {};
        take(*rows);
    }
}

} // namespace

Result<Asset> Library::asset(AssetId id)
{
    auto row = m_database->prepare(
        QStringLiteral("SELECT %1 FROM assets WHERE id = ?").arg(assetColumns()));
    if (!row)
        return fail(row.error());
    row->bind(1, id);
    const auto found = row->step();
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail(ErrorCode::NotFound, std::to_string(id), "no such picture in the library");
    return readAsset(*row);
}

Result<Asset> Library::assetByHash(const QString &hash)
{
    auto row = m_database->prepare(
        QStringLiteral("SELECT %1 FROM assets WHERE hash = ?").arg(assetColumns()));
    if (!row)
        return fail(row.error());
    row->bind(1, hash);
    const auto found = row->step();
    if (!found)
        return fail(found.error());
    if (!*found)
        return fail(ErrorCode::NotFound, hash.toStdString(), "no such picture in the library");
    return readAsset(*row);
}

Result<QVector<Asset>> Library::assets(const AssetQuery &query)
{
    Selection selection = selectionOf(query);
    QVector<Asset> page;
    if (selection.impossible)
        return page;
    selection.values << query.limit << query.offset;
    const auto read = forEachRow(
        *m_database, QStringLiteral("SELECT ") + assetColumns() + selection.sql + orderOf(query),
        selection.values, [&](const Statement &row) { page.append(readAsset(row)); });
    if (!read)
        return fail(read.error());
    return page;
}

Result<QVector<Asset>> Library::assets(const QVector<AssetId> &ids)
{
    QVector<Asset> page;
    page.reserve(ids.size());
    for (const AssetId id : ids) {
        auto found = asset(id);
        if (found)
            page.append(std::move(*found));
        else if (found.error().code != ErrorCode::NotFound)
            return fail(found.error());
    }
    return page;
}

Result<QVector<AssetId>> Library::ids(const AssetQuery &query)
{
    Selection selection = selectionOf(query);
    QVector<AssetId> ids;
    if (selection.impossible)
        return ids;
    selection.values << query.limit << query.offset;
    const auto read =
        forEachRow(*m_database, QStringLiteral("SELECT id") + selection.sql + orderOf(query),
                   selection.values, [&](const Statement &row) { ids.append(row.integer(0)); });
    if (!read)
        return fail(read.error());
    return ids;
}

Result<qint64> Library::count(const AssetQuery &query)
{
    const Selection selection = selectionOf(query);
    if (selection.impossible)
        return 0;
    const auto number =
        m_database->value(QStringLiteral("SELECT count(*)") + selection.sql, selection.values);
    if (!number)
        return fail(number.error());
    return number->toLongLong();
}

Result<QVector<WordHit>> Library::searchWords(const QString &text, int limit, WordMatch match)
{
    QVector<WordHit> hits;
    const QString expression = matchExpression(text, match);
    if (expression.isEmpty())
        return hits;
    const auto read = forEachRow(
        *m_database,
        // Ranked before the assets are looked at; room is left for those that fall out then.
        QStringLiteral("SELECT id, score FROM (SELECT words.rowid AS hit, "
                       "bm25(words, 1.0, 2.0, 0.5) AS score FROM words WHERE words MATCH ?1 "
                       "ORDER BY score LIMIT ?2 + (SELECT count(*) FROM assets WHERE missing = 1)) "
                       "JOIN assets ON id = hit WHERE missing = 0 ORDER BY score, id LIMIT ?2"),
        {expression, limit}, [&](const Statement &row) {
            hits.append({row.integer(0), -row.real(1)});
        });
    if (!read)
        return fail(read.error());
    return hits;
}

Result<QVector<KeywordUse>> Library::keywords()
{
    QVector<KeywordUse> words;
    const auto read = forEachRow(
        *m_database,
        QStringLiteral("SELECT word, uses FROM keywords WHERE uses > 0 ORDER BY uses DESC, word"),
        {}, [&](const Statement &row) {
            words.append({row.text(0), int(row.integer(1))});
        });
    if (!read)
        return fail(read.error());
    return words;
}

Result<QVector<FailedImport>> Library::failures(int offset, int limit)
{
    QVector<FailedImport> list;
    const auto read = forEachRow(
        *m_database,
        QStringLiteral("SELECT path, code, reason, at FROM failures ORDER BY at DESC, path "
                       "LIMIT ? OFFSET ?"),
        {limit, offset}, [&](const Statement &row) {
            const QString path = row.text(0);
            list.append({path,
                         {ErrorCode(row.integer(1)), path.toStdString(), row.text(2).toStdString()},
                         QDateTime::fromMSecsSinceEpoch(row.integer(3))});
        });
    if (!read)
        return fail(read.error());
    return list;
}

Result<void> Library::forgetFailures()
{
    if (auto allowed = writable(); !allowed)
        return allowed;
    return m_database->execute(QStringLiteral("DELETE FROM failures"));
}

Result<Statistics> Library::statistics()
{
    Statistics numbers;
    const auto read = forEachRow(
        *m_database,
        QStringLiteral("SELECT (SELECT count(*) FROM assets), "
                       "(SELECT count(*) FROM assets WHERE missing = 1), "
                       "(SELECT count(*) FROM failures), "
                       "(SELECT count(*) FROM keywords WHERE uses > 0), "
                       "(SELECT count(*) FROM folders), "
                       "(SELECT coalesce(sum(bytes), 0) FROM assets), "
                       "(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)"),
        {}, [&](const Statement &row) {
            numbers = {row.integer(0), row.integer(1), row.integer(2), row.integer(3),
                       row.integer(4), row.integer(5), row.integer(6)};
        });
    if (!read)
        return fail(read.error());
    return numbers;
}

} // namespace moodloom::library
