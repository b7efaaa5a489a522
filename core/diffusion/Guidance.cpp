#include "core/diffusion/Guidance.h"

#include <ATen/ATen.h>

namespace moodloom::diffusion {

at::Tensor guide(const at::Tensor &without, const at::Tensor &with, double scale, double rescale)
{
    const at::Tensor guided = without + scale * (with - without);
    if (rescale <= 0)
        return guided;
    std::vector<int64_t> axes;
    for (int64_t axis = 1; axis < with.dim(); ++axis)
        axes.push_back(axis);
    const at::Tensor matched = guided * (with.std(axes, true, true) / guided.std(axes, true, true));
    return rescale * matched + (1 - rescale) * guided;
}

} // namespace moodloom::diffusion
