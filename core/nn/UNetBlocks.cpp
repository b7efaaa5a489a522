#include "core/nn/UNetBlocks.h"

#include "core/nn/UNetConfig.h"

#include <algorithm>

namespace moodloom::nn {

namespace {

ResnetConfig resnet(const UNetConfig &c, int64_t in, int64_t out)
{
    ResnetConfig r;
    r.in = in;
    r.out = out;
    r.timeDim = c.timeDim();
    r.groups = c.groups;
    r.eps = c.normEps;
    r.activation = c.activation;
    r.injection = c.injection;
    return r;
}

// The transformer of the level (a down block's index) with `depth` layers.
std::shared_ptr<Transformer2D> transformer(const UNetConfig &c, size_t level, int64_t depth,
                                           bool seesTextOnly)
{
    Transformer2DConfig t;
    t.channels = c.channels[level];
    t.heads = c.heads[level];
    t.layers = depth;
    t.contextDim = c.contextDims[level];
    t.groups = c.groups;
    t.linearProjection = c.linearProjection;
    t.onlyCross = seesTextOnly;
    t.scores = c.upcastAttention ? AttentionScores::Float : AttentionScores::AsWeights;
    return std::make_shared<Transformer2D>(t);
}

} // namespace

UNetDownBlock::UNetDownBlock(const UNetConfig &c, size_t block)
{
    const int64_t in = block == 0 ? c.channels[0] : c.channels[block - 1], out = c.channels[block];
    if (c.downAttention[block])
        m_attentions = register_module("attentions", std::make_shared<List<Transformer2D>>());
    m_resnets = register_module("resnets", std::make_shared<List<ResnetBlock2D>>());
    for (int64_t i = 0; i < c.layers[block]; ++i) {
        m_resnets->add(std::make_shared<ResnetBlock2D>(resnet(c, i == 0 ? in : out, out)));
        if (m_attentions)
            m_attentions->add(
                transformer(c, block, c.downDepths[block][size_t(i)], c.crossOnly(block)));
    }
    if (block + 1 < c.channels.size()) {
        m_downsamplers = register_module("downsamplers", std::make_shared<List<Downsample2D>>());
        m_downsamplers->add(std::make_shared<Downsample2D>(out, c.downsamplePadding));
    }
}

Tensor UNetDownBlock::forward(Tensor x, const Tensor &time,
                              const PreparedConditioning &conditioning,
                              std::vector<Tensor> &skips) const
{
    for (size_t i = 0; i < m_resnets->size(); ++i) {
        x = (*m_resnets)[i].forward(x, time);
        if (m_attentions)
            x = (*m_attentions)[i].forward(x, conditioning);
        skips.push_back(x);
    }
    if (m_downsamplers) {
        x = (*m_downsamplers)[0].forward(x);
        skips.push_back(x);
    }
    return x;
}

UNetMiddleBlock::UNetMiddleBlock(const UNetConfig &c)
{
    const size_t level = c.channels.size() - 1;
    ResnetConfig r = resnet(c, c.channels[level], c.channels[level]);
    r.outputScale = c.middleScale;
    m_resnets = register_module("resnets", std::make_shared<List<ResnetBlock2D>>());
    m_resnets->add(std::make_shared<ResnetBlock2D>(r));
    if (!c.middleAttention)
        return;
    m_attentions = register_module("attentions", std::make_shared<List<Transformer2D>>());
    m_attentions->add(transformer(c, level, c.middleDepth, false));
    m_resnets->add(std::make_shared<ResnetBlock2D>(r));
}

Tensor UNetMiddleBlock::forward(Tensor x, const Tensor &time,
                                const PreparedConditioning &conditioning) const
{
    x = (*m_resnets)[0].forward(x, time);
    if (!m_attentions)
        return x;
    x = (*m_attentions)[0].forward(x, conditioning);
    return (*m_resnets)[1].forward(x, time);
}

UNetUpBlock::UNetUpBlock(const UNetConfig &c, size_t block)
{
    const size_t blocks = c.channels.size(), level = blocks - 1 - block;
    const int64_t out = c.channels[level];
    const int64_t previous = block == 0 ? out : c.channels[level + 1];
    // The last skip comes from the level above, whose last layer is the down-sampler.
    const int64_t lastSkip = level == 0 ? c.channels[0] : c.channels[level - 1];
    const int64_t count = c.layers[level] + 1;
    if (c.upAttention[block])
        m_attentions = register_module("attentions", std::make_shared<List<Transformer2D>>());
    m_resnets = register_module("resnets", std::make_shared<List<ResnetBlock2D>>());
    for (int64_t i = 0; i < count; ++i) {
        const int64_t skip = i == count - 1 ? lastSkip : out;
        m_resnets->add(
            std::make_shared<ResnetBlock2D>(resnet(c, (i == 0 ? previous : out) + skip, out)));
        if (m_attentions)
            m_attentions->add(
                transformer(c, level, c.upDepths[block][size_t(i)], c.crossOnly(level)));
    }
    if (block + 1 < blocks) {
        m_upsamplers = register_module("upsamplers", std::make_shared<List<Upsample2D>>());
        m_upsamplers->add(std::make_shared<Upsample2D>(out));
    }
}

Tensor UNetUpBlock::forward(Tensor x, const Tensor &time, const PreparedConditioning &conditioning,
                            std::vector<Tensor> &skips) const
{
    for (size_t i = 0; i < m_resnets->size(); ++i) {
        x = at::cat({x, skips.back()}, 1);
        skips.pop_back();
        x = (*m_resnets)[i].forward(x, time);
        if (m_attentions)
            x = (*m_attentions)[i].forward(x, conditioning);
    }
    // To the size of the next skip: odd sizes come back as they were.
    if (m_upsamplers)
        x = (*m_upsamplers)[0].forward(x, skips.back().sizes().slice(2));
    return x;
}

} // namespace moodloom::nn
