// The layers between matrix products for bf16 tensors on processors with AVX512_BF16, whose
// libtorch counterparts are slow there or, before 2.x, wrong: see core/kernels/Layers.h. No
// gradients.
#pragma once

#include "core/tensor/Compat.h"

namespace moodloom::tensor {

// The functions below may be called with x: bf16, on a processor that has what they need, and
// nobody asks for gradients.
bool hasBf16Layers(const Tensor &x);

enum class NormThen { Nothing, Silu };
// x [B,C,H,W] in channels-last layout, as is the result. The mean and deviation of each of `groups`
// groups of channels are those of x + added, where `added` [B,C] is defined; weight and bias [C] of
// any dtype.
Tensor groupNorm(const Tensor &x, int64_t groups, const Tensor &weight, const Tensor &bias,
                 double eps, NormThen then = NormThen::Nothing, const Tensor &added = {});

// Over the last dimension; weight and bias [features].
Tensor layerNorm(const Tensor &x, const Tensor &weight, const Tensor &bias, double eps);

// x W^T + bias over the last dimension, as at::linear. oneDNN multiplies 5 to 15 % faster when it
// is told that this is a convolution with kernels of one pixel.
Tensor linear(const Tensor &x, const Tensor &weight, const Tensor &bias);

// x [..., 2 features] -> [..., features]: the first half times gelu of the second.
Tensor gatedGelu(const Tensor &x);

} // namespace moodloom::tensor
