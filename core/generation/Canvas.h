// What a model can paint on.
#pragma once

#include <QSize>

#include <algorithm>
#include <cmath>

namespace moodloom::generation {

struct Canvas
{
    QSize native{256, 256}; // pixels that the model was trained at
    int step = 16;          // pixels: sides are multiples of it

    // The multiple of `step` nearest to a side, from four steps to `kLargestSide`.
    int onGrid(double side) const
    {
        return std::clamp(int(std::lround(side / step)) * step, smallestSide(), kLargestSide / step * step);
    }
    int smallestSide() const { return 4 * step; }

    // About `pixels` in all, of the aspect of `like`, on the grid.
    QSize shaped(const QSizeF &like, double pixels) const
    {
        const double aspect = like.isEmpty() ? 1 : like.width() / like.height();
        return {onGrid(std::sqrt(pixels * aspect)), onGrid(std::sqrt(pixels / aspect))};
    }

    static constexpr int kLargestSide = 2048;
    bool operator==(const Canvas &) const = default;
};

} // namespace moodloom::generation
