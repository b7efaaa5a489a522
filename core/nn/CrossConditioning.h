// What a U-Net is conditioned on beside the timestep: the text, and reference pictures through
// IP-Adapters (Ye et al. 2023: a second, decoupled attention over image tokens, added to the
// text's).
//
// Values; tensors are shared. Prepared conditioning belongs to the network that prepared it.
#pragma once

#include "core/tensor/Compat.h"

#include <memory>
#include <vector>

namespace moodloom::nn {

class IpAdapter;

// How several pictures of one adapter act together.
//
// Joint: the tokens of all pictures share one attention. A picture's weight is a bias of
// log(weight) on its tokens, and a mask likewise for each query, relative to the strongest picture
// there; what the strongest weighs scales the result. Equal weights and no masks are plain
// IP-Adapter with several pictures; weight 0 is exact absence; there is no jump in between.
// Separate: each picture has an attention of its own, scaled and masked, and the results are summed
// (what diffusers does with masks).
enum class ReferenceMixing { Joint, Separate };

struct ReferenceConditioning
{
    std::shared_ptr<const IpAdapter> adapter;
    Tensor tokens; // [B,N,T,D]: the adapter's image tokens of N pictures
    double scale = 1;
    std::vector<double> siteScales; // a further factor for each cross-attention site; empty = 1
    ReferenceMixing mixing = ReferenceMixing::Joint;
    Tensor weights; // fp32 [1,N], or [B,N] when Joint; undefined = all 1
    Tensor masks;   // fp32 [1,N,H,W] in 0..1, or [B,N,H,W] when Joint; undefined = everywhere
};

// A text that acts in a part of the picture: at every cross-attention, what its words bring takes
// the place of what the texts below it bring, by its share of each cell. Regional prompting at the
// attentions, as in Attention Couple (laksjdjf 2023) and Regional Prompter (hako-mikan 2023).
struct RegionalText
{
    Tensor text;  // [1,L,D]
    Tensor share; // fp32 [H,W]: 0 = absent there, 1 = in their place, more = away from them
};

struct UNetConditioning
{
    Tensor text;                       // [B,L,D]
    std::vector<RegionalText> regions; // from the back to the front; for the last row alone
    std::vector<ReferenceConditioning> references; // one entry an adapter
    Tensor textEmbeds;        // pooled: [B,P], for addition_embed_type text_time and text_image
    Tensor timeIds;           // [B,6], for text_time: original size, crop, target size
    Tensor imageEmbeds;       // [B,P], for text_image
    Tensor timestepCondition; // [B,time_cond_proj_dim] or undefined
};

// The same with every site's keys and values computed: they do not change over the steps.
struct PreparedConditioning
{
    struct KeyValue
    {
        Tensor key, value; // [B,h,L,d]
    };
    struct Site
    {
        KeyValue text;
        std::vector<KeyValue> regions;    // of one row
        std::vector<KeyValue> references; // undefined where a reference does not act at this site
    };
    // How one reference acts, the same at all sites.
    struct Mix
    {
        double scale = 1;
        std::vector<double> siteScales;
        ReferenceMixing mixing = ReferenceMixing::Joint;
        Tensor weights, masks; // with the tokens; weights of Separate on the CPU
        int64_t pictures = 1, tokensEach = 0;
    };
    std::vector<Site> sites;
    std::vector<Mix> mixes;
    std::vector<Tensor> regionShares; // fp32 [1,1,H,W]
    Tensor text; // as the sites see it: projected where the network does that first
    UNetConditioning source;
};

} // namespace moodloom::nn
