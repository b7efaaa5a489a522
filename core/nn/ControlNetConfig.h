// The settings of a ControlNetModel, as in diffusers' controlnet/config.json.
#pragma once

#include "core/nn/UNetConfig.h"

namespace moodloom::nn {

enum class ChannelOrder { Rgb, Bgr };

struct ControlNetConfig
{
    UNetConfig trunk; // the half of a U-Net that it copies; what is said of the way up is unused
    int64_t pictureChannels = 3;
    ChannelOrder order = ChannelOrder::Rgb;
    std::vector<int64_t> embeddingChannels{16, 32, 96, 256};
    bool pooled = false; // global_pool_conditions: residuals are means over the picture

    // Picture pixels for one latent pixel.
    int64_t factor() const { return int64_t(1) << (embeddingChannels.size() - 1); }

    // Errors: Unsupported, Corrupt.
    static Result<ControlNetConfig> fromJson(const nlohmann::json &json,
                                             const std::string &file = "controlnet/config.json");
    nlohmann::json toJson() const;
};

// The ControlNet was made for a U-Net of this layout: its residuals fit, and it sees the same text.
// Errors: Mismatch, naming the first setting that differs.
Result<void> checkControlFits(const ControlNetConfig &control, const UNetConfig &unet,
                              const std::string &file);

} // namespace moodloom::nn
