#include "core/board/Pixels.h"

#include "core/image/Decode.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>

namespace moodloom::board {
namespace {

QByteArray encodeThumbnail(const QImage &image)
{
    QImage small = image;
    if (qMax(small.width(), small.height()) > thumbnailSide)
        small = small.scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    small.save(&buffer, small.hasAlphaChannel() ? "PNG" : "JPEG", small.hasAlphaChannel() ? -1 : 85);
    return bytes;
}

QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256).toHex());
}

void describe(const image::Picture &decoded, StoredPicture *picture)
{
    picture->size = decoded.fullSize;
    picture->media = QStringLiteral("image/") + formatName(decoded.format);
    picture->thumbnail = encodeThumbnail(decoded.image);
}

image::DecodeOptions atMost(int longSide)
{
    image::DecodeOptions options;
    options.maxSide = longSide;
    return options;
}

} // namespace

Result<StoredPicture> pictureFromFile(const QString &path, bool embed)
{
    // Decoded before it is hashed: what is no picture should not be read to its end.
    const auto decoded = image::decodePicture(path, atMost(2 * thumbnailSide));
    if (!decoded)
        return fail(decoded.error());
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return fail(ErrorCode::Unreadable, path.toStdString(), file.errorString().toStdString());
    StoredPicture picture;
    picture.hash = QString::fromLatin1(hash.result().toHex());
    picture.path = QFileInfo(path).absoluteFilePath();
    picture.embed = embed;
    describe(*decoded, &picture);
    return picture;
}

Result<StoredPicture> pictureFromBytes(QByteArray bytes)
{
    const auto decoded = image::decodePictureBytes(bytes, atMost(2 * thumbnailSide));
    if (!decoded)
        return fail(decoded.error());
    StoredPicture picture;
    picture.hash = hashOf(bytes);
    picture.bytes = std::move(bytes);
    picture.embed = true;
    describe(*decoded, &picture);
    return picture;
}

Result<StoredPicture> pictureFromImage(const QImage &image)
{
    if (image.isNull())
        return fail(ErrorCode::Invalid, "picture", "it holds no pixels");
    StoredPicture picture;
    QBuffer buffer(&picture.bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return fail(ErrorCode::OutOfMemory, "picture", "it cannot be encoded as PNG");
    buffer.close();
    picture.hash = hashOf(picture.bytes);
    picture.embed = true;
    picture.size = image.size();
    picture.media = QStringLiteral("image/png");
    picture.thumbnail = encodeThumbnail(image);
    return picture;
}

Result<QImage> decode(const QByteArray &bytes, int longSide)
{
    return image::decodeBytes(bytes, atMost(longSide));
}

Result<QImage> decodeThumbnail(const QByteArray &bytes, int longSide)
{
    QByteArray copy = bytes; // QBuffer wants to be able to write
    QBuffer buffer(&copy);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, bytes.startsWith("\x89PNG") ? "png" : "jpeg");
    const QSize size = reader.size();
    if (longSide > 0 && qMax(size.width(), size.height()) > longSide)
        reader.setScaledSize(size.scaled(longSide, longSide, Qt::KeepAspectRatio).expandedTo({1, 1}));
    const QImage image = reader.read();
    // What this reader does not take may be of another program or damaged: the other one tells.
    return image.isNull() ? decode(bytes, longSide) : Result<QImage>(image);
}

} // namespace moodloom::board
