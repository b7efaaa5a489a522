#include "core/nn/UNet2DConditionModel.h"

namespace moodloom::nn {

UNet2DConditionModel::UNet2DConditionModel(const Config &c) : UNetTrunk(c)
{
    m_up = register_module("up_blocks", std::make_shared<List<UNetUpBlock>>());
    for (size_t i = 0; i < c.channels.size(); ++i)
        m_up->add(std::make_shared<UNetUpBlock>(c, i));
    m_normOut = register_module("conv_norm_out",
                                std::make_shared<GroupNorm>(c.groups, c.channels[0], c.normEps));
    m_convOut = register_module(
        "conv_out", std::make_shared<Conv2d>(c.channels[0], c.outChannels, c.convOutKernel));

    // IP-Adapter files count down blocks, then up blocks, then the middle.
    numberDownSites();
    for (size_t i = 0; i < m_up->size(); ++i)
        numberSites("up_blocks." + std::to_string(i), CrossAttentionSite::Part::Up, int64_t(i),
                    (*m_up)[i].attentions());
    numberMiddleSites();
}

Tensor UNet2DConditionModel::forward(const Tensor &sample, const Tensor &timestep,
                                     const UNetConditioning &conditioning) const
{
    return forward(sample, timestep, prepare(conditioning));
}

Tensor UNet2DConditionModel::forward(const Tensor &sample, const Tensor &timestep,
                                     const PreparedConditioning &conditioning,
                                     const ControlResiduals &control) const
{
    const Tensor emb = timeEmbedding(sample, timestep, conditioning.source);
    std::vector<Tensor> skips;
    Tensor x = descend(m_convIn->forward(m_trunk.centerInput ? 2 * sample - 1 : sample), emb,
                       conditioning, skips);
    if (control.middle.defined())
        x = x + control.middle.to(x.scalar_type());
    for (size_t i = 0; i < control.skips.size(); ++i)
        skips[i] = skips[i] + control.skips[i].to(x.scalar_type());
    for (const auto &block : *m_up)
        x = block->forward(x, emb, conditioning, skips);
    return m_convOut->forward(m_normOut->activated(x, m_trunk.activation));
}

} // namespace moodloom::nn
