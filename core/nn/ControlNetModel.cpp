#include "core/nn/ControlNetModel.h"

#include <cmath>

namespace moodloom::nn {

// From picture pixels to latent pixels: convolutions, every second of which halves the size.
class ControlPictureEmbedding : public torch::nn::Module
{
public:
    explicit ControlPictureEmbedding(const ControlNetConfig &c)
    {
        const auto &channels = c.embeddingChannels;
        m_in = register_module("conv_in",
                               std::make_shared<Conv2d>(c.pictureChannels, channels.front(), 3));
        m_blocks = register_module("blocks", std::make_shared<List<Conv2d>>());
        for (size_t i = 0; i + 1 < channels.size(); ++i) {
            m_blocks->add(std::make_shared<Conv2d>(channels[i], channels[i], 3));
            m_blocks->add(std::make_shared<Conv2d>(channels[i], channels[i + 1], 3, 2));
        }
        m_out = register_module("conv_out",
                                std::make_shared<Conv2d>(channels.back(), c.trunk.channels[0], 3));
    }

    Tensor forward(const Tensor &pictures) const
    {
        Tensor x = at::silu(m_in->forward(pictures));
        for (const auto &block : *m_blocks)
            x = at::silu(block->forward(x));
        return m_out->forward(x);
    }

private:
    std::shared_ptr<Conv2d> m_in, m_out;
    std::shared_ptr<List<Conv2d>> m_blocks;
};

void ControlResiduals::add(const ControlResiduals &other)
{
    if (skips.empty()) {
        *this = other;
        return;
    }
    for (size_t i = 0; i < other.skips.size(); ++i)
        skips[i] = skips[i] + other.skips[i];
    if (other.middle.defined())
        middle = middle + other.middle;
}

ControlNetModel::ControlNetModel(const Config &config) : UNetTrunk(config.trunk), m_config(config)
{
    const UNetConfig &c = config.trunk;
    m_embedding = register_module("controlnet_cond_embedding",
                                  std::make_shared<ControlPictureEmbedding>(config));
    m_skips = register_module("controlnet_down_blocks", std::make_shared<List<Conv2d>>());
    m_skips->add(std::make_shared<Conv2d>(c.channels[0], c.channels[0], 1));
    for (size_t i = 0; i < c.channels.size(); ++i) {
        // One a layer, and one for the down-sampler where there is one.
        const int64_t count = c.layers[i] + (i + 1 < c.channels.size() ? 1 : 0);
        for (int64_t n = 0; n < count; ++n)
            m_skips->add(std::make_shared<Conv2d>(c.channels[i], c.channels[i], 1));
    }
    m_middle = register_module("controlnet_mid_block",
                               std::make_shared<Conv2d>(c.channels.back(), c.channels.back(), 1));
    numberDownSites();
    numberMiddleSites();
}

Tensor ControlNetModel::embed(const Tensor &pictures) const
{
    return m_embedding->forward(m_config.order == ChannelOrder::Bgr ? pictures.flip({1})
                                                                    : pictures);
}

ControlResiduals ControlNetModel::forward(const Tensor &sample, const Tensor &timestep,
                                          const PreparedConditioning &conditioning,
                                          const Tensor &picture, double scale,
                                          ControlGrading grading) const
{
    const Tensor emb = timeEmbedding(sample, timestep, conditioning.source);
    std::vector<Tensor> skips;
    const Tensor middle = descend(m_convIn->forward(sample) + picture, emb, conditioning, skips);
    const bool graded = grading == ControlGrading::Graded && !m_config.pooled;
    const auto weigh = [&](const Tensor &residual, size_t place) {
        const double exponent = double(place) / double(skips.size()) - 1; // -1 .. 0
        const Tensor weighed = residual * (graded ? scale * std::pow(10.0, exponent) : scale);
        return m_config.pooled ? weighed.mean({2, 3}, true) : weighed;
    };
    ControlResiduals out;
    for (size_t i = 0; i < skips.size(); ++i)
        out.skips.push_back(weigh((*m_skips)[i].forward(skips[i]), i));
    out.middle = weigh(m_middle->forward(middle), skips.size());
    return out;
}

} // namespace moodloom::nn
