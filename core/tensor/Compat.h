// What differs between libtorch 1.13 (Debian 12) and 2.x, in one place.
#pragma once

#include <torch/types.h>
#include <torch/version.h>

#include <optional>

namespace moodloom {

using at::Tensor;

// The optional type of ATen's signatures: c10::optional before it became std::optional.
template <class T> using AtOptional = c10::optional<T>;
inline constexpr auto atNone = c10::nullopt;

// Whether ATen brings a fused attention of its own.
#if TORCH_VERSION_MAJOR >= 2
inline constexpr bool hasFusedAttention = true;
#else
inline constexpr bool hasFusedAttention = false;
#endif

} // namespace moodloom
