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
    // The attentions of that part in their order: block, attention -> layers.
    std::map<std::pair<int64_t, int64_t>, int> attentions;
    for (const CrossAttentionSite &site : sites)
        if (site.part == part)
            ++attentions[{site.block, site.attention}];
    std::set<std::pair<int64_t, int64_t>> chosen;
    if (!attentions.empty()) {
        const int64_t first = attentions.begin()->first.first,
                      last = attentions.rbegin()->first.first;
        const auto ofBlock = [&](int64_t block) {
            std::vector<std::pair<int64_t, int64_t>> own;
            for (const auto &[place, layers] : attentions)
                if (place.first == block)
                    own.push_back(place);
            return own;
        };
        const auto block = ofBlock(part == Part::Up ? first : last);
        const bool deep = std::any_of(block.begin(), block.end(),
                                      [&](const auto &place) { return attentions[place] > 1; });
        if (deep && part == Part::Up)
            chosen.insert(block[block.size() / 2]);
        else if (deep)
            chosen.insert(block.back());
        else if (part == Part::Up)
            for (const auto &[place, layers] : attentions) {
                if (place.first > first || first == last)
                    chosen.insert(place);
            }
        else
            for (auto it = attentions.rbegin(); it != attentions.rend() && chosen.size() < 2; ++it)
                chosen.insert(it->first);
    }
    std::vector<double> result;
    for (const CrossAttentionSite &site : sites)
        result.push_back(site.part == part && chosen.count({site.block, site.attention}));
    return result;
}

} // namespace moodloom::nn
