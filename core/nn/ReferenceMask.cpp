#include "core/nn/ReferenceMask.h"

#include <algorithm>
#include <cmath>

namespace moodloom::nn {

JointMask jointMask(const PreparedConditioning::Mix &mix, int64_t height, int64_t width)
{
    if (!mix.weights.defined() && !mix.masks.defined())
        return {};
    // strength [B|1, queries|1, N]
    Tensor strength;
    if (mix.masks.defined())
        strength = at::adaptive_avg_pool2d(mix.masks.to(at::kFloat), {height, width})
                       .flatten(2)
                       .transpose(1, 2);
    if (mix.weights.defined()) {
        const Tensor weights = mix.weights.to(at::kFloat).unsqueeze(1);
        strength = strength.defined() ? strength * weights : weights;
    }
    strength = strength.clamp_min(0);
    const Tensor strongest = strength.amax(-1, true); // [B|1, queries|1, 1]
    // Where nothing acts the gain is 0, and the bias must only be finite.
    const Tensor relative =
        at::where(strongest > 0, strength / strongest.clamp_min(1e-20), at::ones_like(strength));
    JointMask out;
    out.gain = strongest.unsqueeze(1);
    out.bias = at::log(relative).unsqueeze(1).repeat_interleave(mix.tokensEach, -1);
    return out;
}

Tensor separateMask(const Tensor &mask, int64_t queries)
{
    const double ratio = double(mask.size(2)) / double(mask.size(1));
    int64_t height = std::max<int64_t>(1, int64_t(std::sqrt(double(queries) / ratio)));
    height += queries % height != 0;
    const int64_t width = queries / height;
    Tensor flat =
        at::upsample_bicubic2d(mask.unsqueeze(0).to(at::kFloat), {height, width}, false).view({-1});
    if (flat.size(0) < queries)
        flat = at::constant_pad_nd(flat, {0, queries - flat.size(0)});
    return flat.narrow(0, 0, queries).view({1, 1, queries, 1});
}

} // namespace moodloom::nn
