// The transformer that CLIP's text and vision towers share (Radford et al. 2021), pre-norm.
#pragma once

#include "core/nn/Layers.h"

namespace moodloom::nn {

struct ClipEncoderConfig
{
    int64_t hiddenSize = 512;
    int64_t intermediateSize = 2048;
    int64_t layers = 12;
    int64_t heads = 8;
    Activation activation = Activation::QuickGelu;
    double layerNormEps = 1e-5;
};

class ClipAttention : public torch::nn::Module
{
public:
    explicit ClipAttention(const ClipEncoderConfig &config);
    Tensor forward(const Tensor &x, const Tensor &mask) const; // [B,L,D]

private:
    int64_t m_heads;
    std::shared_ptr<Linear> m_q, m_k, m_v, m_out;
};

class ClipLayer : public torch::nn::Module
{
public:
    explicit ClipLayer(const ClipEncoderConfig &config);
    Tensor forward(Tensor x, const Tensor &mask) const; // [B,L,D]

private:
    Activation m_activation;
    std::shared_ptr<LayerNorm> m_norm1, m_norm2;
    std::shared_ptr<ClipAttention> m_attention;
    std::shared_ptr<Linear> m_fc1, m_fc2;
};

class ClipEncoder : public torch::nn::Module
{
public:
    explicit ClipEncoder(const ClipEncoderConfig &config);
    // The hidden states: [0] is x itself, [i] the output of layer i. Each [B,L,D].
    std::vector<Tensor> forward(const Tensor &x, const Tensor &mask = {}) const;

private:
    std::shared_ptr<List<ClipLayer>> m_layers;
};

} // namespace moodloom::nn
