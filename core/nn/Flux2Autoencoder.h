// FLUX.2's autoencoder: AutoencoderKL, whose latents are folded into 2x2 patches and normalised by
// running statistics for the transformer.
#pragma once

#include "core/nn/AutoencoderKL.h"

namespace moodloom::nn {

struct Flux2AutoencoderConfig
{
    AutoencoderConfig base;
    double normEps = 1e-4;

    // Errors: Unsupported, Corrupt.
    static Result<Flux2AutoencoderConfig> fromJson(const nlohmann::json &json,
                                                   const std::string &file = "vae/config.json");
    nlohmann::json toJson() const;
};

class Flux2Autoencoder : public AutoencoderKL
{
public:
    using Config = Flux2AutoencoderConfig;
    explicit Flux2Autoencoder(const Config &config);

    // Between raw latents [B,C,h,w] (encode(), decode()) and normalised patches [B,4C,h/2,w/2].
    Tensor normalized(const Tensor &raw) const;
    Tensor raw(const Tensor &normalized) const;

private:
    Tensor deviation() const; // [1,4C,1,1]

    double m_normEps;
    Tensor m_mean, m_variance; // [4C]
};

} // namespace moodloom::nn
