#include "core/nn/UNetConfig.h"

#include "core/nn/ConfigReader.h"

#include <algorithm>

namespace moodloom::nn {

using nlohmann::json;

namespace {

using Depths = std::vector<std::vector<int64_t>>;

// transformer_layers_per_block: one number; one a block; or, in each block, one an attention.
// `attentions[i]` is how many attentions block i has.
Depths readDepths(ConfigReader &read, const char *key, const std::vector<int64_t> &attentions)
{
    const json &value = read.value(key);
    Depths depths;
    const auto isDepth = [](const json &v) {
        return v.is_number_integer() && v.get<int64_t>() >= 0 && v.get<int64_t>() <= 1024;
    };
    for (size_t i = 0; i < attentions.size(); ++i) {
        const auto count = size_t(attentions[i]);
        const json *entry = &value;
        if (value.is_array()) {
            if (value.size() != attentions.size()) {
                read.require(false, key,
                             "one entry for each of the " + std::to_string(attentions.size()) +
                                 " blocks");
                return Depths(attentions.size(), std::vector<int64_t>(1, 1));
            }
            entry = &value[i];
        }
        std::vector<int64_t> row;
        if (entry->is_null())
            row.assign(count, 1);
        else if (isDepth(*entry))
            row.assign(count, entry->get<int64_t>());
        else if (entry->is_array() && entry->size() == count &&
                 std::all_of(entry->begin(), entry->end(), isDepth))
            row = entry->get<std::vector<int64_t>>();
        else
            read.require(false, key, "numbers of layers, or a list of them for each block");
        row.resize(count, 1);
        depths.push_back(std::move(row));
    }
    return depths;
}

std::vector<bool> readBlocks(ConfigReader &read, const char *key, const char *plain,
                             const char *attention, const std::vector<bool> &fallback)
{
    if (read.isNull(key))
        return fallback;
    std::vector<bool> result;
    for (std::string name : read.texts(key, {})) {
        if (name.starts_with("UNetRes")) // as the first configs wrote it
            name.erase(0, 7);
        read.require(name == plain || name == attention, key,
                     std::string("blocks of the kinds ") + plain + " and " + attention);
        result.push_back(name == attention);
    }
    return result;
}

// only_cross_attention: one flag, or one for each block.
std::vector<bool> readFlags(ConfigReader &read, const char *key, size_t count)
{
    const json &value = read.value(key);
    if (!value.is_array())
        return std::vector<bool>(count, read.flag(key, false));
    const bool fits =
        value.size() == count &&
        std::all_of(value.begin(), value.end(), [](const json &v) { return v.is_boolean(); });
    read.require(fits, key, "true, false or one of them for each of the blocks");
    return fits ? value.get<std::vector<bool>>() : std::vector<bool>(count, false);
}

std::optional<Activation> readActivation(ConfigReader &read, const char *key)
{
    if (read.isNull(key))
        return std::nullopt;
    read.requireOneOf(key, "silu", knownActivations);
    return read.error() ? std::nullopt : std::optional(activationFromName(read.text(key, "silu")));
}

json activationOrNull(const std::optional<Activation> &activation)
{
    return activation ? json(activationName(*activation)) : json(nullptr);
}

json blockNames(const std::vector<bool> &attention, const char *plain, const char *cross)
{
    json names = json::array();
    for (bool a : attention)
        names.push_back(a ? cross : plain);
    return names;
}

// A list of equal numbers as one number, as configs are usually written.
json compact(const std::vector<int64_t> &values)
{
    const bool equal =
        std::all_of(values.begin(), values.end(), [&](int64_t v) { return v == values.front(); });
    return equal ? json(values.front()) : json(values);
}

void refuseUnimplemented(ConfigReader &read)
{
    // cross_attention_norm, mid_block_only_cross_attention, resnet_skip_time_act and
    // resnet_out_scale_factor mean something in block types alone that readBlocks() refuses.
    read.requireOneOf("_class_name", "UNet2DConditionModel",
                      {"UNet2DConditionModel", "ControlNetModel"});
    for (const char *key : {"class_embed_type", "num_class_embeds"})
        read.requireNull(key);
    for (const char *key : {"dual_cross_attention", "class_embeddings_concat"})
        read.requireFalse(key);
    read.requireOneOf("attention_type", "default", {"default"});
    read.requireOneOf("time_embedding_type", "positional", {"positional", "fourier"});
    read.requireOneOf("act_fn", "silu", knownActivations);
    read.requireOneOf("resnet_time_scale_shift", "default", {"default", "scale_shift"});
    read.requireOneOf("encoder_hid_dim_type", "text_proj", {"text_proj"});
    // Left out it means 32; null would leave out the last norm.
    read.require(!read.present("norm_num_groups") || !read.isNull("norm_num_groups"),
                 "norm_num_groups", "a number of groups");
}

} // namespace

Result<UNetConfig> UNetConfig::fromJson(const json &source, const std::string &file)
{
    ConfigReader read(source, file);
    UNetConfig c;
    refuseUnimplemented(read);
    c.inChannels = read.size("in_channels", 4);
    c.outChannels = read.size("out_channels", 4);
    // Newer configs may give [height, width].
    if (read.value("sample_size").is_array())
        c.sampleSize = read.sizes("sample_size", {64}).front();
    else
        c.sampleSize = read.size("sample_size", 64);
    c.channels = read.sizes("block_out_channels", c.channels);
    const size_t blocks = c.channels.size();
    c.downAttention = readBlocks(read, "down_block_types", "DownBlock2D", "CrossAttnDownBlock2D",
                                 c.downAttention);
    c.upAttention =
        readBlocks(read, "up_block_types", "UpBlock2D", "CrossAttnUpBlock2D", c.upAttention);
    const std::string perBlock =
        "one entry for each of the " + std::to_string(blocks) + " block_out_channels";
    read.require(c.downAttention.size() == blocks, "down_block_types", perBlock);
    read.require(c.upAttention.size() == blocks, "up_block_types", perBlock);
    if (read.error())
        return fail(*read.error());

    const char *crossMiddle = "UNetMidBlock2DCrossAttn", *residualMiddle = "UNetMidBlock2D";
    c.middle = !(read.present("mid_block_type") && read.isNull("mid_block_type"));
    c.middleAttention = read.text("mid_block_type", crossMiddle) != residualMiddle;
    read.requireOneOf("mid_block_type", crossMiddle, {crossMiddle, residualMiddle});
    c.layers = read.perBlock("layers_per_block", blocks, 2);
    // The released configs say attention_head_dim where they mean the number of heads; readers
    // follow.
    const char *headKey =
        read.isNull("num_attention_heads") ? "attention_head_dim" : "num_attention_heads";
    c.heads = read.perBlock(headKey, blocks, 8);
    c.contextDims = read.perBlock("cross_attention_dim", blocks, 1280);
    c.textDim = read.optionalSize("encoder_hid_dim").value_or(0);
    read.require(c.textDim > 0 || read.isNull("encoder_hid_dim_type"), "encoder_hid_dim",
                 "a size, because encoder_hid_dim_type is given");
    read.require(c.textDim == 0 || !read.value("cross_attention_dim").is_array(),
                 "cross_attention_dim", "one number, because encoder_hid_dim is given");
    c.onlyCross = readFlags(read, "only_cross_attention", blocks);
    c.upcastAttention = read.flag("upcast_attention", false);
    c.groups = read.size("norm_num_groups", 32);
    for (size_t i = 0; i < blocks; ++i) {
        read.require(c.channels[i] >= c.heads[i], headKey, "at most block_out_channels");
        read.require(c.channels[i] % c.groups == 0, "norm_num_groups",
                     "a divisor of block_out_channels");
    }

    std::vector<int64_t> up;
    for (size_t i = blocks; i-- > 0;)
        up.push_back(c.layers[i] + 1);
    const char *depthKey = "transformer_layers_per_block";
    c.downDepths = readDepths(read, depthKey, c.layers);
    if (!read.isNull("reverse_transformer_layers_per_block")) {
        c.upDepths = readDepths(read, "reverse_transformer_layers_per_block", up);
    } else {
        c.upDepths.clear();
        for (size_t i = 0; i < blocks; ++i) {
            const auto &row = c.downDepths[blocks - 1 - i];
            const bool same =
                std::all_of(row.begin(), row.end(), [&](int64_t d) { return d == row.front(); });
            read.require(same, "reverse_transformer_layers_per_block",
                         "a list, because transformer_layers_per_block differs inside a block");
            c.upDepths.emplace_back(size_t(up[i]), row.front());
        }
    }
    c.middleDepth = c.downDepths.back().front();

    c.linearProjection = read.flag("use_linear_projection", false);
    c.normEps = read.number("norm_eps", 1e-5);
    c.activation = activationFromName(read.text("act_fn", "silu"));
    c.injection = read.text("resnet_time_scale_shift", "default") == "scale_shift"
                      ? TimeInjection::ScaleShift
                      : TimeInjection::Add;
    c.middleScale = read.number("mid_block_scale_factor", 1);
    read.require(c.middleScale != 0, "mid_block_scale_factor", "a number other than 0");
    c.downsamplePadding = read.integer("downsample_padding", 1);
    read.require(c.downsamplePadding == 0 || c.downsamplePadding == 1, "downsample_padding",
                 "0 or 1");
    c.convInKernel = read.size("conv_in_kernel", 3);
    c.convOutKernel = read.size("conv_out_kernel", 3);
    read.require(c.convInKernel % 2 == 1, "conv_in_kernel", "an odd number");
    read.require(c.convOutKernel % 2 == 1, "conv_out_kernel", "an odd number");
    c.sinusoids =
        read.flag("flip_sin_to_cos", true) ? SinusoidOrder::CosineFirst : SinusoidOrder::SineFirst;
    c.freqShift = read.number("freq_shift", 0);
    if (read.text("time_embedding_type", "positional") == "fourier")
        c.timeFeatures = TimeFeatures::Fourier;
    c.timePostActivation = readActivation(read, "timestep_post_act");
    c.timeActivation = readActivation(read, "time_embedding_act_fn");
    c.timeEmbeddingDim = read.optionalSize("time_embedding_dim").value_or(0);
    read.require(c.timeDim() % 2 == 0 || c.timeFeatures == TimeFeatures::Sinusoids,
                 "time_embedding_dim", "an even number");
    c.timeConditionDim = read.optionalSize("time_cond_proj_dim").value_or(0);
    c.centerInput = read.flag("center_input_sample", false);
    if (!read.isNull("addition_embed_type")) {
        read.requireOneOf("addition_embed_type", "", {"text_time", "text_image"});
        c.added = read.text("addition_embed_type", "") == "text_time" ? AddedEmbedding::TextTime
                                                                      : AddedEmbedding::TextImage;
    }
    if (c.added == AddedEmbedding::TextTime) {
        c.additionTimeDim = read.size("addition_time_embed_dim", 256);
        c.addedInputDim = read.size("projection_class_embeddings_input_dim", 0);
        read.require(c.addedInputDim > 0, "projection_class_embeddings_input_dim",
                     "a size, because addition_embed_type is text_time");
    }
    if (read.error())
        return fail(*read.error());
    return c;
}

int64_t UNetConfig::timeDim() const
{
    if (timeEmbeddingDim > 0)
        return timeEmbeddingDim;
    return (timeFeatures == TimeFeatures::Fourier ? 2 : 4) * channels[0];
}

json UNetConfig::toJson() const
{
    const auto depths = [](const std::vector<std::vector<int64_t>> &rows) {
        std::vector<int64_t> firsts;
        for (const auto &row : rows) {
            if (std::any_of(row.begin(), row.end(), [&](int64_t d) { return d != row.front(); }))
                return json(rows);
            firsts.push_back(row.front());
        }
        return compact(firsts);
    };
    json reversed = nullptr;
    auto mirrored = upDepths;
    std::reverse(mirrored.begin(), mirrored.end());
    for (size_t i = 0; i < mirrored.size(); ++i)
        for (int64_t depth : mirrored[i])
            if (depth != downDepths[i].front() ||
                depths(downDepths).is_array() != depths(upDepths).is_array())
                reversed = upDepths;
    json result{
        {"_class_name", "UNet2DConditionModel"},
        {"in_channels", inChannels},
        {"out_channels", outChannels},
        {"sample_size", sampleSize},
        {"block_out_channels", channels},
        {"down_block_types", blockNames(downAttention, "DownBlock2D", "CrossAttnDownBlock2D")},
        {"up_block_types", blockNames(upAttention, "UpBlock2D", "CrossAttnUpBlock2D")},
        {"mid_block_type", !middle           ? json(nullptr)
                           : middleAttention ? json("UNetMidBlock2DCrossAttn")
                                             : json("UNetMidBlock2D")},
        {"layers_per_block", compact(layers)},
        {"attention_head_dim", compact(heads)},
        {"cross_attention_dim", compact(contextDims)},
        {"encoder_hid_dim", textDim > 0 ? json(textDim) : json(nullptr)},
        {"only_cross_attention", onlyCross.empty() ? json(false) : json(onlyCross)},
        {"upcast_attention", upcastAttention},
        {"transformer_layers_per_block", depths(downDepths)},
        {"reverse_transformer_layers_per_block", reversed},
        {"use_linear_projection", linearProjection},
        {"norm_num_groups", groups},
        {"norm_eps", normEps},
        {"act_fn", activationName(activation)},
        {"resnet_time_scale_shift",
         injection == TimeInjection::ScaleShift ? "scale_shift" : "default"},
        {"mid_block_scale_factor", middleScale},
        {"downsample_padding", downsamplePadding},
        {"conv_in_kernel", convInKernel},
        {"conv_out_kernel", convOutKernel},
        {"flip_sin_to_cos", sinusoids == SinusoidOrder::CosineFirst},
        {"freq_shift", freqShift},
        {"time_embedding_type", timeFeatures == TimeFeatures::Fourier ? "fourier" : "positional"},
        {"timestep_post_act", activationOrNull(timePostActivation)},
        {"time_embedding_act_fn", activationOrNull(timeActivation)},
        {"time_embedding_dim", timeEmbeddingDim > 0 ? json(timeEmbeddingDim) : json(nullptr)},
        {"time_cond_proj_dim", timeConditionDim > 0 ? json(timeConditionDim) : json(nullptr)},
        {"center_input_sample", centerInput},
        {"addition_embed_type", nullptr}};
    if (added == AddedEmbedding::TextTime) {
        result["addition_embed_type"] = "text_time";
        result["addition_time_embed_dim"] = additionTimeDim;
        result["projection_class_embeddings_input_dim"] = addedInputDim;
    } else if (added == AddedEmbedding::TextImage) {
        result["addition_embed_type"] = "text_image";
    }
    return result;
}

} // namespace moodloom::nn
