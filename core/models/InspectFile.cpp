#include "core/models/CheckpointFile.h"
#include "core/models/Identify.h"
#include "core/models/InspectParts.h"
#include "core/models/LoraFile.h"

#include <nlohmann/json.hpp>

namespace moodloom::models {

namespace {

// Of tensors that may be parts of the file's.
void countEntries(const nn::TensorSource &source, ComponentReport &report)
{
    for (const auto &[name, entry] : source.tensors) {
        uint64_t elements = 1;
        for (int64_t extent : entry.shape())
            elements *= uint64_t(extent);
        const tensor::TensorInfo &whole = entry.file->tensors().at(entry.name);
        report.parameters += int64_t(elements);
        if (elements > 0)
            report.bytesOnDisk += whole.bytes / uint64_t(whole.elements()) * elements;
    }
}

// A checkpoint in one file, checked like a folder.
Result<ModelReport> inspectCheckpoint(const tensor::SafeTensors &file, ModelReport report)
{
    const auto checkpoint = CheckpointFile::from(file);
    if (!checkpoint)
        return fail(checkpoint.error());
    const bool second = checkpoint->has("text_encoder_2");
    report.kind = second ? ModelKind::StableDiffusionXl : ModelKind::StableDiffusion;
    report.family = familyName(checkpoint->family());
    InspectedNetworks networks;
    for (const char *name : {"text_encoder", "text_encoder_2", "unet", "vae"}) {
        ComponentReport component;
        component.name = name;
        component.required = second || std::string(name) != "text_encoder_2";
        component.present = checkpoint->has(name);
        if (!component.present) {
            if (component.required)
                component.problem = Error{ErrorCode::NotFound, file.path(),
                                          std::string("has no ") + name + " in it"};
            else
                continue;
        } else {
            countEntries(checkpoint->tensors(name), component);
            checkNetwork(name, checkpoint->config(name), file.path(), checkpoint->tensors(name),
                         networks, component);
        }
        report.components.push_back(component);
    }
    report.prediction = checkpoint->scheduler()["prediction_type"].get<std::string>();
    const bool inpaints = networks.unet && networks.vae &&
                          networks.unet->inChannels == 2 * networks.vae->latentChannels + 1;
    report.variant = std::string("single file") + (inpaints ? ", made for inpainting" : "") +
                     "; prediction type by " + checkpoint->predictionReason();
    summarize(report);
    describe(report, networks);
    return report;
}

ModelKind kindOf(WeightsKind kind)
{
    switch (kind) {
    case WeightsKind::Clip:
        return ModelKind::Clip;
    case WeightsKind::UNet:
        return ModelKind::UNet;
    case WeightsKind::Vae:
        return ModelKind::Vae;
    case WeightsKind::TextEncoder:
        return ModelKind::TextEncoder;
    case WeightsKind::ImageEncoder:
        return ModelKind::ImageEncoder;
    case WeightsKind::Lora:
        return ModelKind::Lora;
    case WeightsKind::ControlNet:
        return ModelKind::ControlNet;
    case WeightsKind::IpAdapter:
        return ModelKind::IpAdapter;
    case WeightsKind::TinyAutoencoder:
        return ModelKind::TinyAutoencoder;
    case WeightsKind::Embedding:
        return ModelKind::Embedding;
    case WeightsKind::Checkpoint:
        return ModelKind::StableDiffusion;
    case WeightsKind::Unknown:
        break;
    }
    return ModelKind::Other;
}

} // namespace

// One network or add-on, in a file or in shards.
Result<ModelReport> inspectWeights(const std::string &path,
                                   const std::vector<tensor::SafeTensors> &files)
{
    const Identity identity = identify(nn::TensorSource::from(files).shapes());
    ModelReport report;
    report.folder = path;
    report.kind = kindOf(identity.kind);
    report.family = familyName(identity.family);
    report.variant = identity.variant;
    report.needs = identity.needs;
    if (identity.kind == WeightsKind::Unknown &&
        nn::TensorSource::from(files).tensors.count("double_stream_modulation_img.linear.weight"))
        return fail(ErrorCode::Unsupported, path,
                    "is the transformer of a FLUX.2 model; Moodloom paints with Stable Diffusion "
                    "models");
    if (identity.kind == WeightsKind::Unknown)
        return fail(ErrorCode::Unsupported, path,
                    "has tensors of no kind that is known: no Stable Diffusion checkpoint, VAE, "
                    "encoder, LoRA, ControlNet, IP-Adapter, tiny autoencoder or embedding");
    if (identity.kind == WeightsKind::Checkpoint && files.size() == 1)
        return inspectCheckpoint(files.front(), std::move(report));
    ComponentReport component;
    component.name = weightsKindName(identity.kind);
    component.present = true;
    countTensors(files, component);
    report.components.push_back(component);
    summarize(report);
    if (identity.kind == WeightsKind::Lora && files.size() == 1) {
        const auto lora = LoraFile::from(files.front());
        if (!lora) {
            report.problem = lora.error();
        } else {
            report.words = lora->triggerWords();
            report.family =
                lora->foreignKind().empty() ? familyName(lora->family()) : lora->foreignKind();
        }
    }
    return report;
}

} // namespace moodloom::models
