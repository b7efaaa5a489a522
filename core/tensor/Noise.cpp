#include "core/tensor/Noise.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace moodloom::tensor {

namespace {

std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key)
{
    for (int round = 0; round < 10; ++round) {
        const uint64_t a = uint64_t(0xD2511F53u) * counter[0];
        const uint64_t b = uint64_t(0xCD9E8D57u) * counter[2];
        counter = {uint32_t(b >> 32) ^ counter[1] ^ key[0], uint32_t(b),
                   uint32_t(a >> 32) ^ counter[3] ^ key[1], uint32_t(a)};
        key[0] += 0x9E3779B9u;
        key[1] += 0xBB67AE85u;
    }
    return counter;
}

} // namespace

Tensor normalNoise(at::IntArrayRef shape, uint64_t seed, uint32_t stream)
{
    Tensor noise = at::empty(shape, at::kFloat);
    float *out = noise.data_ptr<float>();
    const int64_t count = noise.numel();
    const std::array<uint32_t, 2> key{uint32_t(seed), uint32_t(seed >> 32)};
    // One block of four uniforms gives four normals.
    at::parallel_for(0, (count + 3) / 4, 4096, [&](int64_t begin, int64_t end) {
        for (int64_t block = begin; block < end; ++block) {
            const auto bits =
                philox({uint32_t(block), uint32_t(uint64_t(block) >> 32), stream, 0}, key);
            float four[4];
            for (int pair = 0; pair < 2; ++pair) {
                const double u = (bits[2 * pair] + 1.0) / 4294967296.0; // (0, 1]
                const double angle = bits[2 * pair + 1] * (2 * std::numbers::pi / 4294967296.0);
                const double radius = std::sqrt(-2 * std::log(u));
                four[2 * pair] = float(radius * std::cos(angle));
                four[2 * pair + 1] = float(radius * std::sin(angle));
            }
            std::copy_n(four, std::min<int64_t>(4, count - 4 * block), out + 4 * block);
        }
    });
    return noise;
}

} // namespace moodloom::tensor
