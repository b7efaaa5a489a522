#include "core/tensor/Bf16Layers.h"

#include "core/base/Machine.h"
#include "core/kernels/Available.h"
#include "core/kernels/Layers.h"

#include <ATen/Parallel.h>

#include <cmath>
#include <vector>

namespace moodloom::tensor {

#ifdef MOODLOOM_BF16_KERNELS

namespace {

constexpr int64_t numbersAtOnce = 1 << 15; // that a thread takes at least
constexpr int64_t rowsWorthAConvolution = 64;

const uint16_t *numbers(const Tensor &t)
{
    return reinterpret_cast<const uint16_t *>(t.data_ptr<at::BFloat16>());
}
uint16_t *numbersOf(Tensor &t)
{
    return reinterpret_cast<uint16_t *>(t.data_ptr<at::BFloat16>());
}

int64_t rowsAtOnce(int64_t width)
{
    return std::max<int64_t>(1, numbersAtOnce / width);
}

Tensor floats(const Tensor &t)
{
    return t.to(at::kFloat).contiguous();
}

// What every channel of one picture is multiplied with and what is then added.
struct ChannelScales
{
    std::vector<float> scale, shift;
};

ChannelScales channelScales(const uint16_t *x, int64_t pixels, int64_t channels, int64_t groups,
                            const float *weight, const float *bias, double eps, const float *added)
{
    const int64_t atOnce = rowsAtOnce(channels), parts = (pixels + atOnce - 1) / atOnce;
    // Each part's own sums, added in one order whatever the number of threads.
    std::vector<double> sums(size_t(2 * parts * channels), 0.0);
    at::parallel_for(0, parts, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
            double *own = sums.data() + 2 * i * channels;
            kernels::addChannelSums(x + i * atOnce * channels,
                                    std::min(atOnce, pixels - i * atOnce), channels, own,
                                    own + channels);
        }
    });
    for (int64_t i = 1; i < parts; ++i)
        for (int64_t c = 0; c < 2 * channels; ++c)
            sums[size_t(c)] += sums[size_t(2 * i * channels + c)];

    ChannelScales result{std::vector<float>(size_t(channels)),
                         std::vector<float>(size_t(channels))};
    const int64_t width = channels / groups;
    const double count = double(pixels) * double(width);
    for (int64_t group = 0; group < groups; ++group) {
        double sum = 0, square = 0;
        for (int64_t c = group * width; c < (group + 1) * width; ++c) {
            const double more = added ? added[c] : 0, own = sums[size_t(c)];
            sum += own + more * double(pixels);
            square += sums[size_t(channels + c)] + 2 * more * own + more * more * double(pixels);
        }
        const double mean = sum / count;
        const double variance = std::max(0.0, square / count - mean * mean);
        const double inverse = 1 / std::sqrt(variance + eps);
        for (int64_t c = group * width; c < (group + 1) * width; ++c) {
            const double scale = inverse * weight[c], more = added ? added[c] : 0;
            result.scale[size_t(c)] = float(scale);
            result.shift[size_t(c)] = float((more - mean) * scale + bias[c]);
        }
    }
    return result;
}

} // namespace

bool hasBf16Layers(const Tensor &x)
{
    return x.is_cpu() && x.scalar_type() == at::kBFloat16 && !at::GradMode::is_enabled() &&
           cpuHasBf16();
}

Tensor groupNorm(const Tensor &x, int64_t groups, const Tensor &weight, const Tensor &bias,
                 double eps, NormThen then, const Tensor &added)
{
    const int64_t channels = x.size(1), pixels = x.size(2) * x.size(3);
    const Tensor w = floats(weight), b = floats(bias);
    const Tensor more = added.defined() ? floats(added) : added;
    Tensor y = at::empty_like(x, x.options(), at::MemoryFormat::ChannelsLast);
    for (int64_t i = 0; i < x.size(0); ++i) {
        const uint16_t *from = numbers(x) + i * pixels * channels;
        uint16_t *to = numbersOf(y) + i * pixels * channels;
        const ChannelScales scales =
            channelScales(from, pixels, channels, groups, w.data_ptr<float>(), b.data_ptr<float>(),
                          eps, more.defined() ? more.data_ptr<float>() + i * channels : nullptr);
        at::parallel_for(0, pixels, rowsAtOnce(channels), [&](int64_t begin, int64_t end) {
            kernels::scaleChannels(from + begin * channels, end - begin, channels,
                                   scales.scale.data(), scales.shift.data(),
                                   then == NormThen::Silu ? kernels::AfterScale::Silu
                                                          : kernels::AfterScale::Nothing,
                                   to + begin * channels);
        });
    }
    return y;
}

Tensor layerNorm(const Tensor &anyX, const Tensor &weight, const Tensor &bias, double eps)
{
    const Tensor x = anyX.contiguous(), w = floats(weight), b = floats(bias);
    const int64_t features = x.size(-1), rows = x.numel() / features;
    Tensor y = at::empty_like(x);
    at::parallel_for(0, rows, rowsAtOnce(features), [&](int64_t begin, int64_t end) {
        kernels::layerNorm(numbers(x) + begin * features, end - begin, features,
                           w.data_ptr<float>(), b.data_ptr<float>(), float(eps),
                           numbersOf(y) + begin * features);
    });
    return y;
}

Tensor linear(const Tensor &anyX, const Tensor &weight, const Tensor &bias)
{
    const Tensor x = anyX.contiguous();
    const int64_t features = x.size(-1), rows = x.numel() / features;
    if (rows < rowsWorthAConvolution)
        return at::linear(x, weight, bias);
    // [1,C,rows,1] with the channels last is the same memory.
    const Tensor pixels = x.view({1, rows, 1, features}).permute({0, 3, 1, 2});
    const Tensor y = at::conv2d(pixels, weight.view({weight.size(0), features, 1, 1}), bias);
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = weight.size(0);
    return y.permute({0, 2, 3, 1}).reshape(shape);
}

Tensor gatedGelu(const Tensor &anyX)
{
    const Tensor x = anyX.contiguous();
    const int64_t features = x.size(-1) / 2, rows = x.numel() / (2 * features);
    std::vector<int64_t> shape = x.sizes().vec();
    shape.back() = features;
    Tensor y = at::empty(shape, x.options());
    at::parallel_for(0, rows, rowsAtOnce(features), [&](int64_t begin, int64_t end) {
        kernels::gatedGelu(numbers(x) + 2 * begin * features, end - begin, features,
                           numbersOf(y) + begin * features);
    });
    return y;
}

#else

bool hasBf16Layers(const Tensor &)
{
    return false;
}
Tensor groupNorm(const Tensor &x, int64_t, const Tensor &, const Tensor &, double, NormThen,
                 const Tensor &)
{
    return x;
}
Tensor layerNorm(const Tensor &x, const Tensor &, const Tensor &, double)
{
    return x;
}
Tensor linear(const Tensor &x, const Tensor &weight, const Tensor &bias)
{
    return at::linear(x, weight, bias);
}
Tensor gatedGelu(const Tensor &x)
{
    return x;
}

#endif

} // namespace moodloom::tensor
