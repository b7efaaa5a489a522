#include "core/nn/Layers.h"

#include "core/tensor/Bf16Convolution.h"
#include "core/tensor/Bf16Layers.h"

#include <cmath>

namespace moodloom::nn {

namespace {

thread_local bool leaveUnset = false;

// A shape without memory for its numbers.
Tensor unset(at::IntArrayRef shape)
{
    return at::empty({1}, at::kFloat).expand(shape);
}

// The weights as this input wants them.
Tensor cast(const Tensor &weight, const Tensor &x, at::ScalarType dtype)
{
    return weight.to(x.device(), dtype);
}

Tensor like(const Tensor &weight, const Tensor &x)
{
    return cast(weight, x, x.scalar_type());
}

// libtorch's own default: uniform in +-1/sqrt(fan in), for weights and biases alike.
Tensor fanInUniform(at::IntArrayRef shape, int64_t fanIn)
{
    if (leaveUnset)
        return unset(shape);
    const double bound = 1.0 / std::sqrt(double(fanIn));
    return at::empty(shape, at::kFloat).uniform_(-bound, bound);
}

Tensor constant(int64_t size, double value)
{
    return leaveUnset ? unset({size}) : at::full({size}, value, at::kFloat);
}

bool hasKernel(const Tensor &pictures)
{
    return tensor::hasBf16Layers(pictures) &&
           pictures.is_contiguous(at::MemoryFormat::ChannelsLast);
}

} // namespace

UninitializedWeights::UninitializedWeights() : m_before(leaveUnset)
{
    leaveUnset = true;
}
UninitializedWeights::~UninitializedWeights()
{
    leaveUnset = m_before;
}

Linear::Linear(int64_t in, int64_t out, Bias withBias)
{
    weight = register_parameter("weight", fanInUniform({out, in}, in));
    if (withBias == Bias::With)
        bias = register_parameter("bias", fanInUniform({out}, in));
}

Tensor Linear::forward(const Tensor &x) const
{
    const Tensor added = bias.defined() ? like(bias, x) : bias;
    return tensor::hasBf16Layers(x) ? tensor::linear(x, like(weight, x), added)
                                    : at::linear(x, like(weight, x), added);
}

Conv2d::Conv2d(int64_t in, int64_t out, int64_t kernel, int64_t stride, int64_t padding,
               Bias withBias)
    : m_stride(stride), m_padding(padding >= 0 ? padding : (kernel - 1) / 2)
{
    const int64_t fanIn = in * kernel * kernel;
    weight = register_parameter("weight", fanInUniform({out, in, kernel, kernel}, fanIn));
    if (withBias == Bias::With)
        bias = register_parameter("bias", fanInUniform({out}, fanIn));
}

Tensor Conv2d::forward(const Tensor &x) const
{
    const Tensor filters = like(weight, x), added = bias.defined() ? like(bias, x) : bias;
    return tensor::hasBf16Layers(x) ? tensor::convolution(x, filters, added, m_stride, m_padding)
                                    : at::conv2d(x, filters, added, m_stride, m_padding);
}

GroupNorm::GroupNorm(int64_t groups, int64_t channels, double eps) : m_groups(groups), m_eps(eps)
{
    weight = register_parameter("weight", constant(channels, 1));
    bias = register_parameter("bias", constant(channels, 0));
}

// libtorch 1.13's norms of bf16 are slow and wrong on the CPU, so they are computed in fp32 there.
// On a graphics card they accumulate in fp32 themselves, and half the bytes are half the time.
Tensor GroupNorm::forward(const Tensor &x) const
{
    if (x.is_cuda())
        return at::group_norm(x, m_groups, like(weight, x), like(bias, x), m_eps);
    if (hasKernel(x))
        return tensor::groupNorm(x, m_groups, weight, bias, m_eps);
    return at::group_norm(x.to(at::kFloat).contiguous(), m_groups, cast(weight, x, at::kFloat),
                          cast(bias, x, at::kFloat), m_eps)
        .to(x.scalar_type());
}

Tensor GroupNorm::activated(const Tensor &x, Activation activation, const Tensor &added) const
{
    if (hasKernel(x) && activation == Activation::Silu)
        return tensor::groupNorm(x, m_groups, weight, bias, m_eps, tensor::NormThen::Silu, added);
    const Tensor sum = added.defined() ? x + added.unsqueeze(-1).unsqueeze(-1) : x;
    return activate(forward(sum), activation);
}

LayerNorm::LayerNorm(int64_t features, double eps) : m_eps(eps)
{
    weight = register_parameter("weight", constant(features, 1));
    bias = register_parameter("bias", constant(features, 0));
}

Tensor LayerNorm::forward(const Tensor &x) const
{
    if (x.is_cuda())
        return at::layer_norm(x, weight.sizes(), like(weight, x), like(bias, x), m_eps);
    if (tensor::hasBf16Layers(x))
        return tensor::layerNorm(x, weight, bias, m_eps);
    return at::layer_norm(x.to(at::kFloat), weight.sizes(), cast(weight, x, at::kFloat),
                          cast(bias, x, at::kFloat), m_eps)
        .to(x.scalar_type());
}

Embedding::Embedding(int64_t count, int64_t features)
{
    const std::vector<int64_t> shape{count, features};
    weight = register_parameter(
        "weight", leaveUnset ? unset(shape) : at::empty(shape, at::kFloat).normal_(0, 0.02));
}

Tensor Embedding::forward(const Tensor &ids) const
{
    return at::embedding(weight, ids);
}

Activation activationFromName(const std::string &name)
{
    if (name == "gelu")
        return Activation::Gelu;
    if (name == "quick_gelu")
        return Activation::QuickGelu;
    if (name == "gelu_new" || name == "gelu_pytorch_tanh")
        return Activation::GeluTanh;
    if (name == "mish")
        return Activation::Mish;
    if (name == "relu")
        return Activation::Relu;
    return Activation::Silu;
}

const char *activationName(Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        return "silu";
    case Activation::Gelu:
        return "gelu";
    case Activation::QuickGelu:
        return "quick_gelu";
    case Activation::GeluTanh:
        return "gelu_new";
    case Activation::Mish:
        return "mish";
    case Activation::Relu:
        return "relu";
    }
    return "silu";
}

Tensor activate(const Tensor &x, Activation activation)
{
    switch (activation) {
    case Activation::Silu:
        return at::silu(x);
    case Activation::Gelu:
        return at::gelu(x);
    case Activation::QuickGelu:
        return x * at::sigmoid(x * 1.702);
    case Activation::GeluTanh:
        return at::gelu(x, "tanh");
    case Activation::Mish:
        return at::mish(x);
    case Activation::Relu:
        return at::relu(x);
    }
    return x;
}

} // namespace moodloom::nn
