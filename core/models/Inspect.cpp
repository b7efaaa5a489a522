#include "core/models/Inspect.h"

#include "core/models/InspectParts.h"
#include "core/models/ModelFolder.h"
#include "core/models/Tokenizer.h"
#include "core/nn/ConfigReader.h"
#include "core/tensor/PickleFile.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace moodloom::models {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

ComponentReport inspectNetwork(const ModelFolder &folder, const std::string &name,
                               InspectedNetworks &networks)
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
    countTensors(*files, report);
    checkNetwork(name, *source, path, nn::TensorSource::from(*files), networks, report);
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

void inspectAdapters(const ModelFolder &folder, const InspectedNetworks &networks,
                     ModelReport &report)
{
    for (const std::string &path : folder.adapterFiles()) {
        AdapterReport adapter;
        adapter.file = path;
        const auto file = tensor::openTensorFile(path);
        if (!file) {
            adapter.problem = file.error();
        } else {
            const auto config =
                nn::IpAdapterConfig::fromShapes(nn::TensorSource::from({*file}).shapes(), path);
            if (!config) {
                adapter.problem = config.error();
            } else {
                adapter.kind = nn::ipAdapterKindName(config->kind);
                if (const auto fits = nn::checkAdapterFits(*config, networks.sites, path); !fits)
                    adapter.problem = fits.error();
            }
        }
        report.takesReferences |= !adapter.problem && networks.vision.has_value();
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
    InspectedNetworks networks;
    report.components.push_back(inspectTokenizer("tokenizer", folder.folderOf("tokenizer")));
    if (second)
        report.components.push_back(
            inspectTokenizer("tokenizer_2", folder.folderOf("tokenizer_2")));
    for (const char *name : {"text_encoder", "text_encoder_2", "unet", "vae", "image_encoder"}) {
        const bool wanted = second || std::string(name) != "text_encoder_2";
        const bool required = std::string(name) != "image_encoder";
        if (!wanted || (!required && !folder.has(name)))
            continue;
        report.components.push_back(inspectNetwork(folder, name, networks));
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
    describe(report, networks);
    if (networks.unet && networks.vae &&
        networks.unet->inChannels == 2 * networks.vae->latentChannels + 1)
        report.variant = "made for inpainting";
    if (networks.unet && !networks.unet->contextDims.empty())
        report.family = familyName(second && networks.unet->added == nn::AddedEmbedding::TextTime
                                       ? BaseFamily::StableDiffusionXl
                                       : familyOfTextWidth(networks.unet->textWidth()));
    for (const ComponentReport &component : report.components)
        if (component.required && !component.present)
            report.needs.push_back(component.name);
    inspectAdapters(folder, networks, report);
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
            countTensors(*files, component); // once: both are in the same files
            const auto text = checkText(source, path, nn::TensorSource::from(*files));
            if (text)
                report.textLength = text->maxPositions;
            else
                component.problem = text.error();
        } else {
            component.present = true;
            const auto vision = checkVision(source, path, nn::TensorSource::from(*files));
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

Result<ModelReport> inspectFile(const std::string &path)
{
    const auto file = tensor::openTensorFile(path);
    if (!file)
        return fail(file.error());
    return inspectWeights(path, {*file});
}

} // namespace

Result<ModelReport> inspectModel(const std::string &path)
{
    std::error_code error;
    if (!fs::exists(path, error))
        return fail(ErrorCode::NotFound, path, "there is no such folder or file");
    if (!fs::is_directory(path, error))
        return inspectFile(path);
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
    if (const auto files = openWeights(path); files)
        return inspectWeights(path, *files);
    else if (files.error().code != ErrorCode::NotFound)
        return fail(files.error());
    return fail(ErrorCode::Unsupported, path,
                "expected a folder with model_index.json (a Stable Diffusion model in the "
                "diffusers layout), with the config.json of a CLIP model, or with weights of one "
                "network");
}

} // namespace moodloom::models
