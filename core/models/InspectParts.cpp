#include "core/models/InspectParts.h"

#include <nlohmann/json.hpp>

namespace moodloom::models {

using nlohmann::json;

namespace {

// Reads config and tensor names and compares them the way loading does.
template <class Config, class Load>
Result<Config> check(const json &source, const std::string &folder, const nn::TensorSource &tensors,
                     Load load)
{
    const auto config = Config::fromJson(source, folder + "/config.json");
    if (!config)
        return fail(config.error());
    nn::LoadOptions options;
    options.mode = nn::LoadMode::CheckOnly;
    const auto network = load(*config, tensors, options);
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

} // namespace

void countTensors(const std::vector<tensor::SafeTensors> &files, ComponentReport &report)
{
    for (const tensor::SafeTensors &file : files)
        for (const auto &[name, info] : file.tensors()) {
            report.parameters += info.elements();
            report.bytesOnDisk += info.bytes;
        }
}

Result<nn::ClipTextConfig> checkText(const json &source, const std::string &path,
                                     const nn::TensorSource &tensors)
{
    return check<nn::ClipTextConfig>(source, path, tensors, nn::loadClipText);
}

Result<nn::ClipVisionConfig> checkVision(const json &source, const std::string &path,
                                         const nn::TensorSource &tensors)
{
    return check<nn::ClipVisionConfig>(source, path, tensors, nn::loadClipVision);
}

void checkNetwork(const std::string &name, const json &source, const std::string &path,
                  const nn::TensorSource &tensors, InspectedNetworks &networks,
                  ComponentReport &report)
{
    if (name == "unet") {
        keep(check<nn::UNetConfig>(source, path, tensors,
                                   [&](const auto &config, const auto &found, const auto &options) {
                                       auto unet = nn::loadUNet(config, found, options);
                                       if (unet)
                                           networks.sites = (*unet)->sites();
                                       return unet;
                                   }),
             networks.unet, report);
    } else if (name == "vae") {
        keep(check<nn::AutoencoderConfig>(source, path, tensors, nn::loadAutoencoder), networks.vae,
             report);
    } else if (name == "image_encoder") {
        keep(checkVision(source, path, tensors), networks.vision, report);
    } else if (auto text = checkText(source, path, tensors); !text) {
        report.problem = text.error();
    } else if (!networks.text) {
        networks.text = *text;
    }
}

std::string familyName(BaseFamily family)
{
    return family == BaseFamily::Unknown ? "" : baseFamilyName(family);
}

void describe(ModelReport &report, const InspectedNetworks &networks)
{
    if (networks.text)
        report.textLength = networks.text->maxPositions;
    if (!networks.vae)
        return;
    report.latentChannels = networks.vae->latentChannels;
    report.sizeStep = networks.vae->factor();
    if (!networks.unet)
        return;
    report.nativeSize = networks.unet->sampleSize * networks.vae->factor();
    if (report.problem)
        return;
    MemoryRequest request;
    request.model = report.folder;
    if (auto plans = memoryPlans(request))
        report.plans = *std::move(plans);
}

void summarize(ModelReport &report)
{
    report.room = memoryRoom();
    for (const ComponentReport &component : report.components) {
        report.parameters += component.parameters;
        report.bytesFull += uint64_t(component.parameters) * 4;
        report.bytesHalf += uint64_t(component.parameters) * 2;
        if (component.required && component.problem && !report.problem)
            report.problem = component.problem;
    }
}

} // namespace moodloom::models
