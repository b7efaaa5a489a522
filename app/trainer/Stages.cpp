#include "app/trainer/Stages.h"

#include "app/trainer/SampleGrid.h"
#include "core/models/Pipeline.h"
#include "core/models/TokenizerTraining.h"
#include "core/training/AutoencoderTraining.h"
#include "core/training/BuiltInShape.h"
#include "core/training/EncoderTraining.h"
#include "core/training/ModelExport.h"
#include "core/training/NameTraining.h"
#include "core/training/RetrievalTraining.h"
#include "core/training/UNetTraining.h"

#include <algorithm>
#include <chrono>
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
    std::printf("%lld tokens; a text has %.1f on average, %zu at most\n",
                (long long)tokenizer->size(), double(total) / double(corpus.size()), longest);
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

// Pictures that no stage trains on.
constexpr uint64_t unseenSeed = 1000003;
constexpr int64_t unseenScenes = 256;

constexpr training::SceneSizes sceneSizes{training::pictureSize, training::referenceSize};

training::ScenePool::Options poolOptions(const Arguments &arguments, const std::string &stage)
{
    training::ScenePool::Options options;
    options.sizes = sceneSizes;
    options.seed = arguments.stage.seed;
    options.threads = arguments.stage.drawThreads;
    options.device = arguments.stage.device;
    // What was drawn for a stage before is not drawn again.
    if (const auto state =
            training::loadState(arguments.stage.folder + "/" + stage + ".safetensors"))
        options.first = state->scene;
    if (!options.device.is_cpu()) {
        options.capacity = 98304; // 29 GB of pictures and references
        options.chunk = 64;
        options.minimum = 4096;
        options.reuse = 0; // drawing takes other cores than training does
    }
    return options;
}

training::LatentPool::Options latentOptions(const Arguments &arguments)
{
    training::LatentPool::Options options;
    if (!arguments.stage.device.is_cpu()) {
        options.capacity = 393216; // 26 GB
        options.chunk = 512;
        options.minimum = 16384;
        options.reuse = 0;
        options.dtype = arguments.stage.dtype;
    }
    return options;
}

training::SceneRows unseenRows(const training::SceneSource &source,
                               const models::Tokenizer &tokenizer,
                               const training::StageOptions &options)
{
    auto held = training::drawRows(source, &tokenizer, options.seed + unseenSeed, 0, unseenScenes,
                                   sceneSizes);
    for (at::Tensor *part : {&held.pictures, &held.references, &held.families, &held.ids})
        *part = part->to(options.device);
    return held;
}

Result<void> trainEncoders(const training::SceneSource &source, const models::Tokenizer &tokenizer,
                           training::ScenePool &scenes, const training::StageOptions &options)
{
    return training::trainEncoders(scenes, unseenRows(source, tokenizer, options), tokenizer,
                                   options);
}

Result<void> trainAutoencoder(const training::SceneSource &source, training::AutoencoderPart part,
                              training::ScenePool &scenes, const training::StageOptions &options)
{
    return training::trainAutoencoder(
        scenes, training::heldPictures(source, options.seed + unseenSeed, 32), part, options);
}

// What is lost in the latents of an exported model, on scenes that no stage trains on.
Result<void> measureReconstruction(const training::SceneSource &source, const Arguments &arguments)
{
    models::PipelineOptions options;
    const auto pipeline = models::loadPipeline(arguments.modelFolder, options);
    if (!pipeline)
        return fail(pipeline.error());
    const auto found = training::reconstruction(
        *(*pipeline)->vae,
        training::heldPictures(source, arguments.stage.seed + unseenSeed, int(unseenScenes)));
    std::printf("%d fresh scenes: %.2f dB a picture (worst %.2f), %.2f dB of all pixels, steepness "
                "of edges %.3f\n",
                int(unseenScenes), found.mean, found.least, found.together, found.edges);
    return {};
}

Result<void> exportFolder(const training::SceneSource &source, const models::Tokenizer &tokenizer,
                          const Arguments &arguments)
{
    const at::Device device = arguments.stage.device;
    const bool namesTaught = std::filesystem::exists(arguments.stage.folder + "/names.safetensors");
    const auto encoders = training::loadEncoders(arguments.stage.folder, tokenizer, at::kCPU,
                                                 namesTaught ? "names" : "encoders");
    if (!encoders)
        return fail(encoders.error());
    const auto retrieval =
        training::loadEncoders(arguments.stage.folder, tokenizer, at::kCPU, "retrieval");
    if (!retrieval && retrieval.error().code != ErrorCode::NotFound)
        return fail(retrieval.error());
    const auto autoencoder = training::loadAutoencoder(arguments.stage.folder, source, device);
    if (!autoencoder)
        return fail(autoencoder.error());
    auto generator = std::make_shared<training::Generator>();
    const auto loaded =
        training::loadAverage(arguments.stage.folder + "/unet.safetensors", *generator);
    if (!loaded && loaded.error().code != ErrorCode::NotFound)
        return loaded; // before its training begins, the generator's random weights are exported
    return training::exportModel({tokenizerFolder(arguments), *encoders,
                                  retrieval ? *retrieval : nullptr, *autoencoder, generator,
                                  training::heldPictures(source, 78, 64).to(device)},
                                 arguments.modelFolder);
}

Result<void> trainUNet(const training::SceneSource &source, const models::Tokenizer &tokenizer,
                       training::ScenePool &scenes, const Arguments &arguments,
                       const training::StageOptions &options)
{
    const auto encoders = training::loadEncoders(options.folder, tokenizer, options.device);
    if (!encoders)
        return fail(encoders.error());
    const auto autoencoder = training::loadAutoencoder(options.folder, source, options.device);
    if (!autoencoder)
        return fail(autoencoder.error());
    return training::trainUNet(scenes, tokenizer, *encoders, *autoencoder, latentOptions(arguments),
                               options);
}

// What the generator says of references, for the stage "retrieval" to learn from.
Result<void> askPainter(const training::SceneSource &source, const models::Tokenizer &tokenizer,
                        const training::StageOptions &options)
{
    const auto encoders = training::loadEncoders(options.folder, tokenizer);
    if (!encoders)
        return fail(encoders.error());
    const auto autoencoder = training::loadAutoencoder(options.folder, source);
    if (!autoencoder)
        return fail(autoencoder.error());
    auto generator = std::make_shared<training::Generator>();
    if (auto loaded = training::loadAverage(options.folder + "/unet.safetensors", *generator);
        !loaded)
        return loaded;
    const training::Painter painter(*encoders, *autoencoder, generator, options.dtype);
    return training::collectLessons(source, tokenizer, painter, options);
}

// One stage after the other on one pool of scenes, which is drawn into all the while: for a machine
// that is there for minutes. The model is exported with every save, so that nothing is lost if
// those end early.
Result<void> trainAll(const training::SceneSource &source, const models::Tokenizer &tokenizer,
                      const Arguments &arguments)
{
    const auto begin = std::chrono::steady_clock::now();
    constexpr double autoencoderShare = 0.23,
                     encodersShare = 0.09; // of the minutes; the rest is the U-Net's
    training::ScenePool scenes(source, &tokenizer, poolOptions(arguments, "unet"));
    const auto planned = [&](double minutes, int batch, double rate) {
        training::StageOptions options = arguments.stage;
        options.minutes = minutes;
        options.totalSteps = 0;
        options.learningRate = rate;
        if (!arguments.batchGiven)
            options.batch = batch;
        return options;
    };
    const double minutes = arguments.stage.minutes;
    if (auto done = trainAutoencoder(source, training::AutoencoderPart::Both, scenes,
                                     planned(minutes * autoencoderShare, 96, 2e-3));
        !done)
        return done;
    if (auto done = trainEncoders(source, tokenizer, scenes,
                                  planned(minutes * encodersShare, 1024, 1.5e-3));
        !done)
        return done;
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    auto unet = planned(minutes - passed.count() / 60, 384, 1.2e-3);
    unet.saveSeconds = 100;
    unet.onSave = [&] {
        if (const auto done = exportFolder(source, tokenizer, arguments); !done)
            std::fprintf(stderr, "not exported: %s\n", errorText(done.error()).c_str());
    };
    if (auto done = trainUNet(source, tokenizer, scenes, arguments, unet); !done)
        return done;
    return exportFolder(source, tokenizer, arguments);
}

} // namespace

Result<void> runStage(const std::string &name, const training::SceneSource &source,
                      const Arguments &arguments)
{
    constexpr const char *known[] = {"tokenizer", "encoders", "autoencoder",   "decoder", "unet",
                                     "names",     "lessons",  "retrieval",     "all",     "export",
                                     "import",    "grid",     "reconstruction"};
    if (std::find(std::begin(known), std::end(known), name) == std::end(known))
        return fail(ErrorCode::Invalid, name, "no such stage; see --help");
    std::error_code ignored;
    std::filesystem::create_directories(arguments.stage.folder, ignored);
    if (name == "tokenizer")
        return makeTokenizer(source, arguments);
    if (name == "import")
        return importFolder(arguments);
    if (name == "reconstruction")
        return measureReconstruction(source, arguments);
    if (name == "grid")
        return paintGrid(source, arguments);
    const auto tokenizer = models::Tokenizer::load(tokenizerFolder(arguments));
    if (!tokenizer)
        return fail(tokenizer.error());
    if (name == "export")
        return exportFolder(source, *tokenizer, arguments);
    if (name == "all")
        return trainAll(source, *tokenizer, arguments);
    if (name == "names")
        return training::trainNames(source, *tokenizer, arguments.stage);
    if (name == "lessons")
        return askPainter(source, *tokenizer, arguments.stage);
    training::ScenePool scenes(source, &*tokenizer,
                               poolOptions(arguments, name == "decoder" ? "autoencoder" : name));
    if (name == "encoders")
        return trainEncoders(source, *tokenizer, scenes, arguments.stage);
    if (name == "retrieval")
        return training::trainRetrieval(scenes, source,
                                        unseenRows(source, *tokenizer, arguments.stage), *tokenizer,
                                        arguments.stage);
    if (name == "unet")
        return trainUNet(source, *tokenizer, scenes, arguments, arguments.stage);
    return trainAutoencoder(source,
                            name == "decoder" ? training::AutoencoderPart::Decoder
                                              : training::AutoencoderPart::Both,
                            scenes, arguments.stage);
}

} // namespace moodloom::trainer
