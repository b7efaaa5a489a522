#include "core/download/Staging.h"

#include "core/download/PartFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <algorithm>

namespace moodloom::download {

QString stagingFolder(const Plan &plan, const QString &folder)
{
    QString name = plan.folder.isEmpty() ? QStringLiteral("files") : plan.folder;
    return folder + QStringLiteral("/.moodloom-download/") +
           name.replace(QLatin1Char('/'), QLatin1String("--"));
}

QString placeOf(const Plan &plan, const QString &folder, const QString &path)
{
    const QString below = plan.folder.isEmpty() ? QString() : plan.folder + QLatin1Char('/');
    return folder + QLatin1Char('/') + below + path;
}

void discardStaged(const Plan &plan, const QString &folder)
{
    const QDir staging(stagingFolder(plan, folder));
    for (const PlannedFile &file : plan.files)
        for (const char *suffix : {"", ".part", ".part.json"})
            QFile::remove(staging.filePath(file.path + QLatin1String(suffix)));
    for (const PlannedFile &file : plan.files)
        if (const QString below = QFileInfo(file.path).path(); below != QLatin1String("."))
            staging.rmpath(below); // what is empty
    QDir(folder).rmpath(QStringLiteral(".moodloom-download/") + staging.dirName());
}

qint64 stagedBytes(const Plan &plan, const QString &folder)
{
    const QString staging = stagingFolder(plan, folder) + QLatin1Char('/');
    qint64 sum = 0;
    for (const PlannedFile &file : plan.files)
        sum += std::max(partSize(staging + file.path), QFileInfo(staging + file.path).size());
    return sum;
}

qint64 freeBytesBelow(const QString &folder)
{
    QString there = QDir::cleanPath(folder);
    while (!QFileInfo::exists(there) && there.contains(QLatin1Char('/')))
        there = there.section(QLatin1Char('/'), 0, -2);
    const QStorageInfo disk(there.isEmpty() ? QStringLiteral("/") : there);
    return disk.isValid() ? disk.bytesAvailable() : -1;
}

} // namespace moodloom::download
