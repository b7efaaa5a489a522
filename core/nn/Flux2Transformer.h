// The denoiser of FLUX.2 (Black Forest Labs 2025): a rectified-flow transformer over text tokens,
// the picture's tokens and those of reference pictures in one sequence. First both streams with
// weights of their own (Esser et al. 2024), then one stream whose attention and MLP run in parallel
// (Dehghani et al. 2023).
#pragma once

#include "core/base/Result.h"
#include "core/nn/Layers.h"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace moodloom::nn {

struct Flux2TransformerConfig
{
    int64_t inChannels = 128, outChannels = 128; // a token's
    int64_t doubleLayers = 8, singleLayers = 48;
    int64_t headDim = 128, heads = 48;
    int64_t textDim = 15360;
    int64_t timeFeatures = 256;
    double mlpRatio = 3;
    std::vector<int64_t> rotaryWidths{32, 32, 32, 32};
    double rotaryTheta = 2000;
    double eps = 1e-6;
    bool guidanceEmbedding = true;

    int64_t width() const { return heads * headDim; }
    int64_t mlpWidth() const { return int64_t(double(width()) * mlpRatio); }

    // Errors: Unsupported, Corrupt.
    static Result<Flux2TransformerConfig>
    fromJson(const nlohmann::json &json, const std::string &file = "transformer/config.json");
    nlohmann::json toJson() const;
};

class Flux2TimeEmbedding;
class Flux2Modulation;
class Flux2DoubleBlock;
class Flux2SingleBlock;

class Flux2Transformer : public torch::nn::Module
{
public:
    using Config = Flux2TransformerConfig;
    explicit Flux2Transformer(const Config &config);
    const Config &config() const { return m_config; }

    // tokens [B,N,inChannels], those of reference pictures last; text [B,L,textDim]; timestep [B]
    // in 0..1; tokenIds [N,4] and textIds [L,4] as Flux2Tokens.h gives them; guidance [B],
    // undefined where the model takes none. All but tokens and text may be on another device.
    // Returns [B,N,outChannels].
    Tensor forward(const Tensor &tokens, const Tensor &text, const Tensor &timestep,
                   const Tensor &tokenIds, const Tensor &textIds,
                   const Tensor &guidance = {}) const;

private:
    Config m_config;
    std::shared_ptr<Flux2TimeEmbedding> m_time;
    std::shared_ptr<Flux2Modulation> m_modulatePicture, m_modulateText, m_modulateSingle;
    std::shared_ptr<Linear> m_tokensIn, m_textIn;
    std::shared_ptr<List<Flux2DoubleBlock>> m_double;
    std::shared_ptr<List<Flux2SingleBlock>> m_single;
    std::shared_ptr<Linear> m_modulateOut, m_out;
};

} // namespace moodloom::nn
