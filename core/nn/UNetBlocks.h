// The down, middle and up blocks of the U-Net (CrossAttnDownBlock2D, DownBlock2D,
// UNetMidBlock2DCrossAttn, UNetMidBlock2D, CrossAttnUpBlock2D, UpBlock2D).
#pragma once

#include "core/nn/ResnetBlock2D.h"
#include "core/nn/Transformer2D.h"

namespace moodloom::nn {

struct UNetConfig;

class UNetDownBlock : public torch::nn::Module
{
public:
    UNetDownBlock(const UNetConfig &config, size_t block);
    // Appends the output of every layer to `skips` and returns the last.
    Tensor forward(Tensor x, const Tensor &time, const PreparedConditioning &conditioning,
                   std::vector<Tensor> &skips) const;
    const List<Transformer2D> *attentions() const { return m_attentions.get(); }

private:
    std::shared_ptr<List<Transformer2D>> m_attentions; // null for DownBlock2D
    std::shared_ptr<List<ResnetBlock2D>> m_resnets;
    std::shared_ptr<List<Downsample2D>> m_downsamplers; // null in the last block
};

class UNetMiddleBlock : public torch::nn::Module
{
public:
    // Requires: the config has a middle.
    explicit UNetMiddleBlock(const UNetConfig &config);
    Tensor forward(Tensor x, const Tensor &time, const PreparedConditioning &conditioning) const;
    const List<Transformer2D> *attentions() const { return m_attentions.get(); }

private:
    std::shared_ptr<List<Transformer2D>> m_attentions; // null for UNetMidBlock2D
    std::shared_ptr<List<ResnetBlock2D>> m_resnets;
};

class UNetUpBlock : public torch::nn::Module
{
public:
    // `block` counts from the lowest resolution.
    UNetUpBlock(const UNetConfig &config, size_t block);
    // Takes its skips from the end of `skips`.
    Tensor forward(Tensor x, const Tensor &time, const PreparedConditioning &conditioning,
                   std::vector<Tensor> &skips) const;
    const List<Transformer2D> *attentions() const { return m_attentions.get(); }

private:
    std::shared_ptr<List<Transformer2D>> m_attentions; // null for UpBlock2D
    std::shared_ptr<List<ResnetBlock2D>> m_resnets;
    std::shared_ptr<List<Upsample2D>> m_upsamplers; // null in the last block
};

} // namespace moodloom::nn
