#include "core/models/Inspect.h"

#include "core/models/ModelFolder.h"
#include "core/models/Tokenizer.h"
#include "core/nn/ConfigReader.h"
#include "core/nn/Load.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace moodloom::models {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

struct Network
{
    std::optional<nn::UNetConfig> unet;
    std::optional<nn::AutoencoderConfig> vae;
    std::optional<nn::ClipTextConfig> text;
    std::optional<nn::ClipVisionConfig> vision;
    std::vector<nn::CrossAttentionSite> sites;
};

void count(const std::vector<tensor::SafeTensors> &files, ComponentReport &report)
{
    for (const tensor::SafeTensors &file : files)
        for (const auto &[name, info] : file.tensors()) {
            report.parameters += info.elements();
            report.bytesOnDisk += info.bytes;
        }
}

// Reads config and tensor names and compares them the way loading does.
template <class Config, class Load>
Result<Config> check(const json &source, const std::string &folder,
                     const std::vector<tensor::SafeTensors> &files, Load load)
{
    const auto config = Config::fromJson(source, folder + "/config.json");
    if (!config)
        return fail(config.error());
    nn::LoadOptions options;
    options.mode = nn::LoadMode::CheckOnly;
    const auto network = load(*config, nn::TensorSource::from(files), options);
    if (!network)
        return fail(network.error());
    return (*network)->config();
}

template <class Config>
void keep(Result<Config> config, std::optional<Config> &into, ComponentReport &report)
{
    if (config)
        into = *std::move(config);
    else
        report.problem = config.error();
}

ComponentReport inspectNetwork(const ModelFolder &folder, const std::string &name, Network &network)
{
    ComponentReport report;
    report.name = name;
    report.className = folder.className(name);
    const std::string path = folder.folderOf(name);
    const auto source = folder.config(name);
    report.present = source.has_value();
    if (!source) {
        report.problem = source.error();
        return report;
    }
    const auto files = folder.weights(name);
    if (!files) {
        report.problem = files.error();
        return report;
    }
    count(*files, report);
    if (name == "unet") {
        keep(check<nn::UNetConfig>(
                 *source, path, *files,
                 [&](const auto &config, const auto &tensors, const auto &options) {
                     auto unet = nn::loadUNet(config, tensors, options);
                     if (unet)
                         network.sites = (*unet)->sites();
                     return unet;
                 }),
             network.unet, report);
    } else if (name == "vae") {
        keep(check<nn::AutoencoderConfig>(*source, path, *files, nn::loadAutoencoder), network.vae,
             report);
    } else if (name == "image_encoder") {
        keep(check<nn::ClipVisionConfig>(*source, path, *files, nn::loadClipVision), network.vision,
             report);
    } else if (auto text = check<nn::ClipTextConfig>(*source, path, *files, nn::loadClipText);
               !text) {
        report.problem = text.error();
    } else if (!network.text) {
        network.text = *text;
    }
    return report;
}

ComponentReport inspectTokenizer(const std::string &name, const std::string &path)
{
    ComponentReport report;
    report.name = name;
    report.className = "CLIPTokenizer";
    report.required = true;
    if (const auto tokenizer = Tokenizer::load(path); tokenizer)
        report.present = true;
    else
        report.problem = tokenizer.error();
    return report;
}

void summarize(ModelReport &report)
{
    for (const ComponentReport &component : report.components) {
        report.parameters += component.parameters;
        report.bytesFull += uint64_t(component.parameters) * 4;
        report.bytesFast += uint64_t(component.parameters) * (component.name == "unet" ? 2 : 4);
        if (component.required && component.problem && !report.problem)
            report.problem = component.problem;
    }
}

void inspectAdapters(const ModelFolder &folder, const Network &network, ModelReport &report)
{
    for (const std::string &path : folder.adapterFiles()) {
        AdapterReport adapter;
        adapter.file = path;
        const auto file = tensor::SafeTensors::open(path);
        if (!file) {
            adapter.problem = file.error();
        } else {
            const auto config =
                nn::IpAdapterConfig::fromShapes(nn::TensorSource::from({*file}).shapes(), path);
            if (!config) {
                adapter.problem = config.error();
            } else {
                adapter.kind = nn::ipAdapterKindName(config->kind);
                if (const auto fits = nn::checkAdapterFits(*config, network.sites, path); !fits)
                    adapter.problem = fits.error();
            }
        }
        report.takesReferences |= !adapter.problem && network.vision.has_value();
        report.adapters.push_back(std::move(adapter));
    }
}

Result<ModelReport> inspectDiffusers(const ModelFolder &folder)
{
    ModelReport report;
    report.folder = folder.path();
    report.pipelineClass = nn::ConfigReader(folder.index(), folder.path() + "/model_index.json")
                               .text("_class_name", "");
    report.kind = !folder.has("unet")            ? ModelKind::Other
                  : folder.has("text_encoder_2") ? ModelKind::StableDiffusionXl
                                                 : ModelKind::StableDiffusion;
    if (report.kind == ModelKind::Other) {
        report.problem = Error{ErrorCode::Unsupported, folder.path(),
                               "is a " + report.pipelineClass +
                                   "; Moodloom paints with Stable Diffusion models (with a unet)"};
        return report;
    }
    const bool second = report.kind == ModelKind::StableDiffusionXl;
    Network network;
    report.components.push_back(inspectTokenizer("tokenizer", folder.folderOf("tokenizer")));
    if (second)
        report.components.push_back(
            inspectTokenizer("tokenizer_2", folder.folderOf("tokenizer_2")));
    for (const char *name : {"text_encoder", "text_encoder_2", "unet", "vae", "image_encoder"}) {
        const bool wanted = second || std::string(name) != "text_encoder_2";
        const bool required = std::string(name) != "image_encoder";
        if (!wanted || (!required && !folder.has(name)))
            continue;
        report.components.push_back(inspectNetwork(folder, name, network));
        report.components.back().required = required;
    }
    ComponentReport scheduler;
    scheduler.name = "scheduler";
    scheduler.className = folder.className("scheduler");
    scheduler.required = true;
    if (const auto config = folder.config("scheduler", "scheduler_config.json"); config) {
        scheduler.present = true;
        report.prediction =
            nn::ConfigReader(*config, "scheduler_config.json").text("prediction_type", "epsilon");
    } else {
        scheduler.problem = config.error();
    }
    report.components.push_back(scheduler);
    summarize(report);
    if (network.text)
        report.textLength = network.text->maxPositions;
    if (network.vae) {
        report.latentChannels = network.vae->latentChannels;
        report.sizeStep = network.vae->factor();
        if (network.unet)
            report.nativeSize = network.unet->sampleSize * network.vae->factor();
    }
    inspectAdapters(folder, network, report);
    return report;
}

Result<ModelReport> inspectClip(const std::string &path, const json &source)
{
    ModelReport report;
    report.folder = path;
    report.kind = ModelKind::Clip;
    report.components.push_back(inspectTokenizer("tokenizer", path));
    const auto files = openWeights(path);
    for (const char *name : {"text_model", "vision_model"}) {
        ComponentReport component;
        component.name = name;
        component.required = true;
        component.className = "CLIPModel";
        if (!files) {
            component.problem = files.error();
        } else if (std::string(name) == "text_model") {
            component.present = true;
            count(*files, component); // once: both are in the same files
            const auto text = check<nn::ClipTextConfig>(source, path, *files, nn::loadClipText);
            if (text)
                report.textLength = text->maxPositions;
            else
                component.problem = text.error();
        } else {
            component.present = true;
            const auto vision =
                check<nn::ClipVisionConfig>(source, path, *files, nn::loadClipVision);
            if (vision)
                report.nativeSize = vision->imageSize;
            else
                component.problem = vision.error();
        }
        report.components.push_back(std::move(component));
    }
    summarize(report);
    return report;
}

json errorJson(const std::optional<Error> &error)
{
    return error ? json{{"code", errorName(error->code)}, {"text", errorText(*error)}}
                 : json(nullptr);
}

} // namespace

const char *modelKindName(ModelKind kind)
{
    switch (kind) {
    case ModelKind::StableDiffusion:
        return "stable-diffusion";
    case ModelKind::StableDiffusionXl:
        return "stable-diffusion-xl";
    case ModelKind::Clip:
        return "clip";
    case ModelKind::Other:
        return "other";
    }
    return "other";
}

json ModelReport::toJson() const
{
    json result{{"folder", folder},
                {"kind", modelKindName(kind)},
                {"pipeline", pipelineClass},
                {"usable", !problem},
                {"problem", errorJson(problem)},
                {"parameters", parameters},
                {"bytes", {{"float32", bytesFull}, {"bfloat16", bytesFast}}},
                {"text_length", textLength},
                {"latent_channels", latentChannels},
                {"size_step", sizeStep},
                {"native_size", nativeSize},
                {"prediction_type", prediction},
                {"takes_references", takesReferences},
                {"components", json::array()},
                {"adapters", json::array()}};
    for (const ComponentReport &c : components)
        result["components"].push_back({{"name", c.name},
                                        {"class", c.className},
                                        {"required", c.required},
                                        {"present", c.present},
                                        {"parameters", c.parameters},
                                        {"bytes_on_disk", c.bytesOnDisk},
                                        {"problem", errorJson(c.problem)}});
    for (const AdapterReport &a : adapters)
        result["adapters"].push_back(
            {{"file", a.file}, {"kind", a.kind}, {"problem", errorJson(a.problem)}});
    return result;
}

Result<ModelReport> inspectModel(const std::string &path)
{
    std::error_code error;
    if (!fs::exists(path, error))
        return fail(ErrorCode::NotFound, path, "there is no such folder");
    if (!fs::is_directory(path, error))
        return fail(
            ErrorCode::Unsupported, path,
            "is a single file; expected a folder in the diffusers layout (model_index.json)");
    if (fs::exists(path + "/model_index.json", error)) {
        const auto folder = ModelFolder::open(path);
        if (!folder)
            return fail(folder.error());
        return inspectDiffusers(*folder);
    }
    if (const auto config = readJson(path + "/config.json"); config) {
        if (config->is_object() && config->contains("text_config") &&
            config->contains("vision_config"))
            return inspectClip(path, *config);
    } else if (config.error().code != ErrorCode::NotFound) {
        return fail(config.error());
    }
    return fail(
        ErrorCode::Unsupported, path,
        "expected a folder with model_index.json (a Stable Diffusion model in the diffusers "
        "layout), or with the config.json of a CLIP model");
}

} // namespace moodloom::models
