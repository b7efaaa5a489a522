#include "core/training/BuiltInShape.h"

#include <nlohmann/json.hpp>

namespace moodloom::training {
namespace {

constexpr int64_t width = 192; // of text, vision and everything that the U-Net looks at

nn::ClipEncoderConfig transformer(int64_t layers)
{
    nn::ClipEncoderConfig c;
    c.hiddenSize = width;
    c.intermediateSize = 4 * width;
    c.layers = layers;
    c.heads = 6;
    c.activation = nn::Activation::QuickGelu;
    return c;
}

} // namespace

nn::ClipTextConfig textShape(int64_t vocabulary, int64_t endToken)
{
    nn::ClipTextConfig c;
    c.encoder = transformer(2);
    c.vocabSize = vocabulary;
    c.maxPositions = textLength;
    c.eosTokenId = endToken;
    c.projectionDim = width;
    c.withProjection = true;
    return c;
}

nn::ClipVisionConfig visionShape()
{
    nn::ClipVisionConfig c;
    c.encoder = transformer(4);
    c.imageSize = referenceSize;
    c.patchSize = 16;
    c.projectionDim = width;
    return c;
}

nn::AutoencoderConfig autoencoderShape()
{
    nn::AutoencoderConfig c;
    c.latentChannels = 8;
    c.patchSize = 4; // the network works at a quarter and an eighth of the resolution
    c.channels = {64, 128};
    c.layersPerBlock = 1;
    c.groups = 16;
    c.middleAttention = false;
    c.sampleSize = pictureSize;
    c.scalingFactor = 1; // the latents' mean and deviation are folded into the quant convolutions
    return c;
}

nn::UNetConfig unetShape()
{
    nn::UNetConfig c;
    const auto latents = autoencoderShape();
    c.inChannels = c.outChannels = latents.latentChannels;
    c.sampleSize = pictureSize / latents.factor();
    c.channels = {80, 160, 224};
    c.downAttention = {false, true, true};
    c.upAttention = {true, true, false};
    c.layers = {1, 1, 1};
    c.heads = {5, 5, 7};
    c.contextDims = {width, width, width};
    c.downDepths = {{1}, {1}, {1}};
    c.upDepths = {{1, 1}, {1, 1}, {1, 1}};
    c.groups = 16;
    c.added = nn::AddedEmbedding::TextImage;
    return c;
}

nn::IpAdapterConfig adapterShape(const nn::UNet2DConditionModel &unet)
{
    return nn::IpAdapterConfig::forSites(nn::IpAdapterKind::Full, width, unet.sites());
}

nlohmann::json schedulerShape()
{
    return {{"_class_name", "DPMSolverMultistepScheduler"},
            {"num_train_timesteps", 1000},
            {"beta_schedule", "scaled_linear"},
            {"beta_start", 0.00085},
            {"beta_end", 0.012},
            {"prediction_type", "v_prediction"},
            {"rescale_betas_zero_snr", true},
            {"timestep_spacing", "trailing"},
            {"steps_offset", 0},
            {"clip_sample", false},
            {"set_alpha_to_one", true},
            {"solver_order", 2},
            {"algorithm_type", "dpmsolver++"}};
}

nlohmann::json preprocessorShape()
{
    return {{"image_processor_type", "CLIPImageProcessor"},
            {"do_resize", true},
            {"size", {{"shortest_edge", referenceSize}}},
            {"resample", 3},
            {"do_center_crop", true},
            {"crop_size", {{"height", referenceSize}, {"width", referenceSize}}},
            {"do_rescale", true},
            {"rescale_factor", 1.0 / 255},
            {"do_normalize", true},
            {"do_convert_rgb", true},
            {"image_mean", {0.5, 0.5, 0.5}},
            {"image_std", {0.5, 0.5, 0.5}}};
}

} // namespace moodloom::training
