// Attention in bf16 for processors with AVX512_BF16, a tile of queries at a time, that never holds
// more scores than fit its cache: the softmax is kept up to date while the keys go by (Milakov and
// Gimelshein 2018; Dao et al. 2022, FlashAttention, algorithm 1). Scores, weights' sums and the
// mix are fp32; only the weights are rounded to bf16, to be multiplied with the values.
//
// Plain memory in, plain memory out; bf16 numbers are the upper halves of floats. Callable only
// where cpuHasBf16(); compiled apart because its instructions may run nowhere else. Safe from any
// thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace moodloom::kernels {

// A matrix of bf16 whose columns follow each other.
struct Bf16Rows
{
    const uint16_t *data = nullptr;
    int64_t stride = 0; // numbers from row to row
};

// Added to the scores: element [row][column] is at data[row * rowStride + column * columnStride].
struct ScoreBias
{
    const float *data = nullptr; // null: none
    int64_t rowStride = 0, columnStride = 0;
};

// Keys and values of one head in the order in which the instructions eat them: how many numbers
// each takes.
size_t packedKeysSize(int64_t keys, int64_t dim);
size_t packedValuesSize(int64_t keys, int64_t dim);
void packKeys(const Bf16Rows &rows, int64_t keys, int64_t dim, uint16_t *packed);
void packValues(const Bf16Rows &rows, int64_t keys, int64_t dim, uint16_t *packed);

// The queries that one call takes at most, for values of this width.
int64_t queriesAtOnce(int64_t valueDim);
// Floats that a call needs to work in, 64-byte aligned; not shared between threads.
size_t workspaceSize(int64_t dim, int64_t valueDim);

struct AttentionTile
{
    Bf16Rows queries; // [count, dim]
    int64_t count = 0, dim = 0;
    const uint16_t *keys = nullptr,
                   *values = nullptr; // packed: [keyCount, dim], [keyCount, valueDim]
    int64_t keyCount = 0, valueDim = 0;
    float scale = 1;
    ScoreBias bias; // its first row is that of the first query
    uint16_t *out = nullptr;
    int64_t outStride = 0; // [count, valueDim]
};
// out = softmax(scale queries keys^T + bias) values. A query all of whose scores are -inf gets
// zeros. Requires: 1 <= count <= queriesAtOnce(valueDim), keyCount >= 1.
void attend(const AttentionTile &tile, float *workspace);

} // namespace moodloom::kernels
