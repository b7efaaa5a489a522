// Starting the decoders, which changes the process's environment (libvips sets a variable). Whoever
// reads the environment on another thread at that moment crashes, so programs begin with it, before
// there are other threads; decoding would otherwise do it when the first picture is read.
#pragma once

#include "core/base/Result.h"

namespace moodloom::image {

// Errors: Internal (libvips cannot start).
Result<void> startDecoders();

} // namespace moodloom::image
