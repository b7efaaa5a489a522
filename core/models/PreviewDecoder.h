// Pictures of a run's latents in milliseconds, by a tiny decoder (TAESD) instead of the model's
// own.
//
// Belongs to the thread that paints, as the pipeline does.
#pragma once

#include "core/models/Preprocess.h"
#include "core/nn/TinyAutoencoder.h"

#include <memory>
#include <string>
#include <vector>

namespace moodloom::models {

// Tiny autoencoders that lie in a model's folder, beside its parts: folders and files. Reads heads.
std::vector<std::string> previewDecodersIn(const std::string &model);

class PreviewDecoder
{
public:
    // An AutoencoderTiny folder (config.json and weights), or a single file: its author's
    // ("taesd_decoder.safetensors") or one with both halves. Kind and sizes are read from the
    // tensors. Errors: NotFound, Corrupt, Unsupported (no tiny decoder), Mismatch (made for latents
    // of other channels, or that are another number of times smaller than the picture).
    static Result<PreviewDecoder> load(const std::string &path, int64_t latentChannels,
                                       int64_t factor, at::Device device = at::kCPU);

    // Latents of the model's scale [1,C,h,w], also noisy ones -> pixels.
    RgbPixels picture(const Tensor &latents) const;

private:
    std::shared_ptr<nn::TinyAutoencoder> m_network;
    at::Device m_device = at::kCPU;
};

} // namespace moodloom::models
