#include "core/models/LdmNames.h"
#include "core/models/NameRules.h"

namespace moodloom::models {

using Pair = NamePair;

namespace {

constexpr Pair openClipEnds[] = {
    {"token_embedding.weight", "text_model.embeddings.token_embedding.weight"},
    {"positional_embedding", "text_model.embeddings.position_embedding.weight"},
    {"ln_final.weight", "text_model.final_layer_norm.weight"},
    {"ln_final.bias", "text_model.final_layer_norm.bias"},
    {"text_projection", "text_projection.weight"}};
constexpr Pair openClipLayerParts[] = {{"ln_1", "layer_norm1"},
                                       {"ln_2", "layer_norm2"},
                                       {"attn.out_proj", "self_attn.out_proj"},
                                       {"mlp.c_fc", "mlp.fc1"},
                                       {"mlp.c_proj", "mlp.fc2"}};
constexpr std::string_view projections[] = {"q_proj", "k_proj", "v_proj"};

} // namespace

std::vector<std::string> openClipFolderNames(std::string_view openClip)
{
    if (openClip == "text_projection.weight") // some writers make it a layer, already transposed
        return {"text_projection.weight"};
    for (const auto &[name, folder] : openClipEnds)
        if (openClip == name)
            return {std::string(folder)};
    if (!take(openClip, "transformer.resblocks."))
        return {};
    const auto layer = takeNumber(openClip);
    if (!layer)
        return {};
    const std::string prefix = "text_model.encoder.layers." + number(*layer) + ".";
    if (take(openClip, "attn.in_proj_")) {
        if (openClip != "weight" && openClip != "bias")
            return {};
        std::vector<std::string> parts;
        for (std::string_view projection : projections)
            parts.push_back(prefix + "self_attn." + std::string(projection) + "." +
                            std::string(openClip));
        return parts;
    }
    const auto part = renamePart(openClipLayerParts, openClip, Direction::ToFolder);
    return part ? std::vector<std::string>{prefix + *part} : std::vector<std::string>{};
}

std::optional<std::string> openClipName(std::string_view folder)
{
    for (const auto &[name, whole] : openClipEnds)
        if (folder == whole)
            return std::string(name);
    if (!take(folder, "text_model.encoder.layers."))
        return {};
    const auto layer = takeNumber(folder);
    if (!layer)
        return {};
    const std::string prefix = "transformer.resblocks." + number(*layer) + ".";
    for (std::string_view projection : projections)
        for (std::string_view kind : {"weight", "bias"})
            if (folder == "self_attn." + std::string(projection) + "." + std::string(kind))
                return prefix + "attn.in_proj_" + std::string(kind);
    return joined(prefix, renamePart(openClipLayerParts, folder, Direction::ToLdm));
}

} // namespace moodloom::models
