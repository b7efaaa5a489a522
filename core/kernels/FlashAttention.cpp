#include "core/kernels/FlashAttention.h"

#include "core/kernels/ProductTile.h"

#include <cstring>

namespace moodloom::kernels {

namespace {

constexpr int64_t keysAtOnce = 1024; // scores of a tile of queries: 192 KiB, in the second cache
constexpr float minusInfinity = -__builtin_inff();

int64_t ceilDiv(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

// The 32 architectural registers hold R x C sums, C operands and one broadcast.
int64_t registersOfValues(int64_t valueDim) // C: of one row's mix, at most 5 at a time
{
    const int64_t all = ceilDiv(valueDim, lanes);
    return ceilDiv(all, ceilDiv(all, 5));
}
int64_t paddedValueDim(int64_t valueDim)
{
    const int64_t atOnce = registersOfValues(valueDim);
    return ceilDiv(ceilDiv(valueDim, lanes), atOnce) * atOnce * lanes;
}

// scores[R][C*16] = queries [R] x keys [C*16], over `pairs` pairs of features.
template <int R, int C>
void scoreTile(const uint16_t *queries, int64_t queryStride, const uint16_t *keys, int64_t pairs,
               float *scores)
{
    productTile<R, C, Sums::Fresh>(queries, queryStride, {keys, pairs * 2 * lanes, 2 * lanes},
                                   pairs, scores, keysAtOnce);
}

constexpr int scoreRows = 6, scoreRegisters = 4;

void scoreRowsAgainst(const uint16_t *queries, int64_t queryStride, const uint16_t *keys,
                      int64_t pairs, int64_t blocks, float *scores)
{
    int64_t block = 0;
    for (; block + scoreRegisters <= blocks; block += scoreRegisters)
        scoreTile<scoreRows, scoreRegisters>(queries, queryStride, keys + block * pairs * 2 * lanes,
                                             pairs, scores + block * lanes);
    const uint16_t *rest = keys + block * pairs * 2 * lanes;
    float *to = scores + block * lanes;
    switch (blocks - block) {
    case 1:
        return scoreTile<scoreRows, 1>(queries, queryStride, rest, pairs, to);
    case 2:
        return scoreTile<scoreRows, 2>(queries, queryStride, rest, pairs, to);
    case 3:
        return scoreTile<scoreRows, 3>(queries, queryStride, rest, pairs, to);
    default:
        return;
    }
}

// mix[R][C*16] += weights [R][2*pairs] x values [2*pairs][C*16].
template <int R, int C>
void mixTile(const uint16_t *weights, const uint16_t *values, int64_t valueStride, int64_t pairs,
             float *mix, int64_t mixStride)
{
    productTile<R, C, Sums::Added>(weights, keysAtOnce, {values, 2 * lanes, valueStride}, pairs,
                                   mix, mixStride);
}

int64_t mixRows(int64_t registers)
{
    return registers <= 3 ? 8 : registers == 4 ? 6 : 5;
}

void mixRowsFrom(int64_t registers, const uint16_t *weights, const uint16_t *values,
                 int64_t valueStride, int64_t pairs, float *mix, int64_t mixStride)
{
    switch (registers) {
    case 1:
        return mixTile<8, 1>(weights, values, valueStride, pairs, mix, mixStride);
    case 2:
        return mixTile<8, 2>(weights, values, valueStride, pairs, mix, mixStride);
    case 3:
        return mixTile<8, 3>(weights, values, valueStride, pairs, mix, mixStride);
    case 4:
        return mixTile<6, 4>(weights, values, valueStride, pairs, mix, mixStride);
    default:
        return mixTile<5, 5>(weights, values, valueStride, pairs, mix, mixStride);
    }
}

// One query's softmax so far: the greatest exponent and the sum of the weights relative to it.
struct RowState
{
    float greatest = minusInfinity, sum = 0;
};

// Scores as exponents of 2, with the bias, those beyond `count` -inf; returns the greatest.
float exponents(float *scores, int64_t count, int64_t blocks, float scale, const ScoreBias &bias,
                int64_t row, int64_t firstKey)
{
    __m512 greatest = _mm512_set1_ps(minusInfinity);
    const __m512 factor = _mm512_set1_ps(scale * log2e);
    for (int64_t b = 0; b < blocks; ++b) {
        __m512 x = _mm512_mul_ps(_mm512_load_ps(scores + b * lanes), factor);
        const int64_t here = count - b * lanes < lanes ? count - b * lanes : lanes;
        if (bias.data) {
            alignas(64) float added[lanes] = {};
            const float *from =
                bias.data + row * bias.rowStride + (firstKey + b * lanes) * bias.columnStride;
            for (int64_t i = 0; i < here; ++i)
                added[i] = from[i * bias.columnStride];
            x = _mm512_fmadd_ps(_mm512_load_ps(added), _mm512_set1_ps(log2e), x);
        }
        x = _mm512_mask_blend_ps(lanesBelow(here), _mm512_set1_ps(minusInfinity), x);
        _mm512_store_ps(scores + b * lanes, x);
        greatest = _mm512_max_ps(greatest, x);
    }
    return _mm512_reduce_max_ps(greatest);
}

// The same for whole registers without a bias, which leaves the scores as they are.
float greatestExponent(const float *scores, int64_t blocks, float scale)
{
    __m512 greatest = _mm512_load_ps(scores);
    for (int64_t b = 1; b < blocks; ++b)
        greatest = _mm512_max_ps(greatest, _mm512_load_ps(scores + b * lanes));
    return _mm512_reduce_max_ps(greatest) * (scale * log2e);
}

// Turns `count` scores, in `blocks` registers, into weights; returns the factor for what was mixed
// before. The scores may be overwritten.
float weigh(float *scores, int64_t count, int64_t blocks, float scale, const ScoreBias &bias,
            int64_t row, int64_t firstKey, RowState &state, uint16_t *weights)
{
    const bool plain = !bias.data && count == blocks * lanes && scale > 0;
    const float found = plain ? greatestExponent(scores, blocks, scale)
                              : exponents(scores, count, blocks, scale, bias, row, firstKey);
    const float before = state.greatest;
    state.greatest = found > before ? found : before;
    // With nothing but -inf so far, any finite number makes all weights 0.
    const float top = state.greatest == minusInfinity ? 0 : state.greatest;
    const __m512 factor = _mm512_set1_ps(plain ? scale * log2e : 1);
    const __m512 less = _mm512_set1_ps(-top);
    __m512 sum = _mm512_setzero_ps();
    for (int64_t b = 0; b < blocks; ++b) {
        const __m512 y = exp2Of(_mm512_fmadd_ps(_mm512_load_ps(scores + b * lanes), factor, less));
        sum = _mm512_add_ps(sum, y);
        storeBf16(weights + b * lanes, y);
    }
    const float kept =
        before == minusInfinity ? 0 : _mm512_cvtss_f32(exp2Of(_mm512_set1_ps(before - top)));
    state.sum = state.sum * kept + _mm512_reduce_add_ps(sum);
    return kept;
}

// A thread's scratch memory, cut up.
struct Work
{
    float *scores, *mix;
    uint16_t *weights, *queries;
};
constexpr int64_t rowsAtMost = 60; // a multiple of all row counts but 8, for which 48 is taken

Work cut(float *memory, int64_t valueDim)
{
    Work work{};
    work.scores = memory;
    work.mix = work.scores + rowsAtMost * keysAtOnce;
    work.weights = reinterpret_cast<uint16_t *>(work.mix + rowsAtMost * paddedValueDim(valueDim));
    work.queries = work.weights + rowsAtMost * keysAtOnce;
    return work;
}

} // namespace

size_t packedKeysSize(int64_t keys, int64_t dim)
{
    return size_t(ceilDiv(keys, lanes) * ceilDiv(dim, 2) * 2 * lanes);
}

size_t packedValuesSize(int64_t keys, int64_t dim)
{
    return size_t(ceilDiv(keys, lanes) * lanes * paddedValueDim(dim));
}

// [block of 16 keys][pair of features][key][2]
void packKeys(const Bf16Rows &rows, int64_t keys, int64_t dim, uint16_t *packed)
{
    const int64_t pairs = ceilDiv(dim, 2), blocks = ceilDiv(keys, lanes);
    for (int64_t b = 0; b < blocks; ++b) {
        uint16_t *block = packed + b * pairs * 2 * lanes;
        for (int64_t lane = 0; lane < lanes; ++lane) {
            const int64_t key = b * lanes + lane;
            const uint16_t *row = rows.data + key * rows.stride;
            for (int64_t p = 0; p < pairs; ++p) {
                uint16_t *to = block + (p * lanes + lane) * 2;
                to[0] = key < keys ? row[2 * p] : uint16_t(0);
                to[1] = key < keys && 2 * p + 1 < dim ? row[2 * p + 1] : uint16_t(0);
            }
        }
    }
}

// [pair of keys][feature][2], features and keys padded with zeros
void packValues(const Bf16Rows &rows, int64_t keys, int64_t dim, uint16_t *packed)
{
    const int64_t padded = paddedValueDim(dim), pairs = ceilDiv(keys, lanes) * lanes / 2;
    for (int64_t p = 0; p < pairs; ++p) {
        uint16_t *to = packed + p * padded * 2;
        const bool first = 2 * p < keys, second = 2 * p + 1 < keys;
        const uint16_t *row = rows.data + 2 * p * rows.stride;
        for (int64_t d = 0; d < dim; ++d) {
            to[2 * d] = first ? row[d] : uint16_t(0);
            to[2 * d + 1] = second ? row[rows.stride + d] : uint16_t(0);
        }
        std::memset(to + 2 * dim, 0, size_t(padded - dim) * 2 * sizeof(uint16_t));
    }
}

int64_t queriesAtOnce(int64_t valueDim)
{
    return registersOfValues(valueDim) == 5 ? rowsAtMost : 48;
}

size_t workspaceSize(int64_t dim, int64_t valueDim)
{
    return size_t(rowsAtMost * (keysAtOnce + paddedValueDim(valueDim)) + // fp32
                  rowsAtMost * (keysAtOnce + 2 * ceilDiv(dim, 2)) / 2 + lanes);
}

void attend(const AttentionTile &tile, float *workspace)
{
    const Work work = cut(workspace, tile.valueDim);
    const int64_t pairs = ceilDiv(tile.dim, 2), queryStride = 2 * pairs;
    const int64_t registers = registersOfValues(tile.valueDim);
    const int64_t mixStride = paddedValueDim(tile.valueDim), rowsOfMix = mixRows(registers);
    const int64_t rows = tile.valueDim > 0 ? queriesAtOnce(tile.valueDim) : 0;
    // Rows beyond the last query are computed with the others, from zeros, and thrown away.
    const int64_t used = ceilDiv(tile.count, scoreRows) * scoreRows;
    std::memset(work.queries, 0, size_t(rows * queryStride) * sizeof(uint16_t));
    for (int64_t r = 0; r < tile.count; ++r)
        std::memcpy(work.queries + r * queryStride, tile.queries.data + r * tile.queries.stride,
                    size_t(tile.dim) * sizeof(uint16_t));
    std::memset(work.mix, 0, size_t(rows * mixStride) * sizeof(float));
    std::memset(work.weights, 0, size_t(rows * keysAtOnce) * sizeof(uint16_t));
    RowState states[rowsAtMost];

    for (int64_t from = 0; from < tile.keyCount; from += keysAtOnce) {
        const int64_t count = tile.keyCount - from < keysAtOnce ? tile.keyCount - from : keysAtOnce;
        const int64_t blocks = ceilDiv(count, lanes);
        const uint16_t *keys = tile.keys + from * queryStride;
        for (int64_t r = 0; r < used; r += scoreRows)
            scoreRowsAgainst(work.queries + r * queryStride, queryStride, keys, pairs, blocks,
                             work.scores + r * keysAtOnce);
        for (int64_t r = 0; r < tile.count; ++r) {
            const float kept = weigh(work.scores + r * keysAtOnce, count, blocks, tile.scale,
                                     tile.bias, r, from, states[r], work.weights + r * keysAtOnce);
            if (kept == 1)
                continue;
            float *mix = work.mix + r * mixStride;
            for (int64_t d = 0; d < mixStride; d += lanes)
                _mm512_store_ps(mix + d,
                                _mm512_mul_ps(_mm512_load_ps(mix + d), _mm512_set1_ps(kept)));
        }
        for (int64_t r = 0; r < tile.count; r += rowsOfMix)
            for (int64_t d = 0; d < mixStride; d += registers * lanes)
                mixRowsFrom(registers, work.weights + r * keysAtOnce,
                            tile.values + from * mixStride + 2 * d, 2 * mixStride,
                            blocks * lanes / 2, work.mix + r * mixStride + d, mixStride);
    }
    for (int64_t r = 0; r < tile.count; ++r) {
        const __m512 share = _mm512_set1_ps(states[r].sum > 0 ? 1 / states[r].sum : 0);
        for (int64_t d = 0; d < tile.valueDim; d += lanes) {
            const int64_t here = tile.valueDim - d;
            const __mmask16 real = lanesBelow(here);
            const __m512 mixed = _mm512_mul_ps(_mm512_load_ps(work.mix + r * mixStride + d), share);
            _mm256_mask_storeu_epi16(tile.out + r * tile.outStride + d, real,
                                     (__m256i)_mm512_cvtneps_pbh(mixed));
        }
    }
}

} // namespace moodloom::kernels
