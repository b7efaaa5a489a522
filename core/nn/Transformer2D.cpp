#include "core/nn/Transformer2D.h"

#include "core/nn/ReferenceMask.h"
#include "core/tensor/Attention.h"
#include "core/tensor/Bf16Layers.h"

namespace moodloom::nn {

namespace {

Tensor splitHeads(const Tensor &x, int64_t heads) // [B,L,C] -> [B,h,L,C/h]
{
    return x.view({x.size(0), x.size(1), heads, x.size(2) / heads}).transpose(1, 2);
}

Tensor joinHeads(const Tensor &x)
{
    return x.transpose(1, 2).flatten(2);
} // [B,h,L,d] -> [B,L,C]

Tensor attend(const Tensor &q, const Tensor &k, const Tensor &v, AttentionScores scores,
              const Tensor &bias = {})
{
    if (scores == AttentionScores::AsWeights || q.scalar_type() != at::kHalf)
        return tensor::attention(q, k, v, bias);
    return tensor::attention(q.to(at::kFloat), k.to(at::kFloat), v.to(at::kFloat),
                             bias.defined() ? bias.to(at::kFloat) : bias)
        .to(at::kHalf);
}

Tensor gatedGelu(const Tensor &x) // [B,L,2C] -> [B,L,C]
{
    if (tensor::hasBf16Layers(x))
        return tensor::gatedGelu(x);
    const auto halves = x.chunk(2, -1);
    return halves[0] * at::gelu(halves[1]);
}

std::shared_ptr<Linear> outputLayer(torch::nn::Module &parent, int64_t channels)
{
    // "to_out.0"; ".1" is a dropout there.
    return parent.register_module("to_out", std::make_shared<Group>())
        ->add("0", std::make_shared<Linear>(channels, channels));
}

} // namespace

SelfAttention::SelfAttention(const Transformer2DConfig &c)
    : m_heads(c.heads), m_seesText(c.onlyCross), m_scores(c.scores)
{
    const int64_t width = c.inner(), source = c.onlyCross ? c.contextDim : width;
    m_q = register_module("to_q", std::make_shared<Linear>(width, width, Bias::Without));
    m_k = register_module("to_k", std::make_shared<Linear>(source, width, Bias::Without));
    m_v = register_module("to_v", std::make_shared<Linear>(source, width, Bias::Without));
    m_out = outputLayer(*this, width);
}

Tensor SelfAttention::forward(const Tensor &x, const Tensor &text) const
{
    const Tensor &source = m_seesText ? text : x;
    return m_out->forward(joinHeads(attend(splitHeads(m_q->forward(x), m_heads),
                                           splitHeads(m_k->forward(source), m_heads),
                                           splitHeads(m_v->forward(source), m_heads), m_scores)));
}

CrossAttention::CrossAttention(const Transformer2DConfig &c) : m_heads(c.heads), m_scores(c.scores)
{
    const int64_t width = c.inner();
    m_q = register_module("to_q", std::make_shared<Linear>(width, width, Bias::Without));
    m_k = register_module("to_k", std::make_shared<Linear>(c.contextDim, width, Bias::Without));
    m_v = register_module("to_v", std::make_shared<Linear>(c.contextDim, width, Bias::Without));
    m_out = outputLayer(*this, width);
    site.channels = width;
    site.heads = c.heads;
    site.contextDim = c.contextDim;
}

PreparedConditioning::KeyValue CrossAttention::prepareText(const Tensor &text) const
{
    return {splitHeads(m_k->forward(text), m_heads), splitHeads(m_v->forward(text), m_heads)};
}

PreparedConditioning::KeyValue
CrossAttention::prepareReference(const ReferenceConditioning &reference) const
{
    if (reference.scale == 0 || (!reference.siteScales.empty() && reference.siteScales[index] == 0))
        return {};
    const Tensor tokens = reference.tokens.flatten(1, 2); // [B,N*T,D]
    return {splitHeads(reference.adapter->keys(site.adapterKey, tokens), m_heads),
            splitHeads(reference.adapter->values(site.adapterKey, tokens), m_heads)};
}

// The last row with the regional texts painted over it, from the back to the front.
Tensor CrossAttention::withRegions(const Tensor &mixed, const Tensor &q,
                                   const CrossCall &call) const
{
    const auto &regions = call.conditioning.sites[index].regions;
    const int64_t last = q.size(0) - 1;
    const Tensor own = q.narrow(0, last, 1);
    Tensor row = mixed.narrow(0, last, 1);
    for (size_t i = 0; i < regions.size(); ++i) {
        const Tensor share =
            at::adaptive_avg_pool2d(call.conditioning.regionShares[i], {call.height, call.width})
                .view({1, 1, -1, 1}) // a number for each query
                .to(q.options());
        // Not row + share (there - row): a share of 1 is exactly the region's text.
        row = row * (1 - share) + attend(own, regions[i].key, regions[i].value, m_scores) * share;
    }
    return last == 0 ? row : at::cat({mixed.narrow(0, 0, last), row});
}

Tensor CrossAttention::references(const Tensor &q, const CrossCall &call, size_t reference) const
{
    const auto &[key, value] = call.conditioning.sites[index].references[reference];
    const PreparedConditioning::Mix &mix = call.conditioning.mixes[reference];
    const double scale = mix.scale * (mix.siteScales.empty() ? 1 : mix.siteScales[index]);
    if (mix.mixing == ReferenceMixing::Joint) {
        const JointMask joint = jointMask(mix, call.height, call.width); // bias and gain
        const Tensor bias = joint.bias.defined() ? joint.bias.to(q.options()) : Tensor();
        Tensor mixed = attend(q, key, value, m_scores, bias);
        if (joint.gain.defined())
            mixed = mixed * joint.gain.to(q.options());
        return mixed * scale;
    }
    Tensor sum;
    for (int64_t n = 0; n < mix.pictures; ++n) {
        const double weight = mix.weights.defined() ? mix.weights[0][n].item<double>() : 1.0;
        if (weight == 0)
            continue;
        const int64_t from = n * mix.tokensEach;
        Tensor one = attend(q, key.narrow(2, from, mix.tokensEach),
                            value.narrow(2, from, mix.tokensEach), m_scores);
        if (mix.masks.defined())
            one = one * separateMask(mix.masks.select(1, n), q.size(2)).to(q.options());
        one = one * (weight * scale);
        sum = sum.defined() ? sum + one : one;
    }
    return sum.defined() ? sum : at::zeros_like(q);
}

Tensor CrossAttention::forward(const Tensor &x, const CrossCall &call) const
{
    const Tensor q = splitHeads(m_q->forward(x), m_heads);
    const PreparedConditioning::Site &prepared = call.conditioning.sites[index];
    Tensor mixed = attend(q, prepared.text.key, prepared.text.value, m_scores);
    if (!prepared.regions.empty())
        mixed = withRegions(mixed, q, call);
    for (size_t i = 0; i < prepared.references.size(); ++i)
        if (prepared.references[i].key.defined())
            mixed = mixed + references(q, call, i);
    return m_out->forward(joinHeads(mixed));
}

TransformerBlock::TransformerBlock(const Transformer2DConfig &config)
{
    const int64_t channels = config.inner();
    m_norm1 = register_module("norm1", std::make_shared<LayerNorm>(channels));
    m_self = register_module("attn1", std::make_shared<SelfAttention>(config));
    m_norm2 = register_module("norm2", std::make_shared<LayerNorm>(channels));
    m_cross = register_module("attn2", std::make_shared<CrossAttention>(config));
    m_norm3 = register_module("norm3", std::make_shared<LayerNorm>(channels));
    const auto net =
        register_module("ff", std::make_shared<Group>())->add("net", std::make_shared<Group>());
    m_gate = net->add("0", std::make_shared<Group>())
                 ->add("proj", std::make_shared<Linear>(channels, 8 * channels));
    m_out = net->add("2", std::make_shared<Linear>(4 * channels, channels));
}

Tensor TransformerBlock::forward(Tensor x, const CrossCall &call) const
{
    x = x + m_self->forward(m_norm1->forward(x), call.conditioning.text);
    x = x + m_cross->forward(m_norm2->forward(x), call);
    return x + m_out->forward(gatedGelu(m_gate->forward(m_norm3->forward(x))));
}

Transformer2D::Transformer2D(const Transformer2DConfig &c)
{
    m_norm = register_module("norm", std::make_shared<GroupNorm>(c.groups, c.channels, 1e-6));
    const int64_t outer = c.channels, inner = c.inner();
    if (c.linearProjection) {
        m_linearIn = register_module("proj_in", std::make_shared<Linear>(outer, inner));
        m_linearOut = register_module("proj_out", std::make_shared<Linear>(inner, outer));
    } else {
        m_convIn = register_module("proj_in", std::make_shared<Conv2d>(outer, inner, 1));
        m_convOut = register_module("proj_out", std::make_shared<Conv2d>(inner, outer, 1));
    }
    m_blocks = register_module("transformer_blocks", std::make_shared<List<TransformerBlock>>());
    for (int64_t i = 0; i < c.layers; ++i)
        m_blocks->add(std::make_shared<TransformerBlock>(c));
}

Tensor Transformer2D::forward(const Tensor &x, const PreparedConditioning &conditioning) const
{
    const int64_t height = x.size(2), width = x.size(3);
    const CrossCall call{conditioning, height, width};
    Tensor h = m_norm->forward(x);
    if (m_convIn)
        h = m_convIn->forward(h);
    h = h.flatten(2).transpose(1, 2); // [B,H*W,C]
    if (m_linearIn)
        h = m_linearIn->forward(h);
    for (const auto &block : *m_blocks)
        h = block->forward(h, call);
    if (m_linearOut)
        h = m_linearOut->forward(h);
    h = h.transpose(1, 2).reshape({x.size(0), -1, height, width}); // [B,C,H,W]
    if (m_convOut)
        h = m_convOut->forward(h);
    return x + h;
}

} // namespace moodloom::nn
