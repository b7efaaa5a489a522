#include "core/base/Error.h"

namespace moodloom {

const char *errorName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::NotFound: return "not-found";
    case ErrorCode::Unreadable: return "unreadable";
    case ErrorCode::Corrupt: return "corrupt";
    case ErrorCode::Unsupported: return "unsupported";
    case ErrorCode::NewerVersion: return "newer-version";
    case ErrorCode::Mismatch: return "mismatch";
    case ErrorCode::ReadOnly: return "read-only";
    case ErrorCode::DiskFull: return "disk-full";
    case ErrorCode::OutOfMemory: return "out-of-memory";
    case ErrorCode::Invalid: return "invalid";
    case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

static const char *errorPhrase(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::NotFound: return "not found";
    case ErrorCode::Unreadable: return "cannot be read or written";
    case ErrorCode::Corrupt: return "damaged";
    case ErrorCode::Unsupported: return "not supported";
    case ErrorCode::NewerVersion: return "made by a newer Moodloom";
    case ErrorCode::Mismatch: return "does not fit";
    case ErrorCode::ReadOnly: return "read-only";
    case ErrorCode::DiskFull: return "disk full";
    case ErrorCode::OutOfMemory: return "not enough memory";
    case ErrorCode::Invalid: return "not valid";
    case ErrorCode::Internal: return "internal error";
    }
    return "internal error";
}

std::string errorText(const Error &error)
{
    std::string text = error.subject.empty() ? "" : error.subject + ": ";
    text += errorPhrase(error.code);
    if (!error.detail.empty())
        text += ": " + error.detail;
    return text;
}

} // namespace moodloom
