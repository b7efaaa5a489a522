// How much of each cell of a grid a region covers: soft edges where it ends within a cell.
//
// Pure functions; what the painter masks references with, and what the board shows of that.
#pragma once

#include <vector>

namespace moodloom {

// Along one axis: `cells` equal cells lie side by side from 0 to 1. The share of each, 0..1, that
// lies between `from` and `from + length`.
std::vector<float> cellCoverage(double from, double length, int cells);

} // namespace moodloom
