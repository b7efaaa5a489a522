#include "core/nn/UNet2DConditionModel.h"

namespace moodloom::nn {

UNet2DConditionModel::UNet2DConditionModel(const Config &config) : m_config(config)
{
    const auto &c = config;
    const size_t blocks = c.channels.size();
    m_convIn = register_module(
        "conv_in", std::make_shared<Conv2d>(c.inChannels, c.channels[0], c.convInKernel));
    m_time = register_module("time_embedding",
                             std::make_shared<TimestepEmbedding>(c.channels[0], c.timeDim(),
                                                                 c.activation, c.timeConditionDim));
    if (c.added == AddedEmbedding::TextTime) {
        m_addedTextTime = register_module(
            "add_embedding",
            std::make_shared<TimestepEmbedding>(c.addedInputDim, c.timeDim(), Activation::Silu));
    } else if (c.added == AddedEmbedding::TextImage) {
        const int64_t width = c.contextDims.front();
        const auto added = register_module("add_embedding", std::make_shared<Group>());
        m_addedText = added->add("text_proj", std::make_shared<Linear>(width, c.timeDim()));
        m_addedTextNorm = added->add("text_norm", std::make_shared<LayerNorm>(c.timeDim()));
        m_addedImage = added->add("image_proj", std::make_shared<Linear>(width, c.timeDim()));
    }
    m_down = register_module("down_blocks", std::make_shared<List<UNetDownBlock>>());
    m_up = register_module("up_blocks", std::make_shared<List<UNetUpBlock>>());
    for (size_t i = 0; i < blocks; ++i) {
        m_down->add(std::make_shared<UNetDownBlock>(c, i));
        m_up->add(std::make_shared<UNetUpBlock>(c, i));
    }
    if (c.middle)
        m_middle = register_module("mid_block", std::make_shared<UNetMiddleBlock>(c));
    m_normOut = register_module("conv_norm_out",
                                std::make_shared<GroupNorm>(c.groups, c.channels[0], c.normEps));
    m_convOut = register_module(
        "conv_out", std::make_shared<Conv2d>(c.channels[0], c.outChannels, c.convOutKernel));

    // IP-Adapter files count down blocks, then up blocks, then the middle.
    for (size_t i = 0; i < blocks; ++i)
        numberSites("down_blocks." + std::to_string(i), CrossAttentionSite::Part::Down, int64_t(i),
                    (*m_down)[i].attentions());
    for (size_t i = 0; i < blocks; ++i)
        numberSites("up_blocks." + std::to_string(i), CrossAttentionSite::Part::Up, int64_t(i),
                    (*m_up)[i].attentions());
    if (m_middle)
        numberSites("mid_block", CrossAttentionSite::Part::Middle, 0, m_middle->attentions());
}

void UNet2DConditionModel::numberSites(const std::string &prefix, CrossAttentionSite::Part part,
                                       int64_t block, const List<Transformer2D> *attentions)
{
    if (!attentions)
        return;
    for (size_t i = 0; i < attentions->size(); ++i) {
        const List<TransformerBlock> &layers = (*attentions)[i].blocks();
        for (size_t j = 0; j < layers.size(); ++j) {
            CrossAttention &cross = layers[j].crossAttention();
            cross.index = m_sites.size();
            cross.site.name = prefix + ".attentions." + std::to_string(i) + ".transformer_blocks." +
                              std::to_string(j) + ".attn2";
            cross.site.part = part;
            cross.site.block = block;
            cross.site.attention = int64_t(i);
            cross.site.adapterKey =
                std::to_string(2 * m_sites.size() + 1); // self-attentions count too
            m_sites.push_back(&cross);
        }
    }
}

std::vector<CrossAttentionSite> UNet2DConditionModel::sites() const
{
    std::vector<CrossAttentionSite> result;
    for (const CrossAttention *cross : m_sites)
        result.push_back(cross->site);
    return result;
}

PreparedConditioning UNet2DConditionModel::prepare(const UNetConditioning &conditioning) const
{
    PreparedConditioning prepared;
    prepared.source = conditioning;
    for (const ReferenceConditioning &reference : conditioning.references)
        prepared.mixes.push_back({reference.scale, reference.siteScales, reference.mixing,
                                  reference.weights, reference.masks, reference.tokens.size(1),
                                  reference.tokens.size(2)});
    for (const CrossAttention *cross : m_sites) {
        PreparedConditioning::Site site;
        site.text = cross->prepareText(conditioning.text);
        for (const ReferenceConditioning &reference : conditioning.references)
            site.references.push_back(cross->prepareReference(reference));
        prepared.sites.push_back(std::move(site));
    }
    return prepared;
}

Tensor UNet2DConditionModel::timeEmbedding(const Tensor &sample, const Tensor &timestep,
                                           const UNetConditioning &conditioning) const
{
    const auto &c = m_config;
    const auto dtype = sample.scalar_type();
    const Tensor t = timestep.to(sample.device()).reshape({-1}).expand({sample.size(0)});
    Tensor emb =
        m_time->forward(timestepSinusoids(t, c.channels[0], c.sinusoids, c.freqShift).to(dtype),
                        conditioning.timestepCondition); // [B,timeDim]
    if (m_addedTextTime) {
        const Tensor &ids = conditioning.timeIds; // [B,6]
        const Tensor times =
            timestepSinusoids(ids.flatten(), c.additionTimeDim, c.sinusoids, c.freqShift)
                .reshape({ids.size(0), -1})
                .to(dtype);
        emb =
            emb + m_addedTextTime->forward(at::cat({conditioning.textEmbeds.to(dtype), times}, -1));
    } else if (m_addedText) {
        emb = emb + m_addedImage->forward(conditioning.imageEmbeds.to(dtype)) +
              m_addedTextNorm->forward(m_addedText->forward(conditioning.textEmbeds.to(dtype)));
    }
    return emb;
}

Tensor UNet2DConditionModel::forward(const Tensor &sample, const Tensor &timestep,
                                     const UNetConditioning &conditioning) const
{
    return forward(sample, timestep, prepare(conditioning));
}

Tensor UNet2DConditionModel::forward(const Tensor &sample, const Tensor &timestep,
                                     const PreparedConditioning &conditioning) const
{
    const Tensor emb = timeEmbedding(sample, timestep, conditioning.source);
    Tensor x = m_convIn->forward(m_config.centerInput ? 2 * sample - 1 : sample);
    std::vector<Tensor> skips{x};
    for (const auto &block : *m_down)
        x = block->forward(x, emb, conditioning, skips);
    if (m_middle)
        x = m_middle->forward(x, emb, conditioning);
    for (const auto &block : *m_up)
        x = block->forward(x, emb, conditioning, skips);
    return m_convOut->forward(activate(m_normOut->forward(x), m_config.activation));
}

} // namespace moodloom::nn
