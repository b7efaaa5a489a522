// Which folders are looked in for models: those of other programs, without the ones that the user
// left out, and the user's own.
//
// UI thread; borrows the service, which outlives it. Kept in QSettings.
#pragma once

#include <QStringList>

namespace moodloom::session {
class ShelfService;
}

namespace moodloom::ui {

class FolderChoice
{
public:
    explicit FolderChoice(session::ShelfService *shelf);

    void watch(); // as they were kept; once, at the start
    void add(const QStringList &folders);
    void remove(const QString &path); // from the shelf, not the disk
    // Something came into this folder: it is looked at now, and is a place from now on.
    void look(const QString &folder);

private:
    void keep();

    session::ShelfService *m_shelf;
    QStringList m_own, m_leftOut;
};

} // namespace moodloom::ui
