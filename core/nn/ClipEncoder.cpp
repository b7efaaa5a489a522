#include "core/nn/ClipEncoder.h"

#include "core/tensor/Attention.h"

namespace moodloom::nn {

ClipAttention::ClipAttention(const ClipEncoderConfig &config) : m_heads(config.heads)
{
    const int64_t d = config.hiddenSize;
    m_k = register_module("k_proj", std::make_shared<Linear>(d, d));
    m_v = register_module("v_proj", std::make_shared<Linear>(d, d));
    m_q = register_module("q_proj", std::make_shared<Linear>(d, d));
    m_out = register_module("out_proj", std::make_shared<Linear>(d, d));
}

Tensor ClipAttention::forward(const Tensor &x, const Tensor &mask) const
{
    const int64_t batch = x.size(0), length = x.size(1), width = x.size(2);
    const auto split = [&](const Tensor &t) { // [B,L,D] -> [B,h,L,D/h]
        return t.view({batch, length, m_heads, width / m_heads}).transpose(1, 2);
    };
    const Tensor mixed = tensor::attention(split(m_q->forward(x)), split(m_k->forward(x)),
                                           split(m_v->forward(x)), mask);
    return m_out->forward(mixed.transpose(1, 2).reshape({batch, length, width}));
}

ClipLayer::ClipLayer(const ClipEncoderConfig &config) : m_activation(config.activation)
{
    m_attention = register_module("self_attn", std::make_shared<ClipAttention>(config));
    m_norm1 = register_module("layer_norm1",
                              std::make_shared<LayerNorm>(config.hiddenSize, config.layerNormEps));
    const auto mlp = register_module("mlp", std::make_shared<Group>());
    m_fc1 = mlp->add("fc1", std::make_shared<Linear>(config.hiddenSize, config.intermediateSize));
    m_fc2 = mlp->add("fc2", std::make_shared<Linear>(config.intermediateSize, config.hiddenSize));
    m_norm2 = register_module("layer_norm2",
                              std::make_shared<LayerNorm>(config.hiddenSize, config.layerNormEps));
}

Tensor ClipLayer::forward(Tensor x, const Tensor &mask) const
{
    x = x + m_attention->forward(m_norm1->forward(x), mask);
    return x + m_fc2->forward(activate(m_fc1->forward(m_norm2->forward(x)), m_activation));
}

ClipEncoder::ClipEncoder(const ClipEncoderConfig &config)
{
    m_layers = register_module("layers", std::make_shared<List<ClipLayer>>());
    for (int64_t i = 0; i < config.layers; ++i)
        m_layers->add(std::make_shared<ClipLayer>(config));
}

std::vector<Tensor> ClipEncoder::forward(const Tensor &x, const Tensor &mask) const
{
    std::vector<Tensor> states{x};
    for (const auto &layer : *m_layers)
        states.push_back(layer->forward(states.back(), mask));
    return states;
}

} // namespace moodloom::nn
