// What was found out about files before, so that only new and changed ones are inspected: a cache.
//
// Not thread-safe: belongs to one scan.
#pragma once

#include "core/base/Result.h"
#include "core/shelf/ShelfEntry.h"
#include "core/shelf/ShelfWalk.h"

#include <QHash>

namespace moodloom::shelf {

class ShelfMemory
{
public:
    // `file` may be missing, damaged or of another version: then nothing is remembered. Empty: never
    // anything.
    explicit ShelfMemory(QString file);

    // What is known of it, if its size and date are still the same.
    std::optional<ShelfEntry> recall(const Candidate &candidate) const;
    void keep(const ShelfEntry &entry);
    // Writes what was kept, if anything changed. Errors: those of writeFileSafely().
    Result<void> save();

private:
    QString m_file;
    QHash<QString, ShelfEntry> m_entries;
    bool m_changed = false;
};

} // namespace moodloom::shelf
