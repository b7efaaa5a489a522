// Pictures for the image tests: a colourful test card, files of every format made with libvips, and
// ImageMagick as a second reader.
#pragma once

#include "core/image/Vips.h"

#include <QImage>
#include <QLinearGradient>
#include <QPainter>
#include <QProcess>
#include <QTemporaryFile>

namespace fixtures {

// Smooth colours and a few hard edges; no two corners are alike.
inline QImage testCard(int width = 64, int height = 48)
{
    QImage image(width, height, QImage::Format_RGB32);
    QPainter painter(&image);
    QLinearGradient gradient(0, 0, width, height);
    gradient.setColorAt(0, QColor(200, 60, 40));
    gradient.setColorAt(0.5, QColor(80, 160, 90));
    gradient.setColorAt(1, QColor(50, 70, 180));
    painter.fillRect(image.rect(), gradient);
    painter.fillRect(QRectF(0, 0, width / 4.0, height / 3.0), QColor(240, 220, 90));
    painter.fillRect(QRectF(width * 0.75, 0, width / 4.0, height / 4.0), QColor(30, 30, 30));
    return image;
}

// Copies `image` into libvips: 3 bands, or 4 when it has alpha.
inline vips::VImage toVips(const QImage &image)
{
    const bool alpha = image.hasAlphaChannel();
    const QImage packed =
        image.convertToFormat(alpha ? QImage::Format_RGBA8888 : QImage::Format_RGBX8888);
    const vips::VImage four =
        vips::VImage::new_from_memory(const_cast<uchar *>(packed.constBits()),
                                      size_t(packed.sizeInBytes()), packed.width(), packed.height(),
                                      4, VIPS_FORMAT_UCHAR)
            .copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB))
            .copy_memory();
    return alpha ? four : four.extract_band(0, vips::VImage::option()->set("n", 3));
}

// The file that libvips writes for `suffix`, with its options: ".webp[lossless]".
inline QByteArray saved(const vips::VImage &image, const char *suffix)
{
    void *bytes = nullptr;
    size_t size = 0;
    image.write_to_buffer(suffix, &bytes, &size);
    const QByteArray file(static_cast<char *>(bytes), qsizetype(size));
    g_free(bytes);
    return file;
}

// The pixels that ImageMagick finds in `bytes`, upright; null when it fails.
inline QImage readByMagick(const QByteArray &bytes, const char *suffix, QSize size)
{
    QTemporaryFile file(QStringLiteral("XXXXXX.") + QLatin1String(suffix));
    if (!file.open() || file.write(bytes) != bytes.size())
        return {};
    file.close();
    QProcess convert;
    convert.start(QStringLiteral("convert"),
                  {file.fileName() + QStringLiteral("[0]"), QStringLiteral("-auto-orient"),
                   QStringLiteral("-depth"), QStringLiteral("8"), QStringLiteral("RGBA:-")});
    if (!convert.waitForFinished() || convert.exitCode() != 0)
        return {};
    const QByteArray pixels = convert.readAllStandardOutput();
    if (pixels.size() != qsizetype(size.width()) * size.height() * 4)
        return {};
    return QImage(reinterpret_cast<const uchar *>(pixels.constData()), size.width(), size.height(),
                  QImage::Format_RGBA8888)
        .copy();
}

// The largest difference of any channel; 256 when the sizes differ.
inline int difference(const QImage &left, const QImage &right)
{
    if (left.size() != right.size() || left.isNull())
        return 256;
    int largest = 0;
    const QImage l = left.convertToFormat(QImage::Format_RGBA8888);
    const QImage r = right.convertToFormat(QImage::Format_RGBA8888);
    for (int y = 0; y < l.height(); ++y)
        for (int x = 0; x < l.width() * 4; ++x)
            largest = qMax(largest, qAbs(int(l.constScanLine(y)[x]) - int(r.constScanLine(y)[x])));
    return largest;
}

} // namespace fixtures
