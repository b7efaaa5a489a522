#include "core/models/LdmNames.h"
#include "core/models/NameRules.h"

#include <functional>

namespace moodloom::models {

namespace {

using Pair = NamePair;

constexpr Pair resnetParts[] = {
    {"in_layers.0", "norm1"},  {"in_layers.2", "conv1"},  {"emb_layers.1", "time_emb_proj"},
    {"out_layers.0", "norm2"}, {"out_layers.3", "conv2"}, {"skip_connection", "conv_shortcut"}};
constexpr Pair unetEnds[] = {{"time_embed.0", "time_embedding.linear_1"},
                             {"time_embed.2", "time_embedding.linear_2"},
                             {"label_emb.0.0", "add_embedding.linear_1"},
                             {"label_emb.0.2", "add_embedding.linear_2"},
                             {"input_blocks.0.0", "conv_in"},
                             {"out.0", "conv_norm_out"},
                             {"out.2", "conv_out"},
                             {"middle_block_out.0", "controlnet_mid_block"},
                             {"input_hint_block.0", "controlnet_cond_embedding.conv_in"}};
// The position of a layer of the folder layout: LDM numbers the layers of all blocks through.
struct Place
{
    int64_t block = 0, layer = 0;
    bool resampler = false; // the down-sampler behind the block's layers
};

// Down blocks: conv_in is 0; then each block's layers and, but for the last block, a down-sampler.
std::optional<Place> downPlace(const UNetLayout &layout, int64_t index)
{
    index -= 1;
    for (size_t b = 0; b < layout.layers.size() && index >= 0; ++b) {
        if (index < layout.layers[b])
            return Place{int64_t(b), index, false};
        index -= layout.layers[b];
        if (index == 0 && b + 1 < layout.layers.size())
            return Place{int64_t(b), 0, true};
        index -= 1;
    }
    return {};
}

std::optional<int64_t> downIndex(const UNetLayout &layout, const Place &place)
{
    if (place.block >= int64_t(layout.layers.size()))
        return {};
    int64_t index = 1;
    for (int64_t b = 0; b < place.block; ++b)
        index += layout.layers[size_t(b)] + 1;
    const int64_t layers = layout.layers[size_t(place.block)];
    if (place.resampler)
        return place.block + 1 < int64_t(layout.layers.size()) ? std::optional(index + layers)
                                                               : std::nullopt;
    return place.layer < layers ? std::optional(index + place.layer) : std::nullopt;
}

// Up blocks, from the lowest resolution; the up-sampler shares the index of the last layer.
int64_t upLayers(const UNetLayout &layout, int64_t block)
{
    return layout.layers[layout.layers.size() - 1 - size_t(block)] + 1;
}

std::optional<Place> upPlace(const UNetLayout &layout, int64_t index)
{
    for (int64_t b = 0; b < int64_t(layout.upAttention.size()); ++b) {
        if (index < upLayers(layout, b))
            return Place{b, index, false};
        index -= upLayers(layout, b);
    }
    return {};
}

std::optional<int64_t> upIndex(const UNetLayout &layout, int64_t block, int64_t layer)
{
    if (block >= int64_t(layout.upAttention.size()) || layer >= upLayers(layout, block))
        return {};
    int64_t index = layer;
    for (int64_t b = 0; b < block; ++b)
        index += upLayers(layout, b);
    return index;
}

std::optional<std::string> downFolderName(const UNetLayout &layout, std::string_view rest)
{
    const auto index = takeNumber(rest);
    const auto place = index ? downPlace(layout, *index) : std::nullopt;
    if (!place)
        return {};
    const std::string block = "down_blocks." + number(place->block) + ".";
    if (place->resampler)
        return take(rest, "0.op.")
                   ? std::optional(block + "downsamplers.0.conv." + std::string(rest))
                   : std::nullopt;
    if (take(rest, "0."))
        return joined(block + "resnets." + number(place->layer) + ".",
                      renamePart(resnetParts, rest, Direction::ToFolder));
    if (take(rest, "1."))
        return block + "attentions." + number(place->layer) + "." + std::string(rest);
    return {};
}

std::optional<std::string> upFolderName(const UNetLayout &layout, std::string_view rest)
{
    const auto index = takeNumber(rest);
    const auto place = index ? upPlace(layout, *index) : std::nullopt;
    if (!place)
        return {};
    const std::string block = "up_blocks." + number(place->block) + ".";
    const bool attention = layout.upAttention[size_t(place->block)];
    if (take(rest, "0."))
        return joined(block + "resnets." + number(place->layer) + ".",
                      renamePart(resnetParts, rest, Direction::ToFolder));
    if (attention && take(rest, "1."))
        return block + "attentions." + number(place->layer) + "." + std::string(rest);
    if (place->layer + 1 == upLayers(layout, place->block) &&
        place->block + 1 < int64_t(layout.upAttention.size()) &&
        take(rest, attention ? "2.conv." : "1.conv."))
        return block + "upsamplers.0.conv." + std::string(rest);
    return {};
}

std::optional<std::string> middleFolderName(std::string_view rest)
{
    if (take(rest, "1."))
        return "mid_block.attentions.0." + std::string(rest);
    for (const auto &[ldm, folder] : {Pair{"0.", "0."}, Pair{"2.", "1."}})
        if (take(rest, ldm))
            return joined("mid_block.resnets." + std::string(folder),
                          renamePart(resnetParts, rest, Direction::ToFolder));
    return {};
}

// ControlNet: zero_convs.N.0, and the hint's convolutions with an activation between them.
std::optional<std::string> controlFolderName(std::string_view ldm)
{
    if (take(ldm, "zero_convs.")) {
        const auto index = takeNumber(ldm);
        return index && take(ldm, "0.") ? std::optional("controlnet_down_blocks." + number(*index) +
                                                        "." + std::string(ldm))
                                        : std::nullopt;
    }
    if (!take(ldm, "input_hint_block."))
        return {};
    const auto index = takeNumber(ldm);
    if (!index || *index % 2 != 0 || *index == 0)
        return {};
    // The last of the eight convolutions that all released ones have.
    if (*index == 14)
        return "controlnet_cond_embedding.conv_out." + std::string(ldm);
    return "controlnet_cond_embedding.blocks." + number(*index / 2 - 1) + "." + std::string(ldm);
}

std::optional<std::string> controlLdmName(std::string_view folder)
{
    if (take(folder, "controlnet_down_blocks.")) {
        const auto index = takeNumber(folder);
        return index ? std::optional("zero_convs." + number(*index) + ".0." + std::string(folder))
                     : std::nullopt;
    }
    if (take(folder, "controlnet_cond_embedding.conv_out."))
        return "input_hint_block.14." + std::string(folder);
    if (!take(folder, "controlnet_cond_embedding.blocks."))
        return {};
    const auto index = takeNumber(folder);
    return index && *index < 6 ? std::optional("input_hint_block." + number(2 * *index + 2) + "." +
                                               std::string(folder))
                               : std::nullopt;
}

// A layer of a numbered block of the folder layout: the block's number is off already.
std::optional<std::string> blockLdmName(const std::string &prefix, std::string_view rest,
                                        const std::function<std::optional<int64_t>(int64_t)> &index)
{
    const bool resnet = take(rest, "resnets.");
    if (!resnet && !take(rest, "attentions."))
        return {};
    const auto layer = takeNumber(rest);
    const auto at = layer ? index(*layer) : std::nullopt;
    if (!at)
        return {};
    if (resnet)
        return joined(prefix + number(*at) + ".0.",
                      renamePart(resnetParts, rest, Direction::ToLdm));
    return prefix + number(*at) + ".1." + std::string(rest);
}

std::optional<std::string> downLdmName(const UNetLayout &layout, std::string_view rest)
{
    const auto block = takeNumber(rest);
    if (!block)
        return {};
    if (take(rest, "downsamplers.0.conv.")) {
        const auto index = downIndex(layout, {*block, 0, true});
        return index
                   ? std::optional("input_blocks." + number(*index) + ".0.op." + std::string(rest))
                   : std::nullopt;
    }
    return blockLdmName("input_blocks.", rest, [&](int64_t layer) {
        return downIndex(layout, {*block, layer, false});
    });
}

std::optional<std::string> upLdmName(const UNetLayout &layout, std::string_view rest)
{
    const auto block = takeNumber(rest);
    if (!block || *block >= int64_t(layout.upAttention.size()))
        return {};
    if (take(rest, "upsamplers.0.conv.")) {
        const auto index = upIndex(layout, *block, upLayers(layout, *block) - 1);
        const char *slot = layout.upAttention[size_t(*block)] ? ".2.conv." : ".1.conv.";
        return *block + 1 < int64_t(layout.upAttention.size()) && index
                   ? std::optional("output_blocks." + number(*index) + slot + std::string(rest))
                   : std::nullopt;
    }
    return blockLdmName("output_blocks.", rest,
                        [&](int64_t layer) { return upIndex(layout, *block, layer); });
}

} // namespace

std::optional<std::string> unetFolderName(const UNetLayout &layout, std::string_view ldm)
{
    if (auto end = renamePart(unetEnds, ldm, Direction::ToFolder))
        return end;
    if (take(ldm, "input_blocks."))
        return downFolderName(layout, ldm);
    if (take(ldm, "output_blocks."))
        return upFolderName(layout, ldm);
    if (take(ldm, "middle_block."))
        return middleFolderName(ldm);
    return controlFolderName(ldm);
}

std::optional<std::string> unetLdmName(const UNetLayout &layout, std::string_view folder)
{
    if (auto end = renamePart(unetEnds, folder, Direction::ToLdm))
        return end;
    if (take(folder, "down_blocks."))
        return downLdmName(layout, folder);
    if (take(folder, "up_blocks."))
        return upLdmName(layout, folder);
    if (take(folder, "mid_block.attentions.0."))
        return "middle_block.1." + std::string(folder);
    for (const auto &[ldm, name] : {Pair{"middle_block.0.", "mid_block.resnets.0."},
                                    Pair{"middle_block.2.", "mid_block.resnets.1."}})
        if (take(folder, name))
            return joined(std::string(ldm), renamePart(resnetParts, folder, Direction::ToLdm));
    return controlLdmName(folder);
}

} // namespace moodloom::models
