// From a recipe's sampler and a model's files to the settings of a run.
//
// Pure functions.
#pragma once

#include "core/diffusion/SamplerConfig.h"
#include "core/generation/Sampler.h"

namespace moodloom::models {
struct Pipeline;
}

namespace moodloom::generation {

// The sampler that Auto means for a scheduler_config.json: the one it names, or DPM++ 2M where it
// names none that we know.
Sampler samplerOfModel(const nlohmann::json &scheduler);

// Requires: not Auto. Errors: those of models::samplerConfig().
Result<diffusion::SamplerConfig> samplerConfigOf(const models::Pipeline &pipeline, Sampler sampler);

} // namespace moodloom::generation
