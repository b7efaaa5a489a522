// The sizes of the built-in model's networks: small enough to be trained in minutes on a graphics card
// or days on a desktop's processor, to paint in seconds, and to take less than 45 MB.
#pragma once

#include "core/nn/AutoencoderKL.h"
#include "core/nn/ClipTextModel.h"
#include "core/nn/ClipVisionModel.h"
#include "core/nn/IpAdapter.h"
#include "core/nn/UNet2DConditionModel.h"

#include <nlohmann/json_fwd.hpp>

namespace moodloom::training {

inline constexpr int pictureSize = 256;  // pixels: what the generator is trained at
inline constexpr int referenceSize = 128; // pixels: what the vision encoder looks at
inline constexpr int textLength = 64;    // tokens, with start and end
inline constexpr int vocabularySize = 4096;

nn::ClipTextConfig textShape(int64_t vocabulary, int64_t endToken);
nn::ClipVisionConfig visionShape();
nn::AutoencoderConfig autoencoderShape();
nn::UNetConfig unetShape();
nn::IpAdapterConfig adapterShape(const nn::UNet2DConditionModel &unet);

// scheduler_config.json: v-prediction, zero terminal SNR, trailing timesteps (arXiv:2305.08891).
nlohmann::json schedulerShape();
// feature_extractor/preprocessor_config.json
nlohmann::json preprocessorShape();

} // namespace moodloom::training
