// The golden cases of whole runs: prompt, references and start noise to latents and picture.
#pragma once

#include "tests/parity/Golden.h"

namespace moodloom::parity {

// Runs from noise only; image-to-image and inpainting are not part of this.
bool isTextToImage(const nlohmann::json &entry);
void runWholeCase(Golden &golden);

} // namespace moodloom::parity
