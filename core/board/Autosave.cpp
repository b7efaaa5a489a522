#include "core/board/Autosave.h"

#include "core/base/Paths.h"
#include "core/board/BoardLock.h"

#include <QDir>
#include <QUuid>

namespace moodloom::board {

QString autosaveFolder()
{
    const QString folder = dataFolder() + QStringLiteral("/autosave");
    QDir().mkpath(folder);
    return folder;
}

QString newAutosavePath()
{
    return autosaveFolder() + QLatin1Char('/') + QUuid::createUuid().toString(QUuid::WithoutBraces) +
           QStringLiteral(".moodloom");
}

bool isAutosave(const QString &path)
{
    return QFileInfo(path).absolutePath() == QFileInfo(autosaveFolder()).absoluteFilePath();
}

QStringList recoverableBoards()
{
    QStringList boards;
    const auto files = QDir(autosaveFolder())
                           .entryInfoList({QStringLiteral("*.moodloom")}, QDir::Files, QDir::Time);
    for (const QFileInfo &file : files)
        if (boardLock(file.absoluteFilePath())->tryLock()) // released at once
            boards.append(file.absoluteFilePath());
    return boards;
}

} // namespace moodloom::board
