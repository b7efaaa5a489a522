#include "core/image/Decode.h"

#include "core/base/Memory.h"
#include "core/image/ColorProfile.h"
#include "core/image/Damage.h"
#include "core/image/Vips.h"

#include <QColorSpace>
#include <QFile>

#include <sys/stat.h>

namespace moodloom::image {
namespace {

using vips::VImage;

// The pixels' way to sRGB: eight bits of grey or RGB go through our own transforms (see
// ColorProfile.h), everything else through libvips.
bool isPlain(const VImage &image)
{
    return image.format() == VIPS_FORMAT_UCHAR &&
           (image.interpretation() == VIPS_INTERPRETATION_sRGB ||
            image.interpretation() == VIPS_INTERPRETATION_B_W);
}

VImage toSrgb(VImage image)
{
    const bool profiled = image.get_typeof(VIPS_META_ICC_NAME) != 0;
    const bool cmyk = image.interpretation() == VIPS_INTERPRETATION_CMYK;
    if (isPlain(image))
        return image;
    if (profiled || cmyk) {
        try {
            return image.icc_transform("srgb", VImage::option()
                                                   ->set("embedded", true)
                                                   ->set("input_profile", cmyk ? "cmyk" : "srgb")
                                                   ->set("intent", VIPS_INTENT_RELATIVE)
                                                   ->set("black_point_compensation", true)
                                                   ->set("depth", 8));
        } catch (const vips::VError &) {
            // A broken profile: the values are taken as they are.
        }
    }
    if (image.interpretation() == VIPS_INTERPRETATION_MULTIBAND)
        image = image.copy(VImage::option()->set("interpretation", image.bands() < 3
                                                                       ? VIPS_INTERPRETATION_B_W
                                                                       : VIPS_INTERPRETATION_sRGB));
    return image.colourspace(VIPS_INTERPRETATION_sRGB);
}

VImage fullPicture(const QByteArray &bytes, Format format)
{
    VImage image = vipsio::open(bytes, format, vipsio::Access::Sequential);
    if (vips_image_get_orientation(image.get_image()) != 1)
        image = vipsio::open(bytes, format, vipsio::Access::Random).autorot();
    return toSrgb(image);
}

VImage reducedPicture(const QByteArray &bytes, Format format, const VImage &header, int maxSide)
{
    if (format == Format::Svg) {
        const double scale = double(maxSide) / qMax(header.width(), header.height());
        const VImage drawn = vipsio::open(bytes, format, vipsio::Access::Sequential, scale);
        // Rounding may add a pixel.
        return drawn.crop(0, 0, qMin(drawn.width(), maxSide), qMin(drawn.height(), maxSide));
    }
    VipsBlob *blob = vips_blob_new(nullptr, bytes.constData(), size_t(bytes.size()));
    const auto release = [](VipsBlob *area) { vips_area_unref(VIPS_AREA(area)); };
    const std::unique_ptr<VipsBlob, decltype(release)> owner(blob, release);
    const auto thumbnail = [&](bool byVips) {
        vips::VOption *options = VImage::option()
                                     ->set("height", maxSide)
                                     ->set("size", VIPS_SIZE_DOWN)
                                     ->set("intent", VIPS_INTENT_RELATIVE)
                                     ->set("fail_on", VIPS_FAIL_ON_ERROR);
        if (byVips)
            options->set("export_profile", "srgb");
        return VImage::thumbnail_buffer(blob, maxSide, options);
    };
    if (!isPlain(header)) {
        try {
            VImage converted = thumbnail(true).copy();
            converted.remove(VIPS_META_ICC_NAME); // done with it
            return converted;
        } catch (const vips::VError &) {
            // A broken profile: the values are taken as they are; other damage fails again.
        }
    }
    return thumbnail(false);
}

// Some loaders give every picture of a format an alpha channel.
bool isOpaque(const QImage &image)
{
    for (int y = 0; y < image.height(); ++y) {
        const uchar *row = image.constScanLine(y);
        for (int x = 0; x < image.width(); ++x)
            if (row[x * 4 + 3] != 255)
                return false;
    }
    return true;
}

// Copies the pixels out, as 4 bytes each, in sRGB.
QImage toQImage(VImage image)
{
    const bool grey = image.interpretation() == VIPS_INTERPRETATION_B_W && image.bands() <= 2;
    QByteArray profile;
    if (isPlain(image) && image.get_typeof(VIPS_META_ICC_NAME) != 0) {
        size_t size = 0;
        const void *bytes = image.get_blob(VIPS_META_ICC_NAME, &size);
        profile = QByteArray(static_cast<const char *>(bytes), qsizetype(size));
    }
    if (!isPlain(image))
        image = image.colourspace(VIPS_INTERPRETATION_sRGB).cast(VIPS_FORMAT_UCHAR);
    const bool alpha = image.bands() == 2 || image.bands() >= 4;
    if (image.bands() <= 2) {
        const VImage lightness = image.extract_band(0);
        std::vector<VImage> bands{lightness, lightness, lightness};
        if (alpha)
            bands.push_back(image.extract_band(1));
        image = VImage::bandjoin(bands);
    }
    image = image.bands() == 3 ? image.bandjoin_const({255})
                               : image.extract_band(0, VImage::option()->set("n", 4));
    size_t size = 0;
    auto *pixels = static_cast<uchar *>(image.write_to_memory(&size));
    QImage picture(pixels, image.width(), image.height(), qsizetype(image.width()) * 4,
                   alpha ? QImage::Format_RGBA8888 : QImage::Format_RGBX8888, g_free, pixels);
    if (!profile.isEmpty())
        convertToSrgb(picture, profile, grey);
    if (alpha && isOpaque(picture))
        picture.reinterpretAsFormat(QImage::Format_RGBX8888);
    picture.setColorSpace(QColorSpace(QColorSpace::SRgb));
    return picture;
}

Result<void> checkSize(QSize size, const DecodeOptions &options, const QString &name)
{
    const qint64 pixels = qint64(size.width()) * size.height();
    if (pixels > options.maxPixels)
        return fail(ErrorCode::Invalid, name.toStdString(),
                    std::to_string(pixels / 1'000'000) + " megapixels; at most " +
                        std::to_string(options.maxPixels / 1'000'000) +
                        " are read. Make a smaller copy of the picture");
    // Rows in flight cost little; a full picture costs its pixels, twice for a moment.
    const qint64 needed = options.maxSide > 0 ? 0 : pixels * 8;
    const auto available = qint64(availableMemory());
    if (available > 0 && needed > available)
        return fail(ErrorCode::OutOfMemory, name.toStdString(),
                    "needs " + std::to_string(needed / 1'000'000) + " MB of memory, " +
                        std::to_string(available / 1'000'000) + " MB are free");
    return {};
}

} // namespace

Result<Picture> decodePictureBytes(const QByteArray &bytes, const DecodeOptions &options,
                                   const QString &name)
{
    if (auto started = vipsio::start(); !started)
        return fail(started.error());
    if (bytes.isEmpty())
        return fail(ErrorCode::Corrupt, name.toStdString(), "the file is empty (0 bytes)");
    Picture picture;
    picture.format = sniffFormat(bytes);
    if (picture.format == Format::Unknown)
        return fail(ErrorCode::Unsupported, name.toStdString(),
                    describeForeignFormat(bytes).toStdString() +
                        "; save it as PNG or JPEG and try again");
    if (isCutOff(bytes, picture.format))
        return fail(explainDamage(bytes, picture.format, name));
    try {
        const auto lock = vipsio::shared();
        const VImage header = vipsio::open(bytes, picture.format, vipsio::Access::Sequential);
        picture.fullSize = vipsio::uprightSize(header);
        if (auto fits = checkSize(picture.fullSize, options, name); !fits)
            return fail(fits.error());
        picture.image = toQImage(
            options.maxSide > 0 ? reducedPicture(bytes, picture.format, header, options.maxSide)
                                : fullPicture(bytes, picture.format));
        return picture;
    } catch (const vips::VError &) {
        // Explained below, once the shared lock is gone.
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory, name.toStdString(),
                    "not enough memory for the picture");
    }
    return fail(explainDamage(bytes, picture.format, name));
}

Result<Picture> decodePicture(const QString &path, const DecodeOptions &options)
{
    const auto bytes = readPictureFile(path, options.maxBytes);
    if (!bytes)
        return fail(bytes.error());
    return decodePictureBytes(*bytes, options, path);
}

Result<QImage> decode(const QString &path, const DecodeOptions &options)
{
    auto picture = decodePicture(path, options);
    if (!picture)
        return fail(picture.error());
    return std::move(picture->image);
}

Result<QImage> decodeBytes(const QByteArray &bytes, const DecodeOptions &options,
                           const QString &name)
{
    auto picture = decodePictureBytes(bytes, options, name);
    if (!picture)
        return fail(picture.error());
    return std::move(picture->image);
}

Result<QByteArray> readPictureFile(const QString &path, qint64 maxBytes)
{
    const std::string subject = path.toStdString();
    struct stat status;
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return fail(errno == EACCES ? ErrorCode::Unreadable : ErrorCode::NotFound, subject,
                    errno == EACCES ? "no permission to read it" : "no such file");
    if (!S_ISREG(status.st_mode))
        return fail(ErrorCode::Unreadable, subject, "not a file but a folder or a device");
    if (status.st_size > maxBytes)
        return fail(ErrorCode::Invalid, subject,
                    std::to_string(status.st_size / 1'000'000) + " MB; files up to " +
                        std::to_string(maxBytes / 1'000'000) + " MB are read");
    if (status.st_size == 0)
        return fail(ErrorCode::Corrupt, subject, "the file is empty (0 bytes)");
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable, subject, file.errorString().toStdString());
    QByteArray bytes = file.read(status.st_size); // not more: it allocates what it is asked for
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::Unreadable, subject, file.errorString().toStdString());
    return bytes;
}

} // namespace moodloom::image
