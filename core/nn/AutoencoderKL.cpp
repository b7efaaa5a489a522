#include "core/nn/AutoencoderKL.h"

#include "core/nn/ConfigReader.h"
#include "core/nn/VaeBlocks.h"

#include <algorithm>

namespace moodloom::nn {

using nlohmann::json;

Result<AutoencoderConfig> AutoencoderConfig::fromJson(const json &source, const std::string &file)
{
    ConfigReader read(source, file);
    AutoencoderConfig c;
    read.requireOneOf("_class_name", "AutoencoderKL", {"AutoencoderKL"});
    c.inChannels = read.size("in_channels", 3);
    c.outChannels = read.size("out_channels", 3);
    c.latentChannels = read.size("latent_channels", 4);
    c.channels = read.sizes("block_out_channels", {64});
    c.decoderChannels = read.sizes("decoder_block_out_channels", {});
    c.layersPerBlock = read.size("layers_per_block", 1);
    c.groups = read.size("norm_num_groups", 32);
    read.requireOneOf("act_fn", "silu", knownActivations);
    c.activation = activationFromName(read.text("act_fn", "silu"));
    c.middleAttention = read.flag("mid_block_add_attention", true);
    c.quantConv = read.flag("use_quant_conv", true);
    c.postQuantConv = read.flag("use_post_quant_conv", true);
    c.sampleSize = read.value("sample_size").is_array() ? read.sizes("sample_size", {32}).front()
                                                        : read.size("sample_size", 32);
    c.scalingFactor = read.number("scaling_factor", 0.18215);
    c.shiftFactor = read.number("shift_factor", 0);
    c.latentsMean = read.numbers("latents_mean");
    c.latentsStd = read.numbers("latents_std");
    c.patchSize = read.size("patch_size", 1);
    for (const auto &[key, name] : {std::pair{"down_block_types", "DownEncoderBlock2D"},
                                    std::pair{"up_block_types", "UpDecoderBlock2D"}}) {
        const auto types = read.texts(key, std::vector<std::string>(c.channels.size(), name));
        read.require(types.size() == c.channels.size() &&
                         std::all_of(types.begin(), types.end(),
                                     [n = name](const std::string &t) { return t == n; }),
                     key, std::string(name) + " for each of block_out_channels");
    }
    for (const auto *list : {&c.channels, &c.decoderChannels})
        for (int64_t channels : *list)
            read.require(channels % c.groups == 0, "norm_num_groups",
                         "a divisor of block_out_channels");
    read.require(c.decoderChannels.empty() || c.decoderChannels.size() == c.channels.size(),
                 "decoder_block_out_channels", "as many as block_out_channels");
    read.require(c.scalingFactor != 0, "scaling_factor", "a number other than 0");
    const auto latents = size_t(c.latentChannels);
    read.require(c.latentsMean.empty() || c.latentsMean.size() == latents, "latents_mean",
                 "one number for each of latent_channels");
    read.require(c.latentsStd.empty() || c.latentsStd.size() == latents, "latents_std",
                 "one number for each of latent_channels");
    if (read.error())
        return fail(*read.error());
    return c;
}

json AutoencoderConfig::toJson() const
{
    const std::vector<std::string> down(channels.size(), "DownEncoderBlock2D");
    const std::vector<std::string> up(channels.size(), "UpDecoderBlock2D");
    json result{{"_class_name", "AutoencoderKL"},
                {"in_channels", inChannels},
                {"out_channels", outChannels},
                {"latent_channels", latentChannels},
                {"block_out_channels", channels},
                {"down_block_types", down},
                {"up_block_types", up},
                {"layers_per_block", layersPerBlock},
                {"norm_num_groups", groups},
                {"act_fn", activationName(activation)},
                {"mid_block_add_attention", middleAttention},
                {"use_quant_conv", quantConv},
                {"use_post_quant_conv", postQuantConv},
                {"sample_size", sampleSize},
                {"scaling_factor", scalingFactor},
                {"shift_factor", shiftFactor == 0 ? json(nullptr) : json(shiftFactor)},
                {"latents_mean", latentsMean.empty() ? json(nullptr) : json(latentsMean)},
                {"latents_std", latentsStd.empty() ? json(nullptr) : json(latentsStd)},
                {"patch_size", patchSize}};
    if (!decoderChannels.empty()) // which is no key of AutoencoderKL itself
        result["decoder_block_out_channels"] = decoderChannels;
    return result;
}

Tensor LatentDistribution::sample(const Tensor &noise) const
{
    return mean + at::exp(0.5 * logvar) * noise;
}

AutoencoderKL::AutoencoderKL(const Config &config) : m_config(config)
{
    m_encoder = register_module("encoder", std::make_shared<VaeEncoder>(config));
    m_decoder = register_module("decoder", std::make_shared<VaeDecoder>(config));
    const int64_t c = config.latentChannels;
    if (config.quantConv)
        m_quant = register_module("quant_conv", std::make_shared<Conv2d>(2 * c, 2 * c, 1));
    if (config.postQuantConv)
        m_postQuant = register_module("post_quant_conv", std::make_shared<Conv2d>(c, c, 1));
}

Tensor AutoencoderKL::moments(const Tensor &pictures) const
{
    const Tensor x = m_encoder->forward(pictures);
    return m_quant ? m_quant->forward(x) : x;
}

static LatentDistribution distribution(const Tensor &moments)
{
    const auto parts = moments.chunk(2, 1);
    return {parts[0], parts[1].clamp(-30, 20)};
}

LatentDistribution AutoencoderKL::encode(const Tensor &pictures) const
{
    return distribution(moments(pictures));
}

Tensor AutoencoderKL::decode(const Tensor &latents) const
{
    return m_decoder->forward(m_postQuant ? m_postQuant->forward(latents) : latents);
}

Tiling AutoencoderKL::defaultTiling() const
{
    Tiling tiling;
    tiling.latentPixels = std::max<int64_t>(4, m_config.sampleSize / m_config.factor());
    tiling.samplePixels = tiling.latentPixels * m_config.factor();
    return tiling;
}

namespace {

// Fades the first `extent` rows (axis 2) or columns (axis 3) of `tile` in from the end of `before`.
Tensor blend(const Tensor &before, const Tensor &tile, int64_t axis, int64_t extent)
{
    extent = std::min({extent, before.size(axis), tile.size(axis)});
    if (extent < 1)
        return tile;
    std::vector<int64_t> shape(4, 1);
    shape[size_t(axis)] = extent;
    const Tensor ramp =
        (at::arange(extent, tile.options().dtype(at::kFloat)) / double(extent)).view(shape);
    const Tensor mixed = before.narrow(axis, before.size(axis) - extent, extent) * (1 - ramp) +
                         tile.narrow(axis, 0, extent) * ramp;
    return at::cat(
        {mixed.to(tile.scalar_type()), tile.narrow(axis, extent, tile.size(axis) - extent)}, axis);
}

// Runs `process` over tiles of `in`, `tile` long and `step` apart; of each result all but the first
// tile's edge is blended over `extent` and `keep` of it is kept.
template <class Process>
Tensor inTiles(const Tensor &in, int64_t tile, int64_t step, int64_t extent, int64_t keep,
               Process process)
{
    std::vector<Tensor> rows, above;
    for (int64_t y = 0; y < in.size(2); y += step) {
        std::vector<Tensor> row, kept;
        for (int64_t x = 0; x < in.size(3); x += step) {
            Tensor part = process(in.narrow(2, y, std::min(tile, in.size(2) - y))
                                      .narrow(3, x, std::min(tile, in.size(3) - x)));
            if (y > 0)
                part = blend(above[row.size()], part, 2, extent);
            if (x > 0)
                part = blend(row.back(), part, 3, extent);
            row.push_back(part);
            kept.push_back(part.narrow(2, 0, std::min(keep, part.size(2)))
                               .narrow(3, 0, std::min(keep, part.size(3))));
        }
        rows.push_back(at::cat(kept, 3));
        above = std::move(row);
    }
    return at::cat(rows, 2);
}

} // namespace

LatentDistribution AutoencoderKL::encodeTiled(const Tensor &pictures, const Tiling &t) const
{
    const auto step = std::max<int64_t>(1, int64_t(double(t.samplePixels) * (1 - t.overlap)));
    const auto extent = int64_t(double(t.latentPixels) * t.overlap);
    return distribution(inTiles(pictures, t.samplePixels, step, extent, t.latentPixels - extent,
                                [this](const Tensor &tile) { return moments(tile); }));
}

Tensor AutoencoderKL::decodeTiled(const Tensor &latents, const Tiling &t) const
{
    const auto step = std::max<int64_t>(1, int64_t(double(t.latentPixels) * (1 - t.overlap)));
    const auto extent = int64_t(double(t.samplePixels) * t.overlap);
    return inTiles(latents, t.latentPixels, step, extent, t.samplePixels - extent,
                   [this](const Tensor &tile) { return decode(tile); });
}

Tensor AutoencoderKL::channelConstants(const std::vector<double> &values, const Tensor &like) const
{
    return at::tensor(values, at::kDouble).to(like.options()).view({1, -1, 1, 1});
}

Tensor AutoencoderKL::toModel(const Tensor &raw) const
{
    const auto &c = m_config;
    if (!c.latentsMean.empty() && !c.latentsStd.empty())
        return (raw - channelConstants(c.latentsMean, raw)) * c.scalingFactor /
               channelConstants(c.latentsStd, raw);
    return (raw - c.shiftFactor) * c.scalingFactor;
}

Tensor AutoencoderKL::fromModel(const Tensor &latents) const
{
    const auto &c = m_config;
    if (!c.latentsMean.empty() && !c.latentsStd.empty())
        return latents * channelConstants(c.latentsStd, latents) / c.scalingFactor +
               channelConstants(c.latentsMean, latents);
    return latents / c.scalingFactor + c.shiftFactor;
}

} // namespace moodloom::nn
