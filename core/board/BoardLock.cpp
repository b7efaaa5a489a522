#include "core/board/BoardLock.h"

#include "core/base/Paths.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

namespace moodloom::board {

std::unique_ptr<QLockFile> boardLock(const QString &path)
{
    const QString folder = cacheFolder() + QStringLiteral("/locks");
    QDir().mkpath(folder);
    // The folder resolved, not the file: it may not exist yet.
    const QFileInfo info(path);
    const QString canonical = QFileInfo(info.absolutePath()).canonicalFilePath() + QLatin1Char('/') +
                              info.fileName();
    const QByteArray name =
        QCryptographicHash::hash(canonical.toUtf8(), QCryptographicHash::Blake2b_160).toHex();
    auto lock = std::make_unique<QLockFile>(folder + QLatin1Char('/') + QString::fromLatin1(name));
    lock->setStaleLockTime(0);
    return lock;
}

} // namespace moodloom::board
