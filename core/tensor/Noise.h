// Normal noise from a seed, the same on every machine thread count and libtorch version.
//
// Philox4x32-10 (Salmon et al. 2011) as a counter-based generator and Box-Muller: element i depends
// on (seed, stream, i) alone. Safe from any thread.
#pragma once

#include "core/tensor/Compat.h"

#include <cstdint>

namespace moodloom::tensor {

// Unit normal noise, fp32 on the CPU. `stream` separates uses of one seed (start noise, the noise
// of step 7, ...).
Tensor normalNoise(at::IntArrayRef shape, uint64_t seed, uint32_t stream = 0);

} // namespace moodloom::tensor
