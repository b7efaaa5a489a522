// Convolutions of bf16 tensors on processors with AVX512_BF16: what tensor::hasBf16Layers(x) says.
// Pictures [B,C,H,W] come out with their channels last, and are fastest when they come in so. No
// gradients. Safe from any thread.
#pragma once

#include "core/tensor/Compat.h"

namespace moodloom::tensor {

// As at::conv2d. Filters of 3x3 go through Winograd's basis (core/kernels/Winograd.h) where the
// picture is large enough to pay for turning them, everything else through libtorch.
Tensor convolution(const Tensor &x, const Tensor &weight, const Tensor &bias, int64_t stride,
                   int64_t padding);

// conv2d of x [B,C,H,W], each pixel doubled in both directions, with filters [O,C,3,3] and padding
// 1
// -> [B,O,2H,2W]. A filter then sees but 2x2 different pixels, from each of 4 places, so that 4/9
// of the multiplications do.
Tensor upsampledConvolution(const Tensor &x, const Tensor &weight, const Tensor &bias);

} // namespace moodloom::tensor
