#include "core/image/Vips.h"

#include "core/image/Start.h"

namespace moodloom::image::vipsio {
namespace {

std::mutex &turnstile()
{
    static std::mutex mutex;
    return mutex;
}

std::shared_mutex &gate()
{
    static std::shared_mutex mutex;
    return mutex;
}

// Gives back what libvips keeps for each thread.
struct ThreadEnd
{
    ~ThreadEnd() { vips_thread_shutdown(); }
};

} // namespace

Result<void> start()
{
    static const bool started = [] {
        if (VIPS_INIT("moodloom") != 0)
            return false;
        vips_concurrency_set(1);
        vips_cache_set_max(0);
        vips_cache_set_max_mem(0);
        vips_operation_block_set("VipsForeignLoad", TRUE);
        for (const char *loader :
             {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp",
              "VipsForeignLoadTiff", "VipsForeignLoadNsgif", "VipsForeignLoadHeif",
              "VipsForeignLoadSvg"})
            vips_operation_block_set(loader, FALSE);
        // Warnings about odd files would fill the terminal; what matters comes back as an error.
        g_log_set_handler(
            "VIPS", G_LOG_LEVEL_WARNING,
            [](const gchar *, GLogLevelFlags, const gchar *, gpointer) {}, nullptr);
        return true;
    }();
    if (!started)
        return fail(ErrorCode::Internal, "libvips",
                    "cannot start; reinstall the package libvips42");
    thread_local const ThreadEnd end;
    return {};
}

std::shared_lock<std::shared_mutex> shared()
{
    // Whoever waits in alone() holds the turnstile, so that a stream of decoders cannot starve it.
    const std::lock_guard pass(turnstile());
    return std::shared_lock(gate());
}

std::unique_lock<std::shared_mutex> alone()
{
    const std::lock_guard pass(turnstile());
    return std::unique_lock(gate());
}

vips::VImage open(const QByteArray &bytes, Format format, Access access, double svgScale,
                  VipsFailOn failOn)
{
    VipsBlob *blob = vips_blob_new(nullptr, bytes.constData(), size_t(bytes.size()));
    const auto release = [](VipsBlob *area) { vips_area_unref(VIPS_AREA(area)); };
    const std::unique_ptr<VipsBlob, decltype(release)> owner(blob, release);
    vips::VOption *options =
        vips::VImage::option()
            ->set("access",
                  access == Access::Sequential ? VIPS_ACCESS_SEQUENTIAL : VIPS_ACCESS_RANDOM)
            ->set("fail_on", failOn);
    switch (format) {
    case Format::Jpeg:
        return vips::VImage::jpegload_buffer(blob, options);
    case Format::Png:
        return vips::VImage::pngload_buffer(blob, options);
    case Format::Webp:
        return vips::VImage::webpload_buffer(blob, options);
    case Format::Tiff:
        return vips::VImage::tiffload_buffer(blob, options);
    case Format::Gif:
        return vips::VImage::gifload_buffer(blob, options);
    case Format::Avif:
    case Format::Heif:
        return vips::VImage::heifload_buffer(blob, options);
    case Format::Svg:
        return vips::VImage::svgload_buffer(blob, options->set("scale", svgScale));
    case Format::Unknown:
        break;
    }
    delete options;
    throw vips::VError("no loader for this kind of file");
}

QSize uprightSize(const vips::VImage &image)
{
    const QSize size(image.width(), image.height());
    const int orientation = vips_image_get_orientation(image.get_image());
    return orientation >= 5 && orientation <= 8 ? size.transposed() : size;
}

} // namespace moodloom::image::vipsio

namespace moodloom::image {

Result<void> startDecoders()
{
    return vipsio::start();
}

} // namespace moodloom::image
