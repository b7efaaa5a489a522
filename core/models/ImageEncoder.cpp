#include "core/models/ImageEncoder.h"

#include "core/models/InferConfig.h"
#include "core/models/ModelFolder.h"
#include "core/tensor/PickleFile.h"

#include <filesystem>

namespace moodloom::models {

namespace {

Result<ImageEncoder> load(const nn::ClipVisionConfig &config, const nn::TensorSource &source,
                          const nn::LoadOptions &options)
{
    auto network = nn::loadClipVision(config, source, options);
    if (!network)
        return fail(network.error());
    const int size = int((*network)->config().imageSize);
    return ImageEncoder{*std::move(network), PreprocessConfig::forSize(size), source};
}

Result<ImageEncoder> loadFolder(const std::string &folder, const nn::LoadOptions &options)
{
    const std::string file = folder + "/config.json";
    const auto json = readJson(file);
    if (!json)
        return fail(json.error());
    const auto config = nn::ClipVisionConfig::fromJson(*json, file);
    if (!config)
        return fail(config.error());
    const auto files = openWeights(folder);
    if (!files)
        return fail(files.error());
    auto encoder = load(*config, nn::TensorSource::from(*files), options);
    if (!encoder)
        return fail(encoder.error());
    const std::string settings = folder + "/preprocessor_config.json";
    const auto preprocess = readJson(settings);
    if (!preprocess && preprocess.error().code == ErrorCode::NotFound)
        return encoder;
    if (!preprocess)
        return fail(preprocess.error());
    const auto read = preprocessFor(encoder->network->config(), *preprocess, settings);
    if (!read)
        return fail(read.error());
    encoder->preprocess = *read;
    return encoder;
}

Result<ImageEncoder> loadFile(const std::string &path, const nn::LoadOptions &options)
{
    const auto file = tensor::openTensorFile(path);
    if (!file)
        return fail(file.error());
    const auto source = nn::TensorSource::from({*file});
    if (!source.tensors.count("vision_model.embeddings.patch_embedding.weight"))
        return fail(ErrorCode::Unsupported, path,
                    "is no image encoder: it has no tensor named "
                    "vision_model.embeddings.patch_embedding.weight");
    const auto config = inferClipVision(source.shapes(), path);
    if (!config)
        return fail(config.error());
    return load(*config, source, options);
}

} // namespace

Result<ImageEncoder> loadImageEncoder(const std::string &path, const nn::LoadOptions &options)
{
    const at::NoGradGuard noGrad;
    std::error_code error;
    return std::filesystem::is_directory(path, error) ? loadFolder(path, options)
                                                      : loadFile(path, options);
}

Result<PreprocessConfig> preprocessFor(const nn::ClipVisionConfig &vision,
                                       const nlohmann::json &json, const std::string &file)
{
    const auto config = PreprocessConfig::fromJson(json, file);
    if (!config)
        return fail(config.error());
    const int64_t size = vision.imageSize;
    if (!config->centerCrop || config->cropWidth != size || config->cropHeight != size)
        return fail(ErrorCode::Mismatch, file,
                    "expected a center crop to the image encoder's image_size " +
                        std::to_string(size));
    return *config;
}

} // namespace moodloom::models
