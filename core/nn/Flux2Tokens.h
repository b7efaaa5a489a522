// How FLUX.2 sees a picture: latents in patches of 2x2, one token each, and where every token is.
//
// Pure functions.
#pragma once

#include "core/tensor/Compat.h"

#include <utility>
#include <vector>

namespace moodloom::nn {

// [B,C,H,W] <-> [B,4C,H/2,W/2]. Requires: even H and W; a multiple of 4 channels.
Tensor toPatches(const Tensor &latents);
Tensor fromPatches(const Tensor &patches);

// [B,C,h,w] <-> [B,h*w,C]
Tensor toTokens(const Tensor &patches);
Tensor fromTokens(const Tensor &tokens, int64_t height, int64_t width);

// Positions (time, row, column, place in the text), int64 [N,4]. The picture that is painted stands
// at time 0, the i-th reference picture at 10 + 10 i.
Tensor pictureIds(int64_t height, int64_t width, int64_t time = 0);
Tensor referenceIds(const std::vector<std::pair<int64_t, int64_t>> &heightsAndWidths);
Tensor textIds(int64_t length);

// Rotary position embedding (Su et al. 2021) over several axes, each with its share of a head's
// width.
struct Rotary
{
    Tensor cos, sin; // fp32 [N, sum of widths], every frequency twice
    // x [B,h,N,d]: each pair of neighbours turned by its angle.
    Tensor turn(const Tensor &x) const;
};
// ids [N,axes]. Requires: even widths, one for each column of ids.
Rotary rotary(const Tensor &ids, const std::vector<int64_t> &widths, double theta);

// The shift of the noise schedule for so many picture tokens and steps, as fitted by its makers.
double flux2ScheduleShift(int64_t pictureTokens, int64_t steps);

} // namespace moodloom::nn
