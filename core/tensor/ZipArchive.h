// The directory of a ZIP archive whose members are stored as they are, which is how PyTorch writes
// checkpoints (also with ZIP64 sizes). Compressed members are not read.
//
// Pure function over bytes that may be anything; safe from any thread.
#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace moodloom::tensor {

struct ZipMember
{
    uint64_t offset = 0, size = 0; // of the content, inside the archive
    bool stored = true;            // false: compressed, so the content is not the bytes there
};

// Members by name. Every one that is stored lies inside `bytes`. Errors: Corrupt.
Result<std::map<std::string, ZipMember>> readZipDirectory(std::span<const std::byte> bytes,
                                                          const std::string &path);

} // namespace moodloom::tensor
