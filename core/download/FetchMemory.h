// The download that was begun and has not ended, for the next start of the program.
//
// Reads and writes one small file; blocks. Thread-safe as far as different files are concerned.
#pragma once

#include "core/download/Plan.h"

#include <optional>

namespace moodloom::download {

struct Begun
{
    Plan plan;
    QString folder;
    bool operator==(const Begun &) const = default;
};

// Not kept where an address has a query: there may be a key in it. What was fetched stays then,
// too.
Result<void> keepBegun(const QString &file, const Begun &begun);
std::optional<Begun> recallBegun(const QString &file);
void forgetBegun(const QString &file);

} // namespace moodloom::download
