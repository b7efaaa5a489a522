#include "core/nn/Flux2Transformer.h"

#include "core/nn/ConfigReader.h"
#include "core/nn/Flux2Tokens.h"
#include "core/nn/TimestepEmbedding.h"
#include "core/tensor/Attention.h"

#include <algorithm>
#include <numeric>

namespace moodloom::nn {

using nlohmann::json;

namespace {

using Config = Flux2TransformerConfig;

std::shared_ptr<Linear> plain(int64_t in, int64_t out)
{
    return std::make_shared<Linear>(in, out, Bias::Without);
}

// Layer norm without parameters: modulation scales and shifts instead.
Tensor normalize(const Tensor &x, double eps)
{
    return at::layer_norm(x.to(at::kFloat), {x.size(-1)}, {}, {}, eps).to(x.scalar_type());
}

// Root mean square norm (Zhang and Sennrich 2019) of queries and keys.
class RmsNorm : public torch::nn::Module
{
public:
    RmsNorm(int64_t features, double eps) : m_eps(eps)
    {
        m_weight = register_parameter("weight", at::ones({features}));
    }
    Tensor forward(const Tensor &x) const
    {
        const Tensor full = x.to(at::kFloat);
        const Tensor scale = at::rsqrt(full.square().mean(-1, true) + m_eps);
        return (full * scale * m_weight.to(at::kFloat)).to(x.scalar_type());
    }

private:
    double m_eps;
    Tensor m_weight;
};

Tensor splitHeads(const Tensor &x, int64_t headDim) // [B,L,h*d] -> [B,h,L,d]
{
    return x.reshape({x.size(0), x.size(1), -1, headDim}).transpose(1, 2);
}

Tensor joinHeads(const Tensor &x)
{
    return x.transpose(1, 2).flatten(2); // [B,h,L,d] -> [B,L,h*d]
}

Tensor gated(const Tensor &x) // SwiGLU (Shazeer 2020)
{
    const auto halves = x.chunk(2, -1);
    return at::silu(halves[0]) * halves[1];
}

struct Modulation
{
    Tensor shift, scale, gate; // [B,1,D]
    Tensor apply(const Tensor &x, double eps) const
    {
        return (1 + scale) * normalize(x, eps) + shift;
    }
};

} // namespace

class Flux2TimeEmbedding : public torch::nn::Module
{
public:
    explicit Flux2TimeEmbedding(const Config &c) : m_features(c.timeFeatures)
    {
        m_time = half("timestep_embedder", c);
        if (c.guidanceEmbedding)
            m_guidance = half("guidance_embedder", c);
    }

    Tensor forward(const Tensor &timestep, const Tensor &guidance, at::ScalarType dtype) const
    {
        const Tensor time = embed(m_time, timestep, dtype); // [B,D]
        return m_guidance.first && guidance.defined() ? time + embed(m_guidance, guidance, dtype)
                                                      : time;
    }

private:
    using Mlp = std::pair<std::shared_ptr<Linear>, std::shared_ptr<Linear>>;

    Mlp half(const char *name, const Config &c)
    {
        const auto group = register_module(name, std::make_shared<Group>());
        return {group->add("linear_1", plain(c.timeFeatures, c.width())),
                group->add("linear_2", plain(c.width(), c.width()))};
    }

    Tensor embed(const Mlp &mlp, const Tensor &value, at::ScalarType dtype) const
    {
        const Tensor features =
            timestepSinusoids(value * 1000, m_features, SinusoidOrder::CosineFirst, 0).to(dtype);
        return mlp.second->forward(at::silu(mlp.first->forward(features)));
    }

    int64_t m_features;
    Mlp m_time, m_guidance;
};

// One for all blocks of a kind.
class Flux2Modulation : public torch::nn::Module
{
public:
    Flux2Modulation(int64_t width, int64_t sets) : m_sets(sets)
    {
        m_linear = register_module("linear", plain(width, 3 * sets * width));
    }
    std::vector<Modulation> forward(const Tensor &time) const // [B,D]
    {
        const auto parts = m_linear->forward(at::silu(time)).unsqueeze(1).chunk(3 * m_sets, -1);
        std::vector<Modulation> result;
        for (size_t i = 0; i < parts.size(); i += 3)
            result.push_back({parts[i], parts[i + 1], parts[i + 2]});
        return result;
    }

private:
    int64_t m_sets;
    std::shared_ptr<Linear> m_linear;
};

// A stream of tokens in a double block: its projections to and from the attention they share, and
// its MLP.
class Flux2DoubleBlock : public torch::nn::Module
{
public:
    explicit Flux2DoubleBlock(const Config &c) : m_headDim(c.headDim), m_eps(c.eps)
    {
        const auto attention = register_module("attn", std::make_shared<Group>());
        const auto out = attention->add("to_out", std::make_shared<Group>());
        m_picture = {attention->add("to_q", plain(c.width(), c.width())),
                     attention->add("to_k", plain(c.width(), c.width())),
                     attention->add("to_v", plain(c.width(), c.width())),
                     out->add("0", plain(c.width(), c.width())),
                     attention->add("norm_q", std::make_shared<RmsNorm>(c.headDim, c.eps)),
                     attention->add("norm_k", std::make_shared<RmsNorm>(c.headDim, c.eps))};
        m_text = {attention->add("add_q_proj", plain(c.width(), c.width())),
                  attention->add("add_k_proj", plain(c.width(), c.width())),
                  attention->add("add_v_proj", plain(c.width(), c.width())),
                  attention->add("to_add_out", plain(c.width(), c.width())),
                  attention->add("norm_added_q", std::make_shared<RmsNorm>(c.headDim, c.eps)),
                  attention->add("norm_added_k", std::make_shared<RmsNorm>(c.headDim, c.eps))};
        addMlp("ff", c, m_picture);
        addMlp("ff_context", c, m_text);
    }

    // Changes both streams: picture [B,N,D], text [B,L,D].
    void forward(Tensor &picture, Tensor &text, const std::vector<Modulation> &ofPicture,
                 const std::vector<Modulation> &ofText, const Rotary &rotary) const
    {
        const Tensor a = ofPicture[0].apply(picture, m_eps), b = ofText[0].apply(text, m_eps);
        const auto both = [&](const auto &project) { // the text's tokens first
            return at::cat({project(m_text, b), project(m_picture, a)}, 2);
        };
        const Tensor q = both([&](const Stream &s, const Tensor &x) {
            return s.normQ->forward(splitHeads(s.q->forward(x), m_headDim));
        });
        const Tensor k = both([&](const Stream &s, const Tensor &x) {
            return s.normK->forward(splitHeads(s.k->forward(x), m_headDim));
        });
        const Tensor v = both([&](const Stream &s, const Tensor &x) {
            return splitHeads(s.v->forward(x), m_headDim);
        });
        const Tensor mixed = joinHeads(tensor::attention(rotary.turn(q), rotary.turn(k), v));
        const int64_t length = text.size(1);
        finish(m_picture, picture, mixed.narrow(1, length, picture.size(1)), ofPicture);
        finish(m_text, text, mixed.narrow(1, 0, length), ofText);
    }

private:
    struct Stream
    {
        std::shared_ptr<Linear> q, k, v, out;
        std::shared_ptr<RmsNorm> normQ, normK;
        std::shared_ptr<Linear> mlpIn{}, mlpOut{};
    };

    void addMlp(const char *name, const Config &c, Stream &stream)
    {
        const auto mlp = register_module(name, std::make_shared<Group>());
        stream.mlpIn = mlp->add("linear_in", plain(c.width(), 2 * c.mlpWidth()));
        stream.mlpOut = mlp->add("linear_out", plain(c.mlpWidth(), c.width()));
    }

    void finish(const Stream &stream, Tensor &x, const Tensor &mixed,
                const std::vector<Modulation> &modulation) const
    {
        x = x + modulation[0].gate * stream.out->forward(mixed);
        const Tensor h = stream.mlpIn->forward(modulation[1].apply(x, m_eps));
        x = x + modulation[1].gate * stream.mlpOut->forward(gated(h));
    }

    int64_t m_headDim;
    double m_eps;
    Stream m_picture, m_text;
};

// Attention and MLP side by side over all tokens, their projections fused.
class Flux2SingleBlock : public torch::nn::Module
{
public:
    explicit Flux2SingleBlock(const Config &c)
        : m_width(c.width()), m_mlp(c.mlpWidth()), m_headDim(c.headDim), m_eps(c.eps)
    {
        const auto attention = register_module("attn", std::make_shared<Group>());
        m_in = attention->add("to_qkv_mlp_proj", plain(m_width, 3 * m_width + 2 * m_mlp));
        m_normQ = attention->add("norm_q", std::make_shared<RmsNorm>(c.headDim, c.eps));
        m_normK = attention->add("norm_k", std::make_shared<RmsNorm>(c.headDim, c.eps));
        m_out = attention->add("to_out", plain(m_width + m_mlp, m_width));
    }

    Tensor forward(const Tensor &x, const Modulation &modulation, const Rotary &rotary) const
    {
        const auto parts = m_in->forward(modulation.apply(x, m_eps))
                               .split_with_sizes({m_width, m_width, m_width, 2 * m_mlp}, -1);
        const Tensor q = rotary.turn(m_normQ->forward(splitHeads(parts[0], m_headDim)));
        const Tensor k = rotary.turn(m_normK->forward(splitHeads(parts[1], m_headDim)));
        const Tensor mixed = joinHeads(tensor::attention(q, k, splitHeads(parts[2], m_headDim)));
        return x + modulation.gate * m_out->forward(at::cat({mixed, gated(parts[3])}, -1));
    }

private:
    int64_t m_width, m_mlp, m_headDim;
    double m_eps;
    std::shared_ptr<Linear> m_in, m_out;
    std::shared_ptr<RmsNorm> m_normQ, m_normK;
};

Result<Flux2TransformerConfig> Flux2TransformerConfig::fromJson(const json &source,
                                                                const std::string &file)
{
    ConfigReader read(source, file);
    Flux2TransformerConfig c;
    read.requireOneOf("_class_name", "Flux2Transformer2DModel", {"Flux2Transformer2DModel"});
    read.require(read.size("patch_size", 1) == 1, "patch_size", "1");
    c.inChannels = read.size("in_channels", c.inChannels);
    c.outChannels = read.optionalSize("out_channels").value_or(c.inChannels);
    c.doubleLayers = read.size("num_layers", c.doubleLayers);
    c.singleLayers = read.size("num_single_layers", c.singleLayers);
    c.headDim = read.size("attention_head_dim", c.headDim);
    c.heads = read.size("num_attention_heads", c.heads);
    c.textDim = read.size("joint_attention_dim", c.textDim);
    c.timeFeatures = read.size("timestep_guidance_channels", c.timeFeatures);
    c.mlpRatio = read.number("mlp_ratio", c.mlpRatio);
    c.rotaryWidths = read.sizes("axes_dims_rope", c.rotaryWidths);
    c.rotaryTheta = read.number("rope_theta", c.rotaryTheta);
    c.eps = read.number("eps", c.eps);
    c.guidanceEmbedding = read.flag("guidance_embeds", true);
    read.require(c.mlpRatio > 0 && c.mlpRatio <= 64, "mlp_ratio", "a number from 0 to 64");
    read.require(c.rotaryTheta > 0, "rope_theta", "a number above 0");
    const auto &widths = c.rotaryWidths;
    read.require(widths.size() == 4 &&
                     std::all_of(widths.begin(), widths.end(),
                                 [](int64_t width) { return width % 2 == 0; }) &&
                     std::accumulate(widths.begin(), widths.end(), int64_t(0)) == c.headDim,
                 "axes_dims_rope", "four even numbers that add up to attention_head_dim");
    if (read.error())
        return fail(*read.error());
    return c;
}

json Flux2TransformerConfig::toJson() const
{
    return {{"_class_name", "Flux2Transformer2DModel"},
            {"patch_size", 1},
            {"in_channels", inChannels},
            {"out_channels", outChannels},
            {"num_layers", doubleLayers},
            {"num_single_layers", singleLayers},
            {"attention_head_dim", headDim},
            {"num_attention_heads", heads},
            {"joint_attention_dim", textDim},
            {"timestep_guidance_channels", timeFeatures},
            {"mlp_ratio", mlpRatio},
            {"axes_dims_rope", rotaryWidths},
            {"rope_theta", rotaryTheta},
            {"eps", eps},
            {"guidance_embeds", guidanceEmbedding}};
}

Flux2Transformer::Flux2Transformer(const Config &c) : m_config(c)
{
    const int64_t width = c.width();
    m_time = register_module("time_guidance_embed", std::make_shared<Flux2TimeEmbedding>(c));
    m_modulatePicture = register_module("double_stream_modulation_img",
                                        std::make_shared<Flux2Modulation>(width, 2));
    m_modulateText = register_module("double_stream_modulation_txt",
                                     std::make_shared<Flux2Modulation>(width, 2));
    m_modulateSingle =
        register_module("single_stream_modulation", std::make_shared<Flux2Modulation>(width, 1));
    m_tokensIn = register_module("x_embedder", plain(c.inChannels, width));
    m_textIn = register_module("context_embedder", plain(c.textDim, width));
    m_double = register_module("transformer_blocks", std::make_shared<List<Flux2DoubleBlock>>());
    for (int64_t i = 0; i < c.doubleLayers; ++i)
        m_double->add(std::make_shared<Flux2DoubleBlock>(c));
    m_single =
        register_module("single_transformer_blocks", std::make_shared<List<Flux2SingleBlock>>());
    for (int64_t i = 0; i < c.singleLayers; ++i)
        m_single->add(std::make_shared<Flux2SingleBlock>(c));
    m_modulateOut = register_module("norm_out", std::make_shared<Group>())
                        ->add("linear", plain(width, 2 * width));
    m_out = register_module("proj_out", plain(width, c.outChannels));
}

Tensor Flux2Transformer::forward(const Tensor &tokens, const Tensor &text, const Tensor &timestep,
                                 const Tensor &tokenIds, const Tensor &textIds,
                                 const Tensor &guidance) const
{
    const at::Device device = tokens.device();
    const Tensor time =
        m_time->forward(timestep.to(device), guidance.defined() ? guidance.to(device) : guidance,
                        tokens.scalar_type()); // [B,D]
    const auto ofPicture = m_modulatePicture->forward(time), ofText = m_modulateText->forward(time);
    const Rotary turns = rotary(at::cat({textIds.to(device), tokenIds.to(device)}, 0),
                                m_config.rotaryWidths, m_config.rotaryTheta);
    Tensor picture = m_tokensIn->forward(tokens), words = m_textIn->forward(text);
    for (const auto &block : *m_double)
        block->forward(picture, words, ofPicture, ofText, turns);

    Tensor x = at::cat({words, picture}, 1); // [B,L+N,D]
    const Modulation single = m_modulateSingle->forward(time).front();
    for (const auto &block : *m_single)
        x = block->forward(x, single, turns);
    x = x.narrow(1, words.size(1), picture.size(1));
    const auto last = m_modulateOut->forward(at::silu(time)).unsqueeze(1).chunk(2, -1);
    return m_out->forward(normalize(x, m_config.eps) * (1 + last[0]) + last[1]);
}

} // namespace moodloom::nn
