#include "core/training/DenoisingLoss.h"

#include <ATen/ATen.h>

namespace moodloom::training {
namespace {

constexpr double snrLimit = 5; // of min-SNR weighting

} // namespace

at::Tensor denoisingLoss(const nn::UNet2DConditionModel &unet,
                         const nn::UNetConditioning &conditioning, const at::Tensor &latents,
                         const at::Tensor &alphas, const at::Tensor &timesteps,
                         const at::Tensor &noise, diffusion::Prediction prediction,
                         at::ScalarType dtype)
{
    const at::Tensor a = alphas.index_select(0, timesteps).view({-1, 1, 1, 1});
    const at::Tensor signal = a.sqrt(), spread = (1 - a).sqrt();
    const at::Tensor x = signal * latents + spread * noise;
    const at::Tensor ours = unet.forward(x.to(dtype), timesteps, conditioning).to(at::kFloat);
    const at::Tensor share = 1 / (1 - a).clamp_min(1e-6); // 1 + SNR
    at::Tensor target, weight;
    switch (prediction) {
    case diffusion::Prediction::Sample:
        target = latents;
        weight = (share - 1).clamp_max(snrLimit);
        break;
    case diffusion::Prediction::Epsilon:
        target = noise;
        weight = (snrLimit / (share - 1).clamp_min(1e-6)).clamp_max(1);
        break;
    default:
        target = signal * noise - spread * latents;
        weight = share.clamp_max(snrLimit) / share;
    }
    return (weight * (ours - target).square()).mean({1, 2, 3});
}

} // namespace moodloom::training
