#include "core/nn/ClipTextModel.h"

#include "core/nn/ConfigReader.h"

#include <algorithm>
#include <limits>

namespace moodloom::nn {

using nlohmann::json;

Result<ClipTextConfig> ClipTextConfig::fromJson(const json &whole, const std::string &file)
{
    const bool isClip = whole.is_object() && whole.contains("text_config");
    ConfigReader outer(whole, file);
    ConfigReader read(isClip ? whole["text_config"] : whole, file);
    ClipTextConfig c;
    read.requireOneOf("model_type", "clip_text_model", {"clip_text_model", "clip"});
    read.requireFalse("use_attention_mask"); // pipelines pass no mask otherwise
    c.vocabSize = read.size("vocab_size", 49408);
    c.encoder.hiddenSize = read.size("hidden_size", 512);
    c.encoder.intermediateSize = read.size("intermediate_size", 2048);
    c.encoder.layers = read.size("num_hidden_layers", 12);
    c.encoder.heads = read.size("num_attention_heads", 8);
    c.encoder.layerNormEps = read.number("layer_norm_eps", 1e-5);
    c.maxPositions = read.size("max_position_embeddings", 77);
    c.eosTokenId = read.integer("eos_token_id", 49407);
    c.projectionDim = isClip ? outer.size("projection_dim", 512) : read.size("projection_dim", 512);
    read.requireOneOf("hidden_act", "quick_gelu", knownActivations);
    c.encoder.activation = activationFromName(read.text("hidden_act", "quick_gelu"));
    const auto architectures = read.texts("architectures", {});
    c.withProjection = isClip || std::find(architectures.begin(), architectures.end(),
                                           "CLIPTextModelWithProjection") != architectures.end();
    read.require(c.encoder.hiddenSize % c.encoder.heads == 0, "num_attention_heads",
                 "a divisor of hidden_size " + std::to_string(c.encoder.hiddenSize));
    if (read.error())
        return fail(*read.error());
    if (outer.error())
        return fail(*outer.error());
    return c;
}

json ClipTextConfig::toJson() const
{
    return {{"architectures", {withProjection ? "CLIPTextModelWithProjection" : "CLIPTextModel"}},
            {"model_type", "clip_text_model"},
            {"vocab_size", vocabSize},
            {"hidden_size", encoder.hiddenSize},
            {"intermediate_size", encoder.intermediateSize},
            {"num_hidden_layers", encoder.layers},
            {"num_attention_heads", encoder.heads},
            {"layer_norm_eps", encoder.layerNormEps},
            {"hidden_act", activationName(encoder.activation)},
            {"max_position_embeddings", maxPositions},
            {"eos_token_id", eosTokenId},
            {"projection_dim", projectionDim}};
}

ClipTextModel::ClipTextModel(const Config &config) : m_config(config)
{
    const int64_t d = config.encoder.hiddenSize;
    const auto text = register_module("text_model", std::make_shared<Group>());
    const auto embeddings = text->add("embeddings", std::make_shared<Group>());
    m_tokens = embeddings->add("token_embedding", std::make_shared<Embedding>(config.vocabSize, d));
    m_positions =
        embeddings->add("position_embedding", std::make_shared<Embedding>(config.maxPositions, d));
    m_encoder = text->add("encoder", std::make_shared<ClipEncoder>(config.encoder));
    m_finalNorm =
        text->add("final_layer_norm", std::make_shared<LayerNorm>(d, config.encoder.layerNormEps));
    if (config.withProjection)
        m_projection = register_module(
            "text_projection", std::make_shared<Linear>(d, config.projectionDim, Bias::Without));
}

Tensor ClipTextModel::endPositions(const Tensor &ids) const
{
    // Configs written before the end token's id was corrected say 2; there the largest id is the
    // end.
    if (m_config.eosTokenId == 2)
        return ids.argmax(-1);
    return ids.eq(m_config.eosTokenId).to(at::kInt).argmax(-1);
}

ClipTextOutput ClipTextModel::forward(const Tensor &ids, const Tensor &unheard) const
{
    const int64_t length = ids.size(1);
    const Tensor positions = at::arange(length, ids.options());
    const Tensor x = m_tokens->forward(ids) + m_positions->forward(positions); // [B,L,D]
    constexpr double never = -std::numeric_limits<double>::infinity();
    Tensor causal = at::full({length, length}, never, x.options()).triu(1);
    if (unheard.defined()) {
        const Tensor itself = at::eye(length, unheard.options()).to(at::kBool);
        causal = causal.masked_fill(unheard.unsqueeze(0).logical_and(itself.logical_not()), never);
    }
    ClipTextOutput out;
    out.hiddenStates = m_encoder->forward(x, causal.view({1, 1, length, length}));
    out.lastHiddenState = m_finalNorm->forward(out.hiddenStates.back());
    const Tensor rows = at::arange(ids.size(0), ids.options());
    out.pooled = out.lastHiddenState.index({rows, endPositions(ids)}); // [B,D]
    if (m_projection)
        out.textEmbeds = m_projection->forward(out.pooled);
    return out;
}

} // namespace moodloom::nn
