#include "core/nn/SiteScales.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace moodloom::nn {

using nlohmann::json;

namespace {

const char *partName(CrossAttentionSite::Part part)
{
    switch (part) {
    case CrossAttentionSite::Part::Down:
        return "down";
    case CrossAttentionSite::Part::Up:
        return "up";
    case CrossAttentionSite::Part::Middle:
        return "mid";
    }
    return "mid";
}

// The factor of one attention in its block's entry: one number, or one for each attention.
std::optional<double> attentionScale(const json &entry, int64_t attention, int64_t attentions)
{
    if (entry.is_number())
        return entry.get<double>();
    if (entry.is_array() && entry.size() == size_t(attentions) &&
        entry[size_t(attention)].is_number())
        return entry[size_t(attention)].get<double>();
    return std::nullopt;
}

} // namespace

Result<std::vector<double>> siteScales(const json &scales,
                                       const std::vector<CrossAttentionSite> &sites)
{
    const auto invalid = [&](const std::string &text) {
        return fail(ErrorCode::Invalid, "reference scale " + scales.dump(), text);
    };
    if (scales.is_number())
        return std::vector<double>(sites.size(), scales.get<double>());
    if (!scales.is_object())
        return invalid("expected a number or an object");
    const std::set<std::string> known{"down", "up", "mid"};
    for (const auto &[part, entry] : scales.items())
        if (!known.count(part))
            return invalid("the U-Net has no part \"" + part + "\"");

    std::set<std::string> used;
    std::vector<double> result;
    for (const CrossAttentionSite &site : sites) {
        const auto part = scales.find(partName(site.part));
        if (part == scales.end()) {
            result.push_back(0);
            continue;
        }
        int64_t attentions = 0;
        for (const CrossAttentionSite &other : sites)
            if (other.part == site.part && other.block == site.block)
                attentions = std::max(attentions, other.attention + 1);
        const json *entry = &*part;
        if (part->is_object()) {
            const std::string block = "block_" + std::to_string(site.block);
            const auto found = part->find(block);
            if (found == part->end()) {
                result.push_back(0);
                continue;
            }
            used.insert(part.key() + "." + block);
            entry = &*found;
        }
        const auto scale = attentionScale(*entry, site.attention, attentions);
        if (!scale)
            return invalid("expected a number or " + std::to_string(attentions) +
                           " numbers for the attentions of " + site.name);
        result.push_back(*scale);
    }
    for (const auto &[part, entry] : scales.items())
        if (entry.is_object())
            for (const auto &[block, value] : entry.items())
                if (!used.count(part + "." + block))
                    return invalid("the U-Net has no attention in \"" + part + "." + block + "\"");
    return result;
}

std::vector<double> roleScales(ReferenceRole role, const std::vector<CrossAttentionSite> &sites)
{
    if (role == ReferenceRole::Content)
        return {};
    using Part = CrossAttentionSite::Part;
    const Part part = role == ReferenceRole::Style ? Part::Up : Part::Down;
    std::optional<int64_t> block;
    for (const CrossAttentionSite &site : sites)
        if (site.part == part && (!block || part == Part::Down))
            block = site.block; // sites come in the order of the blocks
    std::map<int64_t, int> layers; // of each attention of the block
    for (const CrossAttentionSite &site : sites)
        if (site.part == part && site.block == block)
            ++layers[site.attention];
    const bool deep = std::any_of(layers.begin(), layers.end(),
                                  [](const auto &attention) { return attention.second > 1; });
    const auto attentions = int64_t(layers.size());
    const int64_t chosen = part == Part::Up ? attentions / 2 : attentions - 1;
    std::vector<double> result;
    for (const CrossAttentionSite &site : sites)
        result.push_back(site.part == part && site.block == block &&
                         (!deep || site.attention == chosen));
    return result;
}

} // namespace moodloom::nn
