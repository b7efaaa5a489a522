// Classifier-free guidance: Ho and Salimans 2022, arXiv:2207.12598. Pure functions.
#pragma once

#include <ATen/core/Tensor.h>

namespace moodloom::diffusion {

// without + scale * (with - without); any shape. `rescale` in 0..1 then pulls each sample's standard
// deviation back towards that of `with`, against over-saturation (arXiv:2305.08891, section 3.4).
at::Tensor guide(const at::Tensor &without, const at::Tensor &with, double scale, double rescale = 0);

} // namespace moodloom::diffusion
