// The transformer of the U-Net's attention blocks (Rombach et al. 2022): self-attention over the
// picture, cross-attention to text and reference pictures, a gated MLP.
#pragma once

#include "core/nn/CrossConditioning.h"
#include "core/nn/IpAdapter.h"
#include "core/nn/Layers.h"

namespace moodloom::nn {

class SelfAttention : public torch::nn::Module
{
public:
    SelfAttention(int64_t channels, int64_t heads);
    Tensor forward(const Tensor &x) const; // [B,L,C]

private:
    int64_t m_heads;
    std::shared_ptr<Linear> m_q, m_k, m_v, m_out;
};

// Which conditioning a site sees in this call, and the grid of its queries.
struct CrossCall
{
    const PreparedConditioning &conditioning;
    int64_t height = 0, width = 0;
};

class CrossAttention : public torch::nn::Module
{
public:
    CrossAttention(int64_t channels, int64_t heads, int64_t contextDim);

    // Keys and values of the text [B,L,contextDim].
    PreparedConditioning::KeyValue prepareText(const Tensor &text) const;
    // Keys and values of one reference; undefined where it has no weight here.
    PreparedConditioning::KeyValue prepareReference(const ReferenceConditioning &reference) const;

    Tensor forward(const Tensor &x, const CrossCall &call) const; // [B,H*W,C]

    // Filled in by the U-Net, which knows the order.
    CrossAttentionSite site;
    size_t index = 0;

private:
    Tensor references(const Tensor &q, const CrossCall &call, size_t reference) const;

    int64_t m_heads;
    std::shared_ptr<Linear> m_q, m_k, m_v, m_out;
};

class TransformerBlock : public torch::nn::Module
{
public:
    TransformerBlock(int64_t channels, int64_t heads, int64_t contextDim);
    Tensor forward(Tensor x, const CrossCall &call) const; // [B,L,C]
    CrossAttention &crossAttention() { return *m_cross; }

private:
    std::shared_ptr<LayerNorm> m_norm1, m_norm2, m_norm3;
    std::shared_ptr<SelfAttention> m_self;
    std::shared_ptr<CrossAttention> m_cross;
    std::shared_ptr<Linear> m_gate, m_out; // GEGLU (Shazeer 2020)
};

struct Transformer2DConfig
{
    int64_t channels = 0;
    int64_t heads = 1;
    int64_t layers = 1;
    int64_t contextDim = 0;
    int64_t groups = 32;
    bool linearProjection = false; // linear layers instead of 1x1 convolutions around the blocks
};

class Transformer2D : public torch::nn::Module
{
public:
    explicit Transformer2D(const Transformer2DConfig &config);
    Tensor forward(const Tensor &x, const PreparedConditioning &conditioning) const; // [B,C,H,W]
    const List<TransformerBlock> &blocks() const { return *m_blocks; }

private:
    std::shared_ptr<GroupNorm> m_norm;
    std::shared_ptr<Conv2d> m_convIn, m_convOut;     // or
    std::shared_ptr<Linear> m_linearIn, m_linearOut; // these
    std::shared_ptr<List<TransformerBlock>> m_blocks;
};

} // namespace moodloom::nn
