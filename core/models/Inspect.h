// What a model folder is, without loading it: for `models inspect`, the model list and error
// messages.
//
// Reads configs and the headers of the weights, and compares the two. Safe from any thread.
#pragma once

#include "core/base/Result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace moodloom::models {

enum class ModelKind {
    StableDiffusion,   // one text encoder: SD 1.x, 2.x and the built-in model
    StableDiffusionXl, // two of them
    Clip,              // text and image encoder for retrieval
    Other              // something that Moodloom does not run
};
const char *
modelKindName(ModelKind kind); // "stable-diffusion", "stable-diffusion-xl", "clip", "other"

struct ComponentReport
{
    std::string name;      // "unet"; "" for a folder that is one network itself
    std::string className; // "UNet2DConditionModel"
    bool required = false; // painting needs it
    bool present = false;
    int64_t parameters = 0;
    uint64_t bytesOnDisk = 0;
    std::optional<Error> problem; // why it cannot be used
};

struct AdapterReport
{
    std::string file, kind; // "base", "plus", "full"
    std::optional<Error> problem;
};

struct ModelReport
{
    std::string folder;
    ModelKind kind = ModelKind::Other;
    std::string pipelineClass; // as model_index.json says
    std::vector<ComponentReport> components;
    std::vector<AdapterReport> adapters;
    int64_t parameters = 0; // of all present components
    uint64_t bytesFull = 0; // in memory, everything in fp32
    uint64_t bytesFast = 0; // in memory, U-Net in bf16
    int64_t textLength = 0; // tokens of a prompt, with start and end
    int64_t latentChannels = 0;
    int64_t sizeStep = 0;   // widths and heights are multiples of it
    int64_t nativeSize = 0; // pixels that it was trained at
    std::string prediction; // "epsilon", "v_prediction", ...
    bool takesReferences = false;
    // The first reason why it cannot paint (a CLIP folder: cannot embed); empty = usable.
    std::optional<Error> problem;

    nlohmann::json toJson() const;
};

// A diffusers folder or a CLIP folder of Hugging Face. Problems of its parts are in the report.
// Errors: NotFound, Unsupported (a folder or file of another kind, saying what is expected).
Result<ModelReport> inspectModel(const std::string &folder);

} // namespace moodloom::models
