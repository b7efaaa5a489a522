// A picture that tells how it was made, held against this machine: for `inspect` and `generate
// --from`.
#pragma once

#include "app/cli/Output.h"
#include "core/origin/Reuse.h"

namespace moodloom::cli {

// Models that are named without a place are looked for in the folders of other programs. `path` may
// be relative. Errors: as origin::readOrigin(), Cancelled.
Result<origin::Reuse> readReuse(const QString &path, Output &output);

} // namespace moodloom::cli
