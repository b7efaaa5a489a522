#include "core/models/Identify.h"

#include "core/nn/IpAdapter.h"

#include <algorithm>

namespace moodloom::models {

namespace {

class Names
{
public:
    explicit Names(const Shapes &shapes) : m_shapes(shapes) {}

    bool has(const std::string &name) const { return m_shapes.count(name) > 0; }
    bool hasPrefix(const std::string &prefix) const
    {
        const auto found = m_shapes.lower_bound(prefix);
        return found != m_shapes.end() && found->first.starts_with(prefix);
    }
    bool hasPart(const std::string &part) const { return !find(part).empty(); }
    // The first name that contains `part`.
    std::string find(const std::string &part) const
    {
        for (const auto &[name, shape] : m_shapes)
            if (name.find(part) != std::string::npos)
                return name;
        return {};
    }
    int64_t extent(const std::string &name, size_t axis) const
    {
        const auto found = m_shapes.find(name);
        return found != m_shapes.end() && axis < found->second.size() ? found->second[axis] : 0;
    }
    const Shapes &shapes() const { return m_shapes; }

    // The width of the text that cross-attention looks at.
    BaseFamily familyOfAttention() const
    {
        return familyOfTextWidth(extent(find("attn2.to_k.weight"), 1));
    }

private:
    const Shapes &m_shapes;
};

// Models made for inpainting see the mask and the rest of the picture besides the latents.
bool seesMasks(const Names &names, const std::string &convolution)
{
    const int64_t inputs = names.extent(convolution, 1);
    return inputs == 9 || inputs == 33; // 2 x 4 + 1, 2 x 16 + 1
}

using Recognizer = bool (*)(const Names &, Identity &);

bool isCheckpoint(const Names &names, Identity &identity)
{
    const std::string unet = "model.diffusion_model.";
    if (!names.hasPrefix(unet + "input_blocks."))
        return false;
    identity.kind = WeightsKind::Checkpoint;
    identity.variant = "LDM names";
    if (seesMasks(names, unet + "input_blocks.0.0.weight"))
        identity.variant += ", made for inpainting";
    identity.parts = {"unet"};
    const bool first = names.hasPrefix("cond_stage_model.transformer.") ||
                       names.hasPrefix("conditioner.embedders.0.transformer.");
    const bool openClip = names.hasPrefix("cond_stage_model.model.");
    const bool second = names.hasPrefix("conditioner.embedders.1.model.") ||
                        names.hasPrefix("conditioner.embedders.0.model.");
    const bool xl = names.has(unet + "label_emb.0.0.weight");
    identity.family =
        xl         ? (second && !first ? BaseFamily::SdxlRefiner : BaseFamily::StableDiffusionXl)
        : openClip ? BaseFamily::StableDiffusion2
        : first    ? BaseFamily::StableDiffusion1
                   : names.familyOfAttention();
    const auto part = [&](bool there, bool wanted, const char *name, const char *what) {
        if (there)
            identity.parts.push_back(name);
        else if (wanted)
            identity.needs.push_back(what);
    };
    part(names.hasPrefix("first_stage_model.decoder."), true, "vae", "a VAE");
    part(first || openClip, identity.family != BaseFamily::SdxlRefiner, "text_encoder",
         "a text encoder");
    part(second, xl, "text_encoder_2", "SDXL's second text encoder");
    identity.needs.push_back("CLIP's tokenizer (vocab.json and merges.txt)");
    return true;
}

bool isControlNet(const Names &names, Identity &identity)
{
    const bool folder = names.hasPrefix("controlnet_cond_embedding.");
    if (!folder && !names.hasPart("input_hint_block."))
        return false;
    identity.kind = WeightsKind::ControlNet;
    identity.variant = folder ? "diffusers names" : "LDM names";
    identity.family = names.familyOfAttention();
    identity.needs = {"a model of the same family"};
    return true;
}

bool isIpAdapter(const Names &names, Identity &identity)
{
    if (!names.hasPrefix("image_proj.") || !names.hasPrefix("ip_adapter."))
        return false;
    identity.kind = WeightsKind::IpAdapter;
    const auto config = nn::IpAdapterConfig::fromShapes(names.shapes(), {});
    if (!config) {
        identity.variant = "of an unknown kind";
        return true;
    }
    identity.family = familyOfTextWidth(config->contextDim);
    identity.variant = nn::ipAdapterKindName(config->kind);
    const bool base = config->kind == nn::IpAdapterKind::Base;
    // Released encoders: their embeddings' and hidden states' widths.
    const int64_t width = config->inputDim;
    const int64_t hidden = !base           ? width
                           : width == 1024 ? 1280
                           : width == 1280 ? 1664
                           : width == 768  ? 1024
                                           : 0;
    const std::string name = visionName(hidden);
    identity.needs = {"a model of the same family",
                      "the image encoder " + (name.empty() ? "" : "CLIP " + name + ", ") + "with " +
                          (base ? "projection_dim " : "hidden_size ") + std::to_string(width)};
    return true;
}

bool isLora(const Names &names, Identity &identity)
{
    static const std::pair<const char *, const char *> styles[] = {
        {".lora_A.", "PEFT names"},
        {".lora.down.", "diffusers names"},
        {"_lora.down.", "old diffusers names"},
        {".lora_linear_layer.", "old diffusers names"},
        {".hada_w1_a", "LoHa (not used)"},
        {".lokr_w", "LoKr (not used)"},
        {".lora_down.", "kohya names"}};
    for (const auto &[mark, style] : styles) {
        if (!names.hasPart(mark))
            continue;
        identity.kind = WeightsKind::Lora;
        identity.variant = style;
        if (names.hasPrefix("lora_unet_input_blocks_") ||
            names.hasPrefix("lora_unet_output_blocks_"))
            identity.variant += ", SGM block names";
        if (names.hasPart(".dora_scale"))
            identity.variant = "DoRA (not used)";
        const bool second = names.hasPrefix("lora_te2_") || names.hasPrefix("text_encoder_2.");
        for (const char *key :
             {"attn2_to_k.lora_down.weight", "attn2.to_k.lora_A.weight", "attn2_to_k.hada_w1_b",
              "to_k_lora.down.weight", "attn2.to_k.lora.down.weight"})
            if (identity.family == BaseFamily::Unknown)
                identity.family = familyOfTextWidth(names.extent(names.find(key), 1));
        if (second)
            identity.family = BaseFamily::StableDiffusionXl;
        identity.needs = {"a model of the same family"};
        return true;
    }
    return false;
}

bool isClip(const Names &names, Identity &identity)
{
    const auto either = [&names](const std::string &tower, const std::string &tensor) {
        return names.has(tower + tensor) ? tower + tensor
               : names.has(tensor)       ? tensor
                                         : std::string();
    };
    const bool text = !either("text_model.", "embeddings.token_embedding.weight").empty();
    const std::string patches = either("vision_model.", "embeddings.patch_embedding.weight");
    const bool vision = !patches.empty();
    if (!text && !vision)
        return false;
    identity.kind = text && vision ? WeightsKind::Clip
                    : text         ? WeightsKind::TextEncoder
                                   : WeightsKind::ImageEncoder;
    if (vision)
        identity.variant = visionName(names.extent(patches, 0));
    return true;
}

bool isUNet(const Names &names, Identity &identity)
{
    const bool folder = names.has("conv_in.weight") && names.hasPrefix("down_blocks.") &&
                        names.hasPrefix("time_embedding.");
    const bool ldm = names.hasPrefix("input_blocks.") && names.hasPrefix("output_blocks.");
    if (!folder && !ldm)
        return false;
    identity.kind = WeightsKind::UNet;
    identity.variant = folder ? "diffusers names" : "LDM names";
    if (seesMasks(names, folder ? "conv_in.weight" : "input_blocks.0.0.weight"))
        identity.variant += ", made for inpainting";
    identity.family = names.familyOfAttention();
    identity.parts = {"unet"};
    identity.needs = {"a VAE, text encoders and a tokenizer of the same family"};
    return true;
}

bool isVae(const Names &names, Identity &identity)
{
    for (const std::string prefix : {"", "first_stage_model.", "vae."}) {
        const bool ldm = names.hasPrefix(prefix + "decoder.up.");
        if (!names.has(prefix + "decoder.conv_in.weight") ||
            (!ldm && !names.hasPrefix(prefix + "decoder.up_blocks.")))
            continue;
        identity.kind = WeightsKind::Vae;
        identity.variant = std::string(ldm ? "LDM names, " : "diffusers names, ") +
                           std::to_string(names.extent(prefix + "decoder.conv_in.weight", 1)) +
                           " latent channels";
        if (names.has(prefix + "bn.running_mean"))
            identity.variant += ", FLUX.2";
        identity.parts = {"vae"};
        identity.needs = {"a model whose latents have as many channels"};
        return true;
    }
    return false;
}

// A list of convolutions and residual blocks of three, all equally wide, numbered through.
bool isTinyAutoencoder(const Names &names, Identity &identity)
{
    const auto half = [&](const std::string &prefix) {
        return names.hasPrefix(prefix) && names.hasPart(".conv.0.weight") &&
               names.hasPart(".conv.4.weight");
    };
    const bool named = half("decoder.layers.") || half("encoder.layers.") ||
                       half("taesd_decoder.") || half("taesd_encoder.");
    const bool decoder = names.has("1.weight") && names.has("3.conv.0.weight") &&
                         !names.has("0.weight"); // the activations before it have no weights
    const bool encoder =
        names.has("0.weight") && names.has("1.conv.0.weight") && names.extent("0.weight", 1) == 3;
    if (!named && !decoder && !encoder)
        return false;
    identity.kind = WeightsKind::TinyAutoencoder;
    int64_t latents = 0;
    if (decoder)
        latents = names.extent("1.weight", 1);
    else if (named)
        latents = std::max(names.extent("decoder.layers.0.weight", 1),
                           names.extent("taesd_decoder.1.weight", 1));
    identity.variant = decoder ? "decoder" : encoder ? "encoder" : "encoder and decoder";
    if (latents > 0)
        identity.variant += ", " + std::to_string(latents) + " latent channels";
    return true;
}

bool isEmbedding(const Names &names, Identity &identity)
{
    int64_t width = 0;
    bool xl = false;
    if (names.has("emb_params")) {
        width = names.extent("emb_params", 1);
    } else if (names.has("clip_g") && names.has("clip_l")) {
        xl = true;
    } else if (const std::string old = names.find("string_to_param."); !old.empty()) {
        width = names.extent(old, 1);
    } else if (names.shapes().size() == 1) { // diffusers: one tensor under the token's name
        const auto &[name, shape] = *names.shapes().begin();
        if ((shape.size() == 1 || shape.size() == 2) &&
            (shape.back() == 768 || shape.back() == 1024 || shape.back() == 1280))
            width = shape.back();
    }
    if (width == 0 && !xl)
        return false;
    identity.kind = WeightsKind::Embedding;
    identity.variant = "textual inversion";
    identity.family = xl              ? BaseFamily::StableDiffusionXl
                      : width == 1280 ? BaseFamily::StableDiffusionXl
                                      : familyOfTextWidth(width);
    identity.needs = {"a model of the same family"};
    return true;
}

} // namespace

const char *weightsKindName(WeightsKind kind)
{
    switch (kind) {
    case WeightsKind::Unknown:
        return "unknown";
    case WeightsKind::Checkpoint:
        return "checkpoint";
    case WeightsKind::UNet:
        return "unet";
    case WeightsKind::Vae:
        return "vae";
    case WeightsKind::TextEncoder:
        return "text-encoder";
    case WeightsKind::ImageEncoder:
        return "image-encoder";
    case WeightsKind::Clip:
        return "clip";
    case WeightsKind::Lora:
        return "lora";
    case WeightsKind::ControlNet:
        return "controlnet";
    case WeightsKind::IpAdapter:
        return "ip-adapter";
    case WeightsKind::TinyAutoencoder:
        return "tiny-autoencoder";
    case WeightsKind::Embedding:
        return "embedding";
    }
    return "unknown";
}

std::string visionName(int64_t hiddenSize)
{
    switch (hiddenSize) {
    case 1024:
        return "ViT-L/14";
    case 1280:
        return "ViT-H/14";
    case 1664:
        return "ViT-bigG/14";
    default:
        return {};
    }
}

Identity identify(const Shapes &shapes)
{
    const Names names(shapes);
    // What contains others first: a checkpoint has a VAE, a ControlNet the half of a U-Net.
    for (Recognizer is : {isCheckpoint, isIpAdapter, isLora, isControlNet, isUNet, isClip, isVae,
                          isTinyAutoencoder, isEmbedding}) {
        Identity identity;
        if (is(names, identity))
            return identity;
    }
    return {};
}

} // namespace moodloom::models
