// Whole-file writes that never leave a half-written file behind.
//
// Thread-safe as far as different paths are concerned.
#pragma once

#include "core/base/Result.h"

#include <functional>
#include <span>
#include <string>

namespace moodloom {

// Receives consecutive pieces of the new content. Returns false once a write failed.
using ByteSink = std::function<bool(std::span<const std::byte>)>;

// Writes `path` through a temporary file beside it, flushes it to the disk and renames it over the
// old one. `produce` is called once with the sink; when it returns an error, or the disk is full,
// the old file stays as it was. Errors: DiskFull, Unreadable, NotFound, and those of `produce`.
Result<void> writeFileSafely(const std::string &path,
                             const std::function<Result<void>(const ByteSink &)> &produce);

// The same for content that is already in memory.
Result<void> writeFileSafely(const std::string &path, std::span<const std::byte> content);
Result<void> writeFileSafely(const std::string &path, const std::string &content);

// The whole file. Errors: NotFound, Unreadable, Invalid (larger than maxBytes).
Result<std::string> readFile(const std::string &path, size_t maxBytes = size_t(1) << 30);

} // namespace moodloom
