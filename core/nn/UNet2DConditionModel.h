// The denoiser of Stable Diffusion 1.x, 2.x and XL, and of the built-in model (Rombach et al. 2022,
// Podell et al. 2023), with IP-Adapter attention.
#pragma once

#include "core/nn/CrossConditioning.h"
#include "core/nn/IpAdapter.h"
#include "core/nn/UNetBlocks.h"
#include "core/nn/UNetConfig.h"

namespace moodloom::nn {

class UNet2DConditionModel : public torch::nn::Module
{
public:
    using Config = UNetConfig;
    explicit UNet2DConditionModel(const Config &config);
    const Config &config() const { return m_config; }

    // sample [B,C,H,W] of any H, W; timestep [] or [B], also fractional; returns [B,C',H,W].
    // The work is done in the sample's dtype.
    Tensor forward(const Tensor &sample, const Tensor &timestep,
                   const UNetConditioning &conditioning) const;

    // Everything that does not change over the steps of a run, once.
    PreparedConditioning prepare(const UNetConditioning &conditioning) const;
    Tensor forward(const Tensor &sample, const Tensor &timestep,
                   const PreparedConditioning &conditioning) const;

    // The cross-attentions, in the order in which IP-Adapter files number them.
    std::vector<CrossAttentionSite> sites() const;

private:
    void numberSites(const std::string &prefix, CrossAttentionSite::Part part, int64_t block,
                     const List<Transformer2D> *attentions);
    Tensor timeEmbedding(const Tensor &sample, const Tensor &timestep,
                         const UNetConditioning &conditioning) const; // [B,timeDim]

    Config m_config;
    std::shared_ptr<Conv2d> m_convIn, m_convOut;
    std::shared_ptr<TimestepEmbedding> m_time;
    std::shared_ptr<TimestepEmbedding> m_addedTextTime; // text_time
    std::shared_ptr<Linear> m_addedText, m_addedImage;  // text_image
    std::shared_ptr<LayerNorm> m_addedTextNorm;         // text_image
    std::shared_ptr<List<UNetDownBlock>> m_down;
    std::shared_ptr<List<UNetUpBlock>> m_up;
    std::shared_ptr<UNetMiddleBlock> m_middle; // null where the config has none
    std::shared_ptr<GroupNorm> m_normOut;
    std::vector<CrossAttention *> m_sites; // owned by the blocks
};

} // namespace moodloom::nn
