// What an import is asked for, how far it is and what came of it. Plain values.
#pragma once

#include "core/base/Error.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace moodloom::library {

enum class ImportKind {
    OnPurpose, // the user asked for these files: pictures once taken out come back
    Rescan     // a look at watched folders: also finds what is gone, respects what was taken out
};

struct ImportRequest
{
    QStringList paths; // files and folders
    ImportKind kind = ImportKind::OnPurpose;
};

struct ImportCounts
{
    qint64 found = 0; // picture files seen by the scan so far
    qint64 done = 0;  // of them, dealt with: the sum of the following six
    qint64 added = 0;
    qint64 updated = 0;    // changed in place
    qint64 moved = 0;      // found at another path than before
    qint64 duplicates = 0; // another file with the same bytes
    qint64 unchanged = 0;  // imported before, or taken out by the user
    qint64 failed = 0;     // see Library::failures()
    qint64 ignored = 0;    // other files in the folders
    qint64 missing = 0;    // pictures whose file is gone (Rescan)
    qint64 embedded = 0;   // pictures that were given an embedding
};

enum class ImportPhase { Importing, Embedding };

struct ImportProgress
{
    ImportPhase phase = ImportPhase::Importing;
    ImportCounts counts;
    qint64 toEmbed = 0;   // in the second phase
    bool scanning = true; // `found` still grows
    bool paused = false;
    double perSecond = 0;    // pictures, pauses not counted
    double secondsLeft = -1; // -1 = unknown
    QString currentFile;     // the one last dealt with
};

struct ImportReport
{
    ImportCounts counts;
    double seconds = 0; // pauses not counted
    // Cancelled, DiskFull, ...: the import ended early; what was done until then is kept.
    std::optional<Error> stoppedBy;
};

} // namespace moodloom::library
