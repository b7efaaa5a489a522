// The golden cases of whole runs: prompt, references and start noise, or a picture and a mask, to
// latents and picture.
#pragma once

#include "tests/parity/Golden.h"

namespace moodloom::parity {

// Runs a case and leaves its comparisons in it.
void runWholeCase(Golden &golden);

} // namespace moodloom::parity
