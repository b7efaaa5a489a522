#include "core/generation/Pictures.h"

#include "core/base/ContentHash.h"
#include "core/image/Decode.h"

#include <algorithm>
#include <cmath>

namespace moodloom::generation {
namespace {

// Upright, sRGB, with its transparency.
Result<QImage> decodeChecked(const RecipePicture &picture, int maxSide)
{
    const image::DecodeOptions options{.maxSide = maxSide};
    if (picture.hash.isEmpty())
        return image::decode(picture.path, options);
    const auto bytes = image::readPictureFile(picture.path);
    if (!bytes)
        return fail(bytes.error());
    if (contentHash(*bytes) != picture.hash)
        return fail(ErrorCode::Mismatch, picture.path.toStdString(),
                    "the file has changed since it was chosen; drop it or add it again");
    return image::decodeBytes(*bytes, options, picture.path);
}

// Opaque RGB; what is transparent becomes white paper.
QImage flattened(const QImage &image)
{
    if (!image.hasAlphaChannel())
        return image.convertToFormat(QImage::Format_RGB888);
    QImage paper(image.size(), QImage::Format_RGB888);
    for (int y = 0; y < image.height(); ++y) {
        uchar *to = paper.scanLine(y);
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            const int a = qAlpha(pixel);
            *to++ = uchar((qRed(pixel) * a + 255 * (255 - a)) / 255);
            *to++ = uchar((qGreen(pixel) * a + 255 * (255 - a)) / 255);
            *to++ = uchar((qBlue(pixel) * a + 255 * (255 - a)) / 255);
        }
    }
    return paper;
}

// Brightness times opacity: white strokes on nothing are a mask, too.
QImage lightOf(const QImage &image)
{
    QImage light(image.size(), QImage::Format_Grayscale8);
    for (int y = 0; y < image.height(); ++y) {
        uchar *to = light.scanLine(y);
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            *to++ = uchar(qGray(pixel) * qAlpha(pixel) / 255);
        }
    }
    return light;
}

QImage scaledTo(const QImage &image, const QSize &size)
{
    if (image.size() == size)
        return image;
    return image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(image.format());
}

QImage covering(const QImage &image, const QSize &size)
{
    const QSize whole = image.size().scaled(size, Qt::KeepAspectRatioByExpanding).expandedTo(size);
    const QPoint corner((whole.width() - size.width()) / 2, (whole.height() - size.height()) / 2);
    return scaledTo(image, whole).copy(QRect(corner, size));
}

bool hasWhite(const QImage &mask)
{
    for (int y = 0; y < mask.height(); ++y) {
        const uchar *row = mask.constScanLine(y);
        if (std::any_of(row, row + mask.width(), [](uchar value) { return value >= 128; }))
            return true;
    }
    return false;
}

} // namespace

Result<QImage> readPicture(const RecipePicture &picture, int maxSide)
{
    const auto decoded = decodeChecked(picture, maxSide);
    if (!decoded)
        return fail(decoded.error());
    return flattened(*decoded);
}

Result<QImage> readReference(const RecipeReference &reference, int maxSide)
{
    const RecipePicture picture{reference.path, reference.hash};
    const QRectF &part = reference.part;
    if (part.isEmpty())
        return readPicture(picture, maxSide);
    // The whole is read so large that the part is as sharp as a picture of its own would be.
    const double share = std::min(1.0, std::max(part.width(), part.height()));
    const auto whole = readPicture(picture, int(std::ceil(maxSide / std::max(share, 1.0 / 64))));
    if (!whole)
        return fail(whole.error());
    const QRectF pixels(part.x() * whole->width(), part.y() * whole->height(),
                        part.width() * whole->width(), part.height() * whole->height());
    return whole->copy(pixels.toAlignedRect().intersected(whole->rect()));
}

Result<QImage> readCovering(const RecipePicture &picture, const QSize &size)
{
    const auto whole = readPicture(picture);
    if (!whole)
        return fail(whole.error());
    return covering(*whole, size);
}

Result<StartPictures> readStart(const RecipeStart &start, const QSize &size)
{
    const auto picture = readPicture(start.picture);
    if (!picture)
        return fail(picture.error());
    StartPictures result{covering(*picture, size), {}};
    if (start.mask.isEmpty())
        return result;
    const auto mask = decodeChecked(start.mask, 0);
    if (!mask)
        return fail(mask.error());
    result.mask = covering(scaledTo(lightOf(*mask), picture->size()), size);
    if (!hasWhite(result.mask))
        return fail(ErrorCode::Invalid, start.mask.path.toStdString(),
                    "the mask has no white: nothing would be painted; make white what should "
                    "change");
    return result;
}

QImage blended(const QImage &painted, const StartPictures &start)
{
    if (start.mask.isNull())
        return painted;
    QImage result = painted;
    for (int y = 0; y < result.height(); ++y) {
        uchar *to = result.scanLine(y);
        const uchar *kept = start.picture.constScanLine(y), *mask = start.mask.constScanLine(y);
        for (int x = 0; x < 3 * result.width(); ++x) {
            const int share = mask[x / 3];
            to[x] = uchar((to[x] * share + kept[x] * (255 - share) + 127) / 255);
        }
    }
    return result;
}

} // namespace moodloom::generation
