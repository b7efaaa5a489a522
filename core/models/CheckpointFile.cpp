#include "core/models/CheckpointFile.h"

#include "core/tensor/Device.h"
#include "core/tensor/PickleFile.h"

#include <cmath>
#include <functional>

namespace moodloom::models {

using nlohmann::json;
using Entry = nn::TensorSource::Entry;

namespace {

constexpr const char *unetPrefix = "model.diffusion_model.";
constexpr const char *vaePrefix = "first_stage_model.";

bool hasPrefix(const tensor::SafeTensors &file, const std::string &prefix)
{
    const auto found = file.tensors().lower_bound(prefix);
    return found != file.tensors().end() && found->first.starts_with(prefix);
}

// The entries below a prefix, by their names without it.
std::map<std::string, Entry> below(const std::shared_ptr<const tensor::SafeTensors> &file,
                                   const std::string &prefix)
{
    std::map<std::string, Entry> result;
    for (auto it = file->tensors().lower_bound(prefix);
         it != file->tensors().end() && it->first.starts_with(prefix); ++it)
        result[it->first.substr(prefix.size())] = {file, it->first};
    return result;
}

Shapes shapesOf(const std::map<std::string, Entry> &entries)
{
    Shapes shapes;
    for (const auto &[name, entry] : entries)
        shapes[name] = entry.shape();
    return shapes;
}

Failure foreign(const tensor::SafeTensors &file, const std::string &name)
{
    return fail(ErrorCode::Corrupt, file.path(),
                "the tensor \"" + name + "\" belongs to no part of such a network");
}

// [C,C,1,1] -> [C,C]: attention was a convolution once.
Entry squeezed(Entry entry)
{
    const auto shape = entry.shape();
    if (shape.size() == 4 && shape[2] == 1 && shape[3] == 1) {
        entry.convertedShape = {shape[0], shape[1]};
        entry.convert = [](const Tensor &t) { return t.flatten(1); };
    }
    return entry;
}

Entry transposed(Entry entry)
{
    const auto shape = entry.shape();
    if (shape.size() == 2) {
        entry.convertedShape = {shape[1], shape[0]};
        entry.convert = [](const Tensor &t) { return t.t().contiguous(); };
    }
    return entry;
}

// One of three equal parts along the first axis.
Entry third(Entry entry, int64_t part)
{
    auto shape = entry.shape();
    if (!shape.empty() && shape[0] % 3 == 0) {
        const int64_t rows = shape[0] /= 3;
        entry.convertedShape = shape;
        entry.convert = [=](const Tensor &t) { return t.narrow(0, part * rows, rows); };
    }
    return entry;
}

// A text tower with CLIP's own names; old libraries left "text_model." out.
nn::TensorSource clipText(const std::map<std::string, Entry> &entries)
{
    nn::TensorSource source;
    for (const auto &[name, entry] : entries) {
        const bool old = name.starts_with("embeddings.") || name.starts_with("encoder.") ||
                         name.starts_with("final_layer_norm.");
        source.tensors[old ? "text_model." + name : name] = entry;
    }
    return source;
}

bool ignoredInOpenClip(const std::string &name)
{
    return name == "logit_scale" || name == "attn_mask" || name.starts_with("visual.") ||
           name == "transformer.text_model.embeddings.position_ids";
}

Result<nn::TensorSource> openClipText(const tensor::SafeTensors &file,
                                      const std::map<std::string, Entry> &entries)
{
    nn::TensorSource source;
    for (const auto &[name, entry] : entries) {
        if (ignoredInOpenClip(name))
            continue;
        const auto names = openClipFolderNames(name);
        if (names.empty())
            return foreign(file, entry.name);
        if (names.size() == 1)
            source.tensors[names[0]] = name == "text_projection" ? transposed(entry) : entry;
        else
            for (size_t i = 0; i < names.size(); ++i)
                source.tensors[names[i]] = third(entry, int64_t(i));
    }
    return source;
}

// SD 2.x paints with the last but one layer of its text encoder: the last is never used, and
// folders do not have it. Files converted from a folder lack it already, which ViT-H's known depth
// shows. Nor is the projection used.
void dropUnusedLayer(nn::TensorSource &source)
{
    source.tensors.erase("text_projection.weight");
    const std::string layers = "text_model.encoder.layers.";
    const int64_t count = countNumbered(source.shapes(), layers);
    const auto width = source.shapes()["text_model.final_layer_norm.weight"];
    const bool converted = width == std::vector<int64_t>{1024} && count < 24;
    if (count < 2 || converted)
        return;
    const std::string last = layers + std::to_string(count - 1) + ".";
    std::erase_if(source.tensors, [&](const auto &item) { return item.first.starts_with(last); });
}

} // namespace

bool CheckpointFile::looksLikeOne(const tensor::SafeTensors &file)
{
    return hasPrefix(file, std::string(unetPrefix) + "input_blocks.");
}

Result<CheckpointFile> CheckpointFile::open(const std::string &path)
{
    const auto file = tensor::openTensorFile(path);
    if (!file)
        return fail(file.error());
    return from(*file);
}

Result<CheckpointFile> CheckpointFile::from(const tensor::SafeTensors &file)
{
    if (!looksLikeOne(file))
        return fail(ErrorCode::Unsupported, file.path(),
                    "is no Stable Diffusion checkpoint: it has no tensors named "
                    "model.diffusion_model.input_blocks");
    CheckpointFile checkpoint;
    checkpoint.m_path = file.path();
    for (auto step :
         {&CheckpointFile::readUNet, &CheckpointFile::readVae, &CheckpointFile::readText})
        if (auto ok = (checkpoint.*step)(file); !ok)
            return fail(ok.error());
    if (auto ok = checkpoint.configure(); !ok)
        return fail(ok.error());
    if (auto ok = checkpoint.readScheduler(file); !ok)
        return fail(ok.error());
    return checkpoint;
}

Result<nn::TensorSource> unetTensors(const tensor::SafeTensors &file, const std::string &prefix)
{
    const auto shared = std::make_shared<const tensor::SafeTensors>(file);
    const auto entries = below(shared, prefix);
    const auto layout = layoutOf(shapesOf(entries), file.path());
    if (!layout)
        return fail(layout.error());
    nn::TensorSource source;
    source.label = file.path();
    for (const auto &[name, entry] : entries) {
        const auto folder = unetFolderName(*layout, name);
        if (!folder)
            return foreign(file, entry.name);
        source.tensors[*folder] = entry;
    }
    return source;
}

Result<nn::TensorSource> vaeTensors(const tensor::SafeTensors &file, const std::string &prefix)
{
    const auto shared = std::make_shared<const tensor::SafeTensors>(file);
    const auto entries = below(shared, prefix);
    nn::TensorSource source;
    source.label = file.path();
    const int64_t levels = countNumbered(shapesOf(entries), "decoder.up.");
    for (const auto &[name, entry] : entries) {
        if (levels == 0) { // the folder's names already
            source.tensors[name] = squeezed(entry);
            continue;
        }
        if (name.starts_with("loss.") || name.starts_with("model_ema."))
            continue; // left over from training
        const auto folder = vaeFolderName(levels, name);
        if (!folder)
            return foreign(file, entry.name);
        const bool attention = folder->find(".attentions.") != std::string::npos;
        source.tensors[*folder] = attention ? squeezed(entry) : entry;
    }
    nn::modernizeAttentionNames(source);
    return source;
}

Result<void> CheckpointFile::readUNet(const tensor::SafeTensors &file)
{
    auto source = unetTensors(file, unetPrefix);
    if (!source)
        return fail(source.error());
    m_sources["unet"] = *std::move(source);
    return {};
}

Result<void> CheckpointFile::readVae(const tensor::SafeTensors &file)
{
    if (!hasPrefix(file, std::string(vaePrefix) + "decoder."))
        return {};
    auto source = vaeTensors(file, vaePrefix);
    if (!source)
        return fail(source.error());
    m_sources["vae"] = *std::move(source);
    return {};
}

Result<void> CheckpointFile::readText(const tensor::SafeTensors &file)
{
    const auto shared = std::make_shared<const tensor::SafeTensors>(file);
    const auto keep = [&](const char *component, nn::TensorSource source,
                          nn::Activation activation) {
        source.label = file.path();
        m_sources[component] = std::move(source);
        m_activations[component] = activation;
    };
    struct Tower
    {
        const char *prefix, *component;
        bool openClip;
    };
    for (const Tower &tower : {Tower{"cond_stage_model.transformer.", "text_encoder", false},
                               Tower{"cond_stage_model.model.", "text_encoder", true},
                               Tower{"conditioner.embedders.0.transformer.", "text_encoder", false},
                               Tower{"conditioner.embedders.0.model.", "text_encoder_2", true},
                               Tower{"conditioner.embedders.1.model.", "text_encoder_2", true}}) {
        if (!hasPrefix(file, tower.prefix))
            continue;
        const auto entries = below(shared, tower.prefix);
        if (!tower.openClip) {
            keep(tower.component, clipText(entries), nn::Activation::QuickGelu);
            continue;
        }
        auto source = openClipText(file, entries);
        if (!source)
            return fail(source.error());
        const bool sd2 = std::string(tower.component) == "text_encoder";
        if (sd2)
            dropUnusedLayer(*source);
        keep(tower.component, *std::move(source), nn::Activation::Gelu);
        if (sd2)
            m_family = BaseFamily::StableDiffusion2;
    }
    return {};
}

Result<void> CheckpointFile::configure()
{
    const Shapes unet = m_sources["unet"].shapes();
    const bool pooled = unet.count("add_embedding.linear_1.weight") > 0;
    // A U-Net may come without text encoders: then its text's width tells.
    if (pooled)
        m_family = has("text_encoder_2") && !has("text_encoder") ? BaseFamily::SdxlRefiner
                                                                 : BaseFamily::StableDiffusionXl;
    else if (m_family == BaseFamily::Unknown && has("text_encoder"))
        m_family = BaseFamily::StableDiffusion1;

    int64_t pooledDim = 0;
    for (const char *name : {"text_encoder", "text_encoder_2"}) {
        if (!has(name))
            continue;
        const auto config = inferClipText(m_sources[name].shapes(), m_activations[name], m_path);
        if (!config)
            return fail(config.error());
        m_configs[name] = config->toJson();
        pooledDim = config->withProjection ? config->projectionDim : config->encoder.hiddenSize;
    }
    auto config = inferUNet(unet, m_family, pooledDim, m_path);
    if (!config)
        return fail(config.error());
    if (m_family == BaseFamily::Unknown) {
        m_family = familyOfTextWidth(config->contextDims.front());
        config = inferUNet(unet, m_family, pooledDim, m_path);
    }
    m_configs["unet"] = config->toJson();
    if (has("vae")) {
        const auto vae = inferAutoencoder(m_sources["vae"].shapes(), m_family, m_path);
        if (!vae)
            return fail(vae.error());
        m_configs["vae"] = vae->toJson();
    }
    m_index = {{"_class_name", pooled ? "StableDiffusionXLPipeline" : "StableDiffusionPipeline"}};
    // SDXL was trained with zeros where there is no text.
    if (m_family == BaseFamily::StableDiffusionXl)
        m_index["force_zeros_for_empty_prompt"] = true;
    return {};
}

Result<void> CheckpointFile::readScheduler(const tensor::SafeTensors &file)
{
    m_scheduler = {{"_class_name", "DDIMScheduler"}, {"beta_schedule", "scaled_linear"},
                   {"beta_start", 0.00085},          {"beta_end", 0.012},
                   {"num_train_timesteps", 1000},    {"steps_offset", 1},
                   {"timestep_spacing", "leading"},  {"clip_sample", false},
                   {"set_alpha_to_one", false}};
    if (file.contains("edm_mean") || file.contains("edm_std"))
        return fail(
            ErrorCode::Unsupported, m_path,
            "was trained with EDM's noise levels (Playground 2.5), which are not supported");
    bool velocity = file.contains("v_pred");
    if (velocity)
        m_predictionReason = "the tensor v_pred";
    if (file.contains("ztsnr")) {
        m_scheduler["rescale_betas_zero_snr"] = true;
        m_scheduler["timestep_spacing"] = "trailing"; // or the first, darkest step would be skipped
    }
    const auto stated = file.metadata().find("modelspec.prediction_type");
    if (!velocity && stated != file.metadata().end() && !stated->second.empty()) {
        velocity = stated->second.starts_with("v");
        m_predictionReason = "its metadata";
    } else if (!velocity && m_family == BaseFamily::StableDiffusion2) {
        // Both kinds of SD 2 have the same tensors. In those trained for v the last attention's
        // first norm has far larger biases; in the others they stay near zero.
        const auto &unet = m_sources["unet"].tensors;
        const std::string key = "up_blocks." +
                                std::to_string(m_configs["unet"]["block_out_channels"].size() - 1) +
                                ".attentions.2.transformer_blocks.0.norm1.bias";
        if (const auto found = unet.find(key); found != unet.end()) {
            const auto bias = found->second.read();
            if (!bias)
                return fail(bias.error());
            velocity = bias->to(at::kFloat).std(false).item<double>() > 0.09;
        }
        m_predictionReason = "its weights (the two kinds of SD 2 differ in nothing else)";
    } else if (!velocity) {
        m_predictionReason = std::string("usual for ") + baseFamilyName(m_family);
    }
    m_scheduler["prediction_type"] = velocity ? "v_prediction" : "epsilon";
    if (m_family == BaseFamily::StableDiffusion2 && velocity)
        m_configs["unet"]["sample_size"] = 96; // 768 pixels
    return {};
}

} // namespace moodloom::models
