// The residual convolution block of U-Net and autoencoder, and the layers between resolutions.
#pragma once

#include "core/nn/Layers.h"

namespace moodloom::nn {

// How the time embedding enters: added after the first convolution, or as scale and shift of the
// second norm.
enum class TimeInjection { Add, ScaleShift };

struct ResnetConfig
{
    int64_t in = 0, out = 0;
    int64_t timeDim = 0; // 0 = no time embedding
    int64_t groups = 32;
    double eps = 1e-5;
    Activation activation = Activation::Silu;
    TimeInjection injection = TimeInjection::Add;
    double outputScale = 1; // the sum is divided by it
};

class ResnetBlock2D : public torch::nn::Module
{
public:
    explicit ResnetBlock2D(const ResnetConfig &config);
    // x [B,in,H,W], time [B,timeDim] or undefined -> [B,out,H,W]
    Tensor forward(const Tensor &x, const Tensor &time = {}) const;

private:
    ResnetConfig m_config;
    std::shared_ptr<GroupNorm> m_norm1, m_norm2;
    std::shared_ptr<Conv2d> m_conv1, m_conv2, m_shortcut;
    std::shared_ptr<Linear> m_time;
};

// Halves the size by a strided convolution. Padding 0 pads one row and column at the end only, as
// the autoencoder does.
class Downsample2D : public torch::nn::Module
{
public:
    Downsample2D(int64_t channels, int64_t padding);
    Tensor forward(const Tensor &x) const;

private:
    int64_t m_padding;
    std::shared_ptr<Conv2d> m_conv;
};

// Nearest-neighbour to twice the size, or to the size given, then a convolution.
class Upsample2D : public torch::nn::Module
{
public:
    explicit Upsample2D(int64_t channels);
    Tensor forward(const Tensor &x, at::IntArrayRef size = {}) const;

private:
    std::shared_ptr<Conv2d> m_conv;
};

} // namespace moodloom::nn
