#include "core/kernels/Layers.h"

#include "core/kernels/Numbers.h"

namespace moodloom::kernels {

namespace {

constexpr int64_t rowsInFloat = 64; // summed in fp32 before they are added to a double

__m512 silu(__m512 x)
{
    const __m512 e = exp2Of(_mm512_mul_ps(x, _mm512_set1_ps(-log2e)));
    return _mm512_div_ps(x, _mm512_add_ps(e, _mm512_set1_ps(1)));
}

__m512 gelu(__m512 x)
{
    const __m512 half = _mm512_set1_ps(0.5F), one = _mm512_set1_ps(1);
    const __m512 z = _mm512_mul_ps(_mm512_abs_ps(x), _mm512_set1_ps(0.70710678F));
    const __m512 t = _mm512_div_ps(one, _mm512_fmadd_ps(z, _mm512_set1_ps(0.3275911F), one));
    __m512 p = _mm512_set1_ps(1.061405429F);
    p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(-1.453152027F));
    p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(1.421413741F));
    p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(-0.284496736F));
    p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(0.254829592F));
    p = _mm512_mul_ps(p, t);
    const __m512 e = exp2Of(_mm512_mul_ps(_mm512_mul_ps(z, z), _mm512_set1_ps(-log2e)));
    // erfc of |x| / sqrt 2, halved: what the normal distribution has beyond |x|.
    const __m512 tail = _mm512_mul_ps(_mm512_mul_ps(p, e), half);
    const __mmask16 negative = _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_LT_OQ);
    return _mm512_mul_ps(x, _mm512_mask_blend_ps(negative, _mm512_sub_ps(one, tail), tail));
}

void addTo(double *to, __m512 x, __mmask16 which)
{
    const __m512d low = _mm512_cvtps_pd(_mm512_castps512_ps256(x));
    const __m512d high = _mm512_cvtps_pd(_mm512_extractf32x8_ps(x, 1));
    const auto first = __mmask8(which), second = __mmask8(which >> 8);
    _mm512_mask_storeu_pd(to, first, _mm512_add_pd(_mm512_maskz_loadu_pd(first, to), low));
    _mm512_mask_storeu_pd(to + 8, second,
                          _mm512_add_pd(_mm512_maskz_loadu_pd(second, to + 8), high));
}

} // namespace

void addChannelSums(const uint16_t *x, int64_t rows, int64_t channels, double *sums,
                    double *squares)
{
    for (int64_t from = 0; from < rows; from += rowsInFloat) {
        const int64_t to = from + rowsInFloat < rows ? from + rowsInFloat : rows;
        for (int64_t c = 0; c < channels; c += lanes) {
            const __mmask16 real = lanesBelow(channels - c);
            __m512 sum = _mm512_setzero_ps(), square = _mm512_setzero_ps();
            for (int64_t r = from; r < to; ++r) {
                const __m512 v = loadBf16(x + r * channels + c, real);
                sum = _mm512_add_ps(sum, v);
                square = _mm512_fmadd_ps(v, v, square);
            }
            addTo(sums + c, sum, real);
            addTo(squares + c, square, real);
        }
    }
}

void scaleChannels(const uint16_t *x, int64_t rows, int64_t channels, const float *scale,
                   const float *shift, AfterScale then, uint16_t *y)
{
    for (int64_t r = 0; r < rows; ++r) {
        const uint16_t *from = x + r * channels;
        uint16_t *to = y + r * channels;
        for (int64_t c = 0; c < channels; c += lanes) {
            const __mmask16 real = lanesBelow(channels - c);
            const __m512 v =
                _mm512_fmadd_ps(loadBf16(from + c, real), _mm512_maskz_loadu_ps(real, scale + c),
                                _mm512_maskz_loadu_ps(real, shift + c));
            storeBf16(to + c, then == AfterScale::Silu ? silu(v) : v, real);
        }
    }
}

void layerNorm(const uint16_t *x, int64_t rows, int64_t features, const float *weight,
               const float *bias, float eps, uint16_t *y)
{
    for (int64_t r = 0; r < rows; ++r) {
        const uint16_t *from = x + r * features;
        uint16_t *to = y + r * features;
        __m512 sum = _mm512_setzero_ps();
        for (int64_t c = 0; c < features; c += lanes)
            sum = _mm512_add_ps(sum, loadBf16(from + c, lanesBelow(features - c)));
        const float mean = _mm512_reduce_add_ps(sum) / float(features);
        __m512 square = _mm512_setzero_ps();
        for (int64_t c = 0; c < features; c += lanes) {
            const __mmask16 real = lanesBelow(features - c);
            const __m512 v =
                _mm512_maskz_sub_ps(real, loadBf16(from + c, real), _mm512_set1_ps(mean));
            square = _mm512_fmadd_ps(v, v, square);
        }
        const float variance = _mm512_reduce_add_ps(square) / float(features);
        const __m512 scale = _mm512_set1_ps(1 / __builtin_sqrtf(variance + eps));
        for (int64_t c = 0; c < features; c += lanes) {
            const __mmask16 real = lanesBelow(features - c);
            const __m512 v =
                _mm512_mul_ps(_mm512_sub_ps(loadBf16(from + c, real), _mm512_set1_ps(mean)), scale);
            storeBf16(to + c,
                      _mm512_fmadd_ps(v, _mm512_maskz_loadu_ps(real, weight + c),
                                      _mm512_maskz_loadu_ps(real, bias + c)),
                      real);
        }
    }
}

void gatedGelu(const uint16_t *x, int64_t rows, int64_t features, uint16_t *y)
{
    for (int64_t r = 0; r < rows; ++r) {
        const uint16_t *value = x + 2 * r * features, *gate = value + features;
        for (int64_t c = 0; c < features; c += lanes) {
            const __mmask16 real = lanesBelow(features - c);
            storeBf16(y + r * features + c,
                      _mm512_mul_ps(loadBf16(value + c, real), gelu(loadBf16(gate + c, real))),
                      real);
        }
    }
}

} // namespace moodloom::kernels
