// The pictures of a board file: their bytes in parts, their thumbnails.
#include "core/board/BoardFile.h"

#include <QCryptographicHash>
#include <QFile>

namespace moodloom::board {
namespace {

constexpr qint64 partBytes = 1 << 20;

} // namespace

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

Result<void> BoardFile::unembed(const QString &hash)
{
    if (auto ok =
            m_database->run(QStringLiteral("DELETE FROM picture_part WHERE hash = ?"), {hash});
        !ok)
        return ok;
    return m_database->run(QStringLiteral("UPDATE picture SET bytes = 0 WHERE hash = ?"), {hash});
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

Result<QStringList> BoardFile::linked()
{
    auto statement = m_database->prepare(QStringLiteral(
        "SELECT DISTINCT item.hash FROM item LEFT JOIN picture ON picture.hash = item.hash "
        "WHERE item.hash IS NOT NULL AND coalesce(picture.bytes, 0) = 0 ORDER BY item.z"));
    if (!statement)
        return fail(statement.error());
    QStringList hashes;
    for (;;) {
        const auto more = statement->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            break;
        hashes.append(statement->text(0));
    }
    return hashes;
}

} // namespace moodloom::board
