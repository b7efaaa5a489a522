// CLIP's vision tower for reference pictures, from a place of its own: released IP-Adapters need
// ViT-H/14 or ViT-bigG/14, which checkpoints do not hold.
#pragma once

#include "core/models/Preprocess.h"
#include "core/nn/Load.h"

#include <memory>
#include <string>

namespace moodloom::models {

struct ImageEncoder
{
    std::shared_ptr<nn::ClipVisionModel> network;
    PreprocessConfig preprocess;
    nn::TensorSource source; // of the network's weights
};

// A folder (config.json and weights, and preprocessor_config.json where there is one), or a single
// file under the same names, whose settings are told by its shapes. Errors: NotFound, Corrupt,
// Unsupported (no image encoder), Mismatch, Cancelled.
Result<ImageEncoder> loadImageEncoder(const std::string &path, const nn::LoadOptions &options = {});

// What preprocessor_config.json says, held against the tower. Errors: Mismatch, Unsupported,
// Corrupt.
Result<PreprocessConfig> preprocessFor(const nn::ClipVisionConfig &vision,
                                       const nlohmann::json &json, const std::string &file);

} // namespace moodloom::models
