// Encoder and decoder halves of AutoencoderKL.
#pragma once

#include "core/nn/AutoencoderKL.h"

namespace moodloom::nn {

// Self-attention of one head over all pixels.
class VaeAttention : public torch::nn::Module
{
public:
    VaeAttention(int64_t channels, int64_t groups);
    Tensor forward(const Tensor &x) const; // [B,C,H,W]

private:
    std::shared_ptr<GroupNorm> m_norm;
    std::shared_ptr<Linear> m_q, m_k, m_v, m_out;
};

class VaeMiddleBlock : public torch::nn::Module
{
public:
    VaeMiddleBlock(const AutoencoderConfig &config, int64_t channels);
    Tensor forward(Tensor x) const;

private:
    std::shared_ptr<List<VaeAttention>> m_attentions; // null without attention
    std::shared_ptr<List<ResnetBlock2D>> m_resnets;
};

// DownEncoderBlock2D and UpDecoderBlock2D.
template <class Resampler> class VaeBlock : public torch::nn::Module
{
public:
    VaeBlock(const AutoencoderConfig &config, int64_t in, int64_t out, int64_t layers,
             const char *resamplers, std::shared_ptr<Resampler> resampler);
    Tensor forward(Tensor x) const;

private:
    std::shared_ptr<List<ResnetBlock2D>> m_resnets;
    std::shared_ptr<List<Resampler>> m_resamplers; // null in the last block
};

class VaeEncoder : public torch::nn::Module
{
public:
    explicit VaeEncoder(const AutoencoderConfig &config);
    Tensor forward(const Tensor &pictures) const; // [B,3,H,W] -> [B,2C,h,w]

private:
    AutoencoderConfig m_config;
    std::shared_ptr<Conv2d> m_convIn, m_convOut;
    std::shared_ptr<List<VaeBlock<Downsample2D>>> m_blocks;
    std::shared_ptr<VaeMiddleBlock> m_middle;
    std::shared_ptr<GroupNorm> m_normOut;
};

class VaeDecoder : public torch::nn::Module
{
public:
    explicit VaeDecoder(const AutoencoderConfig &config);
    Tensor forward(const Tensor &latents) const; // [B,C,h,w] -> [B,3,H,W]

private:
    AutoencoderConfig m_config;
    std::shared_ptr<Conv2d> m_convIn, m_convOut;
    std::shared_ptr<List<VaeBlock<Upsample2D>>> m_blocks;
    std::shared_ptr<VaeMiddleBlock> m_middle;
    std::shared_ptr<GroupNorm> m_normOut;
};

} // namespace moodloom::nn
