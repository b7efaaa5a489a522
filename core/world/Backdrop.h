// The scenery of a setting: sky, light, far things and ground. Pure; thread-safe.
#pragma once

#include "core/world/Setting.h"
#include "core/world/Sketch.h"

#include <cstdint>

namespace moodloom::world {

// In picture units (0..100), opaque everywhere.
Sketch drawBackdrop(const Setting &setting, uint64_t seed);

// What is nearer than the things: waves before a hull, tips of grass, weeds under water.
Sketch drawForeground(const Setting &setting, uint64_t seed);

} // namespace moodloom::world
