#include "core/base/Paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace moodloom {
namespace {

QString folder(QStandardPaths::StandardLocation location, const char *below)
{
    const QString home = qEnvironmentVariable("MOODLOOM_HOME");
    const QString path =
        home.isEmpty()
            ? QStandardPaths::writableLocation(location) + QStringLiteral("/moodloom")
            : home + QLatin1Char('/') + QLatin1String(below);
    QDir().mkpath(path);
    return path;
}

} // namespace

QString dataFolder()
{
    return folder(QStandardPaths::GenericDataLocation, "data");
}

QString cacheFolder()
{
    return folder(QStandardPaths::GenericCacheLocation, "cache");
}

QString builtInModelFolder()
{
    const QString wanted = qEnvironmentVariable("MOODLOOM_MODEL");
    if (!wanted.isEmpty())
        return wanted;
    const QString beside = QCoreApplication::applicationDirPath();
    for (const QString &candidate : {beside + QStringLiteral("/../share/moodloom/model"),
                                     QStringLiteral(MOODLOOM_SOURCE_MODEL)})
        if (QDir(candidate).exists())
            return QDir(candidate).canonicalPath();
    return QStringLiteral(MOODLOOM_SOURCE_MODEL);
}

QString tokenizerFolder()
{
    const QString named = qEnvironmentVariable("MOODLOOM_TOKENIZER");
    if (!named.isEmpty())
        return named;
    const QString own = dataFolder() + QStringLiteral("/tokenizer");
    return QDir(own).exists() ? own : QString();
}

} // namespace moodloom
