#include "core/board/Pixels.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>

namespace moodloom::board {
namespace {

Result<QImage> read(QImageReader &reader, const QString &name, int longSide)
{
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    const QSize size = reader.size();
    if (longSide > 0 && size.isValid() && qMax(size.width(), size.height()) > longSide)
        reader.setScaledSize(size.scaled(longSide, longSide, Qt::KeepAspectRatio).expandedTo({1, 1}));
    QImage image = reader.read();
    if (image.isNull()) {
        const bool unknown = reader.error() == QImageReader::UnsupportedFormatError;
        return fail(unknown ? ErrorCode::Unsupported : ErrorCode::Corrupt, name.toStdString(),
                    unknown ? "it is not a picture of a kind that can be read"
                            : reader.errorString().toStdString());
    }
    // Formats whose readers cannot scale, or do not know their size before they are read.
    if (longSide > 0 && qMax(image.width(), image.height()) > longSide)
        image = image.scaled(longSide, longSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return image;
}

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

// The upright size without decoding where the format tells it.
QSize uprightSize(QImageReader &reader)
{
    reader.setDecideFormatFromContent(true);
    const QSize size = reader.size();
    return reader.transformation() & QImageIOHandler::TransformationRotate90 ? size.transposed() : size;
}

Result<StoredPicture> finish(StoredPicture picture, QImageReader &sizes, const Result<QImage> &thumbnail)
{
    if (!thumbnail)
        return fail(thumbnail.error());
    picture.size = uprightSize(sizes);
    if (picture.size.isEmpty())
        picture.size = thumbnail->size();
    picture.media = QStringLiteral("image/") + QString::fromLatin1(sizes.format()).toLower();
    picture.thumbnail = encodeThumbnail(*thumbnail);
    return picture;
}

} // namespace

Result<StoredPicture> pictureFromFile(const QString &path, bool embed)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, path.toStdString(), "no such file");
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable, path.toStdString(), file.errorString().toStdString());
    if (file.size() == 0)
        return fail(ErrorCode::Corrupt, path.toStdString(), "the file is empty");
    StoredPicture picture;
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    if (!hash.addData(&file))
        return fail(ErrorCode::Unreadable, path.toStdString(), file.errorString().toStdString());
    picture.hash = QString::fromLatin1(hash.result().toHex());
    picture.path = QFileInfo(path).absoluteFilePath();
    picture.embed = embed;
    QImageReader sizes(path);
    return finish(std::move(picture), sizes, decodeFile(path, 2 * thumbnailSide));
}

Result<StoredPicture> pictureFromBytes(QByteArray bytes)
{
    StoredPicture picture;
    picture.hash = QString::fromLatin1(
        QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256).toHex());
    picture.bytes = std::move(bytes);
    picture.embed = true;
    QBuffer buffer(&picture.bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader sizes(&buffer);
    const auto thumbnail = decode(picture.bytes, 2 * thumbnailSide);
    // `buffer` reads what `picture` holds, so the size is taken before the value moves on.
    StoredPicture copy = picture;
    return finish(std::move(copy), sizes, thumbnail);
}

Result<StoredPicture> pictureFromImage(const QImage &image)
{
    if (image.isNull())
        return fail(ErrorCode::Invalid, "picture", "it holds no pixels");
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return fail(ErrorCode::OutOfMemory, "picture", "it cannot be encoded as PNG");
    StoredPicture picture;
    picture.hash = QString::fromLatin1(
        QCryptographicHash::hash(bytes, QCryptographicHash::Blake2b_256).toHex());
    picture.bytes = bytes;
    picture.embed = true;
    picture.size = image.size();
    picture.media = QStringLiteral("image/png");
    picture.thumbnail = encodeThumbnail(image);
    return picture;
}

Result<QImage> decode(const QByteArray &bytes, int longSide)
{
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    return read(reader, QStringLiteral("picture"), longSide);
}

Result<QImage> decodeFile(const QString &path, int longSide)
{
    QImageReader reader(path);
    if (!QFileInfo::exists(path))
        return fail(ErrorCode::NotFound, path.toStdString(), "no such file");
    return read(reader, path, longSide);
}

} // namespace moodloom::board
