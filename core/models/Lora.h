// LoRAs on a loaded model: merged into the weights of the U-Net and the text encoders, so that they
// cost nothing while painting.
//
// Belongs to the pipeline's thread. The weights are always computed anew from those of the model's
// files, W + sum of scale x change in fp32: taking a LoRA away gives back exactly what was loaded,
// and no order of calls leaves a trace.
#pragma once

#include "core/models/LoraFile.h"
#include "core/models/Pipeline.h"

namespace moodloom::models {

// Makes `loras` the ones that act, in place of those before; none = the model as it is. Errors:
// those of LoraFile::open; Mismatch (made for another base model, saying for which; or keys that
// fit nothing, naming them): then nothing has changed. Cancelled: no LoRA acts.
Result<void> setLoras(Pipeline &pipeline, const std::vector<LoraUse> &loras,
                      std::stop_token stop = {});

// Merges the LoRAs that act anew into a component whose weights have just come from the model's
// files. Errors: as setLoras().
Result<void> mergeLoras(Pipeline &pipeline, const std::string &component, std::stop_token stop = {});

// Which base models the LoRAs of this one are made for.
BaseFamily familyOf(const Pipeline &pipeline);

} // namespace moodloom::models
