// The transformer of the U-Net's attention blocks (Rombach et al. 2022): self-attention over the
// picture, cross-attention to text and reference pictures, a gated MLP.
#pragma once

#include "core/nn/CrossConditioning.h"
#include "core/nn/IpAdapter.h"
#include "core/nn/Layers.h"

namespace moodloom::nn {

// In what the attention's scores are computed: the weights' type, or always fp32
// (upcast_attention: fp16 overflows in SD 2.1).
enum class AttentionScores { AsWeights, Float };

struct Transformer2DConfig
{
    int64_t channels = 0;
    int64_t heads = 1;
    int64_t layers = 1;
    int64_t contextDim = 0;
    int64_t groups = 32;
    bool linearProjection = false; // linear layers instead of 1x1 convolutions around the blocks
    bool onlyCross = false;        // the first attention of each layer sees the text, too
    AttentionScores scores = AttentionScores::AsWeights;

    int64_t inner() const { return channels / heads * heads; } // width inside, heads x head width
};

// Over the picture itself or, where the config says only_cross_attention, over the text.
class SelfAttention : public torch::nn::Module
{
public:
    explicit SelfAttention(const Transformer2DConfig &config);
    // x [B,L,C], text [B,M,contextDim]
    Tensor forward(const Tensor &x, const Tensor &text) const;

private:
    int64_t m_heads;
    bool m_seesText;
    AttentionScores m_scores;
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
    explicit CrossAttention(const Transformer2DConfig &config);

    // Keys and values of the text [B,L,contextDim].
    PreparedConditioning::KeyValue prepareText(const Tensor &text) const;
    // Keys and values of one reference; undefined where it has no weight here.
    PreparedConditioning::KeyValue prepareReference(const ReferenceConditioning &reference) const;

    Tensor forward(const Tensor &x, const CrossCall &call) const; // [B,H*W,C]

    // Filled in by the U-Net, which knows the order.
    CrossAttentionSite site;
    size_t index = 0;

private:
    Tensor withRegions(const Tensor &mixed, const Tensor &q, const CrossCall &call) const;
    Tensor references(const Tensor &q, const CrossCall &call, size_t reference) const;

    int64_t m_heads;
    AttentionScores m_scores;
    std::shared_ptr<Linear> m_q, m_k, m_v, m_out;
};

class TransformerBlock : public torch::nn::Module
{
public:
    explicit TransformerBlock(const Transformer2DConfig &config);
    Tensor forward(Tensor x, const CrossCall &call) const; // [B,L,C]
    CrossAttention &crossAttention() { return *m_cross; }

private:
    std::shared_ptr<LayerNorm> m_norm1, m_norm2, m_norm3;
    std::shared_ptr<SelfAttention> m_self;
    std::shared_ptr<CrossAttention> m_cross;
    std::shared_ptr<Linear> m_gate, m_out; // GEGLU (Shazeer 2020)
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
