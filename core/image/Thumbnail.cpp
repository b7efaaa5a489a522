#include "core/image/Thumbnail.h"

#include "core/base/Paths.h"
#include "core/image/Decode.h"

#include <QBuffer>
#include <QColorSpace>
#include <QDir>
#include <QFile>
#include <QTemporaryFile>

#include <cerrno>
#include <cstdio>

namespace moodloom::image {
namespace {

QByteArray encoded(const QImage &image)
{
    QImage plain = image;
    plain.setColorSpace({}); // sRGB goes without saying, and a profile would double small files
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    const bool alpha = image.hasAlphaChannel();
    if (!plain.save(&buffer, alpha ? "png" : "jpeg", alpha ? -1 : 84))
        return {};
    return bytes;
}

Failure writeFailure(const QString &path, int number)
{
    if (number == ENOSPC || number == EDQUOT)
        return fail(ErrorCode::DiskFull, path.toStdString(), "free some space for the thumbnails");
    return fail(ErrorCode::Unreadable, path.toStdString(), "the thumbnail cannot be written");
}

} // namespace

ThumbnailStore::ThumbnailStore(QString folder) : m_folder(std::move(folder)) {}

QString ThumbnailStore::defaultFolder()
{
    return cacheFolder() + QStringLiteral("/thumbnails");
}

QString ThumbnailStore::path(const QString &hash) const
{
    return m_folder + QLatin1Char('/') + hash.left(2) + QLatin1Char('/') + hash;
}

bool ThumbnailStore::contains(const QString &hash) const
{
    return QFile::exists(path(hash));
}

Result<void> ThumbnailStore::write(const QString &hash, const QImage &image) const
{
    const QString target = path(hash);
    const bool large = qMax(image.width(), image.height()) > kSide;
    const QByteArray bytes = encoded(
        large ? image.scaled(kSide, kSide, Qt::KeepAspectRatio, Qt::SmoothTransformation) : image);
    if (bytes.isEmpty())
        return fail(ErrorCode::Internal, target.toStdString(), "the thumbnail cannot be encoded");
    if (!QDir().mkpath(QFileInfo(target).path()))
        return writeFailure(target, errno);
    // Renamed into place, so that nobody reads half a file; not flushed, because it is a cache.
    QTemporaryFile file(target + QStringLiteral(".XXXXXX"));
    errno = 0;
    if (!file.open() || file.write(bytes) != bytes.size() || !file.flush())
        return writeFailure(target, errno);
    file.close();
    if (std::rename(QFile::encodeName(file.fileName()).constData(),
                    QFile::encodeName(target).constData()) != 0)
        return writeFailure(target, errno);
    file.setAutoRemove(false);
    return {};
}

Result<QImage> ThumbnailStore::read(const QString &hash) const
{
    return decode(path(hash));
}

Result<QImage> ThumbnailStore::readOrMake(const QString &hash, const QString &picture) const
{
    if (auto stored = read(hash))
        return stored;
    DecodeOptions options;
    options.maxSide = kSide;
    auto made = decode(picture, options);
    if (made)
        (void)write(hash, *made); // without it the next reader makes it again
    return made;
}

void ThumbnailStore::remove(const QString &hash) const
{
    QFile::remove(path(hash));
}

} // namespace moodloom::image
