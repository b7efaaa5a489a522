#include "ui/shell/Preferences.h"

#include "core/base/Machine.h"
#include "core/base/Paths.h"
#include "core/prompt/Wildcards.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSettings>

#include <algorithm>

namespace moodloom::ui {

static const auto libraryKey = QStringLiteral("library/folder");
static const auto modelKey = QStringLiteral("model/folder");
static const auto encoderKey = QStringLiteral("library/encoder");
static const auto boardKey = QStringLiteral("board/last");
static const auto boardsKey = QStringLiteral("board/open");
static const auto materialKey = QStringLiteral("painting/material");
static const auto wildcardKey = QStringLiteral("prompt/wildcards");
static const auto threadsKey = QStringLiteral("machine/threads");

Preferences::Preferences(QObject *parent)
    : QObject(parent), m_libraryAtStart(libraryFolder()), m_modelAtStart(modelFolder()),
      m_encoderAtStart(encoderFolder()), m_threadsAtStart(threads())
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

QString Preferences::encoderFolder()
{
    return QSettings().value(encoderKey).toString();
}

QString Preferences::wildcardFolder()
{
    return QSettings().value(wildcardKey).toString();
}

int Preferences::threads()
{
    return std::clamp(QSettings().value(threadsKey, 0).toInt(), 0, 256);
}

QStringList Preferences::openBoards()
{
    return QSettings().value(boardsKey).toStringList();
}

QString Preferences::shownBoard()
{
    return QSettings().value(boardKey).toString();
}

void Preferences::setOpenBoards(const QStringList &paths, const QString &shown)
{
    QSettings settings;
    settings.setValue(boardsKey, paths);
    settings.setValue(boardKey, shown);
}

generation::PaintSettings Preferences::withMaterial(generation::PaintSettings settings)
{
    // Kept in the form of a recipe, which says how each of these is written.
    const QByteArray text = QSettings().value(materialKey).toByteArray();
    const auto kept = generation::recipeFromJson(QJsonDocument::fromJson(text).object());
    if (!kept)
        return settings;
    settings.model = kept->model;
    settings.loras = kept->loras;
    settings.adapters = kept->adapters;
    settings.imageEncoder = kept->imageEncoder;
    settings.size = kept->size;
    return settings;
}

void Preferences::setMaterial(const generation::PaintSettings &settings)
{
    generation::Recipe recipe;
    recipe.model = settings.model;
    recipe.loras = settings.loras;
    recipe.adapters = settings.adapters;
    recipe.imageEncoder = settings.imageEncoder;
    recipe.size = settings.size;
    const QByteArray text =
        QJsonDocument(generation::toJson(recipe)).toJson(QJsonDocument::Compact);
    if (text != QSettings().value(materialKey).toByteArray())
        QSettings().setValue(materialKey, text);
}

QString Preferences::libraryFolderShown() const
{
    return QDir::toNativeSeparators(
        libraryFolder().isEmpty() ? dataFolder() + QStringLiteral("/library") : libraryFolder());
}

QString Preferences::wildcardFolderShown() const
{
    return QDir::toNativeSeparators(wildcardFolder().isEmpty() ? prompt::defaultWildcardFolder()
                                                               : wildcardFolder());
}

int Preferences::cores() const
{
    return computeThreads();
}

bool Preferences::isRestartNeeded() const
{
    return libraryFolder() != m_libraryAtStart || modelFolder() != m_modelAtStart ||
           encoderFolder() != m_encoderAtStart || threads() != m_threadsAtStart;
}

void Preferences::setLibraryFolder(const QUrl &folder)
{
    QSettings().setValue(libraryKey, folder.toLocalFile());
    Q_EMIT changed();
}

void Preferences::setModelFolder(const QUrl &folder)
{
    QSettings().setValue(modelKey, folder.toLocalFile());
    QSettings().remove(materialKey); // what paints begins with it, too
    Q_EMIT changed();
}

void Preferences::setEncoderFolder(const QUrl &folder)
{
    QSettings().setValue(encoderKey, folder.toLocalFile());
    Q_EMIT changed();
}

void Preferences::setWildcardFolder(const QUrl &folder)
{
    QSettings().setValue(wildcardKey, folder.toLocalFile());
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
