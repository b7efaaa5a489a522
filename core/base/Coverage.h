// How much of each cell of a grid a region covers: soft edges where it ends within a cell.
//
// Pure functions; what the painter masks references with, and what the board shows of that.
#pragma once

#include <vector>

namespace moodloom {

// Along one axis: `cells` equal cells lie side by side from 0 to 1. The share of each, 0..1, that
// lies between `from` and `from + length`.
std::vector<float> cellCoverage(double from, double length, int cells);

struct Corner
{
    double x = 0, y = 0; // 0..1 of the grid, or beyond it
    bool operator==(const Corner &) const = default;
};

// In the plane: each cell's share of a convex shape, row by row, 1 inside. At the shape's edges it
// falls to 0 over `softness` cells, less where the shape is narrow; where the shape reaches the
// grid's border it does not fall. Fewer than three corners: everywhere.
std::vector<float> shapeCoverage(const std::vector<Corner> &corners, int height, int width,
                                 double softness = 2);

// What is seen of layers over one another, from the back to the front, each cells' shares of one
// grid: a layer hides what lies below it by its share times its opacity (0..1).
void coverEachOther(std::vector<std::vector<float>> &layers, const std::vector<double> &opacities);

} // namespace moodloom
