#include "core/tensor/Bf16Convolution.h"

#include "core/kernels/Available.h"
#include "core/kernels/Winograd.h"

#include <ATen/Parallel.h>
#include <ATen/record_function.h>

#include <algorithm>
#include <vector>

namespace moodloom::tensor {

namespace {

#ifdef MOODLOOM_BF16_KERNELS

// Turning the filters reads and writes 50 bytes for each pair of channels, whatever the picture's
// size: below this, that costs about what it saves.
constexpr int64_t tilesWorthTurning = 256;

kernels::WinogradShape winogradShape(const Tensor &x, const Tensor &weight)
{
    return {x.size(0), x.size(2), x.size(3), x.size(1), weight.size(0)};
}

bool suitsWinograd(const Tensor &x, const Tensor &weight, int64_t stride, int64_t padding)
{
    return weight.size(2) == 3 && weight.size(3) == 3 && stride == 1 && padding == 1 &&
           x.size(1) % 16 == 0 && weight.size(0) % 16 == 0 &&
           winogradShape(x, weight).tiles() >= tilesWorthTurning;
}

uint16_t *numbers(const Tensor &t)
{
    return reinterpret_cast<uint16_t *>(t.data_ptr<at::BFloat16>());
}

// x and weight have their channels last.
Tensor winograd(const Tensor &x, const Tensor &weight, const Tensor &bias)
{
    RECORD_FUNCTION("moodloom::convolution", c10::ArrayRef<const c10::IValue>({x, weight}));
    const kernels::WinogradShape shape = winogradShape(x, weight);
    const Tensor turned = at::empty({int64_t(kernels::turnedFiltersSize(shape))}, x.options());
    at::parallel_for(0, kernels::filterGroups(shape), 1, [&](int64_t begin, int64_t end) {
        for (int64_t group = begin; group < end; ++group)
            kernels::turnFilters(shape, numbers(weight), group, numbers(turned));
    });
    Tensor added;
    if (bias.defined())
        added = bias.to(at::kFloat).contiguous();
    const float *addedNumbers = bias.defined() ? added.data_ptr<float>() : nullptr;
    Tensor y = at::empty({shape.pictures, shape.out, shape.height, shape.width}, x.options(),
                         at::MemoryFormat::ChannelsLast);
    const int64_t tiles = shape.tiles(), threads = at::get_num_threads();
    const int64_t atOnce = std::min(kernels::tilesAtOnce(shape), (tiles + threads - 1) / threads);
    at::parallel_for(0, (tiles + atOnce - 1) / atOnce, 1, [&](int64_t begin, int64_t end) {
        const Tensor workspace =
            at::empty({int64_t(kernels::convolutionWorkspace(shape))}, at::kFloat);
        for (int64_t i = begin; i < end; ++i)
            kernels::convolveTiles(shape, numbers(x), numbers(turned), addedNumbers, i * atOnce,
                                   std::min(atOnce, tiles - i * atOnce),
                                   workspace.data_ptr<float>(), numbers(y));
    });
    return y;
}

#endif

Tensor channelsLast(const Tensor &t)
{
    return t.contiguous(at::MemoryFormat::ChannelsLast);
}

} // namespace

Tensor convolution(const Tensor &x, const Tensor &weight, const Tensor &bias, int64_t stride,
                   int64_t padding)
{
#ifdef MOODLOOM_BF16_KERNELS
    if (suitsWinograd(x, weight, stride, padding))
        return winograd(channelsLast(x), channelsLast(weight), bias);
#endif
    return at::conv2d(channelsLast(x), weight, bias, stride, padding);
}

Tensor upsampledConvolution(const Tensor &x, const Tensor &weight, const Tensor &bias)
{
    // What three taps of a doubled row (or column) are on the row itself: the even place sees its
    // neighbour before once and itself twice, the odd one itself twice and its neighbour after.
    const auto halved = [](const Tensor &w, int64_t dim, int64_t place) {
        const auto tap = [&](int64_t i) { return w.narrow(dim, i, 1); };
        return place == 0 ? at::cat({tap(0), tap(1) + tap(2)}, dim)
                          : at::cat({tap(0) + tap(1), tap(2)}, dim);
    };
    const Tensor taps = channelsLast(weight);
    std::vector<Tensor> filters;
    for (const int64_t row : {0, 1})
        for (const int64_t column : {0, 1})
            filters.push_back(halved(halved(taps, 2, row), 3, column));
    const int64_t height = x.size(2), width = x.size(3), channels = weight.size(0);
    const Tensor all = at::conv2d(channelsLast(x), at::cat(filters, 0),
                                  bias.defined() ? bias.to(x.scalar_type()).repeat(4) : bias, 1, 1);
    const Tensor y = at::empty({x.size(0), channels, 2 * height, 2 * width}, x.options(),
                               at::MemoryFormat::ChannelsLast);
    for (const int64_t row : {0, 1})
        for (const int64_t column : {0, 1})
            y.slice(2, row, 2 * height, 2)
                .slice(3, column, 2 * width, 2)
                .copy_(all.narrow(1, (2 * row + column) * channels, channels)
                           .narrow(2, row, height)
                           .narrow(3, column, width));
    return y;
}

} // namespace moodloom::tensor
