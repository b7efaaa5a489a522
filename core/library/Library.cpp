#include "core/library/Library.h"

#include "core/library/AssetRow.h"
#include "core/library/Schema.h"

#include <QDir>
#include <QFileInfo>

namespace moodloom::library {

Result<std::unique_ptr<Library>> Library::open(const QString &folder, Mode mode)
{
    const QString absolute = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    const QString path = absolute + QStringLiteral("/library.db");
    if (mode == Mode::ReadWrite && !QDir().mkpath(absolute))
        return fail(ErrorCode::Unreadable, absolute.toStdString(),
                    "the folder cannot be made; choose another one or change its permissions");
    auto database = Database::open(path, mode == Mode::ReadWrite ? Database::Mode::ReadWrite
                                                                 : Database::Mode::ReadOnly);
    if (!database)
        return fail(database.error());
    const auto version = (*database)->schemaVersion();
    if (!version)
        return fail(version.error());
    const bool newer = *version > kSchemaVersion;
    if (newer && !(*database)->isReadOnly()) {
        database->reset(); // the last look at it as a writer
        database = Database::open(path, Database::Mode::ReadOnly);
        if (!database)
            return fail(database.error());
    }
    if (!newer && *version < kSchemaVersion) {
        if ((*database)->isReadOnly())
            return fail(ErrorCode::ReadOnly, path.toStdString(),
                        "made by an older Moodloom, or empty; open it once with write access");
        if (auto ready = prepareSchema(**database); !ready)
            return fail(ready.error());
    }
    std::unique_ptr<Library> library(new Library(absolute, std::move(*database)));
    library->m_newer = newer;
    return library;
}

QString Library::picturesFolder() const
{
    return m_folder + QStringLiteral("/pictures");
}

Result<void> Library::writable() const
{
    if (m_newer)
        return fail(ErrorCode::NewerVersion, m_folder.toStdString(),
                    "the library was made by a newer Moodloom and may only be looked at");
    if (isReadOnly())
        return fail(ErrorCode::ReadOnly, m_folder.toStdString(),
                    "the library may not be changed; check the folder's permissions");
    return {};
}

Result<qint64> Library::dataVersion()
{
    const auto version = m_database->value(QStringLiteral("PRAGMA data_version"));
    if (!version)
        return fail(version.error());
    return version->toLongLong();
}

Result<void> Library::transaction(const std::function<Result<void>()> &body)
{
    if (auto allowed = writable(); !allowed)
        return allowed;
    return m_database->transaction(body);
}

Result<void> Library::limitSize(qint64 bytes)
{
    const auto pageSize = m_database->value(QStringLiteral("PRAGMA page_size"));
    if (!pageSize)
        return fail(pageSize.error());
    const qint64 pages = qMax<qint64>(1, bytes / qMax<qint64>(1, pageSize->toLongLong()));
    return m_database->execute(QStringLiteral("PRAGMA max_page_count = %1").arg(pages));
}

Result<AssetId> Library::add(const Asset &asset)
{
    AssetId id = 0;
    const auto done = transaction([&]() -> Result<void> {
        Asset added = asset;
        added.imported = QDateTime::currentDateTimeUtc();
        QVariantList values = assetValues(added);
        values << QFileInfo(asset.path).fileName();
        if (auto ok = m_database->run(
                QStringLiteral(
                    "INSERT INTO assets(hash, path, format, width, height, bytes, modified, "
                    "captured, imported, description, keywords, palette, phash, missing, "
                    "name) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
                values);
            !ok)
            return ok;
        added.id = id = m_database->lastInsertId();
        return storeWords(added);
    });
    if (!done)
        return fail(done.error());
    return id;
}

Result<void> Library::replace(const Asset &asset)
{
    return transaction([&]() -> Result<void> {
        QVariantList values = assetValues(asset);
        values << QFileInfo(asset.path).fileName() << asset.id;
        if (auto ok = m_database->run(
                QStringLiteral("UPDATE assets SET hash=?, path=?, format=?, width=?, height=?, "
                               "bytes=?, modified=?, captured=?, imported=?, description=?, "
                               "keywords=?, palette=?, phash=?, missing=?, name=? WHERE id=?"),
                values);
            !ok)
            return ok;
        for (const char *sql :
             {"DELETE FROM words WHERE rowid = ?", "DELETE FROM asset_keywords WHERE asset = ?",
              "DELETE FROM embeddings WHERE asset = ?"})
            if (auto ok = m_database->run(QLatin1String(sql), {asset.id}); !ok)
                return ok;
        return storeWords(asset);
    });
}

Result<void> Library::storeWords(const Asset &asset)
{
    for (const QString &word : asset.keywords) {
        if (auto ok = m_database->run(
                QStringLiteral("INSERT OR IGNORE INTO keywords(word) VALUES(?)"), {word});
            !ok)
            return ok;
        if (auto ok = m_database->run(
                QStringLiteral("INSERT OR IGNORE INTO asset_keywords(asset, keyword) "
                               "SELECT ?, id FROM keywords WHERE word = ?"),
                {asset.id, word});
            !ok)
            return ok;
    }
    return m_database->run(
        QStringLiteral("INSERT INTO words(rowid, description, keywords, name) VALUES(?,?,?,?)"),
        {asset.id, indexText(asset.description),
         indexText(asset.keywords.join(QStringLiteral(", "))),
         indexText(fileNameWords(asset.path))});
}

Result<QStringList> Library::watchedFolders()
{
    auto rows = m_database->prepare(QStringLiteral("SELECT path FROM folders ORDER BY path"));
    if (!rows)
        return fail(rows.error());
    QStringList folders;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            return folders;
        folders << rows->text(0);
    }
}

Result<void> Library::watchFolder(const QString &path)
{
    if (auto allowed = writable(); !allowed)
        return allowed;
    if (!QFileInfo(path).isDir())
        return fail(ErrorCode::NotFound, path.toStdString(), "no such folder");
    return m_database->run(
        QStringLiteral("INSERT OR IGNORE INTO folders(path, added) VALUES(?,?)"),
        {QDir::cleanPath(QFileInfo(path).absoluteFilePath()), QDateTime::currentMSecsSinceEpoch()});
}

Result<void> Library::unwatchFolder(const QString &path)
{
    if (auto allowed = writable(); !allowed)
        return allowed;
    return m_database->run(QStringLiteral("DELETE FROM folders WHERE path = ?"),
                           {QDir::cleanPath(QFileInfo(path).absoluteFilePath())});
}

} // namespace moodloom::library
