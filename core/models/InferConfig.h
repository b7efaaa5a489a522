// The settings of networks, from the names and shapes of their tensors: single-file checkpoints
// have no config.json.
//
// What no tensor shows takes the value of the family's released models: head counts (SD 1.x: 8 on
// every level; later ones and CLIP: 64 channels a head), group counts (the largest power of two up
// to 32 that divides all widths), activations. Pure functions; safe from any thread.
#pragma once

#include "core/models/LdmNames.h"
#include "core/nn/AutoencoderKL.h"
#include "core/nn/ClipTextModel.h"
#include "core/nn/ClipVisionModel.h"
#include "core/nn/UNetConfig.h"

#include <map>
#include <string>
#include <vector>

namespace moodloom::models {

// Base models whose parts and add-ons fit each other.
enum class BaseFamily {
    Unknown,
    StableDiffusion1,
    StableDiffusion2,
    StableDiffusionXl,
    SdxlRefiner
};
const char *baseFamilyName(BaseFamily family); // "SD 1.x", "SD 2.x", "SDXL", ...
// By the width of the text that a U-Net, ControlNet, adapter or LoRA looks at: 768, 1024, 2048,
// 1280.
BaseFamily familyOfTextWidth(int64_t width);

// Names (without the component's prefix) to shapes.
using Shapes = std::map<std::string, std::vector<int64_t>>;

// How many modules are numbered below `prefix`: "down_blocks." -> 4. Requires nothing of gaps: the
// largest number counts, but no more than there are tensors.
int64_t countNumbered(const Shapes &shapes, const std::string &prefix);

// From LDM names. Errors: Corrupt (no blocks).
Result<UNetLayout> layoutOf(const Shapes &ldm, const std::string &file);
// Of a U-Net or ControlNet in the folder's names.
UNetLayout layoutOf(const nn::UNetConfig &config);

// From the folder's names. `pooledDim` is the width of the pooled text (SDXL), 0 where unknown.
// Errors: Corrupt (a tensor that every such network has is not there), naming it.
Result<nn::UNetConfig> inferUNet(const Shapes &shapes, BaseFamily family, int64_t pooledDim,
                                 const std::string &file);
Result<nn::AutoencoderConfig> inferAutoencoder(const Shapes &shapes, BaseFamily family,
                                               const std::string &file);
// Image size and patches by the positions; activation and heads as in the released towers.
Result<nn::ClipVisionConfig> inferClipVision(const Shapes &shapes, const std::string &file);
Result<nn::ClipTextConfig> inferClipText(const Shapes &shapes, nn::Activation activation,
                                         const std::string &file);

} // namespace moodloom::models
