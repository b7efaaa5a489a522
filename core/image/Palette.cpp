#include "core/image/Palette.h"

#include "core/image/OkLab.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace moodloom::image {
namespace {

constexpr int kColors = 6;
constexpr int kSide = 64; // pixels a side that are looked at
constexpr int kRounds = 12;
constexpr float kAlike = 0.05f * 0.05f; // closer centres are one colour
constexpr float kSmallestShare = 0.01f;

struct Cluster
{
    OkLab center;
    float pixels = 0;
};

std::vector<OkLab> visiblePixels(const QImage &image)
{
    const QImage small = image.scaled(kSide, kSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                             .convertToFormat(QImage::Format_ARGB32);
    std::vector<OkLab> pixels;
    pixels.reserve(size_t(small.width()) * size_t(small.height()));
    for (int y = 0; y < small.height(); ++y) {
        const auto *row = reinterpret_cast<const QRgb *>(small.constScanLine(y));
        for (int x = 0; x < small.width(); ++x)
            if (qAlpha(row[x]) >= 128)
                pixels.push_back(toOkLab(row[x]));
    }
    return pixels;
}

// The mean first, then each time the pixel farthest from all: no chance involved.
std::vector<Cluster> firstCenters(const std::vector<OkLab> &pixels)
{
    OkLab mean;
    for (const OkLab &pixel : pixels) {
        mean.lightness += pixel.lightness / float(pixels.size());
        mean.a += pixel.a / float(pixels.size());
        mean.b += pixel.b / float(pixels.size());
    }
    std::vector<Cluster> clusters{{mean, 0}};
    std::vector<float> nearest(pixels.size(), std::numeric_limits<float>::max());
    while (int(clusters.size()) < kColors) {
        size_t farthest = 0;
        for (size_t i = 0; i < pixels.size(); ++i) {
            nearest[i] = std::min(nearest[i], squaredDistance(pixels[i], clusters.back().center));
            if (nearest[i] > nearest[farthest])
                farthest = i;
        }
        if (nearest[farthest] < kAlike)
            break;
        clusters.push_back({pixels[farthest], 0});
    }
    return clusters;
}

void refine(std::vector<Cluster> &clusters, const std::vector<OkLab> &pixels)
{
    for (int round = 0; round < kRounds; ++round) {
        std::vector<Cluster> sums(clusters.size());
        for (const OkLab &pixel : pixels) {
            size_t best = 0;
            float distance = std::numeric_limits<float>::max();
            for (size_t c = 0; c < clusters.size(); ++c)
                if (const float d = squaredDistance(pixel, clusters[c].center); d < distance) {
                    distance = d;
                    best = c;
                }
            sums[best].center.lightness += pixel.lightness;
            sums[best].center.a += pixel.a;
            sums[best].center.b += pixel.b;
            ++sums[best].pixels;
        }
        for (size_t c = 0; c < clusters.size(); ++c) {
            clusters[c].pixels = sums[c].pixels;
            if (sums[c].pixels > 0)
                clusters[c].center = {sums[c].center.lightness / sums[c].pixels,
                                      sums[c].center.a / sums[c].pixels,
                                      sums[c].center.b / sums[c].pixels};
        }
    }
}

// The largest first; smaller ones that look the same join them.
std::vector<Cluster> distinct(std::vector<Cluster> clusters)
{
    std::stable_sort(clusters.begin(), clusters.end(),
                     [](const Cluster &l, const Cluster &r) { return l.pixels > r.pixels; });
    std::vector<Cluster> kept;
    for (const Cluster &cluster : clusters) {
        const auto same = std::find_if(kept.begin(), kept.end(), [&](const Cluster &other) {
            return squaredDistance(other.center, cluster.center) < kAlike;
        });
        if (same != kept.end())
            same->pixels += cluster.pixels;
        else if (cluster.pixels > 0)
            kept.push_back(cluster);
    }
    return kept;
}

} // namespace

QVector<PaletteColor> dominantColors(const QImage &image)
{
    QVector<PaletteColor> palette;
    if (image.isNull())
        return palette;
    const std::vector<OkLab> pixels = visiblePixels(image);
    if (pixels.empty())
        return palette;
    std::vector<Cluster> clusters = firstCenters(pixels);
    refine(clusters, pixels);
    clusters = distinct(std::move(clusters));
    std::erase_if(clusters, [&](const Cluster &c) {
        return c.pixels < kSmallestShare * float(pixels.size());
    });
    float counted = 0;
    for (const Cluster &cluster : clusters)
        counted += cluster.pixels;
    for (const Cluster &cluster : clusters)
        palette.append({fromOkLab(cluster.center), cluster.pixels / counted});
    std::stable_sort(
        palette.begin(), palette.end(),
        [](const PaletteColor &l, const PaletteColor &r) { return l.share > r.share; });
    return palette;
}

} // namespace moodloom::image
