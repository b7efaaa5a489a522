#include "core/nn/IpAdapter.h"

#include "core/tensor/Attention.h"
#include "core/tensor/Device.h"

#include <algorithm>
#include <cmath>

namespace moodloom::nn {

namespace {

constexpr int64_t resamplerHeadDim = 64; // fixed in the released networks, not in their files

class BaseProjection : public ImageProjection
{
public:
    explicit BaseProjection(const IpAdapterConfig &c) : m_tokens(c.tokens), m_dim(c.contextDim)
    {
        m_proj =
            register_module("proj", std::make_shared<Linear>(c.inputDim, c.tokens * c.contextDim));
        m_norm = register_module("norm", std::make_shared<LayerNorm>(c.contextDim));
    }
    Tensor forward(const Tensor &x) const override // [B,E] -> [B,T,D]
    {
        return m_norm->forward(m_proj->forward(x).view({-1, m_tokens, m_dim}));
    }

private:
    int64_t m_tokens, m_dim;
    std::shared_ptr<Linear> m_proj;
    std::shared_ptr<LayerNorm> m_norm;
};

class FullProjection : public ImageProjection
{
public:
    explicit FullProjection(const IpAdapterConfig &c)
    {
        const auto proj = register_module("proj", std::make_shared<Group>());
        m_in = proj->add("0", std::make_shared<Linear>(c.inputDim, c.hiddenDim));
        m_out = proj->add("2", std::make_shared<Linear>(c.hiddenDim, c.contextDim));
        m_norm = proj->add("3", std::make_shared<LayerNorm>(c.contextDim));
    }
    Tensor forward(const Tensor &x) const override // [B,L,E] -> [B,L,D]
    {
        return m_norm->forward(m_out->forward(at::gelu(m_in->forward(x))));
    }

private:
    std::shared_ptr<Linear> m_in, m_out;
    std::shared_ptr<LayerNorm> m_norm;
};

// Latents look at themselves and at the picture.
class PerceiverAttention : public torch::nn::Module
{
public:
    PerceiverAttention(int64_t dim, int64_t inner) : m_heads(inner / resamplerHeadDim)
    {
        m_norm1 = register_module("norm1", std::make_shared<LayerNorm>(dim));
        m_norm2 = register_module("norm2", std::make_shared<LayerNorm>(dim));
        m_q = register_module("to_q", std::make_shared<Linear>(dim, inner, Bias::Without));
        m_kv = register_module("to_kv", std::make_shared<Linear>(dim, 2 * inner, Bias::Without));
        m_out = register_module("to_out", std::make_shared<Linear>(inner, dim, Bias::Without));
    }
    Tensor forward(const Tensor &picture,
                   const Tensor &latents) const // [B,L,W], [B,T,W] -> [B,T,W]
    {
        const Tensor own = m_norm2->forward(latents);
        const auto kv = m_kv->forward(at::cat({m_norm1->forward(picture), own}, 1)).chunk(2, -1);
        const auto split = [&](const Tensor &t) {
            return t.reshape({t.size(0), t.size(1), m_heads, -1}).transpose(1, 2);
        };
        const Tensor mixed =
            tensor::attention(split(m_q->forward(own)), split(kv[0]), split(kv[1]));
        return m_out->forward(mixed.transpose(1, 2).flatten(2));
    }

private:
    int64_t m_heads;
    std::shared_ptr<LayerNorm> m_norm1, m_norm2;
    std::shared_ptr<Linear> m_q, m_kv, m_out;
};

class ResamplerLayer : public torch::nn::Module
{
public:
    explicit ResamplerLayer(const IpAdapterConfig &c)
    {
        m_attention =
            register_module("0", std::make_shared<PerceiverAttention>(c.hiddenDim, c.innerDim));
        const auto mlp = register_module("1", std::make_shared<Group>());
        m_norm = mlp->add("0", std::make_shared<LayerNorm>(c.hiddenDim));
        m_in = mlp->add("1", std::make_shared<Linear>(c.hiddenDim, c.feedForward, Bias::Without));
        m_out = mlp->add("3", std::make_shared<Linear>(c.feedForward, c.hiddenDim, Bias::Without));
    }
    Tensor forward(const Tensor &picture, Tensor latents) const
    {
        latents = latents + m_attention->forward(picture, latents);
        return latents + m_out->forward(at::gelu(m_in->forward(m_norm->forward(latents))));
    }

private:
    std::shared_ptr<PerceiverAttention> m_attention;
    std::shared_ptr<LayerNorm> m_norm;
    std::shared_ptr<Linear> m_in, m_out;
};

class Resampler : public ImageProjection
{
public:
    explicit Resampler(const IpAdapterConfig &c)
    {
        m_latents = register_parameter("latents", at::randn({1, c.tokens, c.hiddenDim}) /
                                                      std::sqrt(double(c.hiddenDim)));
        m_in = register_module("proj_in", std::make_shared<Linear>(c.inputDim, c.hiddenDim));
        m_out = register_module("proj_out", std::make_shared<Linear>(c.hiddenDim, c.contextDim));
        m_norm = register_module("norm_out", std::make_shared<LayerNorm>(c.contextDim));
        m_layers = register_module("layers", std::make_shared<List<ResamplerLayer>>());
        for (int64_t i = 0; i < c.depth; ++i)
            m_layers->add(std::make_shared<ResamplerLayer>(c));
    }
    Tensor forward(const Tensor &x) const override // [B,L,E] -> [B,T,D]
    {
        const Tensor picture = m_in->forward(x);
        Tensor latents =
            m_latents.to(picture.device(), picture.scalar_type()).expand({x.size(0), m_latents.size(1), -1});
        for (const auto &layer : *m_layers)
            latents = layer->forward(picture, latents);
        return m_norm->forward(m_out->forward(latents));
    }

private:
    Tensor m_latents; // [1,T,W]
    std::shared_ptr<Linear> m_in, m_out;
    std::shared_ptr<LayerNorm> m_norm;
    std::shared_ptr<List<ResamplerLayer>> m_layers;
};

std::shared_ptr<ImageProjection> makeProjection(const IpAdapterConfig &c)
{
    switch (c.kind) {
    case IpAdapterKind::Base:
        return std::make_shared<BaseProjection>(c);
    case IpAdapterKind::Full:
        return std::make_shared<FullProjection>(c);
    case IpAdapterKind::Plus:
        return std::make_shared<Resampler>(c);
    }
    return nullptr;
}

using Shapes = std::map<std::string, std::vector<int64_t>>;

// The extent of a tensor along an axis, 0 where there is none.
int64_t extent(const Shapes &shapes, const std::string &name, size_t axis)
{
    const auto found = shapes.find(name);
    return found != shapes.end() && axis < found->second.size() ? found->second[axis] : 0;
}

} // namespace

const char *ipAdapterKindName(IpAdapterKind kind)
{
    switch (kind) {
    case IpAdapterKind::Base:
        return "base";
    case IpAdapterKind::Full:
        return "full";
    case IpAdapterKind::Plus:
        return "plus";
    }
    return "base";
}

IpAdapterConfig IpAdapterConfig::forSites(IpAdapterKind kind, int64_t inputDim,
                                          const std::vector<CrossAttentionSite> &sites)
{
    IpAdapterConfig c;
    c.kind = kind;
    c.inputDim = inputDim;
    c.contextDim = sites.empty() ? 0 : sites.front().contextDim;
    c.tokens = kind == IpAdapterKind::Plus ? 16 : 4;
    c.hiddenDim = kind == IpAdapterKind::Plus ? c.contextDim : inputDim;
    c.innerDim = std::max<int64_t>(1, c.hiddenDim / resamplerHeadDim) * resamplerHeadDim;
    c.feedForward = 4 * c.hiddenDim;
    for (const CrossAttentionSite &site : sites)
        c.siteWidths[site.adapterKey] = site.channels;
    return c;
}

Result<IpAdapterConfig> IpAdapterConfig::fromShapes(const Shapes &shapes, const std::string &file)
{
    IpAdapterConfig c;
    if (shapes.count("image_proj.latents")) {
        c.kind = IpAdapterKind::Plus;
        c.tokens = extent(shapes, "image_proj.latents", 1);
        c.hiddenDim = extent(shapes, "image_proj.proj_in.weight", 0);
        c.inputDim = extent(shapes, "image_proj.proj_in.weight", 1);
        c.contextDim = extent(shapes, "image_proj.proj_out.weight", 0);
        c.innerDim = extent(shapes, "image_proj.layers.0.0.to_q.weight", 0);
        c.feedForward = extent(shapes, "image_proj.layers.0.1.1.weight", 0);
        c.depth = 0;
        while (shapes.count("image_proj.layers." + std::to_string(c.depth) + ".0.to_q.weight"))
            ++c.depth;
        if (c.tokens < 1 || c.hiddenDim < 1 || c.innerDim < resamplerHeadDim ||
            c.innerDim % resamplerHeadDim != 0 || c.feedForward < 1)
            return fail(ErrorCode::Mismatch, file,
                        "its resampler (image_proj.*) is incomplete or of an unknown form");
    } else if (shapes.count("image_proj.proj.3.weight")) {
        c.kind = IpAdapterKind::Full;
        c.hiddenDim = extent(shapes, "image_proj.proj.0.weight", 0);
        c.inputDim = extent(shapes, "image_proj.proj.0.weight", 1);
        c.contextDim = extent(shapes, "image_proj.proj.2.weight", 0);
    } else if (shapes.count("image_proj.proj.weight") && shapes.count("image_proj.norm.weight")) {
        c.kind = IpAdapterKind::Base;
        c.inputDim = extent(shapes, "image_proj.proj.weight", 1);
        c.contextDim = extent(shapes, "image_proj.norm.weight", 0);
        const int64_t width = extent(shapes, "image_proj.proj.weight", 0);
        if (c.contextDim < 1 || width % c.contextDim != 0)
            return fail(ErrorCode::Mismatch, file,
                        "tensor \"image_proj.proj.weight\": expected a multiple of " +
                            std::to_string(c.contextDim) + " rows, found " + std::to_string(width));
        c.tokens = width / c.contextDim;
    } else {
        return fail(
            ErrorCode::Unsupported, file,
            "is no IP-Adapter of the kinds base, plus or full (image_proj.* has other tensors)");
    }
    if (c.inputDim < 1 || c.contextDim < 1)
        return fail(ErrorCode::Mismatch, file, "its image projection (image_proj.*) is incomplete");
    const std::string prefix = "ip_adapter.", suffix = ".to_k_ip.weight";
    for (const auto &[name, shape] : shapes)
        if (name.size() > prefix.size() + suffix.size() && name.starts_with(prefix) &&
            name.ends_with(suffix) && !shape.empty())
            c.siteWidths[name.substr(prefix.size(), name.size() - prefix.size() - suffix.size())] =
                shape[0];
    if (c.siteWidths.empty())
        return fail(ErrorCode::Mismatch, file, "has no ip_adapter.*.to_k_ip.weight");
    for (const auto &[key, width] : c.siteWidths)
        if (key.find_first_not_of("0123456789") != std::string::npos)
            return fail(ErrorCode::Unsupported, file, "has an attention named \"" + key + "\"");
    return c;
}

IpAdapter::IpAdapter(const Config &config) : m_config(config)
{
    m_projection = register_module("image_proj", makeProjection(config));
    const auto sites = register_module("ip_adapter", std::make_shared<Group>());
    for (const auto &[key, width] : config.siteWidths) {
        const auto site = sites->add(key, std::make_shared<Group>());
        m_sites[key] = {
            site->add("to_k_ip", std::make_shared<Linear>(config.contextDim, width, Bias::Without)),
            site->add("to_v_ip",
                      std::make_shared<Linear>(config.contextDim, width, Bias::Without))};
    }
}

Tensor IpAdapter::imageTokens(const Tensor &x) const
{
    const bool pictureAxis = x.dim() == (m_config.kind == IpAdapterKind::Base ? 3 : 4);
    const Tensor tokens = m_projection->forward(pictureAxis ? x.flatten(0, 1) : x);
    return pictureAxis ? tokens.view({x.size(0), x.size(1), tokens.size(1), tokens.size(2)})
                       : tokens;
}

Tensor IpAdapter::keys(const std::string &site, const Tensor &tokens) const
{
    return m_sites.at(site).key->forward(tokens);
}

Tensor IpAdapter::values(const std::string &site, const Tensor &tokens) const
{
    return m_sites.at(site).value->forward(tokens);
}

Result<void> checkAdapterFits(const IpAdapterConfig &adapter,
                              const std::vector<CrossAttentionSite> &sites, const std::string &file)
{
    for (const CrossAttentionSite &site : sites) {
        const auto found = adapter.siteWidths.find(site.adapterKey);
        const std::string wanted = "ip_adapter." + site.adapterKey + ".to_k_ip.weight";
        if (found == adapter.siteWidths.end() || found->second != site.channels ||
            adapter.contextDim != site.contextDim)
            return fail(ErrorCode::Mismatch, file,
                        "tensor \"" + wanted + "\": expected " +
                            tensor::shapeText({site.channels, site.contextDim}) +
                            " for the model's " + site.name + ", found " +
                            (found == adapter.siteWidths.end()
                                 ? std::string("none")
                                 : tensor::shapeText({found->second, adapter.contextDim})) +
                            "; this adapter was made for another kind of model");
    }
    if (adapter.siteWidths.size() != sites.size())
        return fail(ErrorCode::Mismatch, file,
                    "has " + std::to_string(adapter.siteWidths.size()) +
                        " attentions, the model has " + std::to_string(sites.size()) +
                        "; it was made for another kind of model");
    return {};
}

} // namespace moodloom::nn
