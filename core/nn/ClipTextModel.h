// CLIP's text tower: token ids to hidden states, a pooled vector and, where the checkpoint has a
// projection, the text embedding.
#pragma once

#include "core/base/Result.h"
#include "core/nn/ClipEncoder.h"

#include <nlohmann/json_fwd.hpp>

namespace moodloom::nn {

struct ClipTextConfig
{
    ClipEncoderConfig encoder;
    int64_t vocabSize = 49408;
    int64_t maxPositions = 77;
    int64_t eosTokenId = 49407;
    int64_t projectionDim = 512;
    bool withProjection = false; // CLIPTextModelWithProjection, or the text half of a CLIPModel

    // Accepts the config of a text model and of a whole CLIPModel. Errors: Unsupported, Corrupt.
    static Result<ClipTextConfig> fromJson(const nlohmann::json &json,
                                           const std::string &file = "text_encoder/config.json");
    nlohmann::json toJson() const;
};

struct ClipTextOutput
{
    std::vector<Tensor>
        hiddenStates;       // [0] the embeddings ... [layers] before the final norm; [B,L,D]
    Tensor lastHiddenState; // after the final norm, [B,L,D]
    Tensor pooled;          // lastHiddenState at the end token, [B,D]
    Tensor textEmbeds;      // projected, [B,P]; undefined without projection
};

class ClipTextModel : public torch::nn::Module
{
public:
    using Config = ClipTextConfig;
    explicit ClipTextModel(const Config &config);
    const Config &config() const { return m_config; }

    // ids: int64 [B,L], L <= maxPositions. Only the causal mask is used, as the pipelines do.
    // `unheard`: bool [L], tokens that no other token attends to; undefined = none.
    ClipTextOutput forward(const Tensor &ids, const Tensor &unheard = {}) const;

    // The final norm on its own, for clip skip: hiddenStates[layers - skip] -> [B,L,D].
    Tensor finalNorm(const Tensor &x) const { return m_finalNorm->forward(x); }

private:
    Tensor endPositions(const Tensor &ids) const; // [B]

    Config m_config;
    std::shared_ptr<Embedding> m_tokens, m_positions;
    std::shared_ptr<ClipEncoder> m_encoder;
    std::shared_ptr<LayerNorm> m_finalNorm;
    std::shared_ptr<Linear> m_projection; // null without projection
};

} // namespace moodloom::nn
