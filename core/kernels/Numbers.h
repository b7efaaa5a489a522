// What the kernels share: bf16 numbers to floats and back, and powers of two. Internal to this
// module, whose files alone are compiled for these instructions.
#pragma once

#include <cstdint>
#include <cstring>
#include <immintrin.h>

namespace moodloom::kernels {

inline constexpr int64_t lanes = 16; // floats in a register
inline constexpr float log2e = 1.44269504F;

// The first `count` lanes.
inline __mmask16 lanesBelow(int64_t count)
{
    return count >= lanes ? __mmask16(0xFFFF) : __mmask16((1U << count) - 1);
}

// 16 numbers; those outside of the mask are 0 and not read.
inline __m512 loadBf16(const uint16_t *from, __mmask16 which = 0xFFFF)
{
    const __m256i halves = _mm256_maskz_loadu_epi16(which, from);
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(halves), 16));
}

inline void storeBf16(uint16_t *to, __m512 x, __mmask16 which = 0xFFFF)
{
    _mm256_mask_storeu_epi16(to, which, (__m256i)_mm512_cvtneps_pbh(x));
}

// The same two neighbours in all lanes.
inline __m512i pairAt(const uint16_t *p)
{
    int both;
    std::memcpy(&both, p, sizeof both);
    return _mm512_set1_epi32(both);
}

// 2^x to 4e-6 of itself; far below, 0. On [-1/2, 1/2] the polynomial of degree 4 that interpolates
// 2^x in Chebyshev's points.
inline __m512 exp2Of(__m512 x)
{
    x = _mm512_max_ps(x, _mm512_set1_ps(-200)); // -inf less -inf is no number
    const __m512 whole = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const __m512 rest = _mm512_sub_ps(x, whole);
    __m512 y = _mm512_set1_ps(9.66636852e-3F);
    y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(5.59219758e-2F));
    y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(2.40223490e-1F));
    y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(6.93121045e-1F));
    y = _mm512_fmadd_ps(y, rest, _mm512_set1_ps(1.0F));
    return _mm512_scalef_ps(y, whole);
}

} // namespace moodloom::kernels
