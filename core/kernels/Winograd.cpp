#include "core/kernels/Winograd.h"

#include "core/kernels/ProductTile.h"

#include <cstring>

namespace moodloom::kernels {

namespace {

constexpr int64_t basis = 16;      // 4x4 numbers of a turned tile
constexpr int64_t groupWidth = 64; // channels of the output that are computed together
constexpr int rowsTogether = 6;    // 6 x 4 sums, 4 operands and a broadcast fill the registers
constexpr int64_t turnedBytes = 700 << 10; // of a block of tiles: most of a core's second cache

int64_t groupChannels(const WinogradShape &shape, int64_t group)
{
    const int64_t rest = shape.out - group * groupWidth;
    return rest < groupWidth ? rest : groupWidth;
}

// Four numbers of a tile to the basis, and the two outputs from it.
void turnInput(__m512 &a, __m512 &b, __m512 &c, __m512 &d)
{
    const __m512 first = _mm512_sub_ps(a, c), second = _mm512_add_ps(b, c);
    const __m512 third = _mm512_sub_ps(c, b), fourth = _mm512_sub_ps(b, d);
    a = first, b = second, c = third, d = fourth;
}

struct FourFilters
{
    __m512 first, second, third, fourth;
};
FourFilters turnFilter(__m512 a, __m512 b, __m512 c)
{
    const __m512 half = _mm512_set1_ps(0.5F);
    const __m512 even = _mm512_mul_ps(_mm512_add_ps(a, c), half), odd = _mm512_mul_ps(b, half);
    return {a, _mm512_add_ps(even, odd), _mm512_sub_ps(even, odd), c};
}

// 16 input channels of one filter (its pixels `in` apart) to 16 x 8 pairs, `lanes` apart.
void turnOneFilter(const uint16_t *filter, int64_t in, uint32_t *pairs)
{
    FourFilters rows[3];
    for (int i = 0; i < 3; ++i)
        rows[i] = turnFilter(loadBf16(filter + 3 * i * in), loadBf16(filter + (3 * i + 1) * in),
                             loadBf16(filter + (3 * i + 2) * in));
    const FourFilters columns[4] = {turnFilter(rows[0].first, rows[1].first, rows[2].first),
                                    turnFilter(rows[0].second, rows[1].second, rows[2].second),
                                    turnFilter(rows[0].third, rows[1].third, rows[2].third),
                                    turnFilter(rows[0].fourth, rows[1].fourth, rows[2].fourth)};
    for (int j = 0; j < 4; ++j) {
        const __m512 parts[4] = {columns[j].first, columns[j].second, columns[j].third,
                                 columns[j].fourth};
        for (int i = 0; i < 4; ++i) {
            alignas(32) uint32_t both[lanes / 2];
            storeBf16(reinterpret_cast<uint16_t *>(both), parts[i]);
            for (int64_t p = 0; p < lanes / 2; ++p)
                pairs[((4 * i + j) * lanes / 2 + p) * lanes] = both[p];
        }
    }
}

// turned[R][C*16] (rows groupWidth apart) = tiles [R][2*pairs] x filters [2*pairs][C*16].
template <int R, int C>
void multiply(const uint16_t *tiles, int64_t tileStride, const uint16_t *filters, int64_t pairs,
              float *product)
{
    productTile<R, C, Sums::Fresh>(tiles, tileStride, {filters, 2 * lanes, C * 2 * lanes}, pairs,
                                   product, groupWidth);
}

void multiplyRows(int64_t registers, const uint16_t *tiles, int64_t tileStride,
                  const uint16_t *filters, int64_t pairs, float *product)
{
    switch (registers) {
    case 1:
        return multiply<rowsTogether, 1>(tiles, tileStride, filters, pairs, product);
    case 2:
        return multiply<rowsTogether, 2>(tiles, tileStride, filters, pairs, product);
    case 3:
        return multiply<rowsTogether, 3>(tiles, tileStride, filters, pairs, product);
    default:
        return multiply<rowsTogether, 4>(tiles, tileStride, filters, pairs, product);
    }
}

struct Place
{
    int64_t picture, row, column; // of the tile's first output
};
Place placeOf(const WinogradShape &shape, int64_t tile)
{
    const int64_t across = (shape.width + 1) / 2, down = (shape.height + 1) / 2;
    return {tile / (across * down), tile / across % down * 2, tile % across * 2};
}

// A tile of 4x4 pixels, beyond the picture's edges zeros, to turned[k * step + channel].
void turnTile(const WinogradShape &shape, const uint16_t *x, const Place &at, const uint16_t *zeros,
              uint16_t *turned, int64_t step)
{
    const uint16_t *pixels[basis];
    for (int64_t i = 0; i < 4; ++i)
        for (int64_t j = 0; j < 4; ++j) {
            const int64_t row = at.row - 1 + i, column = at.column - 1 + j;
            const bool inside =
                row >= 0 && row < shape.height && column >= 0 && column < shape.width;
            pixels[4 * i + j] =
                inside ? x + ((at.picture * shape.height + row) * shape.width + column) * shape.in
                       : zeros;
        }
    for (int64_t c = 0; c < shape.in; c += lanes) {
        __m512 d[basis];
#pragma GCC unroll 16
        for (int k = 0; k < basis; ++k)
            d[k] = loadBf16(pixels[k] + c);
#pragma GCC unroll 4
        for (int j = 0; j < 4; ++j)
            turnInput(d[j], d[4 + j], d[8 + j], d[12 + j]);
#pragma GCC unroll 4
        for (int i = 0; i < 4; ++i)
            turnInput(d[4 * i], d[4 * i + 1], d[4 * i + 2], d[4 * i + 3]);
#pragma GCC unroll 16
        for (int k = 0; k < basis; ++k)
            storeBf16(turned + k * step + c, d[k]);
    }
}

// A tile's product product[k * step + channel] to its outputs, `channels` of them from `from` on.
void turnBack(const WinogradShape &shape, const float *product, int64_t step, const Place &at,
              int64_t from, int64_t channels, const float *bias, uint16_t *y)
{
    uint16_t *out =
        y + ((at.picture * shape.height + at.row) * shape.width + at.column) * shape.out;
    const bool below = at.row + 1 < shape.height, right = at.column + 1 < shape.width;
    for (int64_t c = 0; c < channels; c += lanes) {
        __m512 m[basis];
#pragma GCC unroll 16
        for (int k = 0; k < basis; ++k)
            m[k] = _mm512_load_ps(product + k * step + c);
        __m512 rows[2][4];
#pragma GCC unroll 4
        for (int j = 0; j < 4; ++j) {
            rows[0][j] = _mm512_add_ps(_mm512_add_ps(m[j], m[4 + j]), m[8 + j]);
            rows[1][j] = _mm512_sub_ps(_mm512_sub_ps(m[4 + j], m[8 + j]), m[12 + j]);
        }
        const __m512 added = bias ? _mm512_loadu_ps(bias + from + c) : _mm512_setzero_ps();
        for (int i = 0; i < (below ? 2 : 1); ++i) {
            uint16_t *to = out + i * shape.width * shape.out + from + c;
            const __m512 left = _mm512_add_ps(_mm512_add_ps(rows[i][0], rows[i][1]), rows[i][2]);
            storeBf16(to, _mm512_add_ps(left, added));
            if (right)
                storeBf16(
                    to + shape.out,
                    _mm512_add_ps(_mm512_sub_ps(_mm512_sub_ps(rows[i][1], rows[i][2]), rows[i][3]),
                                  added));
        }
    }
}

} // namespace

size_t turnedFiltersSize(const WinogradShape &shape)
{
    return size_t(basis * shape.in * shape.out);
}

int64_t filterGroups(const WinogradShape &shape)
{
    return (shape.out + groupWidth - 1) / groupWidth;
}

// [group][k][pair of input channels][channel of the group][2]
void turnFilters(const WinogradShape &shape, const uint16_t *filters, int64_t group,
                 uint16_t *turned)
{
    const int64_t width = groupChannels(shape, group), pairs = shape.in / 2;
    uint16_t *own = turned + group * groupWidth * basis * shape.in;
    for (int64_t block = 0; block < width; block += lanes)
        for (int64_t c = 0; c < shape.in; c += lanes) {
            // 16 x 16 channels are put in order in the first cache: their places in `turned` are so
            // far apart, and by such round numbers, that they would drive each other out of it.
            alignas(64) uint32_t ordered[basis][lanes / 2][lanes];
            for (int64_t o = 0; o < lanes; ++o)
                turnOneFilter(filters + (group * groupWidth + block + o) * 9 * shape.in + c,
                              shape.in, &ordered[0][0][o]);
            for (int64_t k = 0; k < basis; ++k)
                for (int64_t p = 0; p < lanes / 2; ++p)
                    std::memcpy(own + ((k * pairs + c / 2 + p) * width + block) * 2, ordered[k][p],
                                sizeof ordered[k][p]);
        }
}

int64_t tilesAtOnce(const WinogradShape &shape)
{
    const int64_t fitting = turnedBytes / (basis * shape.in * int64_t(sizeof(uint16_t)));
    const int64_t atLeast = 4 * rowsTogether, atMost = 16 * rowsTogether;
    const int64_t tiles = fitting < atLeast ? atLeast : fitting > atMost ? atMost : fitting;
    return tiles / rowsTogether * rowsTogether;
}

size_t convolutionWorkspace(const WinogradShape &shape)
{
    const int64_t tiles = tilesAtOnce(shape);
    return size_t(basis * tiles * groupWidth +         // products, fp32
                  basis * tiles * shape.in / 2 +       // turned tiles, bf16
                  (shape.in + 2 * lanes) / 2 + lanes); // zeros
}

void convolveTiles(const WinogradShape &shape, const uint16_t *x, const uint16_t *turned,
                   const float *bias, int64_t first, int64_t count, float *workspace, uint16_t *y)
{
    const int64_t rows = (count + rowsTogether - 1) / rowsTogether * rowsTogether;
    float *product = workspace;
    auto *tiles = reinterpret_cast<uint16_t *>(product + basis * rows * groupWidth);
    uint16_t *zeros = tiles + basis * rows * shape.in;
    std::memset(zeros, 0, size_t(shape.in) * sizeof(uint16_t));
    for (int64_t t = 0; t < count; ++t)
        turnTile(shape, x, placeOf(shape, first + t), zeros, tiles + t * shape.in, rows * shape.in);
    for (int64_t k = 0; k < basis; ++k) // rows that complete the last six
        std::memset(tiles + (k * rows + count) * shape.in, 0,
                    size_t((rows - count) * shape.in) * sizeof(uint16_t));
    for (int64_t group = 0; group < filterGroups(shape); ++group) {
        const int64_t channels = groupChannels(shape, group);
        const uint16_t *filters = turned + group * groupWidth * basis * shape.in;
        for (int64_t k = 0; k < basis; ++k)
            for (int64_t r = 0; r < rows; r += rowsTogether)
                multiplyRows(channels / lanes, tiles + (k * rows + r) * shape.in, shape.in,
                             filters + k * shape.in * channels, shape.in / 2,
                             product + (k * rows + r) * groupWidth);
        for (int64_t t = 0; t < count; ++t)
            turnBack(shape, product + t * groupWidth, rows * groupWidth, placeOf(shape, first + t),
                     group * groupWidth, channels, bias, y);
    }
}

} // namespace moodloom::kernels
