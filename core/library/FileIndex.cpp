#include "core/library/FileIndex.h"

#include "core/library/SearchText.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace moodloom::library {
namespace {

// Failures that stay as long as the file does not change.
const QString kLasting = QStringLiteral("code IN (%1, %2, %3)")
                             .arg(int(ErrorCode::Corrupt))
                             .arg(int(ErrorCode::Unsupported))
                             .arg(int(ErrorCode::Invalid));

// "path = ? OR (path >= ? AND path < ?)" with these values is everything at or below `path`; LIKE
// would take % and _ in names for wildcards.
const QString kAtOrBelow = QStringLiteral("(path = ? OR (path >= ? AND path < ?))");
QVariantList atOrBelow(const QString &path)
{
    const QString root = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    const QString below = root.endsWith(QLatin1Char('/')) ? root : root + QLatin1Char('/');
    return {root, below, below.chopped(1) + QLatin1Char('0')}; // '0' follows '/'
}

} // namespace

Result<FileState> FileIndex::state(const QString &path, const FileStamp &stamp)
{
    auto row = m_library.database().prepare(
        QStringLiteral("SELECT asset, modified, bytes FROM files WHERE path = ?"));
    if (!row)
        return fail(row.error());
    row->bind(1, path);
    const auto found = row->step();
    if (!found)
        return fail(found.error());
    if (*found) {
        if (row->isNull(0))
            return FileState::Unwanted;
        return FileStamp{row->integer(1), row->integer(2)} == stamp ? FileState::Imported
                                                                    : FileState::Unknown;
    }
    const auto failed = m_library.database().value(
        QStringLiteral(
            "SELECT 1 FROM failures WHERE path = ? AND modified = ? AND bytes = ? AND ") +
            kLasting,
        {path, stamp.modified, stamp.bytes});
    if (!failed)
        return fail(failed.error());
    return failed->isValid() ? FileState::Failed : FileState::Unknown;
}

Result<AssetId> FileIndex::assetAt(const QString &path)
{
    const auto id = m_library.database().value(
        QStringLiteral("SELECT asset FROM files WHERE path = ?"), {path});
    if (!id)
        return fail(id.error());
    return id->toLongLong();
}

Result<int> FileIndex::copies(AssetId id)
{
    const auto number = m_library.database().value(
        QStringLiteral("SELECT count(*) FROM files WHERE asset = ?"), {id});
    if (!number)
        return fail(number.error());
    return number->toInt();
}

Result<QStringList> FileIndex::paths(AssetId id)
{
    auto rows = m_library.database().prepare(
        QStringLiteral("SELECT path FROM files WHERE asset = ? ORDER BY path"));
    if (!rows)
        return fail(rows.error());
    rows->bind(1, id);
    QStringList list;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            return list;
        list << rows->text(0);
    }
}

Result<void> FileIndex::attach(const QString &path, const FileStamp &stamp, AssetId id)
{
    const auto before = assetAt(path);
    if (!before)
        return fail(before.error());
    if (*before != 0 && *before != id)
        if (auto forgotten = forget(path); !forgotten)
            return fail(forgotten.error());
    if (auto ok = m_library.database().run(
            QStringLiteral(
                "INSERT OR REPLACE INTO files(path, asset, modified, bytes) VALUES(?,?,?,?)"),
            {path, id, stamp.modified, stamp.bytes});
        !ok)
        return ok;
    return m_library.database().run(QStringLiteral("DELETE FROM failures WHERE path = ?"), {path});
}

Result<void> FileIndex::relocate(AssetId id, const QString &path)
{
    if (auto ok = m_library.database().run(
            QStringLiteral("UPDATE assets SET path = ?, name = ?, missing = 0 WHERE id = ?"),
            {path, QFileInfo(path).fileName(), id});
        !ok)
        return ok;
    // A picture is found by the name it has now.
    return m_library.database().run(QStringLiteral("UPDATE words SET name = ? WHERE rowid = ?"),
                                    {indexText(fileNameWords(path)), id});
}

Result<void> FileIndex::recordFailure(const QString &path, const FileStamp &stamp,
                                      const Error &error)
{
    if (auto forgotten = forget(path); !forgotten)
        return fail(forgotten.error());
    return m_library.database().run(
        QStringLiteral("INSERT OR REPLACE INTO failures(path, code, reason, modified, bytes, at) "
                       "VALUES(?,?,?,?,?,?)"),
        {path, int(error.code), QString::fromStdString(error.detail), stamp.modified, stamp.bytes,
         QDateTime::currentMSecsSinceEpoch()});
}

// Returns whether an asset became missing by it.
Result<bool> FileIndex::forget(const QString &path)
{
    const auto id = assetAt(path);
    if (!id)
        return fail(id.error());
    Database &database = m_library.database();
    if (auto ok = database.run(QStringLiteral("DELETE FROM files WHERE path = ?"), {path}); !ok)
        return fail(ok.error());
    if (*id == 0)
        return false;
    const auto others = paths(*id);
    if (!others)
        return fail(others.error());
    const auto changed =
        others->isEmpty()
            ? database.run(QStringLiteral("UPDATE assets SET missing = 1 WHERE id = ?"), {*id})
            : relocate(*id, others->first());
    if (!changed)
        return fail(changed.error());
    return others->isEmpty();
}

Result<void> FileIndex::forgetPassingFailures(const QString &path)
{
    return m_library.database().run(QStringLiteral("DELETE FROM failures WHERE ") + kAtOrBelow +
                                        QStringLiteral(" AND NOT ") + kLasting,
                                    atOrBelow(path));
}

// The paths at or below `path` in `table` that lead nowhere now.
Result<QStringList> FileIndex::gone(const QString &table, const QString &path)
{
    auto rows = m_library.database().prepare(QStringLiteral("SELECT path FROM ") + table +
                                             QStringLiteral(" WHERE ") + kAtOrBelow);
    if (!rows)
        return fail(rows.error());
    rows->bindAll(atOrBelow(path));
    QStringList list;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            return list;
        if (const QString file = rows->text(0); !QFile::exists(file))
            list << file;
    }
}

Result<int> FileIndex::forgetGone(const QString &path)
{
    const auto files = gone(QStringLiteral("files"), path);
    if (!files)
        return fail(files.error());
    const auto failures = gone(QStringLiteral("failures"), path);
    if (!failures)
        return fail(failures.error());
    int missing = 0;
    const auto done = m_library.transaction([&]() -> Result<void> {
        for (const QString &file : *files) {
            const auto lost = forget(file);
            if (!lost)
                return fail(lost.error());
            missing += *lost;
        }
        for (const QString &file : *failures)
            if (auto ok = m_library.database().run(
                    QStringLiteral("DELETE FROM failures WHERE path = ?"), {file});
                !ok)
                return ok;
        return {};
    });
    if (!done)
        return fail(done.error());
    return missing;
}

} // namespace moodloom::library
