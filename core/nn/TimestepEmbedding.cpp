#include "core/nn/TimestepEmbedding.h"

#include <cmath>
#include <numbers>

namespace moodloom::nn {

Tensor timestepSinusoids(const Tensor &timesteps, int64_t dim, SinusoidOrder order, double shift)
{
    const int64_t half = dim / 2;
    const auto options = timesteps.options().dtype(at::kFloat);
    const Tensor frequencies = at::exp(at::arange(half, options) * (-std::log(10000.0)) /
                                       (double(half) - shift)); // [half]
    const Tensor angles = timesteps.to(at::kFloat).unsqueeze(1) * frequencies.unsqueeze(0);
    Tensor waves = order == SinusoidOrder::CosineFirst
                       ? at::cat({at::cos(angles), at::sin(angles)}, 1)
                       : at::cat({at::sin(angles), at::cos(angles)}, 1);
    if (dim % 2 == 1)
        waves = at::constant_pad_nd(waves, {0, 1});
    return waves; // [B,dim]
}

FourierFeatures::FourierFeatures(int64_t dim, SinusoidOrder order) : m_order(order)
{
    m_frequencies = register_parameter("weight", at::randn({dim / 2}));
}

Tensor FourierFeatures::forward(const Tensor &timesteps) const
{
    const Tensor angles = timesteps.to(at::kFloat).unsqueeze(1) *
                          m_frequencies.to(timesteps.device(), at::kFloat).unsqueeze(0) * (2 * std::numbers::pi);
    return m_order == SinusoidOrder::CosineFirst ? at::cat({at::cos(angles), at::sin(angles)}, 1)
                                                 : at::cat({at::sin(angles), at::cos(angles)}, 1);
}

TimestepEmbedding::TimestepEmbedding(int64_t in, int64_t out, Activation activation,
                                     int64_t conditionDim, std::optional<Activation> last)
    : m_activation(activation), m_last(last)
{
    m_linear1 = register_module("linear_1", std::make_shared<Linear>(in, out));
    if (conditionDim > 0)
        m_condition =
            register_module("cond_proj", std::make_shared<Linear>(conditionDim, in, Bias::Without));
    m_linear2 = register_module("linear_2", std::make_shared<Linear>(out, out));
}

Tensor TimestepEmbedding::forward(const Tensor &x, const Tensor &condition) const
{
    Tensor in = x;
    if (m_condition && condition.defined())
        in = in + m_condition->forward(condition);
    const Tensor out = m_linear2->forward(activate(m_linear1->forward(in), m_activation));
    return m_last ? activate(out, *m_last) : out;
}

} // namespace moodloom::nn
