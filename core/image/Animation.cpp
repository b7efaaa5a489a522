#include "core/image/Animation.h"

#include "core/image/Vips.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace moodloom::image {
namespace {

using vips::VImage;

constexpr int usualDelay = 100; // ms, where the file says nothing or asks for the impossible

VImage openAll(const QByteArray &bytes, Format format)
{
    VipsBlob *blob = vips_blob_new(nullptr, bytes.constData(), size_t(bytes.size()));
    const auto release = [](VipsBlob *area) { vips_area_unref(VIPS_AREA(area)); };
    const std::unique_ptr<VipsBlob, decltype(release)> owner(blob, release);
    vips::VOption *options = VImage::option()
                                 ->set("n", -1)
                                 ->set("access", VIPS_ACCESS_SEQUENTIAL)
                                 ->set("fail_on", VIPS_FAIL_ON_ERROR);
    return format == Format::Gif ? VImage::gifload_buffer(blob, options)
                                 : VImage::webpload_buffer(blob, options);
}

// As wide and high as a frame may become.
QSize frameSize(QSize natural, int count, const AnimationOptions &options)
{
    double factor = 1;
    if (options.maxSide > 0)
        factor =
            std::min(factor, double(options.maxSide) / std::max(natural.width(), natural.height()));
    const double all = 4.0 * natural.width() * natural.height() * count;
    factor = std::min(factor, std::sqrt(double(options.maxBytes) / all));
    return QSize(int(natural.width() * factor), int(natural.height() * factor)).expandedTo({1, 1});
}

Result<Animation> read(const QByteArray &bytes, Format format, const AnimationOptions &options)
{
    VImage image = openAll(bytes, format);
    const int height = vips_image_get_page_height(image.get_image());
    const int count = image.height() / height;
    if (qint64(image.width()) * image.height() > options.maxPixels)
        return fail(ErrorCode::Invalid, "animation",
                    "its frames have more pixels than are read; it is shown without moving");
    Animation animation;
    std::vector<int> delays;
    if (image.get_typeof("delay") != 0)
        delays = image.get_array_int("delay");
    for (int i = 0; i < count; ++i) {
        const int delay = size_t(i) < delays.size() ? delays[size_t(i)] : usualDelay;
        animation.delays.append(delay <= 10 ? usualDelay : delay); // as browsers do
    }
    if (image.interpretation() != VIPS_INTERPRETATION_sRGB)
        image = image.colourspace(VIPS_INTERPRETATION_sRGB);
    image = image.cast(VIPS_FORMAT_UCHAR);
    image = image.bands() == 3 ? image.bandjoin_const({255})
                               : image.extract_band(0, VImage::option()->set("n", 4));
    size_t size = 0;
    const std::unique_ptr<void, decltype(&g_free)> pixels(image.write_to_memory(&size), &g_free);
    const QSize natural(image.width(), height), wanted = frameSize(natural, count, options);
    const qsizetype row = qsizetype(natural.width()) * 4;
    for (int i = 0; i < count; ++i) {
        const QImage frame(static_cast<const uchar *>(pixels.get()) + row * height * i,
                           natural.width(), height, row, QImage::Format_RGBA8888);
        QImage own = frame.convertToFormat(QImage::Format_RGBA8888_Premultiplied); // a copy
        if (wanted != natural)
            own = own.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                      .convertToFormat(QImage::Format_RGBA8888_Premultiplied);
        animation.frames.append(own);
    }
    return animation;
}

} // namespace

int Animation::duration() const
{
    int sum = 0;
    for (const int delay : delays)
        sum += delay;
    return sum;
}

int Animation::frameAt(qint64 time) const
{
    qint64 left = time % std::max(1, duration());
    for (int i = 0; i < delays.size(); ++i) {
        left -= delays[i];
        if (left < 0)
            return i;
    }
    return 0;
}

qint64 Animation::bytes() const
{
    qint64 sum = 0;
    for (const QImage &frame : frames)
        sum += frame.sizeInBytes();
    return sum;
}

Result<Animation> decodeAnimation(const QByteArray &bytes, const AnimationOptions &options)
{
    if (auto started = vipsio::start(); !started)
        return fail(started.error());
    const Format format = sniffFormat(bytes);
    if (format != Format::Gif && format != Format::Webp)
        return fail(ErrorCode::Unsupported, "animation", "neither GIF nor WebP");
    try {
        const auto lock = vipsio::shared();
        return read(bytes, format, options);
    } catch (const vips::VError &) {
        return fail(ErrorCode::Corrupt, "animation", "its frames cannot be read");
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory, "animation", "not enough memory for its frames");
    }
}

} // namespace moodloom::image
