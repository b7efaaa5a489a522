// CLIP's vision tower (a ViT): pictures to patch tokens and, where the checkpoint has a projection,
// the image embedding.
#pragma once

#include "core/base/Result.h"
#include "core/nn/ClipEncoder.h"

#include <nlohmann/json_fwd.hpp>

namespace moodloom::nn {

struct ClipVisionConfig
{
    ClipEncoderConfig encoder;
    int64_t imageSize = 224;
    int64_t patchSize = 32;
    int64_t channels = 3;
    int64_t projectionDim = 512;
    bool withProjection = true; // CLIPVisionModelWithProjection, or the vision half of a CLIPModel

    int64_t tokens() const { return 1 + (imageSize / patchSize) * (imageSize / patchSize); }

    // Accepts the config of a vision model and of a whole CLIPModel. Errors: Unsupported, Corrupt.
    static Result<ClipVisionConfig> fromJson(const nlohmann::json &json,
                                             const std::string &file = "image_encoder/config.json");
    nlohmann::json toJson() const;
};

struct ClipVisionOutput
{
    std::vector<Tensor> hiddenStates; // [0] after the pre-norm ... [layers]; [B,1+patches,D]
    Tensor pooled;                    // post-norm of the class token, [B,D]
    Tensor imageEmbeds;               // projected, [B,P]; undefined without projection
};

class ClipVisionModel : public torch::nn::Module
{
public:
    using Config = ClipVisionConfig;
    explicit ClipVisionModel(const Config &config);
    const Config &config() const { return m_config; }

    // pixels: normalised RGB [B,3,imageSize,imageSize].
    ClipVisionOutput forward(const Tensor &pixels) const;

private:
    Config m_config;
    Tensor m_classEmbedding; // [D]
    std::shared_ptr<Conv2d> m_patches;
    std::shared_ptr<Embedding> m_positions;
    std::shared_ptr<LayerNorm> m_preNorm, m_postNorm;
    std::shared_ptr<ClipEncoder> m_encoder;
    std::shared_ptr<Linear> m_projection; // null without projection
};

} // namespace moodloom::nn
