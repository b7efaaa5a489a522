// What a file of weights is, from the names and shapes of its tensors alone: never from the file's
// name.
//
// Pure functions; safe from any thread.
#pragma once

#include "core/models/InferConfig.h"

namespace moodloom::models {

enum class WeightsKind {
    Unknown,
    Checkpoint,   // a U-Net under a checkpoint's names, with or without the other parts
    UNet,         // a diffusers U-Net alone
    Vae,          // an autoencoder alone
    TextEncoder,  // CLIP's text half alone
    ImageEncoder, // CLIP's vision half alone
    Clip,         // both
    Lora,         // LoRA, LoHa, LoKr, ...
    ControlNet,
    IpAdapter,
    TinyAutoencoder, // TAESD and relatives: half or both
    Embedding        // textual inversion
};
const char *weightsKindName(WeightsKind kind); // "checkpoint", "unet", ..., "unknown"

struct Identity
{
    WeightsKind kind = WeightsKind::Unknown;
    BaseFamily family = BaseFamily::Unknown; // of the models that it fits
    std::string variant; // "plus", "kohya, SGM block names", "LDM names", "decoder"; or empty
    std::vector<std::string> parts; // "unet", "vae", ...: what the file has
    std::vector<std::string> needs; // what painting with it takes besides, as text for people
};

// `shapes` are those of all files of one model (shards).
Identity identify(const Shapes &shapes);

// CLIP's released vision encoders by their widths: "ViT-L/14", "ViT-H/14", "ViT-bigG/14", or "".
std::string visionName(int64_t hiddenSize);

} // namespace moodloom::models
