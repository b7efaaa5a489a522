// A loaded model: every network of a checkpoint, folder or single file, that painting needs, and
// its settings.
//
// Belongs to the thread that paints. Loading converts the weights tensor by tensor and can be
// stopped.
#pragma once

#include "core/base/Result.h"
#include "core/diffusion/SamplerConfig.h"
#include "core/models/ModelSource.h"
#include "core/models/Preprocess.h"
#include "core/models/Tokenizer.h"
#include "core/nn/Load.h"
#include "core/tensor/Device.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace moodloom::models {

// What the half without the prompt sees in place of the references, as the adapter was trained: the
// picture of nothing (all released adapters), or no picture at all.
enum class UnconditionalReference { ZeroPicture, Absent };

struct LoadedAdapter
{
    std::string file;
    std::shared_ptr<nn::IpAdapter> network;
    // From "unconditional" ("zero_picture" or "absent") in ip_adapter/config.json, where there is
    // one.
    UnconditionalReference unconditional = UnconditionalReference::ZeroPicture;
    nn::TensorSource source; // of the network's weights
};

// A LoRA that acts on the model's weights.
struct LoraUse
{
    std::string file;
    double scale = 1; // 0 = as if it were not there
    bool operator==(const LoraUse &) const = default;
};

// What is in memory together or not at all. The U-Net's adapters go with it.
enum class Part { Text, Vision, UNet, Vae };

struct PipelineOptions
{
    at::Device device = at::kCPU;
    tensor::Precision precision = tensor::Precision::Full; // of the U-Net and the adapters
    bool lazy = false; // every part is away; bring() loads it
    // The U-Net's weights and the adapters' stay in their files and are converted whenever they are
    // used: slower, the same to the bit, and memory for one layer.
    bool weightsInFiles = false;
    // Names of files in ip_adapter/, or paths. Empty: the first "full", else "plus", else any
    // there.
    std::vector<std::string> adapters;
    bool loadAdapter = true;
    std::string imageEncoder; // see loadImageEncoder(); empty: the model's own, where it has one
    std::vector<LoraUse> loras;
    std::string tokenizer; // for single files, see openModelSource()
    // What replaces settings of a component's config, "unet" -> {"attention_head_dim": [2, 4]}: a
    // single file has no config, and no tensor shows the number of heads.
    std::map<std::string, nlohmann::json> configs;
    std::function<void(const std::string &component, double fraction)> progress; // 0..1 over all
    std::stop_token stop;
};

struct Pipeline
{
    std::string folder;       // or the single file
    nlohmann::json index;     // model_index.json
    nlohmann::json scheduler; // scheduler_config.json
    std::unique_ptr<Tokenizer> tokenizer, tokenizer2;
    std::shared_ptr<nn::ClipTextModel> text, text2; // the second ones: SDXL
    std::shared_ptr<nn::UNet2DConditionModel> unet;
    std::shared_ptr<nn::AutoencoderKL> vae;
    std::shared_ptr<nn::ClipVisionModel> vision; // null: the model takes no references
    PreprocessConfig preprocess;
    std::vector<LoadedAdapter> adapters;
    // The weights as the model has them, by component; and what was added (see Lora.h).
    std::map<std::string, nn::TensorSource> sources;
    std::vector<LoraUse> loras;
    std::set<std::pair<std::string, std::string>> changed; // component, parameter
    at::Device device = at::kCPU;
    at::ScalarType dtype = at::kFloat; // of the U-Net
    bool weightsInFiles = false;
    std::set<std::string> away; // components whose networks have no weights now

    // Loads what of a part is away, LoRAs included, and gives a part's memory back (its networks
    // and settings stay). Parts that the model does not have are in place. Errors: as
    // loadPipeline(). `progress`: 0..1 of what was missing, from the calling thread.
    Result<void> bring(Part part, std::stop_token stop = {},
                       const std::function<void(double)> &progress = {});
    int64_t missing(Part part) const; // numbers that bring() would load
    void sendAway(Part part);

    // Made for inpainting: the U-Net sees, besides the latents, where it paints and the rest of the
    // picture.
    bool inpaints() const
    {
        return unet->config().inChannels == 2 * vae->config().latentChannels + 1;
    }
    bool takesReferences() const { return vision && !adapters.empty(); }
    // Widths and heights of pictures must be multiples of this.
    int sizeStep() const { return int(vae->config().factor()); }
    int nativeSize() const { return int(unet->config().sampleSize * vae->config().factor()); }
};

// Errors: NotFound, Corrupt, Unsupported, Mismatch (naming file, tensor and what was expected),
// Cancelled.
Result<std::unique_ptr<Pipeline>> loadPipeline(const std::string &path,
                                               const PipelineOptions &options = {});

// What the model's scheduler_config.json means for a sampler. DDIM's clipping, which old configs
// leave switched on, is for pictures: latents are never clipped. Errors: Unsupported, Invalid.
Result<diffusion::SamplerConfig> samplerConfig(const Pipeline &pipeline,
                                               diffusion::SamplerKind kind);

// Edges of the tiles that the autoencoder works in, in pixels of the picture. Automatic: the whole,
// or where that takes too much memory tiles of the size that it was trained at.
struct VaeTile
{
    static constexpr int64_t kAutomatic = -1, kWhole = 0;
    int64_t pixels = kAutomatic;
    // The edge for pictures of this size, in whole latents; nothing where it fits as a whole.
    std::optional<int64_t> edgeFor(const nn::AutoencoderConfig &vae, int64_t width,
                                   int64_t height) const;
};

// The latents, of the U-Net's scale [1,C,H/f,W/f], that image to image and inpainting begin with:
// drawn with standard normal `noise` of that shape from what the autoencoder thinks possible;
// undefined noise takes the likeliest. Requires: width and height multiples of sizeStep().
Tensor encodePicture(const Pipeline &pipeline, const RgbView &picture, const Tensor &noise,
                     VaeTile tile = {});

// What models made for inpainting see besides the latents [1,1+C,h,w]: `where` they paint, fp32
// [1,1,h,w], and the latents of the picture with grey where `mask`, fp32 [1,1,H,W], is 1.
Tensor inpaintingInput(const Pipeline &pipeline, const RgbView &picture, const Tensor &mask,
                       const Tensor &where, VaeTile tile = {});

// Raw latents of the model's scale [1,C,h,w] -> pixels.
RgbPixels decodePicture(const Pipeline &pipeline, const Tensor &latents, VaeTile tile = {});

} // namespace moodloom::models
