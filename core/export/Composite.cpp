#include "core/export/Composite.h"

#include "core/export/Srgb.h"

#include <algorithm>
#include <cmath>

namespace moodloom::exporting {
namespace {

QImage transparent(QSize size)
{
    QImage image(size, QImage::Format_RGBA8888);
    if (!image.isNull())
        image.fill(Qt::transparent);
    return image;
}

// Porter and Duff's "over" on straight alpha. `source` and `target`: r, g, b, a.
void blendPixel(const uchar *source, int sourceAlpha, uchar *target)
{
    if (sourceAlpha == 0)
        return;
    const int below = target[3] * (255 - sourceAlpha); // of 255 * 255
    const int alpha = sourceAlpha * 255 + below;       // of 255 * 255
    for (int c = 0; c < 3; ++c)
        target[c] = uchar((source[c] * sourceAlpha * 255 + target[c] * below + alpha / 2) / alpha);
    target[3] = uchar((alpha + 127) / 255);
}

void blend(const QImage &source, QPoint position, int opacity, QImage &target)
{
    const QRect area = QRect(position, source.size()).intersected(target.rect());
    const int channels = source.format() == QImage::Format_RGBA8888 ? 4 : 3;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        const uchar *from = source.constScanLine(y - position.y()) +
                            qsizetype(area.left() - position.x()) * channels;
        uchar *to = target.scanLine(y) + qsizetype(area.left()) * 4;
        for (int x = area.left(); x <= area.right(); ++x, from += channels, to += 4) {
            const int alpha = channels == 4 ? from[3] : 255;
            blendPixel(from, (alpha * opacity + 127) / 255, to);
        }
    }
}

Result<void> blendLayers(const std::vector<PsdLayer> &layers, QImage &target,
                         const std::stop_token &stop)
{
    for (const PsdLayer &layer : layers) {
        if (stop.stop_requested())
            return cancelled();
        const int opacity = opacityByte(layer.opacity);
        if (!layer.visible || opacity == 0)
            continue;
        if (layer.kind == PsdLayer::Kind::Pixels) {
            if (layer.image.isNull())
                continue;
            const QImage pixels = toSrgb8(layer.image);
            if (pixels.isNull())
                return fail(ErrorCode::OutOfMemory, layer.name.toStdString());
            blend(pixels, layer.position, opacity, target);
        } else if (opacity == 255) {
            if (auto done = blendLayers(layer.children, target, stop); !done)
                return done;
        } else {
            QImage group = transparent(target.size());
            if (group.isNull())
                return fail(ErrorCode::OutOfMemory, layer.name.toStdString());
            if (auto done = blendLayers(layer.children, group, stop); !done)
                return done;
            blend(group, {}, opacity, target);
        }
    }
    return {};
}

} // namespace

int opacityByte(double opacity)
{
    return int(std::lround(std::clamp(opacity, 0.0, 1.0) * 255));
}

Result<QImage> composite(const PsdDocument &document, const std::stop_token &stop)
{
    QImage canvas = transparent(document.size);
    if (canvas.isNull())
        return fail(ErrorCode::OutOfMemory, "the merged picture",
                    "too little memory for " + std::to_string(document.size.width()) + " x " +
                        std::to_string(document.size.height()) + " pixels");
    if (auto done = blendLayers(document.layers, canvas, stop); !done)
        return fail(done.error());
    return canvas;
}

} // namespace moodloom::exporting
