#include "core/training/LowRank.h"

#include "core/nn/Layers.h"
#include "core/tensor/Noise.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace moodloom::training {
namespace {

at::Tensor *weightOf(torch::nn::Module &module)
{
    if (auto *linear = dynamic_cast<nn::Linear *>(&module))
        return &linear->weight;
    if (auto *convolution = dynamic_cast<nn::Conv2d *>(&module))
        return &convolution->weight;
    return nullptr;
}

} // namespace

at::Tensor LowRank::Layer::change() const
{
    return at::mm(up.flatten(1), down.flatten(1)).view(base.sizes());
}

LowRank::LowRank(torch::nn::Module &network, const std::function<bool(const std::string &)> &wanted,
                 int64_t rank, uint64_t seed)
{
    for (at::Tensor &parameter : network.parameters())
        parameter.set_requires_grad(false);
    for (const auto &item : network.named_modules({}, false)) {
        at::Tensor *weight = weightOf(*item.value());
        if (!weight || !wanted(item.key()))
            continue;
        const int64_t out = weight->size(0), in = weight->numel() / out;
        const int64_t width = std::min({rank, out, in});
        std::vector<int64_t> low = weight->sizes().vec(), high(low.size(), 1);
        low[0] = high[1] = width;
        high[0] = out;
        const auto place = at::TensorOptions(weight->device()).dtype(at::kFloat);
        Layer layer{item.key(), *weight, {}, at::zeros(high, place), weight, item.value()};
        // The variance of libtorch's own start of a linear layer, 1 / (3 in).
        layer.down = (tensor::normalNoise(low, seed, uint32_t(m_layers.size())) /
                      std::sqrt(3.0 * double(in)))
                         .to(place);
        layer.down.set_requires_grad(true);
        layer.up.set_requires_grad(true);
        m_layers.push_back(std::move(layer));
    }
}

LowRank::~LowRank()
{
    remove();
}

void LowRank::apply(double scale)
{
    if (scale == 0)
        return remove();
    for (Layer &layer : m_layers)
        *layer.weight =
            at::add(layer.base.to(at::kFloat), layer.change(), scale).to(layer.base.scalar_type());
}

void LowRank::remove()
{
    for (Layer &layer : m_layers)
        *layer.weight = layer.base;
}

Optimizer::Named LowRank::parameters(const std::string &prefix) const
{
    Optimizer::Named named;
    for (const Layer &layer : m_layers) {
        named.emplace_back(prefix + layer.name + ".down", layer.down);
        named.emplace_back(prefix + layer.name + ".up", layer.up);
    }
    return named;
}

int64_t LowRank::size() const
{
    int64_t count = 0;
    for (const Layer &layer : m_layers)
        count += layer.down.numel() + layer.up.numel();
    return count;
}

} // namespace moodloom::training
