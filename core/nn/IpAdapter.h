// IP-Adapter (Ye et al. 2023): image tokens from CLIP's picture, and the key and value projections
// with which a U-Net's cross-attention sites look at them. Parameter names are those of released
// files: image_proj.*, ip_adapter.<1,3,5...>.to_k_ip / to_v_ip.
#pragma once

#include "core/base/Result.h"
#include "core/nn/Layers.h"

#include <map>

namespace moodloom::nn {

// Base: one projection of the image embedding to a few tokens. Full: an MLP on every CLIP token.
// Plus: a Perceiver resampler (Jaegle et al. 2021) over the CLIP tokens.
enum class IpAdapterKind { Base, Full, Plus };
const char *ipAdapterKindName(IpAdapterKind kind); // "base", "full", "plus"

// One cross-attention of the U-Net, in the order in which adapter files number them.
struct CrossAttentionSite
{
    enum class Part { Down, Up, Middle };
    std::string name; // "down_blocks.0.attentions.0.transformer_blocks.0.attn2"
    Part part = Part::Down;
    int64_t block = 0, attention = 0; // which block of its part, which attention in the block
    int64_t channels = 0;             // width of queries, keys and values
    int64_t heads = 1;
    int64_t contextDim = 0; // width of the text
    std::string adapterKey; // "1", "3", ...
};

struct IpAdapterConfig
{
    IpAdapterKind kind = IpAdapterKind::Full;
    int64_t inputDim = 0;    // image embedding (Base) or CLIP hidden size (Full, Plus)
    int64_t contextDim = 0;  // width of a token, that of the U-Net's text
    int64_t tokens = 4;      // Base, Plus: tokens for each picture
    int64_t hiddenDim = 0;   // Full: inputDim; Plus: the resampler's width
    int64_t innerDim = 0;    // Plus: heads x 64
    int64_t depth = 4;       // Plus: layers
    int64_t feedForward = 0; // Plus: width inside its MLPs
    std::map<std::string, int64_t> siteWidths; // adapter key -> channels

    // For a new adapter of this U-Net.
    static IpAdapterConfig forSites(IpAdapterKind kind, int64_t inputDim,
                                    const std::vector<CrossAttentionSite> &sites);
    // From the tensors of a file. Errors: Unsupported (another kind of adapter), Mismatch.
    static Result<IpAdapterConfig>
    fromShapes(const std::map<std::string, std::vector<int64_t>> &shapes, const std::string &file);
};

class ImageProjection : public torch::nn::Module
{
public:
    virtual Tensor forward(const Tensor &x) const = 0; // see IpAdapter::imageTokens
};

class IpAdapter : public torch::nn::Module
{
public:
    using Config = IpAdapterConfig;
    explicit IpAdapter(const Config &config);
    const Config &config() const { return m_config; }

    // Image tokens of pictures. Base: image embeddings [B,E]; Full and Plus: CLIP's last but one
    // hidden states [B,L,E]. Returns [B,T,contextDim]. With a picture axis, [B,N,...] ->
    // [B,N,T,contextDim].
    Tensor imageTokens(const Tensor &x) const;

    // Key and value of tokens [B,M,contextDim] for a site -> [B,M,channels].
    // Requires: the site exists.
    Tensor keys(const std::string &site, const Tensor &tokens) const;
    Tensor values(const std::string &site, const Tensor &tokens) const;

private:
    Config m_config;
    std::shared_ptr<ImageProjection> m_projection;
    struct SiteLayers
    {
        std::shared_ptr<Linear> key, value;
    };
    std::map<std::string, SiteLayers> m_sites;
};

// The adapter fits this U-Net: the same sites with the same widths. Errors: Mismatch, naming the
// site.
Result<void> checkAdapterFits(const IpAdapterConfig &adapter,
                              const std::vector<CrossAttentionSite> &sites,
                              const std::string &file);

} // namespace moodloom::nn
