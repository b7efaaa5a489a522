// The layout of a tiny autoencoder (TAESD): what a picture's latents look like, in a few megabytes
// and milliseconds, for previews. Either half may be there without the other.
#pragma once

#include "core/base/Result.h"
#include "core/nn/Layers.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <vector>

namespace moodloom::nn {

// The layers of a half are numbered, those without parameters too.
struct TinyLayer
{
    enum class Kind { Convolution, Block, Activation, Upsample };
    Kind kind = Kind::Convolution;
    int64_t in = 0, out = 0; // channels of a convolution or block
    int64_t stride = 1;      // of a convolution
    Bias bias = Bias::With;  // of a convolution
    int64_t normWidth = 0;   // of a block that normalises over the picture first (FLUX.2), or 0
};

struct TinyAutoencoderConfig
{
    // By name, as diffusers numbers them: "encoder.layers.0.weight".
    using Shapes = std::map<std::string, std::vector<int64_t>>;

    std::vector<TinyLayer> encoder, decoder; // empty: this half is not there
    Activation activation = Activation::Relu;
    int64_t upsampling = 2;
    double scalingFactor = 1, shiftFactor = 0;

    int64_t latentChannels() const;
    int64_t factor() const; // picture pixels for one latent pixel

    // AutoencoderTiny's config. Errors: Unsupported, Corrupt.
    static Result<TinyAutoencoderConfig> fromJson(const nlohmann::json &json,
                                                  const std::string &file = "vae/config.json");
    // From the tensors of a file without config. Errors: Unsupported (another kind of network).
    static Result<TinyAutoencoderConfig> fromShapes(const Shapes &shapes, const std::string &file);
};

} // namespace moodloom::nn
