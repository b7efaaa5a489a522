#include "core/grounding/Likeness.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace moodloom::grounding {
namespace {

using image::OkLab;

constexpr int side = 48;
constexpr int patch = 8;
// Mean squared distance of a patch that is the same but for scaling and compression.
constexpr double sameness = 0.05 * 0.05;

// What makes a patch worth finding: the spread of its colours.
double detailOf(const LabPicture &picture, int x0, int y0)
{
    OkLab mean;
    double squares = 0;
    for (int y = y0; y < y0 + patch; ++y)
        for (int x = x0; x < x0 + patch; ++x) {
            const OkLab &p = picture.at(x, y);
            mean.lightness += p.lightness;
            mean.a += p.a;
            mean.b += p.b;
            squares += double(p.lightness) * p.lightness + double(p.a) * p.a + double(p.b) * p.b;
        }
    constexpr double count = patch * patch;
    const double centre = (double(mean.lightness) * mean.lightness + double(mean.a) * mean.a +
                           double(mean.b) * mean.b) /
                          (count * count);
    return std::sqrt(std::max(0.0, squares / count - centre));
}

// The least mean squared distance of a patch to any place of `source` that is below `best`.
double nearest(const LabPicture &picture, int x0, int y0, const LabPicture &source, double best)
{
    constexpr int count = patch * patch;
    for (int v0 = 0; v0 + patch <= source.side; ++v0)
        for (int u0 = 0; u0 + patch <= source.side; ++u0) {
            const float limit = float(best * count);
            float sum = 0;
            for (int dy = 0; dy < patch && sum < limit; ++dy)
                for (int dx = 0; dx < patch; ++dx)
                    sum += image::squaredDistance(picture.at(x0 + dx, y0 + dy),
                                                  source.at(u0 + dx, v0 + dy));
            if (sum < limit)
                best = double(sum) / count;
        }
    return best;
}

} // namespace

double meanDifference(const QImage &left, const QImage &right)
{
    const LabPicture a = toLab(left, side), b = toLab(right, side);
    double sum = 0;
    for (size_t i = 0; i < a.pixels.size(); ++i)
        sum += std::sqrt(image::squaredDistance(a.pixels[i], b.pixels[i]));
    return sum / double(a.pixels.size());
}

RegionalChange changeByRegion(const QImage &before, const QImage &after, const QRectF &region,
                              double margin)
{
    const LabPicture a = toLab(before, side), b = toLab(after, side);
    const QRectF around = region.adjusted(-margin, -margin, margin, margin);
    double sums[2] = {0, 0}, counts[2] = {0, 0};
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const QPointF at((x + 0.5) / side, (y + 0.5) / side);
            const bool inside = region.contains(at);
            if (!inside && around.contains(at))
                continue;
            sums[inside] += std::sqrt(image::squaredDistance(a.at(x, y), b.at(x, y)));
            ++counts[inside];
        }
    return {sums[1] / std::max(counts[1], 1.0), sums[0] / std::max(counts[0], 1.0)};
}

double collageLikeness(const QImage &picture, const QImage &source)
{
    const LabPicture seen = toLab(picture, side);
    std::vector<LabPicture> sources;
    for (const int scaled : {side * 4 / 5, side, side * 5 / 4}) {
        sources.push_back(toLab(source, scaled));
        sources.push_back(mirrored(sources.back()));
    }
    double found = 0, whole = 1e-9;
    for (int y = 0; y + patch <= side; y += patch)
        for (int x = 0; x + patch <= side; x += patch) {
            const double detail = detailOf(seen, x, y);
            if (detail < 0.05)
                continue;
            double distance = 9 * sameness; // farther ones count as not found anyway
            for (const LabPicture &one : sources)
                distance = nearest(seen, x, y, one, distance);
            found += detail * std::exp(-distance / (2 * sameness));
            whole += detail;
        }
    return found / whole;
}

double collageLikeness(const QImage &picture, std::span<const QImage> sources)
{
    double most = 0;
    for (const QImage &source : sources)
        most = std::max(most, collageLikeness(picture, source));
    return most;
}

double expectedLikeness(std::span<const QImage> fresh, std::span<const QImage> references)
{
    double sum = 0;
    for (const QImage &one : fresh)
        sum += collageLikeness(one, references);
    return sum / double(fresh.size());
}

} // namespace moodloom::grounding
