#include "core/base/SafeFile.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace moodloom {
namespace {

Error systemError(const std::string &path, int number)
{
    ErrorCode code = ErrorCode::Unreadable;
    std::string advice = std::strerror(number);
    if (number == ENOSPC || number == EDQUOT || number == EFBIG) {
        code = ErrorCode::DiskFull;
        advice = "free some space or choose another folder; nothing was overwritten";
    } else if (number == ENOENT || number == ENOTDIR) {
        code = ErrorCode::NotFound;
        advice = "the file or its folder does not exist";
    } else if (number == EACCES || number == EPERM || number == EROFS) {
        advice = "no permission; choose another folder or change its permissions";
    }
    return {code, path, advice};
}

// Owns the temporary file until it was renamed into place.
class TemporaryFile
{
public:
    explicit TemporaryFile(const std::string &target) : m_path(target + ".XXXXXX")
    {
        std::vector<char> name(m_path.begin(), m_path.end());
        name.push_back('\0');
        m_fd = ::mkostemp(name.data(), O_CLOEXEC);
        m_path.assign(name.data());
    }
    ~TemporaryFile()
    {
        if (m_fd >= 0) {
            ::close(m_fd);
            ::unlink(m_path.c_str());
        }
    }
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;

    bool isOpen() const { return m_fd >= 0; }

    bool write(std::span<const std::byte> bytes)
    {
        while (!bytes.empty()) {
            const ssize_t n = ::write(m_fd, bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR)
                continue;
            if (n <= 0)
                return false;
            bytes = bytes.subspan(size_t(n));
        }
        return true;
    }

    // Flushes, keeps the mode that the target had (or the usual 0644) and renames. 0 or errno.
    int commit(const std::string &target)
    {
        struct stat old;
        const mode_t mode = ::stat(target.c_str(), &old) == 0 ? (old.st_mode & 07777) : 0644;
        ::fchmod(m_fd, mode);
        if (::fsync(m_fd) != 0)
            return errno;
        if (::rename(m_path.c_str(), target.c_str()) != 0)
            return errno;
        ::close(m_fd);
        m_fd = -1;
        return 0;
    }

private:
    std::string m_path;
    int m_fd = -1;
};

} // namespace

Result<void> writeFileSafely(const std::string &path,
                             const std::function<Result<void>(const ByteSink &)> &produce)
{
    TemporaryFile file(path);
    if (!file.isOpen())
        return fail(systemError(path, errno));
    int failure = 0;
    const ByteSink sink = [&](std::span<const std::byte> bytes) {
        if (failure == 0 && !file.write(bytes))
            failure = errno ? errno : EIO;
        return failure == 0;
    };
    if (auto produced = produce(sink); !produced && failure == 0)
        return produced;
    if (failure == 0)
        failure = file.commit(path);
    if (failure != 0)
        return fail(systemError(path, failure));
    return {};
}

Result<void> writeFileSafely(const std::string &path, std::span<const std::byte> content)
{
    return writeFileSafely(path, [content](const ByteSink &sink) -> Result<void> {
        sink(content);
        return {};
    });
}

Result<void> writeFileSafely(const std::string &path, const std::string &content)
{
    return writeFileSafely(path, std::as_bytes(std::span(content.data(), content.size())));
}

Result<std::string> readFile(const std::string &path, size_t maxBytes)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(systemError(path, errno));
    std::string content;
    char buffer[65536];
    for (;;) {
        const ssize_t n = ::read(fd, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            const int number = errno;
            ::close(fd);
            return fail(systemError(path, number));
        }
        if (n == 0)
            break;
        content.append(buffer, size_t(n));
        if (content.size() > maxBytes) {
            ::close(fd);
            return fail(ErrorCode::Invalid, path, "larger than " + std::to_string(maxBytes) + " bytes");
        }
    }
    ::close(fd);
    return content;
}

} // namespace moodloom
