#include "core/tensor/FileMapping.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace moodloom::tensor {

Result<std::shared_ptr<FileMapping>> FileMapping::open(const std::string &path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(errno == ENOENT || errno == ENOTDIR ? ErrorCode::NotFound
                                                        : ErrorCode::Unreadable,
                    path, std::strerror(errno));
    struct stat status
    {
    };
    const std::shared_ptr<FileMapping> mapping(new FileMapping);
    const bool regular = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    void *data = nullptr;
    if (regular && status.st_size > 0)
        data = ::mmap(nullptr, size_t(status.st_size), PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    const int problem = errno;
    ::close(fd);
    if (!regular)
        return fail(ErrorCode::Unreadable, path, "is not a regular file");
    if (data == MAP_FAILED && problem == ENOMEM)
        return fail(ErrorCode::OutOfMemory, path,
                    "cannot be mapped: this process may take no more address space");
    if (data == MAP_FAILED)
        return fail(ErrorCode::Unreadable, path, "cannot be mapped into memory");
    mapping->m_data = data;
    mapping->m_size = size_t(status.st_size);
    return mapping;
}

void FileMapping::forget(size_t offset, size_t bytes) const
{
    const auto page = size_t(::sysconf(_SC_PAGESIZE));
    const size_t from = (offset + page - 1) / page * page;
    const size_t to = std::min(offset + bytes, m_size) / page * page;
    if (from < to)
        ::madvise(data() + from, to - from, MADV_DONTNEED);
}

FileMapping::~FileMapping()
{
    if (m_data)
        ::munmap(m_data, m_size);
}

} // namespace moodloom::tensor
