#include "core/models/LdmNames.h"
#include "core/models/NameRules.h"

namespace moodloom::models {

using Pair = NamePair;

namespace {

constexpr Pair vaeAttentionParts[] = {
    {"norm", "group_norm"}, {"q", "to_q"}, {"k", "to_k"}, {"v", "to_v"}, {"proj_out", "to_out.0"}};
constexpr Pair vaeMiddleParts[] = {
    {"block_1", "resnets.0"}, {"attn_1", "attentions.0"}, {"block_2", "resnets.1"}};
// What is inside a VAE's resnet has the same name but for the shortcut.
std::string vaeResnetPart(std::string_view part, Direction direction)
{
    const Pair shortcut{"nin_shortcut.", "conv_shortcut."};
    const auto &[from, to] =
        direction == Direction::ToFolder ? shortcut : Pair{shortcut.second, shortcut.first};
    return take(part, from) ? std::string(to) + std::string(part) : std::string(part);
}

std::optional<std::string> vaeMiddle(std::string_view rest, Direction direction)
{
    const bool toFolder = direction == Direction::ToFolder;
    for (const auto &[ldm, folder] : vaeMiddleParts) {
        if (!take(rest, toFolder ? ldm : folder) || !take(rest, "."))
            continue;
        const std::string prefix = std::string(toFolder ? folder : ldm) + ".";
        if (ldm == "attn_1")
            return joined(prefix, renamePart(vaeAttentionParts, rest, direction));
        return prefix + vaeResnetPart(rest, direction);
    }
    return {};
}

} // namespace

std::optional<std::string> vaeFolderName(int64_t levels, std::string_view ldm)
{
    if (ldm.starts_with("quant_conv.") || ldm.starts_with("post_quant_conv."))
        return std::string(ldm);
    const bool encoder = take(ldm, "encoder.");
    if (!encoder && !take(ldm, "decoder."))
        return {};
    const std::string half = encoder ? "encoder." : "decoder.";
    if (ldm.starts_with("conv_in.") || ldm.starts_with("conv_out."))
        return half + std::string(ldm);
    if (take(ldm, "norm_out."))
        return half + "conv_norm_out." + std::string(ldm);
    if (take(ldm, "mid."))
        return joined(half + "mid_block.", vaeMiddle(ldm, Direction::ToFolder));
    if (!take(ldm, encoder ? "down." : "up."))
        return {};
    const auto level = takeNumber(ldm);
    if (!level || *level >= levels)
        return {};
    const std::string block =
        half +
        (encoder ? "down_blocks." + number(*level) : "up_blocks." + number(levels - 1 - *level)) +
        ".";
    if (take(ldm, encoder ? "downsample.conv." : "upsample.conv."))
        return block + (encoder ? "downsamplers.0.conv." : "upsamplers.0.conv.") + std::string(ldm);
    if (!take(ldm, "block."))
        return {};
    const auto layer = takeNumber(ldm);
    return layer ? std::optional(block + "resnets." + number(*layer) + "." +
                                 vaeResnetPart(ldm, Direction::ToFolder))
                 : std::nullopt;
}

std::optional<std::string> vaeLdmName(int64_t levels, std::string_view folder)
{
    if (folder.starts_with("quant_conv.") || folder.starts_with("post_quant_conv."))
        return std::string(folder);
    const bool encoder = take(folder, "encoder.");
    if (!encoder && !take(folder, "decoder."))
        return {};
    const std::string half = encoder ? "encoder." : "decoder.";
    if (folder.starts_with("conv_in.") || folder.starts_with("conv_out."))
        return half + std::string(folder);
    if (take(folder, "conv_norm_out."))
        return half + "norm_out." + std::string(folder);
    if (take(folder, "mid_block."))
        return joined(half + "mid.", vaeMiddle(folder, Direction::ToLdm));
    if (!take(folder, encoder ? "down_blocks." : "up_blocks."))
        return {};
    const auto block = takeNumber(folder);
    if (!block || *block >= levels)
        return {};
    const std::string level =
        half + (encoder ? "down." + number(*block) : "up." + number(levels - 1 - *block)) + ".";
    if (take(folder, encoder ? "downsamplers.0.conv." : "upsamplers.0.conv."))
        return level + (encoder ? "downsample.conv." : "upsample.conv.") + std::string(folder);
    if (!take(folder, "resnets."))
        return {};
    const auto layer = takeNumber(folder);
    return layer ? std::optional(level + "block." + number(*layer) + "." +
                                 vaeResnetPart(folder, Direction::ToLdm))
                 : std::nullopt;
}

} // namespace moodloom::models
