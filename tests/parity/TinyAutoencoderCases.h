// The golden case of the trained tiny autoencoder: latents, and the picture that comes back.
#pragma once

#include "tests/parity/Golden.h"

namespace moodloom::parity {

// Runs a case and leaves its comparisons in it.
void runTinyAutoencoderCase(Golden &golden);

} // namespace moodloom::parity
