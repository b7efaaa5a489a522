// A tiny autoencoder (TAESD, AutoencoderTiny): convolutions alone, distilled from a large one's
// latents, for previews while a picture is painted. See TinyAutoencoderConfig for its kinds.
#pragma once

#include "core/nn/TinyAutoencoderConfig.h"

namespace moodloom::nn {

class TinyHalf;

class TinyAutoencoder : public torch::nn::Module
{
public:
    using Config = TinyAutoencoderConfig;
    explicit TinyAutoencoder(const Config &config);
    const Config &config() const { return m_config; }

    // pictures [B,3,H,W] in -1..1 -> [B,C,H/f,W/f], of the scale that fromModel() gives.
    // Requires: the encoder is there.
    Tensor encode(const Tensor &pictures) const;
    // [B,C,h,w] -> [B,3,h*f,w*f], about -1..1. Requires: the decoder is there.
    Tensor decode(const Tensor &latents) const;

    // Between its latents and what the denoiser works on, as AutoencoderKL's.
    Tensor toModel(const Tensor &raw) const;
    Tensor fromModel(const Tensor &latents) const;

private:
    Config m_config;
    std::shared_ptr<TinyHalf> m_encoder, m_decoder; // null where the config has none
};

} // namespace moodloom::nn
