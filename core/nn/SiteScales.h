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

// The sites at which a reference of a role acts: 1 there, 0 elsewhere; empty = everywhere
// (Content).
//
// Chosen by the network's structure. Where attentions are several layers deep, as in SDXL, they are
// InstantStyle's: style acts in the first block of the way up that has cross-attention, in its
// middle attention (up_blocks.0.attentions.1); layout in the deepest such block of the way down, in
// its last one (down_blocks.2.attentions.1). Where each is a single layer, as in SD 1.x and the
// built-in model, one does little, and looks are decided at higher resolutions: style acts in the
// blocks of the way up after that first one, layout in the last two attentions of the way down.
// With the built-in model the first block changed colours no more than layout, the later ones do
// (ReferenceUseTest). A U-Net without such a block has no place for the role: all 0.
std::vector<double> roleScales(ReferenceRole role, const std::vector<CrossAttentionSite> &sites);

} // namespace moodloom::nn
