// The settings of a UNet2DConditionModel, as in diffusers' unet/config.json.
#pragma once

#include "core/base/Result.h"
#include "core/nn/ResnetBlock2D.h"
#include "core/nn/TimestepEmbedding.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <vector>

namespace moodloom::nn {

// What is added to the time embedding besides: nothing; pooled text and sizes (SDXL); pooled text
// and pooled picture.
enum class AddedEmbedding { None, TextTime, TextImage };

// How the timestep becomes features: fixed sinusoids, or frequencies that the file holds.
enum class TimeFeatures { Sinusoids, Fourier };

struct UNetConfig
{
    int64_t inChannels = 4, outChannels = 4;
    int64_t sampleSize = 64; // latent pixels the model was trained at
    std::vector<int64_t> channels{320, 640, 1280, 1280};
    std::vector<bool> downAttention{true, true, true, false}; // CrossAttnDownBlock2D or DownBlock2D
    std::vector<bool> upAttention{false, true, true, true};   // CrossAttnUpBlock2D or UpBlock2D
    bool middle = true;                                       // mid_block_type is not null
    bool middleAttention = true; // UNetMidBlock2DCrossAttn, else UNetMidBlock2D: one residual block
    std::vector<int64_t> layers{2, 2, 2, 2};              // resnets in each down block
    std::vector<int64_t> heads{8, 8, 8, 8};               // of each down block
    std::vector<int64_t> contextDims{768, 768, 768, 768}; // cross_attention_dim of each down block
    int64_t textDim = 0; // encoder_hid_dim: the text's width where it is projected first, or 0
    // only_cross_attention of each down block: what is self-attention elsewhere sees the text.
    std::vector<bool> onlyCross;  // empty: nowhere
    bool upcastAttention = false; // scores in fp32 also where weights are fp16 (SD 2.1)
    // transformer_layers_per_block: for each down block, for each of its attentions; likewise up,
    // from the lowest resolution; and the middle.
    std::vector<std::vector<int64_t>> downDepths{{1, 1}, {1, 1}, {1, 1}, {1, 1}};
    std::vector<std::vector<int64_t>> upDepths{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
    int64_t middleDepth = 1;
    bool linearProjection = false;
    int64_t groups = 32;
    double normEps = 1e-5;
    Activation activation = Activation::Silu;
    TimeInjection injection = TimeInjection::Add;
    double middleScale = 1;
    int64_t downsamplePadding = 1;
    int64_t convInKernel = 3, convOutKernel = 3;
    SinusoidOrder sinusoids = SinusoidOrder::CosineFirst;
    double freqShift = 0;
    TimeFeatures timeFeatures = TimeFeatures::Sinusoids;
    std::optional<Activation> timePostActivation; // timestep_post_act: after the timestep's MLP
    std::optional<Activation> timeActivation;     // time_embedding_act_fn: after all is added
    int64_t timeEmbeddingDim = 0; // 0 = 4 x channels[0], with Fourier features 2 x channels[0]
    int64_t timeConditionDim = 0; // time_cond_proj_dim
    bool centerInput = false;
    AddedEmbedding added = AddedEmbedding::None;
    int64_t additionTimeDim = 0; // addition_time_embed_dim (text_time)
    int64_t addedInputDim = 0;   // projection_class_embeddings_input_dim (text_time)

    int64_t timeDim() const;
    bool crossOnly(size_t level) const { return level < onlyCross.size() && onlyCross[level]; }
    int64_t textWidth() const { return textDim > 0 ? textDim : contextDims.front(); }
    // Latent sizes that are multiples of this give the same sizes on every level.
    int64_t sizeStep() const { return int64_t(1) << (channels.size() - 1); }

    // Errors: Unsupported (a setting that we do not implement, naming it), Corrupt.
    static Result<UNetConfig> fromJson(const nlohmann::json &json,
                                       const std::string &file = "unet/config.json");
    nlohmann::json toJson() const;
};

} // namespace moodloom::nn
