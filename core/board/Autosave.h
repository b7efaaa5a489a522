// Boards without a name yet live here, saved like any other; what a crash left is found again.
#pragma once

#include <QString>
#include <QStringList>

namespace moodloom::board {

// Below the data folder; made on demand.
QString autosaveFolder();
QString newAutosavePath();
bool isAutosave(const QString &path);
// Untitled boards that no running Moodloom has open, newest first.
QStringList recoverableBoards();

} // namespace moodloom::board
