#include "core/library/PictureFile.h"

#include "core/base/SafeFile.h"
#include "core/image/Decode.h"
#include "core/image/Metadata.h"
#include "core/image/Palette.h"
#include "core/image/PerceptualHash.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>

namespace moodloom::library {
namespace {

QString contentHash(const QByteArray &bytes)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256).toHex());
}

// Letters and digits of the hint, short; "picture" where nothing is left.
QString fileNameFrom(const QString &hint)
{
    QString name;
    for (const QChar c : hint.left(60))
        name += c.isLetterOrNumber() || c == QLatin1Char('-') ? c : QLatin1Char(' ');
    name = name.simplified();
    return name.isEmpty() ? QStringLiteral("picture") : name;
}

} // namespace

Result<PictureFile> inspectPicture(const ScannedFile &file, const image::ThumbnailStore &thumbnails,
                                   const std::function<bool(const QString &hash)> &isKnown)
{
    const auto bytes = image::readPictureFile(file.path);
    if (!bytes)
        return fail(bytes.error());
    PictureFile picture;
    picture.hash = contentHash(*bytes);
    picture.known = isKnown(picture.hash);
    if (picture.known)
        return picture;

    image::DecodeOptions options;
    options.maxSide = image::ThumbnailStore::kSide;
    const auto decoded = image::decodePictureBytes(*bytes, options, file.path);
    if (!decoded)
        return fail(decoded.error());
    // Thumbnails are a cache and can be made later; a full disk, though, will not get better.
    if (auto written = thumbnails.write(picture.hash, decoded->image);
        !written && written.error().code == ErrorCode::DiskFull)
        return fail(written.error());

    const image::Metadata metadata = image::readMetadata(*bytes, decoded->format);
    Asset &asset = picture.asset;
    asset.hash = picture.hash;
    asset.path = file.path;
    asset.format = image::formatName(decoded->format);
    asset.size = decoded->fullSize;
    asset.bytes = bytes->size();
    asset.modified = QDateTime::fromMSecsSinceEpoch(file.stamp.modified);
    asset.captured = metadata.captured;
    asset.description = metadata.description;
    asset.keywords = metadata.keywords;
    for (const image::PaletteColor &color : image::dominantColors(decoded->image))
        asset.palette.append({color.color, color.share});
    asset.perceptualHash = image::perceptualHash(decoded->image);
    return picture;
}

Result<QString> keepPicture(const Library &library, const QImage &image, const QString &name)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (image.isNull() || !image.save(&buffer, "png"))
        return fail(ErrorCode::Corrupt, name.toStdString(), "there is no picture in it");
    return keepPictureBytes(library, bytes, name);
}

Result<QString> keepPictureBytes(const Library &library, const QByteArray &bytes,
                                 const QString &name)
{
    if (auto allowed = library.writable(); !allowed)
        return fail(allowed.error());
    image::DecodeOptions options;
    options.maxSide = image::ThumbnailStore::kSide;
    const auto decoded = image::decodePictureBytes(bytes, options, name);
    if (!decoded)
        return fail(decoded.error());
    const QString folder = library.picturesFolder();
    if (!QDir().mkpath(folder))
        return fail(ErrorCode::Unreadable, folder.toStdString(), "the folder cannot be made");
    // The hash makes the name unique, and the same picture the same file.
    const QString path = QStringLiteral("%1/%2 %3.%4")
                             .arg(folder, fileNameFrom(name), contentHash(bytes).left(12),
                                  image::formatName(decoded->format));
    if (!QFile::exists(path))
        if (auto written =
                writeFileSafely(path.toStdString(),
                                std::as_bytes(std::span(bytes.constData(), size_t(bytes.size()))));
            !written)
            return fail(written.error());
    return path;
}

} // namespace moodloom::library
