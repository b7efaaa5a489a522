#include "core/nn/ClipVisionModel.h"

#include "core/nn/ConfigReader.h"

#include <algorithm>

namespace moodloom::nn {

using nlohmann::json;

namespace {

// A group that owns a bare parameter beside its modules.
class VisionEmbeddings : public Group
{
public:
    explicit VisionEmbeddings(int64_t width)
    {
        classEmbedding = register_parameter("class_embedding", at::randn({width}) * 0.02);
    }
    Tensor classEmbedding;
};

} // namespace

Result<ClipVisionConfig> ClipVisionConfig::fromJson(const json &whole, const std::string &file)
{
    const bool isClip = whole.is_object() && whole.contains("vision_config");
    ConfigReader outer(whole, file);
    ConfigReader read(isClip ? whole["vision_config"] : whole, file);
    ClipVisionConfig c;
    read.requireOneOf("model_type", "clip_vision_model", {"clip_vision_model", "clip"});
    c.encoder.hiddenSize = read.size("hidden_size", 768);
    c.encoder.intermediateSize = read.size("intermediate_size", 3072);
    c.encoder.layers = read.size("num_hidden_layers", 12);
    c.encoder.heads = read.size("num_attention_heads", 12);
    c.encoder.layerNormEps = read.number("layer_norm_eps", 1e-5);
    c.imageSize = read.size("image_size", 224);
    c.patchSize = read.size("patch_size", 32);
    c.channels = read.size("num_channels", 3);
    c.projectionDim = isClip ? outer.size("projection_dim", 512) : read.size("projection_dim", 512);
    read.requireOneOf("hidden_act", "quick_gelu", knownActivations);
    c.encoder.activation = activationFromName(read.text("hidden_act", "quick_gelu"));
    const auto architectures = read.texts("architectures", {});
    c.withProjection = std::find(architectures.begin(), architectures.end(), "CLIPVisionModel") ==
                       architectures.end();
    read.require(c.encoder.hiddenSize % c.encoder.heads == 0, "num_attention_heads",
                 "a divisor of hidden_size " + std::to_string(c.encoder.hiddenSize));
    read.require(c.imageSize >= c.patchSize, "patch_size", "at most image_size");
    if (read.error())
        return fail(*read.error());
    if (outer.error())
        return fail(*outer.error());
    return c;
}

json ClipVisionConfig::toJson() const
{
    return {
        {"architectures", {withProjection ? "CLIPVisionModelWithProjection" : "CLIPVisionModel"}},
        {"model_type", "clip_vision_model"},
        {"hidden_size", encoder.hiddenSize},
        {"intermediate_size", encoder.intermediateSize},
        {"num_hidden_layers", encoder.layers},
        {"num_attention_heads", encoder.heads},
        {"layer_norm_eps", encoder.layerNormEps},
        {"hidden_act", activationName(encoder.activation)},
        {"image_size", imageSize},
        {"patch_size", patchSize},
        {"num_channels", channels},
        {"projection_dim", projectionDim}};
}

ClipVisionModel::ClipVisionModel(const Config &config) : m_config(config)
{
    const int64_t d = config.encoder.hiddenSize;
    const double eps = config.encoder.layerNormEps;
    const auto vision = register_module("vision_model", std::make_shared<Group>());
    const auto embeddings = vision->add("embeddings", std::make_shared<VisionEmbeddings>(d));
    m_classEmbedding = embeddings->classEmbedding;
    m_patches = embeddings->add("patch_embedding",
                                std::make_shared<Conv2d>(config.channels, d, config.patchSize,
                                                         config.patchSize, 0, Bias::Without));
    m_positions =
        embeddings->add("position_embedding", std::make_shared<Embedding>(config.tokens(), d));
    m_preNorm = vision->add("pre_layrnorm", std::make_shared<LayerNorm>(d, eps)); // as spelt there
    m_encoder = vision->add("encoder", std::make_shared<ClipEncoder>(config.encoder));
    m_postNorm = vision->add("post_layernorm", std::make_shared<LayerNorm>(d, eps));
    if (config.withProjection)
        m_projection = register_module(
            "visual_projection", std::make_shared<Linear>(d, config.projectionDim, Bias::Without));
}

ClipVisionOutput ClipVisionModel::forward(const Tensor &pixels) const
{
    const Tensor patches = m_patches->forward(pixels).flatten(2).transpose(1, 2); // [B,P,D]
    const Tensor first =
        m_classEmbedding.to(patches.scalar_type()).expand({pixels.size(0), 1, patches.size(2)});
    const Tensor x =
        at::cat({first, patches}, 1) + m_positions->weight.to(patches.scalar_type()); // [B,1+P,D]
    ClipVisionOutput out;
    out.hiddenStates = m_encoder->forward(m_preNorm->forward(x));
    out.pooled = m_postNorm->forward(out.hiddenStates.back().select(1, 0));
    if (m_projection)
        out.imageEmbeds = m_projection->forward(out.pooled);
    return out;
}

} // namespace moodloom::nn
