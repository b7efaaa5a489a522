#include "app/trainer/Stages.h"

#include "app/trainer/SampleGrid.h"
#include "core/models/TokenizerTraining.h"
#include "core/training/AutoencoderTraining.h"
#include "core/training/BuiltInShape.h"
#include "core/training/EncoderTraining.h"
#include "core/training/ModelExport.h"
#include "core/training/UNetTraining.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

namespace moodloom::trainer {
namespace {

std::string tokenizerFolder(const Arguments &arguments)
{
    return arguments.stage.folder + "/tokenizer";
}

Result<void> makeTokenizer(const training::SceneSource &source, const Arguments &arguments)
{
    const std::string folder = tokenizerFolder(arguments);
    std::filesystem::create_directories(folder);
    models::TokenizerOptions options;
    options.vocabularySize = training::vocabularySize;
    options.maxLength = training::textLength;
    const auto corpus = source.corpus(arguments.stage.seed, 40000);
    if (auto done = models::trainTokenizer(corpus, folder, options); !done)
        return done;
    const auto tokenizer = models::Tokenizer::load(folder);
    if (!tokenizer)
        return fail(tokenizer.error());
    size_t longest = 0, total = 0;
    for (const std::string &text : corpus) {
        const size_t length = tokenizer->encodeWhole(text).size();
        longest = std::max(longest, length);
        total += length;
    }
    std::printf("%lld tokens; a text has %.1f on average, %zu at most\n", (long long)tokenizer->size(),
                double(total) / double(corpus.size()), longest);
    return {};
}

// The states of all stages from an exported model, where there are none yet.
Result<void> importFolder(const Arguments &arguments)
{
    std::error_code failed;
    const std::string tokenizer = tokenizerFolder(arguments);
    if (!std::filesystem::exists(tokenizer))
        std::filesystem::copy(arguments.modelFolder + "/tokenizer", tokenizer,
                              std::filesystem::copy_options::recursive, failed);
    if (failed)
        return fail(ErrorCode::Unreadable, tokenizer, failed.message());
    return training::importModel(arguments.modelFolder, arguments.stage.folder);
}

} // namespace

Result<void> runStage(const std::string &name, const training::SceneSource &source,
                      const Arguments &arguments)
{
    constexpr const char *known[] = {"tokenizer", "encoders", "autoencoder", "decoder",
                                     "unet",      "export", "import", "grid"};
    if (std::find(std::begin(known), std::end(known), name) == std::end(known))
        return fail(ErrorCode::Invalid, name, "no such stage; see --help");
    std::error_code ignored;
    std::filesystem::create_directories(arguments.stage.folder, ignored);
    if (name == "tokenizer")
        return makeTokenizer(source, arguments);
    if (name == "import")
        return importFolder(arguments);
    if (name == "grid")
        return paintGrid(source, arguments);
    if (name == "autoencoder")
        return training::trainAutoencoder(source, training::AutoencoderPart::Both, arguments.stage);
    if (name == "decoder")
        return training::trainAutoencoder(source, training::AutoencoderPart::Decoder, arguments.stage);
    const auto tokenizer = models::Tokenizer::load(tokenizerFolder(arguments));
    if (!tokenizer)
        return fail(tokenizer.error());
    if (name == "encoders")
        return training::trainEncoders(source, *tokenizer, arguments.stage);
    const auto encoders = training::loadEncoders(arguments.stage.folder, *tokenizer);
    if (!encoders)
        return fail(encoders.error());
    const auto autoencoder = training::loadAutoencoder(arguments.stage.folder, source);
    if (!autoencoder)
        return fail(autoencoder.error());
    if (name == "unet")
        return training::trainUNet(source, *tokenizer, *encoders, *autoencoder, arguments.stage);
    auto generator = std::make_shared<training::Generator>();
    const auto loaded = training::loadAverage(arguments.stage.folder + "/unet.safetensors", *generator);
    if (!loaded && loaded.error().code != ErrorCode::NotFound)
        return loaded; // before its training begins, the generator's random weights are exported
    return training::exportModel({tokenizerFolder(arguments), *encoders, *autoencoder, generator,
                                  training::heldPictures(source, 78, 64)},
                                 arguments.modelFolder);
}

} // namespace moodloom::trainer
