#include "core/models/InferConfig.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace moodloom::models {

namespace {

constexpr int64_t largestExtent = int64_t(1) << 20; // as configs may say at most

// Reads extents of named tensors; the first that is not there becomes the Error.
class ShapeReader
{
public:
    ShapeReader(const Shapes &shapes, std::string file) : m_shapes(shapes), m_file(std::move(file))
    {
    }

    bool has(const std::string &name) const { return m_shapes.count(name) > 0; }
    bool hasPrefix(const std::string &prefix) const
    {
        const auto found = m_shapes.lower_bound(prefix);
        return found != m_shapes.end() && found->first.starts_with(prefix);
    }
    int64_t extent(const std::string &name, size_t axis)
    {
        const auto found = m_shapes.find(name);
        if (found != m_shapes.end() && axis < found->second.size() && found->second[axis] > 0 &&
            found->second[axis] <= largestExtent)
            return found->second[axis];
        if (!m_error && found != m_shapes.end())
            m_error = Error{ErrorCode::Corrupt, m_file,
                            "the tensor \"" + name + "\" has a shape that no such network has"};
        if (!m_error)
            m_error = Error{ErrorCode::Corrupt, m_file,
                            "lacks the tensor \"" + name + "\", by which its size would be known"};
        return 1;
    }
    size_t dimensions(const std::string &name) const
    {
        const auto found = m_shapes.find(name);
        return found == m_shapes.end() ? 0 : found->second.size();
    }
    int64_t count(const std::string &prefix) const { return countNumbered(m_shapes, prefix); }
    const std::optional<Error> &error() const { return m_error; }

private:
    const Shapes &m_shapes;
    std::string m_file;
    std::optional<Error> m_error;
};

int64_t commonGroups(const std::vector<int64_t> &channels)
{
    int64_t groups = 32;
    while (groups > 1 && std::any_of(channels.begin(), channels.end(),
                                     [&](int64_t c) { return c % groups != 0; }))
        groups /= 2;
    return groups;
}

// 64 channels a head, as CLIP and all U-Nets since SD 2 have; one head for widths of other kinds.
int64_t headsOf(int64_t width)
{
    return width % 64 == 0 ? width / 64 : 1;
}

std::string attentionKey(const std::string &block, int64_t attention)
{
    return block + ".attentions." + std::to_string(attention) + ".";
}

} // namespace

const char *baseFamilyName(BaseFamily family)
{
    switch (family) {
    case BaseFamily::Unknown:
        return "unknown";
    case BaseFamily::StableDiffusion1:
        return "SD 1.x";
    case BaseFamily::StableDiffusion2:
        return "SD 2.x";
    case BaseFamily::StableDiffusionXl:
        return "SDXL";
    case BaseFamily::SdxlRefiner:
        return "SDXL refiner";
    }
    return "unknown";
}

BaseFamily familyOfTextWidth(int64_t width)
{
    switch (width) {
    case 768:
        return BaseFamily::StableDiffusion1;
    case 1024:
        return BaseFamily::StableDiffusion2;
    case 2048:
        return BaseFamily::StableDiffusionXl;
    case 1280:
        return BaseFamily::SdxlRefiner;
    default:
        return BaseFamily::Unknown;
    }
}

int64_t countNumbered(const Shapes &shapes, const std::string &prefix)
{
    int64_t count = 0, tensors = 0;
    for (auto it = shapes.lower_bound(prefix); it != shapes.end() && it->first.starts_with(prefix);
         ++it, ++tensors) {
        int64_t number = -1;
        const char *begin = it->first.data() + prefix.size();
        const char *end = it->first.data() + it->first.size();
        if (const auto [rest, error] = std::from_chars(begin, end, number);
            error == std::errc() && (rest == end || *rest == '.') && number >= 0 && number < 4096)
            count = std::max(count, number + 1);
    }
    return std::min(count, tensors); // one name must not ask for thousands of modules
}

Result<UNetLayout> layoutOf(const Shapes &ldm, const std::string &file)
{
    UNetLayout layout;
    ShapeReader read(ldm, file);
    const int64_t inputs = read.count("input_blocks.");
    layout.layers.push_back(0);
    for (int64_t i = 1; i < inputs; ++i) {
        const std::string block = "input_blocks." + std::to_string(i) + ".0.";
        if (read.hasPrefix(block + "op."))
            layout.layers.push_back(0);
        else
            ++layout.layers.back();
    }
    if (inputs < 2 || std::count(layout.layers.begin(), layout.layers.end(), 0) > 0)
        return fail(ErrorCode::Corrupt, file, "its input_blocks are no U-Net's");
    const int64_t outputs = read.count("output_blocks.");
    if (outputs == 0)
        return layout; // a ControlNet
    int64_t index = 0;
    for (size_t b = layout.layers.size(); b-- > 0;) {
        const std::string block = "output_blocks." + std::to_string(index) + ".1.";
        layout.upAttention.push_back(read.hasPrefix(block + "transformer_blocks."));
        index += layout.layers[b] + 1;
    }
    if (index != outputs)
        return fail(ErrorCode::Corrupt, file,
                    "has " + std::to_string(outputs) + " output_blocks, expected " +
                        std::to_string(index) + " for its input_blocks");
    return layout;
}

UNetLayout layoutOf(const nn::UNetConfig &config)
{
    return {config.layers, config.upAttention};
}

Result<nn::UNetConfig> inferUNet(const Shapes &shapes, BaseFamily family, int64_t pooledDim,
                                 const std::string &file)
{
    ShapeReader read(shapes, file);
    nn::UNetConfig c;
    const int64_t blocks = read.count("down_blocks.");
    if (blocks < 1)
        return fail(ErrorCode::Corrupt, file, "has no down_blocks");
    c.channels.clear(), c.layers.clear(), c.heads.clear(), c.contextDims.clear();
    c.downAttention.clear(), c.upAttention.clear(), c.downDepths.clear(), c.upDepths.clear();
    int64_t contextDim = 0;
    std::string attention; // any of them
    // The numbers of transformer layers in a block's attentions.
    const auto depths = [&](const std::string &block, int64_t layers,
                            std::vector<bool> &attentions) {
        std::vector<int64_t> result;
        attentions.push_back(read.hasPrefix(block + ".attentions."));
        for (int64_t j = 0; j < layers; ++j) {
            const std::string key = attentionKey(block, j);
            result.push_back(std::max<int64_t>(1, read.count(key + "transformer_blocks.")));
            if (attentions.back())
                attention = key;
        }
        return result;
    };
    for (int64_t i = 0; i < blocks; ++i) {
        const std::string block = "down_blocks." + std::to_string(i);
        c.channels.push_back(read.extent(block + ".resnets.0.conv1.weight", 0));
        c.layers.push_back(read.count(block + ".resnets."));
        c.downDepths.push_back(depths(block, c.layers.back(), c.downAttention));
    }
    for (int64_t i = 0; i < blocks; ++i)
        c.upDepths.push_back(depths("up_blocks." + std::to_string(i),
                                    c.layers[size_t(blocks - 1 - i)] + 1, c.upAttention));
    c.middle = read.hasPrefix("mid_block.");
    c.middleAttention = read.hasPrefix("mid_block.attentions.");
    if (c.middleAttention) {
        attention = attentionKey("mid_block", 0);
        c.middleDepth = std::max<int64_t>(1, read.count(attention + "transformer_blocks."));
        if (!c.downAttention.back()) // where configs keep the middle's depth
            std::fill(c.downDepths.back().begin(), c.downDepths.back().end(), c.middleDepth);
    }
    if (!attention.empty()) {
        contextDim = read.extent(attention + "transformer_blocks.0.attn2.to_k.weight", 1);
        c.linearProjection = read.dimensions(attention + "proj_in.weight") == 2;
    }
    for (int64_t channels : c.channels) {
        c.heads.push_back(
            family == BaseFamily::StableDiffusion1 && channels % 8 == 0 ? 8 : headsOf(channels));
        c.contextDims.push_back(std::max<int64_t>(1, contextDim));
    }
    c.groups = commonGroups(c.channels);
    c.inChannels = read.extent("conv_in.weight", 1);
    c.convInKernel = read.extent("conv_in.weight", 2);
    c.outChannels = c.inChannels;
    if (read.has("conv_out.weight")) { // a ControlNet has none
        c.outChannels = read.extent("conv_out.weight", 0);
        c.convOutKernel = read.extent("conv_out.weight", 2);
    }
    const int64_t timeDim = read.extent("time_embedding.linear_1.weight", 0);
    c.timeEmbeddingDim = timeDim == 4 * c.channels[0] ? 0 : timeDim;
    if (read.has("time_embedding.cond_proj.weight"))
        c.timeConditionDim = read.extent("time_embedding.cond_proj.weight", 1);
    if (read.has("add_embedding.linear_1.weight")) {
        c.added = nn::AddedEmbedding::TextTime;
        c.addedInputDim = read.extent("add_embedding.linear_1.weight", 1);
        const int64_t sizes = c.addedInputDim - pooledDim; // six numbers' sinusoids
        c.additionTimeDim = pooledDim > 0 && sizes > 0 && sizes % 6 == 0 ? sizes / 6 : 256;
    }
    c.sampleSize =
        family == BaseFamily::StableDiffusionXl || family == BaseFamily::SdxlRefiner ? 128 : 64;
    if (read.error())
        return fail(*read.error());
    return c;
}

Result<nn::AutoencoderConfig> inferAutoencoder(const Shapes &shapes, BaseFamily family,
                                               const std::string &file)
{
    ShapeReader read(shapes, file);
    nn::AutoencoderConfig c;
    c.channels.clear();
    const int64_t blocks = read.count("decoder.up_blocks.");
    if (blocks < 1)
        return fail(ErrorCode::Corrupt, file, "has no decoder.up_blocks");
    for (int64_t i = blocks; i-- > 0;)
        c.channels.push_back(
            read.extent("decoder.up_blocks." + std::to_string(i) + ".resnets.0.conv1.weight", 0));
    c.layersPerBlock = std::max<int64_t>(1, read.count("decoder.up_blocks.0.resnets.") - 1);
    c.inChannels = read.extent("encoder.conv_in.weight", 1);
    c.outChannels = read.extent("decoder.conv_out.weight", 0);
    c.latentChannels = read.extent("decoder.conv_in.weight", 1);
    c.middleAttention = read.hasPrefix("decoder.mid_block.attentions.");
    c.quantConv = read.has("quant_conv.weight");
    c.postQuantConv = read.has("post_quant_conv.weight");
    c.groups = commonGroups(c.channels);
    const bool xl = family == BaseFamily::StableDiffusionXl || family == BaseFamily::SdxlRefiner;
    c.scalingFactor = xl ? 0.13025 : 0.18215;
    c.sampleSize = xl ? 1024 : 512;
    if (read.error())
        return fail(*read.error());
    return c;
}

Result<nn::ClipVisionConfig> inferClipVision(const Shapes &shapes, const std::string &file)
{
    ShapeReader read(shapes, file);
    nn::ClipVisionConfig c;
    const std::string embeddings = "vision_model.embeddings.";
    const std::string patches = embeddings + "patch_embedding.weight"; // [D,3,P,P]
    c.encoder.hiddenSize = read.extent(patches, 0);
    c.channels = read.extent(patches, 1);
    c.patchSize = read.extent(patches, 2);
    const int64_t tokens = read.extent(embeddings + "position_embedding.weight", 0);
    const auto side = int64_t(std::lround(std::sqrt(double(std::max<int64_t>(0, tokens - 1)))));
    c.imageSize = side * c.patchSize;
    c.encoder.layers = read.count("vision_model.encoder.layers.");
    c.encoder.intermediateSize = read.extent("vision_model.encoder.layers.0.mlp.fc1.weight", 0);
    // ViT-L/14, ViT-H/14 and ViT-bigG/14 have 16 heads, whatever their width; OpenAI's alone has
    // the quick GELU.
    const int64_t width = c.encoder.hiddenSize;
    const bool released = width == 1024 || width == 1280 || width == 1664;
    c.encoder.heads = released ? 16 : headsOf(width);
    c.encoder.activation =
        width == 1280 || width == 1664 ? nn::Activation::Gelu : nn::Activation::QuickGelu;
    c.withProjection = read.has("visual_projection.weight");
    c.projectionDim = c.withProjection ? read.extent("visual_projection.weight", 0) : width;
    if (read.error())
        return fail(*read.error());
    if (side < 1 || side * side + 1 != tokens)
        return fail(ErrorCode::Corrupt, file,
                    "has " + std::to_string(tokens) +
                        " positions, expected a square of patches and the class token");
    return c;
}

Result<nn::ClipTextConfig> inferClipText(const Shapes &shapes, nn::Activation activation,
                                         const std::string &file)
{
    ShapeReader read(shapes, file);
    nn::ClipTextConfig c;
    const std::string embeddings = "text_model.embeddings.";
    c.vocabSize = read.extent(embeddings + "token_embedding.weight", 0);
    c.encoder.hiddenSize = read.extent(embeddings + "token_embedding.weight", 1);
    c.maxPositions = read.extent(embeddings + "position_embedding.weight", 0);
    c.encoder.layers = read.count("text_model.encoder.layers.");
    c.encoder.intermediateSize = read.extent("text_model.encoder.layers.0.mlp.fc1.weight", 0);
    c.encoder.heads = headsOf(c.encoder.hiddenSize);
    c.encoder.activation = activation;
    c.eosTokenId = c.vocabSize - 1; // CLIP's vocabularies end with it
    c.withProjection = read.has("text_projection.weight");
    c.projectionDim =
        c.withProjection ? read.extent("text_projection.weight", 0) : c.encoder.hiddenSize;
    if (read.error())
        return fail(*read.error());
    return c;
}

} // namespace moodloom::models
