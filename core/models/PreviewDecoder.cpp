#include "core/models/PreviewDecoder.h"

#include "core/models/ModelFolder.h"
#include "core/nn/Load.h"

#include <algorithm>
#include <filesystem>

namespace moodloom::models {

namespace {

struct Found
{
    nn::TinyAutoencoderConfig config;
    nn::TensorSource source;
};

Result<std::vector<tensor::SafeTensors>> openOne(const std::string &path)
{
    auto file = tensor::SafeTensors::open(path);
    if (!file)
        return fail(file.error());
    return std::vector<tensor::SafeTensors>{*std::move(file)};
}

Result<Found> open(const std::string &path)
{
    std::error_code error;
    const bool isFolder = std::filesystem::is_directory(path, error);
    const auto files = isFolder ? openWeights(path) : openOne(path);
    if (!files)
        return fail(files.error());
    Found found{{}, nn::TensorSource::from(*files)};
    nn::nameTinyHalf(found.source);
    const std::string configFile = path + "/config.json";
    const auto json = isFolder ? readJson(configFile) : Result<nlohmann::json>();
    if (!json)
        return fail(json.error());
    auto config = isFolder ? nn::TinyAutoencoderConfig::fromJson(*json, configFile)
                           : nn::TinyAutoencoderConfig::fromShapes(found.source.shapes(), path);
    if (!config)
        return fail(config.error());
    found.config = *std::move(config);
    return found;
}

} // namespace

std::vector<std::string> previewDecodersIn(const std::string &model)
{
    std::vector<std::string> found;
    std::error_code error;
    for (std::filesystem::directory_iterator it(model, error), end; !error && it != end;
         it.increment(error)) {
        const std::string path = it->path().string();
        std::error_code ignored;
        if (it->is_directory(ignored)) {
            const auto json = readJson(path + "/config.json");
            if (!json || !json->is_object() || !json->contains("_class_name") ||
                (*json)["_class_name"] != "AutoencoderTiny")
                continue;
        } else if (it->path().extension() != ".safetensors") {
            continue;
        }
        if (const auto decoder = open(path); decoder && !decoder->config.decoder.empty())
            found.push_back(path);
    }
    std::sort(found.begin(), found.end());
    return found;
}

Result<PreviewDecoder> PreviewDecoder::load(const std::string &path, int64_t latentChannels,
                                            int64_t factor, at::Device device)
{
    const at::NoGradGuard noGrad;
    auto found = open(path);
    if (!found)
        return fail(found.error());
    nn::TinyAutoencoderConfig &config = found->config;
    if (config.decoder.empty())
        return fail(ErrorCode::Unsupported, path,
                    "holds the encoder alone; previews need the decoder");
    if (config.latentChannels() != latentChannels || config.factor() != factor)
        return fail(ErrorCode::Mismatch, path,
                    "was made for latents of " + std::to_string(config.latentChannels()) +
                        " channels, " + std::to_string(config.factor()) +
                        " times smaller than the picture; the model's have " +
                        std::to_string(latentChannels) + " channels and are " +
                        std::to_string(factor) + " times smaller");
    // The encoder is never used.
    config.encoder.clear();
    std::erase_if(found->source.tensors,
                  [](const auto &item) { return item.first.starts_with("encoder."); });
    nn::LoadOptions options;
    options.device = device;
    auto network = nn::loadTinyAutoencoder(config, found->source, options);
    if (!network)
        return fail(network.error());
    PreviewDecoder decoder;
    decoder.m_network = *std::move(network);
    decoder.m_device = device;
    return decoder;
}

RgbPixels PreviewDecoder::picture(const Tensor &latents) const
{
    const at::NoGradGuard noGrad;
    return toPixels(m_network->decode(m_network->fromModel(latents.to(m_device, at::kFloat))));
}

} // namespace moodloom::models
