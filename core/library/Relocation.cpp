#include "core/library/Relocation.h"

#include "core/base/ContentHash.h"
#include "core/library/FileIndex.h"

#include <QDir>
#include <QFileInfo>

namespace moodloom::library {
namespace {

QString cleaned(const QString &path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

QString below(const QString &folder)
{
    return folder.endsWith(u'/') ? folder : folder + u'/';
}

struct Known
{
    AssetId id = 0;
    QString path, hash;
    FileStamp stamp;
};

Result<QVector<Known>> knownBelow(Library &library, const QString &folder)
{
    auto rows = library.database().prepare(QStringLiteral(
        "SELECT id, path, hash, modified, bytes FROM assets WHERE path >= ? AND path < ?"));
    if (!rows)
        return fail(rows.error());
    const QString start = below(folder);
    rows->bindAll({start, start.chopped(1) + u'0'}); // '0' follows '/'
    QVector<Known> known;
    for (;;) {
        const auto more = rows->step();
        if (!more)
            return fail(more.error());
        if (!*more)
            return known;
        known.append({rows->integer(0), rows->text(1), rows->text(2),
                      {rows->integer(3), rows->integer(4)}});
    }
}

} // namespace

bool isAtOrBelow(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(below(folder));
}

Result<qint64> missingBelow(Library &library, const QString &folder)
{
    const QString start = below(cleaned(folder));
    const auto count = library.database().value(
        QStringLiteral("SELECT count(*) FROM assets WHERE missing = 1 AND path >= ? AND path < ?"),
        {start, start.chopped(1) + u'0'});
    if (!count)
        return fail(count.error());
    return count->toLongLong();
}

Result<Relocated> relocateFolder(Library &library, const QString &from, const QString &to,
                                 std::stop_token stop)
{
    if (auto ok = library.writable(); !ok)
        return fail(ok.error());
    const QString old = cleaned(from), now = cleaned(to);
    if (!QFileInfo(now).isDir())
        return fail(ErrorCode::NotFound, now.toStdString(), "it is no folder");
    const auto known = knownBelow(library, old);
    if (!known)
        return fail(known.error());
    QVector<std::pair<Known, QString>> found; // and where
    QVector<FileStamp> stamps;
    for (const Known &picture : *known) {
        if (stop.stop_requested())
            return cancelled();
        const QString path = below(now) + picture.path.mid(below(old).size());
        const QFileInfo info(path);
        if (!info.isFile() || info.size() != picture.stamp.bytes)
            continue;
        const FileStamp stamp{info.lastModified().toMSecsSinceEpoch(), info.size()};
        if (stamp != picture.stamp && !fileHasContent(path, picture.hash))
            continue;
        found.append({picture, path});
        stamps.append(stamp);
    }
    if (found.isEmpty() && !known->isEmpty())
        return fail(ErrorCode::NotFound, now.toStdString(),
                    "none of the pictures of the folder that is gone lies there");

    FileIndex files(library);
    const auto done = library.transaction([&]() -> Result<void> {
        for (qsizetype i = 0; i < found.size(); ++i) {
            const auto &[picture, path] = found[i];
            if (auto ok = files.attach(path, stamps[i], picture.id); !ok)
                return ok;
            if (auto ok = library.database().run(
                    QStringLiteral("DELETE FROM files WHERE path = ?"), {picture.path});
                !ok)
                return ok;
            if (auto ok = files.relocate(picture.id, path); !ok)
                return ok;
        }
        const auto folders = library.watchedFolders();
        if (!folders)
            return fail(folders.error());
        for (const QString &folder : *folders) {
            if (!isAtOrBelow(folder, old))
                continue;
            if (auto ok = library.unwatchFolder(folder); !ok)
                return ok;
            const auto watched = library.watchFolder(now + folder.mid(old.size()));
            if (!watched && watched.error().code != ErrorCode::NotFound) // a folder in it is gone
                return watched;
        }
        return {};
    });
    if (!done)
        return fail(done.error());
    if (const auto gone = files.forgetGone(old); !gone)
        return fail(gone.error());
    return Relocated{found.size(), known->size() - found.size()};
}

} // namespace moodloom::library
