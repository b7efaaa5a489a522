// What can go wrong, in a form that can be shown, translated and acted on.
//
// Values only; safe to copy between threads. No Qt: the engine uses it too.
#pragma once

#include <string>

namespace moodloom {

enum class ErrorCode {
    Cancelled,    // the user stopped it: never shown
    NotFound,     // a file, folder or record is not there
    Unreadable,   // the system refused to read or write it
    Corrupt,      // the bytes are damaged or cut off
    Unsupported,  // well-formed, but of a kind that Moodloom does not handle
    NewerVersion, // written by a newer Moodloom
    Mismatch,     // parts do not fit together (a tensor's shape and the config)
    ReadOnly,     // the document may not be changed
    DiskFull,     // no space left; what was there before is untouched
    OutOfMemory,  // not enough memory (main or graphics)
    Invalid,      // a value given by the user is out of range
    Internal      // our own bug, or a library's
};

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string subject; // what it is about: a file, a tensor, an option (UTF-8)
    std::string detail;  // what was found and what was expected, and what to do (UTF-8, English)
};

// The machine-readable name, for JSON and logs: "not-found", "disk-full", ...
const char *errorName(ErrorCode code);

// One English line for a terminal: "sea.jpg: damaged: ends after 12 of 300 rows".
std::string errorText(const Error &error);

} // namespace moodloom
