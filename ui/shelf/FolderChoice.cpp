#include "ui/shelf/FolderChoice.h"

#include "core/session/ShelfService.h"

#include <QDir>
#include <QSettings>

#include <algorithm>

namespace moodloom::ui {

static const auto kOwnKey = QStringLiteral("shelf/folders");
static const auto kLeftOutKey = QStringLiteral("shelf/leftOut");

FolderChoice::FolderChoice(session::ShelfService *shelf)
    : m_shelf(shelf), m_own(QSettings().value(kOwnKey).toStringList()),
      m_leftOut(QSettings().value(kLeftOutKey).toStringList())
{
}

void FolderChoice::watch()
{
    m_shelf->setFolders(m_own, m_leftOut);
}

void FolderChoice::keep()
{
    QSettings().setValue(kOwnKey, m_own);
    QSettings().setValue(kLeftOutKey, m_leftOut);
    watch();
}

void FolderChoice::add(const QStringList &folders)
{
    bool changed = false;
    for (const QString &folder : folders) {
        const QString path = QDir::cleanPath(folder);
        if (m_leftOut.removeAll(path) == 0) {
            if (m_own.contains(path))
                continue;
            m_own.append(path);
        }
        changed = true;
    }
    if (changed)
        keep();
}

void FolderChoice::remove(const QString &path)
{
    if (m_own.removeAll(path) == 0 && !m_leftOut.contains(path))
        m_leftOut.append(path);
    keep();
}

// The watch may be slower than whoever waits for the model, and the folder may be new.
void FolderChoice::look(const QString &folder)
{
    const auto &places = m_shelf->places();
    const auto holds = [&folder](const QString &path) {
        return (folder + QLatin1Char('/')).startsWith(path + QLatin1Char('/'));
    };
    const bool looked =
        std::any_of(places.cbegin(), places.cend(), [&](const session::ShelfPlace &place) {
            return std::any_of(place.looksIn.cbegin(), place.looksIn.cend(), holds);
        });
    if (looked)
        m_shelf->rescan();
    else
        add({folder});
}

} // namespace moodloom::ui
