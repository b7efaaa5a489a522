#include "core/base/Coverage.h"

#include <algorithm>
#include <cmath>

namespace moodloom {

std::vector<float> cellCoverage(double from, double length, int cells)
{
    std::vector<float> share;
    for (int i = 0; i < cells; ++i) {
        const double begin = std::max(from * cells, double(i));
        const double end = std::min((from + length) * cells, double(i + 1));
        share.push_back(float(std::max(0.0, end - begin)));
    }
    return share;
}

namespace {

// A half plane that the shape lies in: positive inside, in cells.
struct Side
{
    double x, y, offset;
    double depth(double px, double py) const { return x * px + y * py + offset; }
};

bool beyond(double a, double b, double cells)
{
    constexpr double touching = 1e-6;
    return std::max(a, b) <= touching || std::min(a, b) >= cells - touching;
}

} // namespace

std::vector<float> shapeCoverage(const std::vector<Corner> &corners, int height, int width,
                                 double softness)
{
    std::vector<float> share(size_t(width) * size_t(height), 1.0f);
    if (corners.size() < 3)
        return share;
    double twice = 0; // the area, negative where the corners run the other way
    std::vector<Corner> at;
    for (const Corner &corner : corners)
        at.push_back({corner.x * width, corner.y * height});
    for (size_t i = 0; i < at.size(); ++i) {
        const Corner &a = at[i], &b = at[(i + 1) % at.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    if (twice == 0)
        return std::vector<float>(share.size(), 0.0f);
    std::vector<Side> sides;
    double narrowest = softness * 2;
    for (size_t i = 0; i < at.size(); ++i) {
        const Corner &a = at[i], &b = at[(i + 1) % at.size()];
        const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
        if (length == 0)
            continue;
        const double sign = twice > 0 ? 1 : -1;
        const Side side{-dy / length * sign, dx / length * sign,
                        (a.x * dy - a.y * dx) / length * sign};
        double across = 0;
        for (const Corner &corner : at)
            across = std::max(across, side.depth(corner.x, corner.y));
        if (beyond(a.x, b.x, width) || beyond(a.y, b.y, height))
            continue;
        narrowest = std::min(narrowest, across);
        sides.push_back(side);
    }
    const double soft = std::max(1e-6, std::min(softness, narrowest / 2));
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            double depth = softness;
            for (const Side &side : sides)
                depth = std::min(depth, side.depth(x + 0.5, y + 0.5));
            share[size_t(y) * size_t(width) + size_t(x)] =
                float(std::clamp(0.5 + depth / soft, 0.0, 1.0));
        }
    return share;
}

void coverEachOther(std::vector<std::vector<float>> &layers, const std::vector<double> &opacities)
{
    if (layers.empty())
        return;
    std::vector<float> open(layers.front().size(), 1.0f); // what nothing in front hides
    for (size_t layer = layers.size(); layer-- > 0;) {
        const auto opacity = float(std::clamp(opacities[layer], 0.0, 1.0));
        for (size_t cell = 0; cell < open.size(); ++cell) {
            const float own = layers[layer][cell];
            layers[layer][cell] = own * open[cell];
            open[cell] *= 1 - own * opacity;
        }
    }
}

} // namespace moodloom
