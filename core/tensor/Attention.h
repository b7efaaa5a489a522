// Scaled dot-product attention: softmax(q k^T / sqrt(d) + mask) v (Vaswani et al. 2017, eq. 1).
//
// One function, several bodies: for bf16 on processors with AVX512_BF16 the kernel of
// core/kernels/FlashAttention.h; else libtorch's fused one where it has one (2.x); before, a plain
// one for small problems and for training, and for large ones without gradients a tiled one. But
// for the plain one, none ever holds the whole score matrix. Safe from any thread.
#pragma once

#include "core/tensor/Compat.h"

namespace moodloom::tensor {

// q [B,h,Lq,d], k [B,h,Lk,d] and v [B,h,Lk,dv] of one dtype; mask, where defined, is added to the scores and
// broadcasts to [B,h,Lq,Lk] (its dtype is that of q). Returns [B,h,Lq,dv], of any layout.
Tensor attention(const Tensor &q, const Tensor &k, const Tensor &v, const Tensor &mask = {});

} // namespace moodloom::tensor
