// The golden cases of ControlNets: their residuals, and the U-Net's output with them.
#pragma once

#include "tests/parity/Golden.h"

namespace moodloom::parity {

// Runs a case and leaves its comparisons in it.
void runControlNetCase(Golden &golden);

} // namespace moodloom::parity
