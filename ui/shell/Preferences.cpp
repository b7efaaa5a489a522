#include "ui/shell/Preferences.h"

#include "core/base/Machine.h"
#include "core/base/Paths.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace moodloom::ui {

static const auto libraryKey = QStringLiteral("library/folder");
static const auto modelKey = QStringLiteral("model/folder");
static const auto boardKey = QStringLiteral("board/last");
static const auto threadsKey = QStringLiteral("machine/threads");

Preferences::Preferences(QObject *parent)
    : QObject(parent), m_libraryAtStart(libraryFolder()), m_modelAtStart(modelFolder()),
      m_threadsAtStart(threads())
{
}

QString Preferences::libraryFolder()
{
    return QSettings().value(libraryKey).toString();
}

QString Preferences::modelFolder()
{
    return QSettings().value(modelKey).toString();
}

int Preferences::threads()
{
    return std::clamp(QSettings().value(threadsKey, 0).toInt(), 0, 256);
}

QString Preferences::lastBoard()
{
    const QString path = QSettings().value(boardKey).toString();
    return QFileInfo::exists(path) ? path : QString();
}

void Preferences::setLastBoard(const QString &path)
{
    QSettings().setValue(boardKey, path);
}

QString Preferences::libraryFolderShown() const
{
    return QDir::toNativeSeparators(
        libraryFolder().isEmpty() ? dataFolder() + QStringLiteral("/library") : libraryFolder());
}

int Preferences::cores() const
{
    return computeThreads();
}

bool Preferences::isRestartNeeded() const
{
    return libraryFolder() != m_libraryAtStart || modelFolder() != m_modelAtStart ||
           threads() != m_threadsAtStart;
}

void Preferences::setLibraryFolder(const QUrl &folder)
{
    QSettings().setValue(libraryKey, folder.toLocalFile());
    Q_EMIT changed();
}

void Preferences::setModelFolder(const QUrl &folder)
{
    QSettings().setValue(modelKey, folder.toLocalFile());
    Q_EMIT changed();
}

void Preferences::setThreads(int threads)
{
    if (threads == Preferences::threads())
        return;
    QSettings().setValue(threadsKey, std::clamp(threads, 0, 256));
    Q_EMIT changed();
}

} // namespace moodloom::ui
