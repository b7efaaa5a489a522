// Takes tensors to a device without holding up what runs there.
#pragma once

#include "core/tensor/Compat.h"

namespace moodloom::tensor {

// `tensor` on `device`. On a graphics card the copy goes through a stream of its own and is complete
// on return, so that it neither waits for queued work nor makes it wait; the result may be used on
// the default stream. On the CPU it is `tensor` itself. Safe from any thread.
Tensor upload(const Tensor &tensor, const at::Device &device);

} // namespace moodloom::tensor
