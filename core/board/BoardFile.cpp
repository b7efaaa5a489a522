#include "core/board/BoardFile.h"

#include "core/board/BoardRecords.h"
#include "core/board/BoardSchema.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

#include <cstdio>
#include <unistd.h>

namespace moodloom::board {
namespace {

Failure corrupt(const QString &path, const std::string &what)
{
    return fail(ErrorCode::Corrupt, path.toStdString(),
                what + "; the file was left as it is: \"moodloom board repair\" saves what can be read of it");
}

// SQLite takes a file that is cut off for a shorter database until it touches what is missing.
Result<void> checkLength(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, path.toStdString(), "no such file");
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable, path.toStdString(), file.errorString().toStdString());
    const QByteArray header = file.read(100);
    if (header.size() < 100 || !header.startsWith("SQLite format 3"))
        return corrupt(path, "it is not a Moodloom board");
    if (QFileInfo::exists(path + QStringLiteral("-wal")))
        return {}; // the rest may be in there; SQLite joins them
    const auto *bytes = reinterpret_cast<const uchar *>(header.constData());
    qint64 page = qFromBigEndian<quint16>(bytes + 16);
    if (page == 1)
        page = 65536;
    const qint64 expected = page * qFromBigEndian<quint32>(bytes + 28);
    if (file.size() < expected)
        return corrupt(path, "it ends after " + std::to_string(file.size()) + " of " +
                                 std::to_string(expected) + " bytes");
    return {};
}

// Calls `row` for each row of a query.
template <class Row> Result<void> forEach(Database &db, const char *sql, Row row)
{
    auto statement = db.prepare(QLatin1String(sql));
    if (!statement)
        return fail(statement.error());
    for (;;) {
        const auto more = statement->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            return {};
        if (Result<void> ok = row(*statement); !ok)
            return ok;
    }
}

} // namespace

Result<std::unique_ptr<BoardFile>> BoardFile::create(const QString &path)
{
    if (QFileInfo::exists(path))
        return fail(ErrorCode::Invalid, path.toStdString(), "there is a file of this name already");
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return fail(ErrorCode::Unreadable, path.toStdString(), "its folder cannot be made");
    auto database = Database::open(path);
    if (!database)
        return fail(database.error());
    Database &db = **database;
    // Freed pages go back to the disk on close; this can only be chosen while the file is empty.
    if (auto ok = db.execute(QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL; VACUUM")); !ok)
        return fail(ok.error());
    auto made = db.transaction([&]() -> Result<void> {
        if (auto ok = makeTables(db); !ok)
            return ok;
        return db.execute(QStringLiteral("PRAGMA application_id = %1").arg(applicationId));
    });
    if (!made)
        return fail(made.error());
    return std::unique_ptr<BoardFile>(new BoardFile(std::move(*database)));
}

Result<std::unique_ptr<BoardFile>> BoardFile::open(const QString &path, bool readOnly)
{
    // Looked at read-only first: a file that is damaged or of a newer version is never written to.
    if (auto ok = checkLength(path); !ok)
        return fail(ok.error());
    auto database = Database::open(path, Database::Mode::ReadOnly);
    if (!database)
        return fail(database.error());
    const auto application = (*database)->value(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return fail(application.error());
    if (application->toLongLong() != qint64(applicationId))
        return fail(ErrorCode::Unsupported, path.toStdString(),
                    "it is a database, but not a Moodloom board");
    const auto version = (*database)->schemaVersion();
    if (!version)
        return fail(version.error());
    std::unique_ptr<BoardFile> file(new BoardFile(std::move(*database)));
    file->m_version = *version;
    if (*version < 1)
        return corrupt(path, "its version is missing");
    if (*version > schemaVersion) {
        file->m_readOnly = Error{ErrorCode::NewerVersion, path.toStdString(),
                                 "its format is " + std::to_string(*version) +
                                     ", this one knows up to " + std::to_string(schemaVersion)};
        return file;
    }
    if (readOnly) // who only wants pictures does not wait for the rest to be read
        return file;
    // Everything but the pixels is read once before the first write, so that damage shows now.
    if (auto content = file->read(); !content)
        return fail(content.error());
    if (!QFileInfo(path).isWritable()) {
        file->m_readOnly = Error{ErrorCode::ReadOnly, path.toStdString(),
                                 "the file is write-protected: save a copy to change it"};
        return file;
    }
    file.reset();
    auto writable = Database::open(path);
    if (!writable)
        return fail(writable.error());
    file.reset(new BoardFile(std::move(*writable)));
    file->m_version = *version;
    return file;
}

BoardFile::~BoardFile()
{
    if (!m_closed)
        (void)close();
}

Result<Content> BoardFile::read()
{
    Content content;
    content.readOnly = m_readOnly;
    const auto damaged = [this](const Error &error) -> Result<void> {
        return corrupt(path(), "a record cannot be read: " + error.detail);
    };
    auto ok = forEach(*m_database, "SELECT data FROM item ORDER BY z, id", [&](const Statement &row) {
        const auto json = objectFrom(row.text(0));
        if (!json)
            return damaged(json.error());
        auto item = itemFromJson(*json);
        if (item && m_version < 6 && item->note())
            item->note()->acts = false; // as migrateTables() will say in the file
        if (item)
            content.items.append(std::move(*item));
        else if (!m_readOnly) // a newer version's kinds are passed over: nothing is written back
            return Result<void>(corrupt(path(), errorText(item.error())));
        return Result<void>();
    });
    if (!ok)
        return fail(ok.error());
    ok = forEach(*m_database, "SELECT data, id, frame, hash FROM take ORDER BY rowid",
                 [&](const Statement &row) {
                     const auto json = objectFrom(row.text(0));
                     if (!json)
                         return damaged(json.error());
                     FrameTake take = takeFromJson(*json);
                     take.id = row.text(1);
                     take.frame = ItemId(row.text(2));
                     take.hash = row.text(3);
                     content.takes.append(std::move(take));
                     return Result<void>();
                 });
    if (!ok)
        return fail(ok.error());
    ok = forEach(*m_database, "SELECT name, value FROM setting", [&](const Statement &row) {
        const auto value = valueFrom(row.text(1));
        if (!value)
            return damaged(value.error());
        content.settings.insert(row.text(0), *value);
        return Result<void>();
    });
    if (!ok)
        return fail(ok.error());
    content.settings.remove(historyKey);
    return content;
}

Result<void> BoardFile::write(std::span<const Commit> commits)
{
    if (isReadOnly())
        return fail(ErrorCode::ReadOnly, path().toStdString(), "the board is open read-only");
    // Only the last state of each thing is written: a drag's hundred moves cost one row.
    QHash<ItemId, const std::optional<Item> *> items;
    QHash<QString, const std::optional<FrameTake> *> takes;
    std::vector<QString> takeOrder; // of first mention: rows keep the order of making
    QHash<QString, QJsonValue> settings;
    for (const Commit &commit : commits) {
        for (const auto &[id, item] : commit.items)
            items[id] = &item;
        for (const auto &[id, take] : commit.takes) {
            if (!takes.contains(id))
                takeOrder.push_back(id);
            takes[id] = &take;
        }
        settings.insert(commit.settings);
        if (commit.position)
            settings.insert(historyKey, *commit.position);
    }
    Database &db = *m_database;
    auto done = db.transaction([&]() -> Result<void> {
        if (m_version < schemaVersion)
            if (auto migrated = migrateTables(db, m_version); !migrated)
                return migrated;
        for (const Commit &commit : commits)
            for (const StoredPicture &picture : commit.pictures)
                if (auto ok = writePicture(picture); !ok)
                    return ok;
        for (const Commit &commit : commits)
            for (const QString &hash : commit.unembedded)
                if (auto ok = unembed(hash); !ok)
                    return ok;
        for (auto it = items.cbegin(); it != items.cend(); ++it)
            if (auto ok = writeItem(it.key(), *it.value()); !ok)
                return ok;
        for (const QString &id : takeOrder)
            if (auto ok = writeTake(id, *takes[id]); !ok)
                return ok;
        if (auto ok = writeHistory(commits); !ok)
            return ok;
        for (auto it = settings.begin(); it != settings.end(); ++it)
            if (auto ok = db.run(QStringLiteral("INSERT OR REPLACE INTO setting VALUES(?,?)"),
                                 {it.key(), valueText(it.value())});
                !ok)
                return ok;
        return {};
    });
    if (done)
        m_version = schemaVersion;
    return done;
}

Result<void> BoardFile::writeItem(const ItemId &id, const std::optional<Item> &item)
{
    const QString key = id.toString(QUuid::WithoutBraces);
    if (!item)
        return m_database->run(QStringLiteral("DELETE FROM item WHERE id = ?"), {key});
    const QJsonObject json = toJson(*item);
    return m_database->run(
        QStringLiteral("INSERT OR REPLACE INTO item VALUES(?,?,?,?,?)"),
        {key, json[QStringLiteral("kind")].toString(), item->z,
         item->picture() ? QVariant(item->picture()->hash) : QVariant(), jsonText(json)});
}

Result<void> BoardFile::writeTake(const QString &id, const std::optional<FrameTake> &take)
{
    if (!take)
        return m_database->run(QStringLiteral("DELETE FROM take WHERE id = ?"), {id});
    return m_database->run(
        QStringLiteral("INSERT INTO take(id, frame, hash, data) VALUES(?,?,?,?) ON CONFLICT(id) DO UPDATE "
                       "SET frame = excluded.frame, hash = excluded.hash, data = excluded.data"),
        {id, take->frame.toString(QUuid::WithoutBraces), take->hash, jsonText(takeJson(*take))});
}

Result<qint64> BoardFile::compact()
{
    if (isReadOnly())
        return fail(ErrorCode::ReadOnly, path().toStdString(), "the board is open read-only");
    const auto onDisk = [this] {
        return QFileInfo(path()).size() + QFileInfo(path() + QStringLiteral("-wal")).size();
    };
    const qint64 before = onDisk();
    if (auto ok = m_database->execute(QStringLiteral("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")); !ok)
        return fail(ok.error());
    return before - onDisk();
}

Result<void> BoardFile::copyTo(const QString &path)
{
    // Written beside the goal and renamed, so that an existing board stays whole until the end.
    const QString beside = path + QStringLiteral(".part");
    QFile::remove(beside);
    if (auto ok = m_database->run(QStringLiteral("VACUUM INTO ?"), {beside}); !ok) {
        QFile::remove(beside);
        return ok;
    }
    QFile copy(beside);
    const bool flushed = copy.open(QIODevice::ReadWrite) && ::fsync(copy.handle()) == 0;
    copy.close();
    if (!flushed) {
        QFile::remove(beside);
        return fail(ErrorCode::DiskFull, path.toStdString(), "the copy could not be flushed to the disk");
    }
    QFile::remove(path + QStringLiteral("-wal"));
    QFile::remove(path + QStringLiteral("-shm"));
    if (::rename(QFile::encodeName(beside).constData(), QFile::encodeName(path).constData()) != 0) {
        QFile::remove(beside);
        return fail(ErrorCode::Unreadable, path.toStdString(), "it cannot be replaced");
    }
    return {};
}

Result<void> BoardFile::close()
{
    if (m_closed || isReadOnly()) {
        m_closed = true;
        return {};
    }
    m_closed = true;
    Database &db = *m_database;
    // What an undone step would bring back stays, too.
    const QString undoable =
        m_version >= 7 ? QStringLiteral("UNION SELECT hash FROM history_picture ") : QString();
    auto ok = db.transaction([&] {
        return db.execute(
            QStringLiteral(
                "DELETE FROM picture WHERE hash NOT IN (SELECT hash FROM item WHERE hash IS NOT "
                "NULL "
                "UNION SELECT hash FROM take %1"
                "UNION SELECT part.value FROM item, json_tree(item.data, '$.frame') AS part "
                "WHERE item.kind = 'frame' AND part.key = 'hash' AND part.value IS NOT NULL)")
                .arg(undoable));
    });
    if (ok)
        ok = db.execute(QStringLiteral("PRAGMA incremental_vacuum"));
    // Leaving WAL mode checkpoints and removes the files beside it.
    if (auto single = db.execute(QStringLiteral("PRAGMA journal_mode = DELETE")); !single)
        return single;
    return ok;
}

} // namespace moodloom::board
