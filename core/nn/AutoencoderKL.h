// The autoencoder between pictures and latents (Rombach et al. 2022, section 3.1).
//
// "patch_size" is our extension of its config: a picture is folded into patch_size^2 times the
// channels before conv_in and unfolded after conv_out, so that a small network works at a low
// resolution.
#pragma once

#include "core/base/Result.h"
#include "core/nn/ResnetBlock2D.h"

#include <nlohmann/json_fwd.hpp>

namespace moodloom::nn {

struct AutoencoderConfig
{
    int64_t inChannels = 3, outChannels = 3, latentChannels = 4;
    std::vector<int64_t> channels{128, 256, 512, 512};
    std::vector<int64_t> decoderChannels; // as many; empty: the encoder's
    int64_t layersPerBlock = 2;
    int64_t groups = 32;
    Activation activation = Activation::Silu;
    bool middleAttention = true;
    bool quantConv = true, postQuantConv = true;
    int64_t sampleSize = 512; // picture pixels it was trained at: the tile size
    double scalingFactor = 0.18215;
    double shiftFactor = 0;
    std::vector<double> latentsMean, latentsStd; // one a channel, or empty
    int64_t patchSize = 1;

    // Picture pixels for one latent pixel.
    int64_t factor() const { return patchSize << (channels.size() - 1); }

    // Errors: Unsupported, Corrupt.
    static Result<AutoencoderConfig> fromJson(const nlohmann::json &json,
                                              const std::string &file = "vae/config.json");
    nlohmann::json toJson() const;
};

// The encoder's normal distribution.
struct LatentDistribution
{
    Tensor mean, logvar; // [B,C,h,w]; logvar within -30..20
    Tensor sample(const Tensor &noise) const;
};

struct Tiling
{
    int64_t samplePixels = 512; // tile edge in picture pixels
    int64_t latentPixels = 64;  // the same in latent pixels
    double overlap = 0.25;
};

class VaeEncoder;
class VaeDecoder;

class AutoencoderKL : public torch::nn::Module
{
public:
    using Config = AutoencoderConfig;
    explicit AutoencoderKL(const Config &config);
    const Config &config() const { return m_config; }

    // pictures [B,3,H,W] in -1..1, H and W multiples of factor() -> [B,C,H/f,W/f]
    LatentDistribution encode(const Tensor &pictures) const;
    // raw latents (see fromModel) -> [B,3,h*f,w*f], about -1..1
    Tensor decode(const Tensor &latents) const;

    // The same in overlapping tiles, blended linearly: memory for one tile, whatever the size.
    LatentDistribution encodeTiled(const Tensor &pictures, const Tiling &tiling) const;
    Tensor decodeTiled(const Tensor &latents, const Tiling &tiling) const;
    Tiling defaultTiling() const;

    // Between raw latents and what the U-Net works on: (raw - shift) * scale, or by mean and
    // deviation of every channel where the config has them.
    Tensor toModel(const Tensor &raw) const;
    Tensor fromModel(const Tensor &latents) const;

private:
    Tensor moments(const Tensor &pictures) const; // [B,2C,h,w]
    Tensor channelConstants(const std::vector<double> &values, const Tensor &like) const;

    Config m_config;
    std::shared_ptr<VaeEncoder> m_encoder;
    std::shared_ptr<VaeDecoder> m_decoder;
    std::shared_ptr<Conv2d> m_quant, m_postQuant; // null where the config has none
};

} // namespace moodloom::nn
