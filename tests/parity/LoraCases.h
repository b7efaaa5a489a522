// The golden cases of LoRA: weights after merging, and forwards with them.
#pragma once

#include "tests/parity/Golden.h"

namespace moodloom::parity {

// Every file of the case gives the same result, and taking it away gives back the model.
void runLoraCase(Golden &golden);

} // namespace moodloom::parity
