// What ControlNets add to the U-Net in one step.
//
// A value; tensors are shared.
#pragma once

#include "core/tensor/Compat.h"

#include <vector>

namespace moodloom::nn {

struct ControlResiduals
{
    // One for each of the U-Net's skips, the input convolution's first: [B,C,h,w], or [B,C,1,1]
    // from networks that pool. Empty: nothing is added.
    std::vector<Tensor> skips;
    Tensor middle; // the same for the middle block's output

    // Several ControlNets act by the sum of what they give. Requires: nets of one layout.
    void add(const ControlResiduals &other);
};

} // namespace moodloom::nn
