// How strongly an IP-Adapter acts in each part of the U-Net (InstantStyle, Wang et al. 2024: one
// block carries style, another layout).
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

} // namespace moodloom::nn
