// What the visible layers look like together. Pure functions.
#pragma once

#include "core/export/Psd.h"

namespace moodloom::exporting {

// Format_RGBA8888, straight alpha, of the canvas' size; transparent where no layer is. A group is
// blended as a whole when it is translucent. Errors: Cancelled, OutOfMemory.
Result<QImage> composite(const PsdDocument &document, const std::stop_token &stop = {});

// Opacity as it is stored and used: 0..255.
int opacityByte(double opacity);

} // namespace moodloom::exporting
