// The most memory that a network took.
#pragma once

#include "core/tensor/Compat.h"

namespace moodloom::bench {

// Begins anew on the graphics card; a process cannot forget its own.
void forgetPeak(const at::Device &device);

// GiB of tensors on the graphics card since forgetPeak(), or resident in the process since it
// began. Negative where libtorch does not tell (on the card, before 2.9).
double peakGiB(const at::Device &device);

} // namespace moodloom::bench
