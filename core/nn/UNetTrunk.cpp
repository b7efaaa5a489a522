#include "core/nn/UNetTrunk.h"

namespace moodloom::nn {

UNetTrunk::UNetTrunk(const UNetConfig &c) : m_trunk(c)
{
    m_convIn = register_module(
        "conv_in", std::make_shared<Conv2d>(c.inChannels, c.channels[0], c.convInKernel));
    int64_t features = c.channels[0];
    if (c.timeFeatures == TimeFeatures::Fourier) {
        features = c.timeDim();
        m_fourier =
            register_module("time_proj", std::make_shared<FourierFeatures>(features, c.sinusoids));
    }
    m_time = register_module("time_embedding", std::make_shared<TimestepEmbedding>(
                                                   features, c.timeDim(), c.activation,
                                                   c.timeConditionDim, c.timePostActivation));
    if (c.textDim > 0)
        m_textProjection = register_module(
            "encoder_hid_proj", std::make_shared<Linear>(c.textDim, c.contextDims.front()));
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
    for (size_t i = 0; i < c.channels.size(); ++i)
        m_down->add(std::make_shared<UNetDownBlock>(c, i));
    if (c.middle)
        m_middle = register_module("mid_block", std::make_shared<UNetMiddleBlock>(c));
}

void UNetTrunk::numberSites(const std::string &prefix, CrossAttentionSite::Part part, int64_t block,
                            const List<Transformer2D> *attentions)
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

void UNetTrunk::numberDownSites()
{
    for (size_t i = 0; i < m_down->size(); ++i)
        numberSites("down_blocks." + std::to_string(i), CrossAttentionSite::Part::Down, int64_t(i),
                    (*m_down)[i].attentions());
}

void UNetTrunk::numberMiddleSites()
{
    if (m_middle)
        numberSites("mid_block", CrossAttentionSite::Part::Middle, 0, m_middle->attentions());
}

std::vector<CrossAttentionSite> UNetTrunk::sites() const
{
    std::vector<CrossAttentionSite> result;
    for (const CrossAttention *cross : m_sites)
        result.push_back(cross->site);
    return result;
}

PreparedConditioning UNetTrunk::prepare(const UNetConditioning &conditioning) const
{
    PreparedConditioning prepared;
    prepared.source = conditioning;
    const auto projected = [this](const Tensor &text) {
        return m_textProjection ? m_textProjection->forward(text) : text;
    };
    prepared.text = projected(conditioning.text);
    std::vector<Tensor> regions;
    for (const RegionalText &region : conditioning.regions) {
        regions.push_back(projected(region.text));
        prepared.regionShares.push_back(
            region.share.to(region.text.device(), at::kFloat).unsqueeze(0).unsqueeze(0));
    }
    for (const ReferenceConditioning &reference : conditioning.references) {
        const at::Device here = reference.tokens.device();
        // Separate pictures' weights are read as numbers at every site: on the CPU, where that
        // waits for nothing.
        const at::Device weigh = reference.mixing == ReferenceMixing::Joint ? here : at::kCPU;
        const auto on = [](const Tensor &t, const at::Device &device) {
            return t.defined() ? t.to(device) : t;
        };
        prepared.mixes.push_back({reference.scale, reference.siteScales, reference.mixing,
                                  on(reference.weights, weigh), on(reference.masks, here),
                                  reference.tokens.size(1), reference.tokens.size(2)});
    }
    for (const CrossAttention *cross : m_sites) {
        PreparedConditioning::Site site;
        site.text = cross->prepareText(prepared.text);
        for (const Tensor &region : regions)
            site.regions.push_back(cross->prepareText(region));
        for (const ReferenceConditioning &reference : conditioning.references)
            site.references.push_back(cross->prepareReference(reference));
        prepared.sites.push_back(std::move(site));
    }
    return prepared;
}

Tensor UNetTrunk::timeEmbedding(const Tensor &sample, const Tensor &timestep,
                                const UNetConditioning &conditioning) const
{
    const auto &c = m_trunk;
    const auto dtype = sample.scalar_type();
    const Tensor t = timestep.to(sample.device()).reshape({-1}).expand({sample.size(0)});
    const Tensor features = m_fourier
                                ? m_fourier->forward(t)
                                : timestepSinusoids(t, c.channels[0], c.sinusoids, c.freqShift);
    Tensor emb = m_time->forward(features.to(dtype), conditioning.timestepCondition); // [B,timeDim]
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
    return c.timeActivation ? activate(emb, *c.timeActivation) : emb;
}

Tensor UNetTrunk::descend(Tensor x, const Tensor &time, const PreparedConditioning &conditioning,
                          std::vector<Tensor> &skips) const
{
    skips.push_back(x);
    for (const auto &block : *m_down)
        x = block->forward(x, time, conditioning, skips);
    return m_middle ? m_middle->forward(x, time, conditioning) : x;
}

} // namespace moodloom::nn
