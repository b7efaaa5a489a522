// Why a model of the shelf cannot be used, in words for the user.
//
// Pure functions; translated into the current language.
#pragma once

#include "core/shelf/ShelfEntry.h"

namespace moodloom::shelf {

// By itself: it is damaged, or needs more than `freeBytes` of memory (0 = not known). Nothing where
// it can be used.
std::optional<QString> unusable(const ShelfEntry &entry, quint64 freeBytes);

// What is no model and nothing that goes on one: parts that painting does not take by themselves.
// Nothing for models, LoRAs, ControlNets, IP-Adapters and the image encoders that these need.
std::optional<QString> unneeded(const ShelfEntry &entry);

// Together: `addon` (a LoRA, ControlNet, IP-Adapter, ...) was made for another family than the
// model `base`, or `base` is of none. Nothing where they fit, and where that is not known.
std::optional<QString> misfit(const ShelfEntry &addon, const ShelfEntry &base);

} // namespace moodloom::shelf
