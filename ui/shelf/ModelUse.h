// What of the shelf a picture is painted with. Pure functions of its settings.
#pragma once

#include "core/generation/PaintSettings.h"
#include "core/shelf/ShelfEntry.h"

#include <optional>

namespace moodloom::ui {

bool isInUse(const generation::PaintSettings &settings, const shelf::ShelfEntry &entry);

// A LoRA, an IP-Adapter or an image encoder put on, or taken off where it is on; a ControlNet taken
// off. Nothing for what takes more than its file: a base model its size, a ControlNet a picture.
std::optional<generation::PaintSettings> switched(generation::PaintSettings settings,
                                                  const shelf::ShelfEntry &entry);

// Of a LoRA; 1 where it is not on.
double scaleOf(const generation::PaintSettings &settings, const shelf::ShelfEntry &entry);

} // namespace moodloom::ui
