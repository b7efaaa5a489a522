#include "core/download/PartFile.h"

#include "core/base/SafeFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace moodloom::download {
namespace {

const auto kPart = QStringLiteral(".part");
const auto kState = QStringLiteral(".part.json");

Failure diskError(const QString &path, int number)
{
    if (number == ENOSPC || number == EDQUOT || number == EFBIG)
        return fail(ErrorCode::DiskFull, path.toStdString(),
                    "what was fetched is kept: free some space and continue, or choose another "
                    "folder");
    if (number == ENOENT || number == ENOTDIR)
        return fail(ErrorCode::NotFound, path.toStdString(),
                    "the file or its folder does not exist");
    if (number == EACCES || number == EPERM || number == EROFS)
        return fail(ErrorCode::Unreadable, path.toStdString(),
                    "no permission; choose another folder or change its permissions");
    return fail(ErrorCode::Unreadable, path.toStdString(), std::strerror(number));
}

// Which file the bytes are of: its address may hold a key, so only a digest of it is kept.
QString identity(const PlannedFile &file)
{
    const QByteArray all = file.url.toEncoded() + '\n' + QByteArray::number(file.bytes) + '\n' +
                           file.sha256.toLatin1() + '\n' + file.gitBlob.toLatin1();
    return QString::fromLatin1(QCryptographicHash::hash(all, QCryptographicHash::Sha256).toHex());
}

void beginBlob(QCryptographicHash &hash, qint64 bytes)
{
    hash.reset();
    hash.addData("blob " + QByteArray::number(bytes) + QByteArray(1, '\0'));
}

// All bytes of a file, for `take`. Errors: Cancelled, Unreadable.
template <class Take>
Result<qint64> readAll(int fd, const QString &path, std::stop_token stop, Take take)
{
    std::array<char, 1 << 16> buffer;
    qint64 sum = 0;
    for (;;) {
        if (stop.stop_requested())
            return cancelled();
        const ssize_t count = ::pread(fd, buffer.data(), buffer.size(), sum);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return diskError(path, errno);
        if (count == 0)
            return sum;
        take(QByteArrayView(buffer.data(), count));
        sum += count;
    }
}

} // namespace

PartFile::PartFile(QString path, PlannedFile file)
    : m_path(std::move(path)), m_file(std::move(file))
{
}

PartFile::~PartFile()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Result<std::unique_ptr<PartFile>> PartFile::open(const QString &path, const PlannedFile &file,
                                                 std::stop_token stop)
{
    QDir().mkpath(QFileInfo(path).path());
    std::unique_ptr<PartFile> part(new PartFile(path, file));
    const QString name = path + kPart;
    part->m_fd = ::open(QFile::encodeName(name).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (part->m_fd < 0)
        return diskError(name, errno);
    QJsonObject state;
    if (const auto text = readFile((path + kState).toStdString(), 1 << 16))
        state = QJsonDocument::fromJson(QByteArray::fromStdString(*text)).object();
    if (state[QLatin1String("of")].toString() != identity(file)) {
        if (auto fresh = part->restart({}); !fresh)
            return fail(fresh.error());
        return part;
    }
    part->m_validator = state[QLatin1String("validator")].toString().toLatin1();
    if (auto read = part->readSums(stop); !read)
        return fail(read.error());
    // More than the whole cannot be its beginning.
    if (file.bytes >= 0 && part->m_size > file.bytes)
        if (auto fresh = part->restart({}); !fresh)
            return fail(fresh.error());
    return part;
}

void PartFile::resetSums()
{
    m_sha256.reset();
    beginBlob(m_git, m_file.bytes);
}

Result<void> PartFile::readSums(std::stop_token stop)
{
    resetSums();
    const auto size = readAll(m_fd, m_path + kPart, stop, [this](QByteArrayView bytes) {
        m_sha256.addData(bytes);
        if (!m_file.gitBlob.isEmpty())
            m_git.addData(bytes);
    });
    if (!size)
        return fail(size.error());
    m_size = *size;
    return {};
}

Result<void> PartFile::keepValidator()
{
    const QJsonObject state{{QStringLiteral("of"), identity(m_file)},
                            {QStringLiteral("validator"), QString::fromLatin1(m_validator)}};
    auto kept = writeFileSafely((m_path + kState).toStdString(),
                                QJsonDocument(state).toJson().toStdString());
    if (!kept && kept.error().code == ErrorCode::DiskFull)
        return diskError(m_path, ENOSPC);
    return kept;
}

Result<void> PartFile::restart(const QByteArray &validator)
{
    if (::ftruncate(m_fd, 0) != 0)
        return diskError(m_path + kPart, errno);
    m_size = 0;
    m_validator = validator;
    resetSums();
    return keepValidator();
}

Result<void> PartFile::append(QByteArrayView bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(m_fd, bytes.data(), size_t(bytes.size()), m_size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return diskError(m_path, count < 0 ? errno : ENOSPC);
        m_sha256.addData(bytes.first(count));
        if (!m_file.gitBlob.isEmpty())
            m_git.addData(bytes.first(count));
        m_size += count;
        bytes = bytes.sliced(count);
    }
    return {};
}

Result<void> PartFile::finish()
{
    const std::string shown = m_file.path.toStdString();
    if (m_file.bytes >= 0 && m_size < m_file.bytes)
        return fail(ErrorCode::Corrupt, shown,
                    "it ended after " + std::to_string(m_size) + " of " +
                        std::to_string(m_file.bytes) + " bytes; what was fetched is kept");
    const QString sum = QString::fromLatin1(m_sha256.result().toHex());
    const QString blob = QString::fromLatin1(m_git.result().toHex());
    if ((m_file.bytes >= 0 && m_size > m_file.bytes) ||
        (!m_file.sha256.isEmpty() && sum != m_file.sha256) ||
        (!m_file.gitBlob.isEmpty() && blob != m_file.gitBlob)) {
        remove();
        if (!m_file.sha256.isEmpty())
            return fail(ErrorCode::Corrupt, shown,
                        "its SHA-256 is " + sum.toStdString() + " and should be " +
                            m_file.sha256.toStdString() + "; it was not kept");
        return fail(ErrorCode::Corrupt, shown,
                    "it is not the file that was listed; it was not kept");
    }
    if (::fsync(m_fd) != 0)
        return diskError(m_path, errno);
    if (::rename(QFile::encodeName(m_path + kPart).constData(),
                 QFile::encodeName(m_path).constData()) != 0)
        return diskError(m_path, errno);
    QFile::remove(m_path + kState);
    return {};
}

void PartFile::remove()
{
    QFile::remove(m_path + kPart);
    QFile::remove(m_path + kState);
}

Result<bool> PartFile::isThere(const QString &path, const PlannedFile &file, std::stop_token stop)
{
    const QFileInfo info(path);
    if (!info.isFile() || file.bytes < 0 || info.size() != file.bytes)
        return false;
    if (file.sha256.isEmpty() && file.gitBlob.isEmpty())
        return true;
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return diskError(path, errno);
    QCryptographicHash hash(file.sha256.isEmpty() ? QCryptographicHash::Sha1
                                                  : QCryptographicHash::Sha256);
    if (file.sha256.isEmpty())
        beginBlob(hash, file.bytes);
    const auto read =
        readAll(fd, path, stop, [&hash](QByteArrayView bytes) { hash.addData(bytes); });
    ::close(fd);
    if (!read)
        return fail(read.error());
    return QString::fromLatin1(hash.result().toHex()) ==
           (file.sha256.isEmpty() ? file.gitBlob : file.sha256);
}

qint64 partSize(const QString &path)
{
    return QFileInfo(path + kPart).size();
}

} // namespace moodloom::download
