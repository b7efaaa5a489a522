// Drawn pictures as tensors, and back.
#pragma once

#include "core/tensor/Compat.h"
#include "core/training/SceneSource.h"

#include <span>
#include <vector>

namespace moodloom::training {

// [N,3,H,W] fp32 in [-1,1]. Requires: at least one picture, all of one size.
at::Tensor toTensor(std::span<const Picture *const> pictures);
at::Tensor toTensor(const Picture &picture); // [1,3,H,W]

// From [3,H,W] or [1,3,H,W] in [-1,1], clamped.
Picture toPicture(const at::Tensor &image);

} // namespace moodloom::training
