#include "core/tensor/FileMapping.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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
    ::close(fd);
    if (!regular)
        return fail(ErrorCode::Unreadable, path, "is not a regular file");
    if (data == MAP_FAILED)
        return fail(ErrorCode::Unreadable, path, "cannot be mapped into memory");
    mapping->m_data = data;
    mapping->m_size = size_t(status.st_size);
    return mapping;
}

FileMapping::~FileMapping()
{
    if (m_data)
        ::munmap(m_data, m_size);
}

} // namespace moodloom::tensor
