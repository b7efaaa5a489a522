// The golden cases of single networks: timestep, guidance, text, vision, vae, unet, ip_adapter.
#pragma once

#include "tests/parity/Golden.h"

namespace moodloom::parity {

// Runs a case and leaves its comparisons in it. A group that is not known is a problem of the case.
void runNetworkCase(Golden &golden);

} // namespace moodloom::parity
