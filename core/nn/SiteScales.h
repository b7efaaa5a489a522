// How strongly an IP-Adapter acts in each part of the U-Net (InstantStyle, Wang et al. 2024,
// arXiv:2404.02733: one block carries style, another layout).
#pragma once

#include "core/base/Result.h"
#include "core/nn/IpAdapter.h"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace moodloom::nn {

// diffusers' notation: {"down": {"block_2": [0, 1]}, "up": 0.5, "mid": 1}; a part, a block or each
// attention of a block; what is not named is 0. One factor for each site.
// Errors: Invalid (a block or a number of attentions that the U-Net lacks).
Result<std::vector<double>> siteScales(const nlohmann::json &scales,
                                       const std::vector<CrossAttentionSite> &sites);

// What is taken from a reference: all that it shows, how it looks, or how it is laid out.
enum class ReferenceRole { Content, Style, Layout };

// The sites at which a reference of a role acts: 1 there, 0 elsewhere; empty = everywhere (Content).
//
// Chosen by the network's structure. Style acts in the first block of the way up that has
// cross-attention, layout in the deepest one of the way down. Where an attention is several layers
// deep, one of the block does, as InstantStyle found for SDXL: the middle one of the way up
// (up_blocks.0.attentions.1), the last one of the way down (down_blocks.2.attentions.1). Where it is
// a single layer, as in SD 1.x and the built-in model, that would be little: the whole block acts.
// A U-Net without such a block has no place for the role: all 0.
std::vector<double> roleScales(ReferenceRole role, const std::vector<CrossAttentionSite> &sites);

} // namespace moodloom::nn
