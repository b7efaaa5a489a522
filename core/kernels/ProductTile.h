// The innermost loop of all products here: R rows times C registers of columns, whose sums stay in
// registers. Internal to this module.
#pragma once

#include "core/kernels/Numbers.h"

namespace moodloom::kernels {

enum class Sums { Fresh, Added }; // Added: to what is there already

// Pairs of columns' numbers as the instructions eat them: register c of pair p is at
// data + c * registerStep + p * pairStep.
struct PackedColumns
{
    const uint16_t *data = nullptr;
    int64_t registerStep = 0, pairStep = 0;
};

// sums[R][C*16] = rows [R][2*pairs] x columns [2*pairs][C*16]. R * C + C + 1 <= 32 registers.
template <int R, int C, Sums start>
void productTile(const uint16_t *rows, int64_t rowStride, const PackedColumns &columns,
                 int64_t pairs, float *sums, int64_t sumStride)
{
    __m512 sum[R][C];
#pragma GCC unroll 32
    for (int r = 0; r < R; ++r)
#pragma GCC unroll 32
        for (int c = 0; c < C; ++c)
            sum[r][c] = start == Sums::Added ? _mm512_load_ps(sums + r * sumStride + c * lanes)
                                             : _mm512_setzero_ps();
    for (int64_t p = 0; p < pairs; ++p) {
        __m512i column[C];
#pragma GCC unroll 32
        for (int c = 0; c < C; ++c)
            column[c] =
                _mm512_loadu_si512(columns.data + c * columns.registerStep + p * columns.pairStep);
#pragma GCC unroll 32
        for (int r = 0; r < R; ++r) {
            const __m512i row = pairAt(rows + r * rowStride + 2 * p);
#pragma GCC unroll 32
            for (int c = 0; c < C; ++c)
                sum[r][c] = _mm512_dpbf16_ps(sum[r][c], (__m512bh)row, (__m512bh)column[c]);
        }
    }
#pragma GCC unroll 32
    for (int r = 0; r < R; ++r)
#pragma GCC unroll 32
        for (int c = 0; c < C; ++c)
            _mm512_store_ps(sums + r * sumStride + c * lanes, sum[r][c]);
}

} // namespace moodloom::kernels
