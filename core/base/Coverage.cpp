#include "core/base/Coverage.h"

#include <algorithm>

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

} // namespace moodloom
