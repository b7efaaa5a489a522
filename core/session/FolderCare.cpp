#include "core/session/FolderCare.h"

#include <QDir>
#include <QFileInfo>

namespace moodloom::session {

FolderCare::FolderCare(QString libraryFolder, QObject *parent)
    : QObject(parent), m_library(std::move(libraryFolder))
{
}

void FolderCare::setFolders(const QStringList &folders)
{
    if (folders == m_paths)
        return;
    m_paths = folders;
    look();
}

void FolderCare::look()
{
    if (m_looking) {
        m_again = true;
        return;
    }
    m_looking = true;
    m_again = false;
    const auto job = [folders = m_paths, place = m_library](
                         std::stop_token stop) -> Result<QVector<LibraryFolder>> {
        QVector<LibraryFolder> seen;
        const auto library = library::Library::open(place, library::Library::Mode::ReadOnly);
        for (const QString &path : folders) {
            if (stop.stop_requested())
                return cancelled();
            LibraryFolder folder{path, !QFileInfo(path).isDir(), 0};
            if (library)
                folder.missing = library::missingBelow(**library, path).value_or(0);
            if (!folder.away && folder.missing > 0)
                folder.away = QDir(path).isEmpty();
            seen.append(folder);
        }
        return seen;
    };
    m_worker.run(job).then(this, [this](const Result<QVector<LibraryFolder>> &seen) {
        m_looking = false;
        if (m_again)
            look();
        if (!seen || *seen == m_folders)
            return;
        QStringList moved;
        for (const LibraryFolder &folder : *seen)
            for (const LibraryFolder &before : std::as_const(m_folders))
                if (before.path == folder.path && before.away != folder.away)
                    moved.append(folder.path);
        m_folders = *seen;
        Q_EMIT changed();
        if (!moved.isEmpty())
            Q_EMIT cameOrWent(moved);
    });
}

QFuture<Result<library::Relocated>> FolderCare::relocate(const QString &from, const QString &to)
{
    const auto job = [from, to, place = m_library](
                         std::stop_token stop) -> Result<library::Relocated> {
        const auto library = library::Library::open(place);
        if (!library)
            return fail(library.error());
        return library::relocateFolder(**library, from, to, stop);
    };
    return m_worker.run(job);
}

} // namespace moodloom::session
