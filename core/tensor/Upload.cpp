#include "core/tensor/Upload.h"

#include <ATen/ATen.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

namespace moodloom::tensor {

Tensor upload(const Tensor &tensor, const at::Device &device)
{
    if (device.is_cpu())
        return tensor;
    const c10::impl::VirtualGuardImpl streams(device.type());
    const at::Device exact = device.has_index() ? device : streams.getDevice();
    const c10::Stream usual = streams.getDefaultStream(exact);
    Tensor there;
    {
        const c10::StreamGuard aside(streams.getStreamFromGlobalPool(exact));
        there = tensor.to(exact); // pageable memory: complete for us once it returns
        aside.current_stream().synchronize();
    }
    there.record_stream(usual); // its memory is not given away while the default stream reads it
    return there;
}

} // namespace moodloom::tensor
