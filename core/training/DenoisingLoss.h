// What a denoiser learns from, whatever it predicts (Ho et al. 2020; Salimans and Ho 2022).
#pragma once

#include "core/diffusion/SamplerConfig.h"
#include "core/nn/UNet2DConditionModel.h"

namespace moodloom::training {

// The loss of one batch, [B]: `latents` [B,C,h,w] under unit `noise` at `timesteps` (int64 [B]) of
// the schedule `alphas` [T], against what the network should say of them. The weight falls where
// little noise is left (min-SNR, arXiv:2303.09556; with 1 + SNR for velocities). `dtype` is that of
// the network's activations. Requires: not Prediction::Flow; one device for all.
at::Tensor denoisingLoss(const nn::UNet2DConditionModel &unet,
                         const nn::UNetConditioning &conditioning, const at::Tensor &latents,
                         const at::Tensor &alphas, const at::Tensor &timesteps,
                         const at::Tensor &noise, diffusion::Prediction prediction,
                         at::ScalarType dtype);

} // namespace moodloom::training
