// Pictures and layer trees for the export tests: noise, runs, ramps and flats, all from a seed.
#pragma once

#include "core/export/Psd.h"

#include <random>

namespace moodloom::testing {

using Random = std::mt19937;

inline int between(Random &random, int low, int high)
{
    return low + int(random() % unsigned(high - low + 1));
}

// Mixes stretches of noise, of one value and of a ramp, so that every way of encoding a row occurs.
inline QImage samplePicture(Random &random, QSize size, bool alpha)
{
    QImage image(size, alpha ? QImage::Format_RGBA8888 : QImage::Format_RGB888);
    const int channels = alpha ? 4 : 3;
    for (int y = 0; y < size.height(); ++y) {
        uchar *row = image.scanLine(y);
        for (int c = 0; c < channels; ++c) {
            int x = 0;
            while (x < size.width()) {
                const int kind = between(random, 0, 2);
                const int end = std::min(size.width(), x + between(random, 1, 300));
                auto value = uchar(random());
                for (; x < end; ++x) {
                    row[x * channels + c] = value;
                    value = kind == 0 ? uchar(random()) : kind == 1 ? value : uchar(value + 1);
                }
            }
        }
    }
    return image;
}

inline QString sampleName(Random &random)
{
    static const QString names[] = {QStringLiteral("plain"), QStringLiteral("大众揽巡飞跃长城"),
                                    QStringLiteral("🌅 évening 🚙"), QStringLiteral("x"),
                                    QStringLiteral("a rather long name ").repeated(9).trimmed()};
    return names[random() % std::size(names)];
}

// A random tree of layers on and around a canvas; `empty` also makes layers without pixels.
inline std::vector<exporting::PsdLayer> sampleLayers(Random &random, QSize canvas, int depth,
                                                     bool empty)
{
    std::vector<exporting::PsdLayer> layers;
    for (int n = between(random, 1, 4); n > 0; --n) {
        exporting::PsdLayer layer;
        layer.name = sampleName(random);
        layer.opacity = between(random, 0, 255) / 255.0;
        layer.visible = random() % 4 != 0;
        if (depth > 0 && random() % 3 == 0) {
            layer.kind = exporting::PsdLayer::Kind::Group;
            layer.children = sampleLayers(random, canvas, depth - 1, empty);
        } else if (!empty || random() % 5 != 0) {
            const QSize size(between(random, 1, canvas.width() + 20), between(random, 1, 60));
            layer.image = samplePicture(random, size, random() % 2);
            layer.position = {between(random, -size.width() - 5, canvas.width() + 5),
                              between(random, -size.height() - 5, canvas.height() + 5)};
        }
        layers.push_back(std::move(layer));
    }
    return layers;
}

// The layers that hold pixels, from the lowest to the topmost.
inline void collectPixels(const std::vector<exporting::PsdLayer> &layers,
                          std::vector<const exporting::PsdLayer *> &pixels)
{
    for (const exporting::PsdLayer &layer : layers) {
        if (layer.kind == exporting::PsdLayer::Kind::Group)
            collectPixels(layer.children, pixels);
        else if (!layer.image.isNull())
            pixels.push_back(&layer);
    }
}

// Rows without padding, in the channel order that `convert FILE -depth 8 rgb:-` (or rgba:-) prints.
inline QByteArray packedPixels(const QImage &image, bool alpha)
{
    const QImage pixels =
        image.convertToFormat(alpha ? QImage::Format_RGBA8888 : QImage::Format_RGB888);
    const int rowBytes = pixels.width() * (alpha ? 4 : 3);
    QByteArray packed;
    for (int y = 0; y < pixels.height(); ++y)
        packed.append(reinterpret_cast<const char *>(pixels.constScanLine(y)), rowBytes);
    return packed;
}

} // namespace moodloom::testing
