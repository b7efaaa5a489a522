// What a model folder or a file of weights is, without loading it: for `models inspect`, the model
// list and error messages.
//
// Told by configs, tensor names and shapes, never by the file's name. Configs and weights are
// compared the way loading does it. Safe from any thread.
#pragma once

#include "core/base/Result.h"
#include "core/models/MemoryPlan.h"

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
    Other,             // something that Moodloom does not run
    // Parts and add-ons, see Identify.h.
    UNet,
    Vae,
    TextEncoder,
    ImageEncoder,
    Lora,
    ControlNet,
    IpAdapter,
    TinyAutoencoder,
    Embedding
};
// "stable-diffusion", "stable-diffusion-xl", "clip", "other", "lora", ...
const char *modelKindName(ModelKind kind);

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
    std::string folder; // or the file
    ModelKind kind = ModelKind::Other;
    std::string pipelineClass; // as model_index.json says
    std::vector<ComponentReport> components;
    std::vector<AdapterReport> adapters;
    int64_t parameters = 0;         // of all present components
    uint64_t bytesFull = 0;         // weights in fp32
    uint64_t bytesHalf = 0;         // weights in 16 bits
    std::vector<MemoryPlan> plans;  // of a model that paints: at its own size, on this machine
    MemoryRoom room;                // of this machine, now
    std::string family;             // "SD 1.x", ...: what fits together; "" = not known
    std::string variant;            // of an add-on: "plus", "kohya names"
    std::vector<std::string> needs; // what it lacks to paint, or needs besides
    std::vector<std::string> words; // trigger words of a LoRA, from its metadata
    int64_t textLength = 0;         // tokens of a prompt, with start and end
    int64_t latentChannels = 0;
    int64_t sizeStep = 0;   // widths and heights are multiples of it
    int64_t nativeSize = 0; // pixels that it was trained at
    std::string prediction; // "epsilon", "v_prediction", ...
    bool takesReferences = false;
    // The first reason why it cannot paint (a CLIP folder: cannot embed); empty = usable.
    std::optional<Error> problem;

    // The plan that painting would keep to; null where there are none or none fits.
    const MemoryPlan *plan() const { return firstFitting(plans, room); }
    nlohmann::json toJson() const;
};

// A diffusers folder, a CLIP folder of Hugging Face, a folder with weights of one network (also
// fp16 variants and shards), or a file. Problems of its parts are in the report. Errors: NotFound,
// Unsupported (nothing that is known, saying what is expected), and those of opening files.
Result<ModelReport> inspectModel(const std::string &path);

} // namespace moodloom::models
