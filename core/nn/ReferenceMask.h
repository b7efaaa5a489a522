// How weights and masks of reference pictures become numbers for an attention over their tokens.
//
// Pure functions.
#pragma once

#include "core/nn/CrossConditioning.h"

namespace moodloom::nn {

// For ReferenceMixing::Joint. Undefined members mean "no effect".
struct JointMask
{
    Tensor bias; // added to the scores: [B or 1, 1, H*W or 1, N*T]
    Tensor gain; // multiplied with the result: [B or 1, 1, H*W or 1, 1]
};
JointMask jointMask(const PreparedConditioning::Mix &mix, int64_t height, int64_t width);

// For ReferenceMixing::Separate: one picture's mask [1,H,W] brought to `queries` tokens,
// [1,1,queries,1]. The grid is guessed from the mask's aspect ratio and filled up with zeros or
// cut, as diffusers does.
Tensor separateMask(const Tensor &mask, int64_t queries);

} // namespace moodloom::nn
