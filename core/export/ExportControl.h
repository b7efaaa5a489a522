// How a running export is watched and stopped.
#pragma once

#include <functional>
#include <stop_token>

namespace moodloom::exporting {

struct ExportControl
{
    std::stop_token stop; // ends the export as Cancelled; the old file stays
    // From 0 to 1, never falling, on the exporting thread. May be empty.
    std::function<void(double)> progress;
};

} // namespace moodloom::exporting
