#include "core/nn/TinyAutoencoderConfig.h"

#include "core/nn/ConfigReader.h"

#include <algorithm>
#include <optional>

namespace moodloom::nn {

using nlohmann::json;

namespace {

using Layers = std::vector<TinyLayer>;
using Shapes = TinyAutoencoderConfig::Shapes;
using Kind = TinyLayer::Kind;

TinyLayer convolution(int64_t in, int64_t out, int64_t stride, Bias bias)
{
    return {Kind::Convolution, in, out, stride, bias, 0};
}

TinyLayer block(int64_t channels)
{
    return {Kind::Block, channels, channels, 1, Bias::With, 0};
}

bool hasChannels(const TinyLayer &layer)
{
    return layer.kind == Kind::Convolution || layer.kind == Kind::Block;
}

// Every layer takes what the one before gives.
bool isChain(const Layers &layers)
{
    int64_t width = 0;
    for (const TinyLayer &layer : layers) {
        if (!hasChannels(layer))
            continue;
        if (layer.in < 1 || layer.out < 1 || (width > 0 && layer.in != width))
            return false;
        width = layer.out;
    }
    return width > 0;
}

// A half's layers from the tensors below `prefix`; none where there are none or they are others.
class HalfReader
{
public:
    HalfReader(const Shapes &shapes, std::string prefix)
        : m_shapes(shapes), m_prefix(std::move(prefix))
    {
    }

    // In the encoder convolutions without bias halve the size, and so do those of a stem, which an
    // activation follows.
    Layers encoder() const
    {
        Layers layers = read();
        for (size_t i = 0; i + 1 < layers.size(); ++i)
            if (layers[i].kind == Kind::Convolution &&
                (layers[i].bias == Bias::Without || layers[i + 1].kind == Kind::Activation))
                layers[i].stride = 2;
        return layers;
    }

    // In the decoder what has no parameters doubles the size before a convolution without bias.
    Layers decoder() const
    {
        Layers layers = read();
        for (size_t i = 0; i + 1 < layers.size(); ++i)
            if (layers[i].kind == Kind::Activation && layers[i + 1].kind == Kind::Convolution &&
                layers[i + 1].bias == Bias::Without)
                layers[i].kind = Kind::Upsample;
        return layers;
    }

private:
    std::optional<std::vector<int64_t>> kernel(size_t layer, const char *name) const
    {
        const auto found = m_shapes.find(m_prefix + std::to_string(layer) + name);
        return found == m_shapes.end() || found->second.size() != 4 ? std::nullopt
                                                                    : std::optional(found->second);
    }

    Layers read() const
    {
        constexpr size_t most = 256;
        Layers layers;
        size_t parameterless = 0;
        for (size_t i = 0; i < most && parameterless < 2; ++i) {
            TinyLayer layer;
            if (const auto shape = kernel(i, ".weight")) {
                const bool bias = m_shapes.count(m_prefix + std::to_string(i) + ".bias") > 0;
                layer = convolution((*shape)[1], (*shape)[0], 1, bias ? Bias::With : Bias::Without);
            } else if (const auto first = kernel(i, ".conv.0.weight")) {
                layer = block((*first)[1]);
                layer.out = (*first)[0];
                if (const auto norm = kernel(i, ".pool.0.weight"))
                    layer.normWidth = (*norm)[0];
            } else {
                layer.kind = Kind::Activation;
            }
            parameterless = hasChannels(layer) ? 0 : parameterless + 1;
            layers.push_back(layer);
        }
        while (!layers.empty() && !hasChannels(layers.back()))
            layers.pop_back();
        return isChain(layers) ? layers : Layers();
    }

    const Shapes &m_shapes;
    std::string m_prefix;
};

Layers encoderLayers(int64_t in, const std::vector<int64_t> &channels,
                     const std::vector<int64_t> &blocks, int64_t latents)
{
    Layers layers;
    for (size_t i = 0; i < channels.size(); ++i) {
        layers.push_back(i == 0 ? convolution(in, channels[i], 1, Bias::With)
                                : convolution(channels[i], channels[i], 2, Bias::Without));
        layers.insert(layers.end(), size_t(blocks[i]), block(channels[i]));
    }
    layers.push_back(convolution(channels.back(), latents, 1, Bias::With));
    return layers;
}

Layers decoderLayers(int64_t latents, const std::vector<int64_t> &channels,
                     const std::vector<int64_t> &blocks, int64_t out)
{
    Layers layers{convolution(latents, channels[0], 1, Bias::With), {Kind::Activation}};
    for (size_t i = 0; i < channels.size(); ++i) {
        const bool last = i + 1 == channels.size();
        layers.insert(layers.end(), size_t(blocks[i]), block(channels[i]));
        if (!last)
            layers.push_back({Kind::Upsample});
        layers.push_back(convolution(channels[i], last ? out : channels[i], 1,
                                     last ? Bias::With : Bias::Without));
    }
    return layers;
}

} // namespace

int64_t TinyAutoencoderConfig::latentChannels() const
{
    return decoder.empty() ? (encoder.empty() ? 0 : encoder.back().out) : decoder.front().in;
}

int64_t TinyAutoencoderConfig::factor() const
{
    int64_t factor = 1;
    for (const TinyLayer &layer : decoder.empty() ? encoder : decoder)
        factor *= layer.kind == Kind::Upsample ? upsampling : layer.stride;
    return factor;
}

Result<TinyAutoencoderConfig> TinyAutoencoderConfig::fromJson(const json &source,
                                                              const std::string &file)
{
    ConfigReader read(source, file);
    TinyAutoencoderConfig c;
    read.requireOneOf("_class_name", "AutoencoderTiny", {"AutoencoderTiny"});
    read.requireOneOf("act_fn", "relu", knownActivations);
    read.requireOneOf("upsample_fn", "nearest", {"nearest"});
    const int64_t latents = read.size("latent_channels", 4);
    const std::vector<int64_t> widths(4, 64);
    const auto in = read.sizes("encoder_block_out_channels", widths);
    const auto out = read.sizes("decoder_block_out_channels", widths);
    const auto down = read.sizes("num_encoder_blocks", {1, 3, 3, 3});
    const auto up = read.sizes("num_decoder_blocks", {3, 3, 3, 1});
    read.require(down.size() == in.size(), "num_encoder_blocks",
                 "one number for each of encoder_block_out_channels");
    read.require(up.size() == out.size(), "num_decoder_blocks",
                 "one number for each of decoder_block_out_channels");
    read.require(std::all_of(down.begin(), down.end(), [](int64_t n) { return n <= 64; }),
                 "num_encoder_blocks", "at most 64 blocks in each stage");
    read.require(std::all_of(up.begin(), up.end(), [](int64_t n) { return n <= 64; }),
                 "num_decoder_blocks", "at most 64 blocks in each stage");
    c.upsampling = read.size("upsampling_scaling_factor", 2);
    c.scalingFactor = read.number("scaling_factor", 1);
    c.shiftFactor = read.number("shift_factor", 0);
    read.require(c.scalingFactor != 0, "scaling_factor", "a number other than 0");
    if (read.error())
        return fail(*read.error());
    c.activation = activationFromName(read.text("act_fn", "relu"));
    c.encoder = encoderLayers(read.size("in_channels", 3), in, down, latents);
    c.decoder = decoderLayers(latents, out, up, read.size("out_channels", 3));
    read.require(isChain(c.encoder), "encoder_block_out_channels", "the same for all stages");
    read.require(isChain(c.decoder), "decoder_block_out_channels", "the same for all stages");
    if (read.error())
        return fail(*read.error());
    return c;
}

Result<TinyAutoencoderConfig> TinyAutoencoderConfig::fromShapes(const Shapes &shapes,
                                                                const std::string &file)
{
    TinyAutoencoderConfig c;
    c.encoder = HalfReader(shapes, "encoder.layers.").encoder();
    c.decoder = HalfReader(shapes, "decoder.layers.").decoder();
    if (c.encoder.empty() && c.decoder.empty())
        return fail(ErrorCode::Unsupported, file,
                    "is no tiny autoencoder (TAESD): it lacks a chain of numbered convolutions");
    return c;
}

} // namespace moodloom::nn
