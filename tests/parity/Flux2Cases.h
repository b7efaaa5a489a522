// The golden cases of FLUX.2: its autoencoder, positions, schedule, transformer and whole runs.
#pragma once

#include "tests/parity/Golden.h"

namespace moodloom::parity {

// Runs a case and leaves its comparisons in it.
void runFlux2Case(Golden &golden);

} // namespace moodloom::parity
