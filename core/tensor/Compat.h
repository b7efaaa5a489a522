// libtorch's tensor type and version. Code that differs between 1.13 (Debian 12) and 2.x asks
// TORCH_VERSION_MAJOR; so far that is attention alone. Optional arguments of ATen are never named,
// because their type differs, too.
#pragma once

#include <torch/types.h>
#include <torch/version.h>

namespace moodloom {

using at::Tensor;

} // namespace moodloom
