#include "core/nn/TinyAutoencoder.h"

namespace moodloom::nn {

namespace {

constexpr int64_t normGroups = 4;
constexpr double normEps = 1e-5;

// Three convolutions beside a shortcut, behind a normalised one where the latents need statistics
// of the whole picture.
class TinyBlock : public torch::nn::Module
{
public:
    TinyBlock(const TinyLayer &layer, Activation activation) : m_activation(activation)
    {
        const auto conv = register_module("conv", std::make_shared<Group>());
        m_conv[0] = conv->add("0", std::make_shared<Conv2d>(layer.in, layer.out, 3));
        m_conv[1] = conv->add("2", std::make_shared<Conv2d>(layer.out, layer.out, 3));
        m_conv[2] = conv->add("4", std::make_shared<Conv2d>(layer.out, layer.out, 3));
        if (layer.in != layer.out)
            m_skip = register_module(
                "skip", std::make_shared<Conv2d>(layer.in, layer.out, 1, 1, 0, Bias::Without));
        if (layer.normWidth == 0)
            return;
        const auto pool = register_module("pool", std::make_shared<Group>());
        const int64_t width = layer.normWidth;
        m_widen = pool->add("0", std::make_shared<Conv2d>(layer.in, width, 1, 1, 0, Bias::Without));
        m_norm = pool->add("1", std::make_shared<GroupNorm>(normGroups, width, normEps));
        m_narrow =
            pool->add("3", std::make_shared<Conv2d>(width, layer.in, 1, 1, 0, Bias::Without));
    }

    Tensor forward(const Tensor &in) const // [B,in,H,W] -> [B,out,H,W]
    {
        const Tensor x =
            m_norm ? in + m_narrow->forward(at::relu(m_norm->forward(m_widen->forward(in)))) : in;
        Tensor h = activate(m_conv[0]->forward(x), m_activation);
        h = m_conv[2]->forward(activate(m_conv[1]->forward(h), m_activation));
        return at::relu(h + (m_skip ? m_skip->forward(x) : x));
    }

private:
    Activation m_activation;
    std::shared_ptr<Conv2d> m_conv[3], m_skip;
    std::shared_ptr<Conv2d> m_widen, m_narrow; // with m_norm, or null
    std::shared_ptr<GroupNorm> m_norm;
};

} // namespace

class TinyHalf : public torch::nn::Module
{
public:
    TinyHalf(const std::vector<TinyLayer> &layers, Activation activation, int64_t upsampling)
        : m_activation(activation), m_upsampling(upsampling)
    {
        const auto group = register_module("layers", std::make_shared<Group>());
        for (size_t i = 0; i < layers.size(); ++i) {
            const TinyLayer &layer = layers[i];
            Step step{layer.kind, nullptr, nullptr};
            if (layer.kind == TinyLayer::Kind::Convolution)
                step.convolution = group->add(
                    std::to_string(i),
                    std::make_shared<Conv2d>(layer.in, layer.out, 3, layer.stride, 1, layer.bias));
            else if (layer.kind == TinyLayer::Kind::Block)
                step.block =
                    group->add(std::to_string(i), std::make_shared<TinyBlock>(layer, activation));
            m_steps.push_back(std::move(step));
        }
    }

    Tensor forward(Tensor x) const
    {
        for (const Step &step : m_steps) {
            switch (step.kind) {
            case TinyLayer::Kind::Convolution:
                x = step.convolution->forward(x);
                break;
            case TinyLayer::Kind::Block:
                x = step.block->forward(x);
                break;
            case TinyLayer::Kind::Activation:
                x = activate(x, m_activation);
                break;
            case TinyLayer::Kind::Upsample:
                x = at::upsample_nearest2d(x, {m_upsampling * x.size(2), m_upsampling * x.size(3)});
                break;
            }
        }
        return x;
    }

private:
    struct Step
    {
        TinyLayer::Kind kind;
        std::shared_ptr<Conv2d> convolution;
        std::shared_ptr<TinyBlock> block;
    };
    Activation m_activation;
    int64_t m_upsampling;
    std::vector<Step> m_steps;
};

TinyAutoencoder::TinyAutoencoder(const Config &c) : m_config(c)
{
    if (!c.encoder.empty())
        m_encoder = register_module(
            "encoder", std::make_shared<TinyHalf>(c.encoder, c.activation, c.upsampling));
    if (!c.decoder.empty())
        m_decoder = register_module(
            "decoder", std::make_shared<TinyHalf>(c.decoder, c.activation, c.upsampling));
}

// Inside, pictures are 0..1.
Tensor TinyAutoencoder::encode(const Tensor &pictures) const
{
    return m_encoder->forward((pictures + 1) / 2);
}

Tensor TinyAutoencoder::decode(const Tensor &latents) const
{
    // Beyond 3 deviations latents of a half-painted picture would overflow into artefacts.
    return m_decoder->forward(at::tanh(latents / 3) * 3) * 2 - 1;
}

Tensor TinyAutoencoder::toModel(const Tensor &raw) const
{
    return (raw - m_config.shiftFactor) * m_config.scalingFactor;
}

Tensor TinyAutoencoder::fromModel(const Tensor &latents) const
{
    return latents / m_config.scalingFactor + m_config.shiftFactor;
}

} // namespace moodloom::nn
