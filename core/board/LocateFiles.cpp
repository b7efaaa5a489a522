#include "core/board/LocateFiles.h"

#include "core/base/ContentHash.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace moodloom::board {
namespace {

QString parentOf(const QString &path)
{
    return path.left(std::max<qsizetype>(0, path.lastIndexOf(u'/')));
}

QString nameOf(const QString &path)
{
    return path.mid(path.lastIndexOf(u'/') + 1);
}

} // namespace

Result<QHash<QString, QString>> locateFiles(const LinkedFile &chosen, const QString &file,
                                            const QVector<LinkedFile> &others, std::stop_token stop)
{
    const QString now = QDir::cleanPath(QFileInfo(file).absoluteFilePath());
    if (!QFileInfo(now).isFile())
        return fail(ErrorCode::NotFound, now.toStdString(), "the picture is no longer there");
    if (!fileHasContent(now, chosen.hash))
        return fail(ErrorCode::Invalid, now.toStdString(),
                    "it is another picture, or was changed; drop it on the board instead");
    QHash<QString, QString> found{{chosen.hash, now}};
    QString from = parentOf(chosen.path), to = parentOf(now);
    while (!from.isEmpty() && !to.isEmpty() && from != to && nameOf(from) == nameOf(to)) {
        from = parentOf(from);
        to = parentOf(to);
    }
    for (const LinkedFile &other : others) {
        if (stop.stop_requested())
            return cancelled();
        if (found.contains(other.hash) || !other.path.startsWith(from + u'/') ||
            QFile::exists(other.path))
            continue;
        const QString place = to + other.path.mid(from.size());
        if (fileHasContent(place, other.hash))
            found.insert(other.hash, place);
    }
    return found;
}

} // namespace moodloom::board
