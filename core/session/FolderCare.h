// Whether the library's folders are there: an unplugged drive is no reason to lose pictures, but one to
// say so.
//
// QObject of the UI thread, which never touches the folders: a worker of its own looks, because a
// network drive that went away may let it wait for minutes.
#pragma once

#include "core/base/Worker.h"
#include "core/library/Relocation.h"

#include <QFuture>
#include <QObject>
#include <QStringList>
#include <QVector>

namespace moodloom::session {

struct LibraryFolder
{
    QString path;
    bool away = false;  // not there, or an empty place where a drive was
    qint64 missing = 0; // pictures of it whose files are out of reach
    bool operator==(const LibraryFolder &) const = default;
};

class FolderCare : public QObject
{
    Q_OBJECT
public:
    explicit FolderCare(QString libraryFolder, QObject *parent = nullptr);

    const QVector<LibraryFolder> &folders() const { return m_folders; } // as of the last look
    void setFolders(const QStringList &folders);
    void look(); // changed() follows when something did
    // See library::relocateFolder.
    QFuture<Result<library::Relocated>> relocate(const QString &from, const QString &to);

Q_SIGNALS:
    void changed();
    void cameOrWent(const QStringList &folders); // since the last look

private:
    QString m_library;
    QStringList m_paths;
    QVector<LibraryFolder> m_folders;
    bool m_looking = false, m_again = false;
    Worker m_worker{QStringLiteral("folders")}; // last: it ends before what its answers go to
};

} // namespace moodloom::session
