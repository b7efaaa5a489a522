#include "core/image/PerceptualHash.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

namespace moodloom::image {
namespace {

constexpr int kSide = 32;
constexpr int kKept = 8;

using Grid = std::array<std::array<float, kSide>, kSide>;

Grid lightness(const QImage &image)
{
    const QImage small =
        image.scaled(kSide, kSide, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QImage opaque(kSide, kSide, QImage::Format_RGB32);
    opaque.fill(Qt::white);
    QPainter(&opaque).drawImage(0, 0, small);
    Grid grid{};
    for (int y = 0; y < kSide; ++y) {
        const auto *row = reinterpret_cast<const QRgb *>(opaque.constScanLine(y));
        for (int x = 0; x < kSide; ++x)
            grid[size_t(y)][size_t(x)] = 0.299f * float(qRed(row[x])) +
                                         0.587f * float(qGreen(row[x])) +
                                         0.114f * float(qBlue(row[x]));
    }
    return grid;
}

// Row u of the DCT-II matrix; row 0 is the constant and not needed.
const std::array<std::array<float, kSide>, kKept> &cosines()
{
    static const auto table = [] {
        std::array<std::array<float, kSide>, kKept> rows{};
        for (int u = 0; u < kKept; ++u)
            for (int x = 0; x < kSide; ++x)
                rows[size_t(u)][size_t(x)] =
                    float(std::cos((x + 0.5) * (u + 1) * std::numbers::pi / kSide));
        return rows;
    }();
    return table;
}

} // namespace

quint64 perceptualHash(const QImage &image)
{
    if (image.isNull())
        return 0;
    const Grid grid = lightness(image);
    const auto &basis = cosines();
    std::array<std::array<float, kSide>, kKept> columns{}; // transformed along y
    for (size_t v = 0; v < kKept; ++v)
        for (size_t y = 0; y < kSide; ++y)
            for (size_t x = 0; x < kSide; ++x)
                columns[v][x] += basis[v][y] * grid[y][x];
    std::array<float, kKept * kKept> frequencies{};
    for (size_t v = 0; v < kKept; ++v)
        for (size_t u = 0; u < kKept; ++u)
            for (size_t x = 0; x < kSide; ++x)
                frequencies[v * kKept + u] += basis[u][x] * columns[v][x];
    auto sorted = frequencies;
    std::nth_element(sorted.begin(), sorted.begin() + 32, sorted.end());
    const float median = sorted[32];
    quint64 hash = 0;
    for (size_t i = 0; i < frequencies.size(); ++i)
        hash |= quint64(frequencies[i] > median) << i;
    return hash;
}

int hashDistance(quint64 left, quint64 right)
{
    return std::popcount(left ^ right);
}

} // namespace moodloom::image
