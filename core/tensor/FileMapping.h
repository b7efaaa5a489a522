// A whole file in memory, privately mapped: pages come when they are used, and writing into them
// never reaches the file.
//
// Immutable apart from the bytes; safe to share between threads. Its owner keeps the pages alive.
#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <memory>
#include <string>

namespace moodloom::tensor {

class FileMapping
{
public:
    // Errors: NotFound, Unreadable.
    static Result<std::shared_ptr<FileMapping>> open(const std::string &path);
    ~FileMapping();
    FileMapping(const FileMapping &) = delete;
    FileMapping &operator=(const FileMapping &) = delete;

    std::byte *data() const { return static_cast<std::byte *>(m_data); } // null when empty
    size_t size() const { return m_size; }
    // Those pages of the range that lie wholly inside it need not stay in memory: they come from the
    // file again when they are used. Requires: nothing was written into them.
    void forget(size_t offset, size_t bytes) const;

private:
    FileMapping() = default;
    void *m_data = nullptr;
    size_t m_size = 0;
};

} // namespace moodloom::tensor
