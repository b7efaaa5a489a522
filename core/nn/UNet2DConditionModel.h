// The denoiser of Stable Diffusion 1.x, 2.x and XL, and of the built-in model (Rombach et al. 2022,
// Podell et al. 2023), with IP-Adapter attention and ControlNets.
#pragma once

#include "core/nn/ControlResiduals.h"
#include "core/nn/UNetTrunk.h"

namespace moodloom::nn {

class UNet2DConditionModel : public UNetTrunk
{
public:
    using Config = UNetConfig;
    explicit UNet2DConditionModel(const Config &config);
    const Config &config() const { return m_trunk; }

    // sample [B,C,H,W] of any H, W; timestep [] or [B], also fractional; returns [B,C',H,W].
    // The work is done in the sample's dtype.
    Tensor forward(const Tensor &sample, const Tensor &timestep,
                   const UNetConditioning &conditioning) const;
    // With what prepare() gave, and what ControlNets add for this step. Requires: residuals of
    // ControlNets of the same layout.
    Tensor forward(const Tensor &sample, const Tensor &timestep,
                   const PreparedConditioning &conditioning,
                   const ControlResiduals &control = {}) const;

private:
    std::shared_ptr<Conv2d> m_convOut;
    std::shared_ptr<List<UNetUpBlock>> m_up;
    std::shared_ptr<GroupNorm> m_normOut;
};

} // namespace moodloom::nn
