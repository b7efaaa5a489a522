// The layers between a network's matrix products, for bf16 in memory and fp32 in registers: each
// reads its input once or twice and writes its output once. Made for pictures whose channels follow
// each other (channels last), so that a row is a pixel and all of them vectorise alike.
//
// Plain memory in, plain memory out; callable only where cpuHasBf16(). Safe from any thread: a
// caller splits the rows between threads.
#pragma once

#include <cstdint>

namespace moodloom::kernels {

// Adds what `rows` pixels [rows, channels] have of each channel: their sums and sums of squares.
void addChannelSums(const uint16_t *x, int64_t rows, int64_t channels, double *sums,
                    double *squares);

enum class AfterScale { Nothing, Silu };
// y = x * scale + shift for each channel, then x / (1 + e^-x) of that if asked.
void scaleChannels(const uint16_t *x, int64_t rows, int64_t channels, const float *scale,
                   const float *shift, AfterScale then, uint16_t *y);

// Each row less its mean, over its deviation, times weight, plus bias (fp32 [features]).
void layerNorm(const uint16_t *x, int64_t rows, int64_t features, const float *weight,
               const float *bias, float eps, uint16_t *y);

// y [rows, features] = first half of x's row * gelu(second half), of x [rows, 2 * features]; gelu
// is the exact one, x (1 + erf(x / sqrt 2)) / 2, to 2e-6 (erf: Abramowitz and Stegun 7.1.26).
void gatedGelu(const uint16_t *x, int64_t rows, int64_t features, uint16_t *y);

} // namespace moodloom::kernels
