// One writer for one board file, across windows and processes.
#pragma once

#include <QLockFile>
#include <QString>

#include <memory>

namespace moodloom::board {

// The (not yet taken) lock of a board file. It lives in the cache folder: a board is one file, with
// nothing beside it. Stale only when its process is gone.
std::unique_ptr<QLockFile> boardLock(const QString &path);

} // namespace moodloom::board
