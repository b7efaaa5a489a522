// A U-Net that is small enough for tests of its behaviour, a reference adapter for it, and what
// they are asked.
#pragma once

#include "core/nn/Load.h"
#include "core/tensor/Noise.h"

#include <ATen/ATen.h>

#include <memory>

namespace moodloom::nn {

inline UNetConfig smallUNet()
{
    UNetConfig c;
    c.channels = {16, 32};
    c.downAttention = {true, false};
    c.upAttention = {true, true};
    c.layers = {1, 1};
    c.heads = {2, 4};
    c.contextDims = {8, 8};
    c.downDepths = {{1}, {1}};
    c.upDepths = {{1, 1}, {1, 1}};
    c.groups = 8;
    return c;
}

struct SmallScene
{
    std::shared_ptr<UNet2DConditionModel> unet;
    std::shared_ptr<IpAdapter> adapter;
    at::Tensor sample = tensor::normalNoise({2, 4, 8, 8}, 1), t = at::tensor({500.0, 20.0});
    UNetConditioning text;

    SmallScene()
    {
        at::manual_seed(3);
        unet = std::make_shared<UNet2DConditionModel>(smallUNet());
        adapter = std::make_shared<IpAdapter>(
            IpAdapterConfig::forSites(IpAdapterKind::Full, 12, unet->sites()));
        text.text = tensor::normalNoise({2, 5, 8}, 2);
    }

    // Tokens of `pictures` pictures, different in each row.
    at::Tensor tokens(int pictures) const
    {
        return adapter->imageTokens(tensor::normalNoise({2, pictures, 6, 12}, 3));
    }

    at::Tensor paint(const at::Tensor &tokens, const at::Tensor &weights = {},
                     const at::Tensor &masks = {}, double scale = 1) const
    {
        UNetConditioning c = text;
        ReferenceConditioning reference;
        reference.adapter = adapter;
        reference.tokens = tokens;
        reference.weights = weights;
        reference.masks = masks;
        reference.scale = scale;
        c.references = {reference};
        return unet->forward(sample, t, c);
    }

    at::Tensor paintWithout() const { return unet->forward(sample, t, text); }
};

inline double distance(const at::Tensor &a, const at::Tensor &b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace moodloom::nn
