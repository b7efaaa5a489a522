#include "core/nn/VaeBlocks.h"

#include "core/tensor/Attention.h"

namespace moodloom::nn {

namespace {

constexpr double eps = 1e-6;
// Before conv_out, whatever act_fn says: that is the residual blocks'.
constexpr Activation lastActivation = Activation::Silu;

std::shared_ptr<ResnetBlock2D> resnet(const AutoencoderConfig &c, int64_t in, int64_t out)
{
    ResnetConfig r;
    r.in = in;
    r.out = out;
    r.groups = c.groups;
    r.eps = eps;
    r.activation = c.activation;
    return std::make_shared<ResnetBlock2D>(r);
}

} // namespace

VaeAttention::VaeAttention(int64_t channels, int64_t groups)
{
    m_norm = register_module("group_norm", std::make_shared<GroupNorm>(groups, channels, eps));
    m_q = register_module("to_q", std::make_shared<Linear>(channels, channels));
    m_k = register_module("to_k", std::make_shared<Linear>(channels, channels));
    m_v = register_module("to_v", std::make_shared<Linear>(channels, channels));
    m_out = register_module("to_out", std::make_shared<Group>())
                ->add("0", std::make_shared<Linear>(channels, channels));
}

Tensor VaeAttention::forward(const Tensor &x) const
{
    const Tensor h = m_norm->forward(x).flatten(2).transpose(1, 2).unsqueeze(1); // [B,1,H*W,C]
    const Tensor mixed =
        tensor::attention(m_q->forward(h), m_k->forward(h), m_v->forward(h)).squeeze(1);
    return x + m_out->forward(mixed).transpose(1, 2).reshape(x.sizes());
}

VaeMiddleBlock::VaeMiddleBlock(const AutoencoderConfig &c, int64_t channels)
{
    if (c.middleAttention) {
        m_attentions = register_module("attentions", std::make_shared<List<VaeAttention>>());
        m_attentions->add(std::make_shared<VaeAttention>(channels, c.groups));
    }
    m_resnets = register_module("resnets", std::make_shared<List<ResnetBlock2D>>());
    m_resnets->add(resnet(c, channels, channels));
    m_resnets->add(resnet(c, channels, channels));
}

Tensor VaeMiddleBlock::forward(Tensor x) const
{
    x = (*m_resnets)[0].forward(x);
    if (m_attentions)
        x = (*m_attentions)[0].forward(x);
    return (*m_resnets)[1].forward(x);
}

template <class Resampler>
VaeBlock<Resampler>::VaeBlock(const AutoencoderConfig &c, int64_t in, int64_t out, int64_t layers,
                              const char *resamplers, std::shared_ptr<Resampler> resampler)
{
    m_resnets = this->register_module("resnets", std::make_shared<List<ResnetBlock2D>>());
    for (int64_t i = 0; i < layers; ++i)
        m_resnets->add(resnet(c, i == 0 ? in : out, out));
    if (resampler) {
        m_resamplers = this->register_module(resamplers, std::make_shared<List<Resampler>>());
        m_resamplers->add(std::move(resampler));
    }
}

template <class Resampler> Tensor VaeBlock<Resampler>::forward(Tensor x) const
{
    for (const auto &resnet : *m_resnets)
        x = resnet->forward(x);
    return m_resamplers ? (*m_resamplers)[0].forward(x) : x;
}

VaeEncoder::VaeEncoder(const AutoencoderConfig &c) : m_config(c)
{
    const int64_t folded = c.inChannels * c.patchSize * c.patchSize;
    m_convIn = register_module("conv_in", std::make_shared<Conv2d>(folded, c.channels[0], 3));
    m_blocks = register_module("down_blocks", std::make_shared<List<VaeBlock<Downsample2D>>>());
    int64_t in = c.channels[0];
    for (size_t i = 0; i < c.channels.size(); ++i) {
        const int64_t out = c.channels[i];
        const bool last = i + 1 == c.channels.size();
        m_blocks->add(std::make_shared<VaeBlock<Downsample2D>>(
            c, in, out, c.layersPerBlock, "downsamplers",
            last ? nullptr : std::make_shared<Downsample2D>(out, 0)));
        in = out;
    }
    m_middle = register_module("mid_block", std::make_shared<VaeMiddleBlock>(c, in));
    m_normOut = register_module("conv_norm_out", std::make_shared<GroupNorm>(c.groups, in, eps));
    m_convOut = register_module("conv_out", std::make_shared<Conv2d>(in, 2 * c.latentChannels, 3));
}

Tensor VaeEncoder::forward(const Tensor &pictures) const
{
    Tensor x =
        m_config.patchSize > 1 ? at::pixel_unshuffle(pictures, m_config.patchSize) : pictures;
    x = m_convIn->forward(x);
    for (const auto &block : *m_blocks)
        x = block->forward(x);
    x = m_middle->forward(x);
    return m_convOut->forward(m_normOut->activated(x, lastActivation));
}

VaeDecoder::VaeDecoder(const AutoencoderConfig &c) : m_config(c)
{
    const auto &channels = c.decoderChannels.empty() ? c.channels : c.decoderChannels;
    int64_t in = channels.back();
    m_convIn = register_module("conv_in", std::make_shared<Conv2d>(c.latentChannels, in, 3));
    m_blocks = register_module("up_blocks", std::make_shared<List<VaeBlock<Upsample2D>>>());
    for (size_t i = channels.size(); i-- > 0;) {
        const int64_t out = channels[i];
        m_blocks->add(std::make_shared<VaeBlock<Upsample2D>>(
            c, in, out, c.layersPerBlock + 1, "upsamplers",
            i == 0 ? nullptr : std::make_shared<Upsample2D>(out)));
        in = out;
    }
    m_middle = register_module("mid_block", std::make_shared<VaeMiddleBlock>(c, channels.back()));
    m_normOut = register_module("conv_norm_out", std::make_shared<GroupNorm>(c.groups, in, eps));
    m_convOut = register_module(
        "conv_out", std::make_shared<Conv2d>(in, c.outChannels * c.patchSize * c.patchSize, 3));
}

Tensor VaeDecoder::forward(const Tensor &latents) const
{
    Tensor x = m_middle->forward(m_convIn->forward(latents));
    for (const auto &block : *m_blocks)
        x = block->forward(x);
    x = m_convOut->forward(m_normOut->activated(x, lastActivation));
    return m_config.patchSize > 1 ? at::pixel_shuffle(x, m_config.patchSize) : x;
}

} // namespace moodloom::nn
