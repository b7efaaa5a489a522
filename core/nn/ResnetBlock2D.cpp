#include "core/nn/ResnetBlock2D.h"

#include "core/tensor/Bf16Convolution.h"
#include "core/tensor/Bf16Layers.h"

namespace moodloom::nn {

ResnetBlock2D::ResnetBlock2D(const ResnetConfig &config) : m_config(config)
{
    const auto [in, out] = std::pair(config.in, config.out);
    m_norm1 = register_module("norm1", std::make_shared<GroupNorm>(config.groups, in, config.eps));
    m_conv1 = register_module("conv1", std::make_shared<Conv2d>(in, out, 3));
    if (config.timeDim > 0)
        m_time = register_module(
            "time_emb_proj",
            std::make_shared<Linear>(
                config.timeDim, config.injection == TimeInjection::ScaleShift ? 2 * out : out));
    m_norm2 = register_module("norm2", std::make_shared<GroupNorm>(config.groups, out, config.eps));
    m_conv2 = register_module("conv2", std::make_shared<Conv2d>(out, out, 3));
    if (in != out)
        m_shortcut = register_module("conv_shortcut", std::make_shared<Conv2d>(in, out, 1));
}

Tensor ResnetBlock2D::forward(const Tensor &x, const Tensor &time) const
{
    Tensor h = m_conv1->forward(m_norm1->activated(x, m_config.activation));
    Tensor injected; // [B,C], or [B,2C]
    if (m_time)
        injected = m_time->forward(activate(time, m_config.activation));
    if (m_time && m_config.injection == TimeInjection::ScaleShift) {
        const auto parts = injected.unsqueeze(-1).unsqueeze(-1).chunk(2, 1);
        h = activate(m_norm2->forward(h) * (1 + parts[0]) + parts[1], m_config.activation);
    } else {
        h = m_norm2->activated(h, m_config.activation, injected);
    }
    h = m_conv2->forward(h);
    h = (m_shortcut ? m_shortcut->forward(x) : x) + h;
    return m_config.outputScale == 1 ? h : h / m_config.outputScale;
}

Downsample2D::Downsample2D(int64_t channels, int64_t padding) : m_padding(padding)
{
    m_conv = register_module("conv", std::make_shared<Conv2d>(channels, channels, 3, 2, padding));
}

Tensor Downsample2D::forward(const Tensor &x) const
{
    return m_conv->forward(m_padding == 0 ? at::constant_pad_nd(x, {0, 1, 0, 1}) : x);
}

Upsample2D::Upsample2D(int64_t channels)
{
    m_conv = register_module("conv", std::make_shared<Conv2d>(channels, channels, 3));
}

Tensor Upsample2D::forward(const Tensor &x, at::IntArrayRef size) const
{
    const std::vector<int64_t> twice{2 * x.size(2), 2 * x.size(3)};
    const std::vector<int64_t> target = size.empty() ? twice : size.vec();
    if (target == twice && tensor::hasBf16Layers(x))
        return tensor::upsampledConvolution(x, m_conv->weight.to(x.scalar_type()), m_conv->bias);
    return m_conv->forward(at::upsample_nearest2d(x, target));
}

} // namespace moodloom::nn
