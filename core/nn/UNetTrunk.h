// What the U-Net and its ControlNets share: the input convolution, the embedding of the timestep
// and of what is added to it, and the way down to the middle.
#pragma once

#include "core/nn/CrossConditioning.h"
#include "core/nn/IpAdapter.h"
#include "core/nn/UNetBlocks.h"
#include "core/nn/UNetConfig.h"

namespace moodloom::nn {

class UNetTrunk : public torch::nn::Module
{
public:
    // Everything that does not change over the steps of a run, once. Each network prepares its own.
    PreparedConditioning prepare(const UNetConditioning &conditioning) const;

    // The cross-attentions, in the order in which IP-Adapter files number them.
    std::vector<CrossAttentionSite> sites() const;

protected:
    explicit UNetTrunk(const UNetConfig &config);

    Tensor timeEmbedding(const Tensor &sample, const Tensor &timestep,
                         const UNetConditioning &conditioning) const; // [B,timeDim]
    // Runs the down blocks and the middle over x [B,channels[0],H,W]. `skips` gets x and what every
    // layer gave; returns the middle's output.
    Tensor descend(Tensor x, const Tensor &time, const PreparedConditioning &conditioning,
                   std::vector<Tensor> &skips) const;
    void numberSites(const std::string &prefix, CrossAttentionSite::Part part, int64_t block,
                     const List<Transformer2D> *attentions);
    void numberDownSites();
    void numberMiddleSites();

    UNetConfig m_trunk;
    std::shared_ptr<Conv2d> m_convIn;

private:
    std::shared_ptr<FourierFeatures> m_fourier; // null for sinusoids
    std::shared_ptr<TimestepEmbedding> m_time;
    std::shared_ptr<TimestepEmbedding> m_addedTextTime; // text_time
    std::shared_ptr<Linear> m_addedText, m_addedImage;  // text_image
    std::shared_ptr<LayerNorm> m_addedTextNorm;         // text_image
    std::shared_ptr<Linear> m_textProjection;           // null where the text comes as it is used
    std::shared_ptr<List<UNetDownBlock>> m_down;
    std::shared_ptr<UNetMiddleBlock> m_middle; // null where the config has none
    std::vector<CrossAttention *> m_sites;     // owned by the blocks
};

} // namespace moodloom::nn
