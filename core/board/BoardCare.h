// Looking a board file over, and saving what can be read of a damaged one.
//
// Pure functions over files that only ever read the board they are asked about. They read every
// picture: never call them on the UI thread.
#pragma once

#include "core/base/Result.h"

#include <QString>
#include <QStringList>

#include <stop_token>

namespace moodloom::board {

struct BoardHealth
{
    int items = 0, takes = 0, pictures = 0; // that are whole
    int linked = 0;                         // pictures of which the file holds no copy
    // What is not as it should be.
    bool damagedPages = false;              // SQLite's own check found something
    int lostRecords = 0;                    // items, takes and settings that cannot be read
    int strayTakes = 0;                     // of frames that are not there
    QStringList damagedPictures;            // by hash: bytes missing or altered
    QStringList missingFiles;               // of linked pictures: gone or changed since
    bool isWhole() const
    {
        return !damagedPages && lostRecords == 0 && strayTakes == 0 && damagedPictures.isEmpty();
    }
};

// Reads every record and every picture, and compares the pictures with their hashes.
// Errors: NotFound, Unreadable, Unsupported (no board), Cancelled; Corrupt only when nothing at all
// can be read.
Result<BoardHealth> checkBoard(const QString &path, std::stop_token stop = {});

// Writes what can be read of `path` to a new board at `goal`. A picture whose bytes are damaged is
// taken from the file it came from when that is unchanged, else it stays as its thumbnail. The
// health is that of `path`. Errors: as checkBoard(); Invalid (there is a file at `goal`), DiskFull.
Result<BoardHealth> repairBoard(const QString &path, const QString &goal, std::stop_token stop = {});

} // namespace moodloom::board
