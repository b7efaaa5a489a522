#include "core/board/BoardFile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <cstdio>
#include <unistd.h>

namespace moodloom::board {
namespace {

constexpr qint64 partBytes = 1 << 20;

const char *const schema = R"(
CREATE TABLE item(id TEXT PRIMARY KEY, kind TEXT NOT NULL, z INTEGER NOT NULL, hash TEXT,
                  data TEXT NOT NULL);
CREATE TABLE take(id TEXT PRIMARY KEY, frame TEXT NOT NULL, hash TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE picture(hash TEXT PRIMARY KEY, width INTEGER NOT NULL, height INTEGER NOT NULL,
                     media TEXT NOT NULL, bytes INTEGER NOT NULL, thumbnail BLOB);
CREATE TABLE picture_part(hash TEXT NOT NULL REFERENCES picture(hash) ON DELETE CASCADE,
                          part INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE(hash, part));
)";

QString jsonText(const QJsonObject &json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

// Settings may be any JSON value; a document must be an object or an array.
QString valueText(const QJsonValue &value)
{
    return QString::fromUtf8(
        QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

Failure corrupt(const QString &path, const std::string &what)
{
    return fail(ErrorCode::Corrupt, path.toStdString(),
                what + "; the file was left as it is: restore a copy of it");
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

QJsonObject takeJson(const FrameTake &take)
{
    return {{QStringLiteral("recipe"), take.recipe},
            {QStringLiteral("width"), take.size.width()},
            {QStringLiteral("height"), take.size.height()},
            {QStringLiteral("made"), take.made.toUTC().toString(Qt::ISODateWithMs)},
            {QStringLiteral("seconds"), take.seconds},
            {QStringLiteral("starred"), take.starred}};
}

FrameTake takeFromJson(const QJsonObject &json)
{
    FrameTake take;
    take.recipe = json[QStringLiteral("recipe")].toObject();
    take.size = {json[QStringLiteral("width")].toInt(), json[QStringLiteral("height")].toInt()};
    take.made = QDateTime::fromString(json[QStringLiteral("made")].toString(), Qt::ISODateWithMs);
    take.seconds = json[QStringLiteral("seconds")].toDouble();
    take.starred = json[QStringLiteral("starred")].toBool();
    return take;
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
        if (auto ok = db.execute(QLatin1String(schema)); !ok)
            return ok;
        if (auto ok = db.execute(QStringLiteral("PRAGMA application_id = %1").arg(applicationId)); !ok)
            return ok;
        return db.setSchemaVersion(schemaVersion);
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
    if (*version > schemaVersion) {
        file->m_readOnly = Error{ErrorCode::NewerVersion, path.toStdString(),
                                 "made by a newer Moodloom (format " + std::to_string(*version) +
                                     ", this one knows up to " + std::to_string(schemaVersion) +
                                     "): it can be looked at; to change it, update Moodloom"};
        return file;
    }
    // Everything but the pixels is read once before the first write, so that damage shows now.
    if (auto content = file->read(); !content)
        return fail(content.error());
    if (readOnly)
        return file;
    if (!QFileInfo(path).isWritable()) {
        file->m_readOnly = Error{ErrorCode::ReadOnly, path.toStdString(),
                                 "the file is write-protected: save a copy to change it"};
        return file;
    }
    file.reset();
    auto writable = Database::open(path);
    if (!writable)
        return fail(writable.error());
    return std::unique_ptr<BoardFile>(new BoardFile(std::move(*writable)));
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
    const auto parse = [this](const Statement &row, int column, QJsonDocument *json) -> Result<void> {
        QJsonParseError problem;
        *json = QJsonDocument::fromJson(row.text(column).toUtf8(), &problem);
        if (problem.error != QJsonParseError::NoError)
            return corrupt(path(), "a record cannot be read: " + problem.errorString().toStdString());
        return {};
    };
    QJsonDocument json;
    auto ok = forEach(*m_database, "SELECT data FROM item ORDER BY z, id", [&](const Statement &row) {
        if (auto parsed = parse(row, 0, &json); !parsed)
            return parsed;
        auto item = itemFromJson(json.object());
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
                     if (auto parsed = parse(row, 0, &json); !parsed)
                         return parsed;
                     FrameTake take = takeFromJson(json.object());
                     take.id = row.text(1);
                     take.frame = ItemId(row.text(2));
                     take.hash = row.text(3);
                     content.takes.append(std::move(take));
                     return Result<void>();
                 });
    if (!ok)
        return fail(ok.error());
    ok = forEach(*m_database, "SELECT name, value FROM setting", [&](const Statement &row) {
        if (auto parsed = parse(row, 1, &json); !parsed)
            return parsed;
        content.settings.insert(row.text(0), json.array().at(0));
        return Result<void>();
    });
    if (!ok)
        return fail(ok.error());
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
    }
    Database &db = *m_database;
    return db.transaction([&]() -> Result<void> {
        for (const Commit &commit : commits)
            for (const StoredPicture &picture : commit.pictures)
                if (auto ok = writePicture(picture); !ok)
                    return ok;
        for (auto it = items.cbegin(); it != items.cend(); ++it)
            if (auto ok = writeItem(it.key(), *it.value()); !ok)
                return ok;
        for (const QString &id : takeOrder)
            if (auto ok = writeTake(id, *takes[id]); !ok)
                return ok;
        for (auto it = settings.begin(); it != settings.end(); ++it)
            if (auto ok = db.run(QStringLiteral("INSERT OR REPLACE INTO setting VALUES(?,?)"),
                                 {it.key(), valueText(it.value())});
                !ok)
                return ok;
        return {};
    });
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

Result<void> BoardFile::writePicture(const StoredPicture &picture)
{
    Database &db = *m_database;
    if (isEmbedded(picture.hash))
        return {};
    if (auto ok = db.run(QStringLiteral("INSERT INTO picture VALUES(?,?,?,?,0,?) ON CONFLICT(hash) DO UPDATE SET "
                                        "thumbnail = coalesce(excluded.thumbnail, thumbnail)"),
                         {picture.hash, picture.size.width(), picture.size.height(), picture.media,
                          picture.thumbnail.isEmpty() ? QVariant() : QVariant(picture.thumbnail)});
        !ok)
        return ok;
    if (!picture.embed)
        return {};
    // In a savepoint: when the file has gone or changed since, the picture stays linked.
    auto embedded = db.transaction([&]() -> Result<void> {
        const auto bytes = streamIn(picture);
        if (!bytes)
            return fail(bytes.error());
        return db.run(QStringLiteral("UPDATE picture SET bytes = ? WHERE hash = ?"),
                      {*bytes, picture.hash});
    });
    if (!embedded && embedded.error().code == ErrorCode::NotFound)
        return {};
    return embedded;
}

Result<qint64> BoardFile::streamIn(const StoredPicture &picture)
{
    const QString insert = QStringLiteral("INSERT INTO picture_part VALUES(?,?,?)");
    qint64 total = 0;
    int part = 0;
    if (!picture.bytes.isEmpty()) {
        for (; total < picture.bytes.size(); total += partBytes)
            if (auto ok = m_database->run(insert, {picture.hash, part++, picture.bytes.mid(total, partBytes)});
                !ok)
                return fail(ok.error());
        return picture.bytes.size();
    }
    QFile file(picture.path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NotFound, picture.path.toStdString(), file.errorString().toStdString());
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    while (!file.atEnd()) {
        const QByteArray bytes = file.read(partBytes);
        if (bytes.isEmpty())
            return fail(ErrorCode::NotFound, picture.path.toStdString(), "it cannot be read to its end");
        hash.addData(bytes);
        total += bytes.size();
        if (auto ok = m_database->run(insert, {picture.hash, part++, bytes}); !ok)
            return fail(ok.error());
    }
    if (QString::fromLatin1(hash.result().toHex()) != picture.hash)
        return fail(ErrorCode::NotFound, picture.path.toStdString(), "it has changed since");
    return total;
}

bool BoardFile::isEmbedded(const QString &hash)
{
    const auto bytes = m_database->value(QStringLiteral("SELECT bytes FROM picture WHERE hash = ?"), {hash});
    return bytes && bytes->toLongLong() > 0;
}

Result<QByteArray> BoardFile::pictureBytes(const QString &hash, std::stop_token stop)
{
    const auto size = m_database->value(QStringLiteral("SELECT bytes FROM picture WHERE hash = ?"), {hash});
    if (!size)
        return fail(size.error());
    if (size->toLongLong() <= 0)
        return fail(ErrorCode::NotFound, hash.toStdString(), "the board holds no copy of this picture");
    QByteArray bytes;
    bytes.reserve(size->toLongLong());
    auto statement = m_database->prepare(
        QStringLiteral("SELECT data FROM picture_part WHERE hash = ? ORDER BY part"));
    if (!statement)
        return fail(statement.error());
    statement->bindAll({hash});
    for (;;) {
        if (stop.stop_requested())
            return cancelled();
        const auto more = statement->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            break;
        bytes.append(statement->blob(0));
    }
    if (bytes.size() != size->toLongLong())
        return fail(ErrorCode::Corrupt, hash.toStdString(),
                    "the board holds " + std::to_string(bytes.size()) + " of its " +
                        std::to_string(size->toLongLong()) + " bytes");
    return bytes;
}

Result<QByteArray> BoardFile::thumbnail(const QString &hash)
{
    const auto bytes =
        m_database->value(QStringLiteral("SELECT thumbnail FROM picture WHERE hash = ?"), {hash});
    if (!bytes)
        return fail(bytes.error());
    if (bytes->toByteArray().isEmpty())
        return fail(ErrorCode::NotFound, hash.toStdString(), "no thumbnail yet");
    return bytes->toByteArray();
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
    auto ok = db.transaction([&] {
        return db.execute(QStringLiteral(
            "DELETE FROM picture WHERE hash NOT IN (SELECT hash FROM item WHERE hash IS NOT NULL "
            "UNION SELECT hash FROM take)"));
    });
    if (ok)
        ok = db.execute(QStringLiteral("PRAGMA incremental_vacuum"));
    // Leaving WAL mode checkpoints and removes the files beside it.
    if (auto single = db.execute(QStringLiteral("PRAGMA journal_mode = DELETE")); !single)
        return single;
    return ok;
}

} // namespace moodloom::board
