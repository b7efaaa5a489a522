#include "core/generation/Generator.h"

#include "core/base/Memory.h"
#include "core/base/Paths.h"
#include "core/base/Worker.h"
#include "core/diffusion/LatentPreview.h"
#include "core/diffusion/Sampling.h"
#include "core/generation/LivePreview.h"
#include "core/generation/Material.h"
#include "core/generation/PaintFiles.h"
#include "core/generation/Pictures.h"
#include "core/generation/SamplerChoice.h"
#include "core/models/Control.h"
#include "core/models/Lora.h"
#include "core/models/MemoryPlan.h"
#include "core/models/PhasedDenoiser.h"
#include "core/models/Pipeline.h"
#include "core/models/PreviewDecoder.h"
#include "core/tensor/Noise.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QUuid>

#include <ATen/ATen.h>

#include <atomic>

namespace moodloom::generation {
namespace {

// Weights: an autoencoder with fewer decodes in a fraction of a denoising step. Stable Diffusion's
// has 80 million.
constexpr int64_t kQuickDecoder = 5'000'000;
constexpr uint64_t kLargeDecode = 1'000'000'000; // bytes; below, pages are rather kept
constexpr qint64 kLoadingPause = 50;             // ms between two messages of how far loading is

QImage toImage(const models::RgbPixels &pixels)
{
    const QImage view(pixels.data.data(), pixels.width, pixels.height, pixels.width * 3,
                      QImage::Format_RGB888);
    return view.copy();
}

QImage toImage(const at::Tensor &bytes) // uint8 [H,W,3]
{
    const at::Tensor rows = bytes.contiguous();
    const QImage view(rows.data_ptr<uint8_t>(), int(rows.size(1)), int(rows.size(0)),
                      int(rows.size(1)) * 3, QImage::Format_RGB888);
    return view.copy();
}

tensor::Precision precisionOf(models::PaintFormat format)
{
    switch (format) {
    case models::PaintFormat::Fp32:
        return tensor::Precision::Full;
    case models::PaintFormat::Bf16:
        return tensor::Precision::Fast;
    case models::PaintFormat::Fp16:
        return tensor::Precision::Half;
    }
    return tensor::Precision::Full;
}

// Runs it; memory that is refused, by main memory or the card's, is an error like others.
template <class Work> auto refusedMemoryIsAnError(Work work) -> decltype(work())
{
    try {
        return work();
    } catch (const std::exception &) {
        Error error = detail::currentException("painting");
        if (error.code != ErrorCode::OutOfMemory)
            throw;
        return fail(std::move(error));
    }
}

// Bytes that painting holds, for whoever asks what there is.
std::atomic<uint64_t> heldByPainting = 0;

} // namespace

struct Generator::Private
{
    using Plan = models::MemoryPlan;
    using Stage = models::PaintStage;
    using Part = models::Part;

    // One recipe being painted.
    struct Run
    {
        const Recipe &recipe;
        const StepSink &sink;
        std::stop_token stop;
        std::vector<Plan> plans;
        size_t level = 0; // of the plan that is kept to
        PaintMemory memory{};
        Stage stage = Stage::Load;
        uint64_t needed = 0, available = 0; // where a stage was not begun
        Sampler sampler = Sampler::Auto;    // that was chosen
        std::optional<StartPictures> start{};

        const Plan &plan() const { return plans[level]; }
        models::VaeTile tile() const { return {plan().vaeTile}; }
    };

    PaintFiles files;
    std::unique_ptr<models::Pipeline> pipeline;
    std::map<std::string, std::shared_ptr<nn::ControlNetModel>> controlNets; // of the last recipe
    std::optional<diffusion::LatentPreview> preview;
    bool decodesQuickly = false; // previews are then the real thing
    QStringList previewDecoders;
    bool previewDecoderChosen = false;
    std::unique_ptr<LivePreview> live; // null: coarse previews
    std::string liveFile;
    models::Thrift atLeast = models::Thrift::None;
    bool liveSeen = false;  // it has brought a picture of this run
    uint64_t ownBefore = 0; // memory of this process before the model came
    // Memory was refused to this model at this size, so it begins with that plan.
    struct
    {
        std::string model;
        QSize size;
        size_t level = 0;
    } learnt;

    // -- The plan

    void tellHeld()
    {
        const uint64_t own = pipeline ? ownMemory() : 0;
        heldByPainting = own - std::min(own, ownBefore);
    }

    // Whether the next stage's memory is there: Linux would promise it anyhow.
    Result<void> begin(Run &run, Stage stage)
    {
        run.stage = stage;
        run.needed = run.available = 0;
        tellHeld();
        const models::MemoryRoom room = models::memoryRoom(heldByPainting);
        const uint64_t available = room.of(run.plan().device), needed = run.plan().bytesOf(stage);
        if (available == 0 || needed <= available)
            return {};
        run.needed = needed;
        run.available = available;
        return fail(ErrorCode::OutOfMemory,
                    run.plans.front().device == run.plan().device ? files.model : "graphics card");
    }

    // Goes over to the next plan; false when there is none.
    bool fallBack(Run &run)
    {
        if (run.level + 1 >= run.plans.size())
            return false;
        ++run.level;
        run.memory.fallbacks.push_back({run.stage, run.needed, run.available, run.plan()});
        run.memory.plan = run.plan();
        if (run.needed == 0)
            learnt = {modelOf(run.recipe), run.recipe.size, run.level};
        giveBack();
        if (run.sink) {
            StepInfo info;
            info.total = run.recipe.steps;
            info.memory = run.memory;
            run.sink(info);
        }
        return true;
    }

    // All weights leave; the networks' settings stay.
    void giveBack()
    {
        live.reset();
        liveFile.clear();
        controlNets.clear();
        if (pipeline)
            for (const Part part : {Part::Text, Part::Vision, Part::UNet, Part::Vae})
                pipeline->sendAway(part);
        returnFreedMemory();
        if (pipeline)
            tensor::returnDeviceMemory(pipeline->device);
    }

    // With all plans tried.
    Error outOfMemory(const Run &run) const
    {
        if (run.needed > 0)
            return models::noRoom(run.plan(), {run.available, run.available}, modelOf(run.recipe));
        return {ErrorCode::OutOfMemory, modelOf(run.recipe),
                "memory was refused even at the thriftiest: choose a smaller picture, a smaller "
                "model or fewer ControlNets, or close other programs"};
    }

    // -- Loading

    // The networks and their settings, without weights.
    Result<void> open(const Run &run)
    {
        const PaintFiles wanted = filesOf(run.recipe, run.plan());
        if (pipeline && files == wanted)
            return {};
        controlNets.clear();
        live.reset();
        liveFile.clear();
        if (pipeline) {
            pipeline.reset();
            returnFreedMemory();
        }
        ownBefore = ownMemory();
        models::PipelineOptions options;
        options.device = wanted.device == models::PaintDevice::Card ? tensor::bestDevice()
                                                                    : at::Device(at::kCPU);
        options.precision = precisionOf(wanted.format);
        options.weightsInFiles = wanted.weightsInFiles;
        options.lazy = true;
        options.tokenizer = tokenizerFolder().toStdString();
        options.adapters = wanted.adapters;
        options.imageEncoder = wanted.imageEncoder;
        options.stop = run.stop;
        auto loaded = models::loadPipeline(wanted.model, options);
        if (!loaded)
            return fail(loaded.error());
        pipeline = std::move(*loaded);
        files = wanted;
        decodesQuickly = weights(*pipeline->vae) < kQuickDecoder;
        const auto fitted = diffusion::LatentPreview::load(wanted.model + "/vae/preview.json");
        preview =
            fitted ? std::optional(*fitted)
                   : diffusion::LatentPreview::forChannels(pipeline->vae->config().latentChannels);
        return {};
    }

    // Brings what of these parts is away, and tells how far it has come.
    Result<void> bring(const Run &run, std::initializer_list<Part> parts)
    {
        int64_t all = 0, done = 0;
        for (const Part part : parts)
            all += pipeline->missing(part);
        if (all == 0)
            return {};
        QElapsedTimer told; // not for each of some hundred tensors
        const auto tell = [&](int64_t loaded) {
            if (!run.sink || (told.isValid() && told.elapsed() < kLoadingPause && loaded < all))
                return;
            told.start();
            StepInfo info;
            info.memory = run.memory;
            info.loading = double(loaded) / double(all);
            run.sink(info);
        };
        for (const Part part : parts) {
            const int64_t missing = pipeline->missing(part);
            const auto progress = [&](double share) {
                tell(done + int64_t(share * double(missing)));
            };
            if (auto there = pipeline->bring(part, run.stop, progress); !there)
                return there;
            done += missing;
        }
        return {};
    }

    // And the weights that stay, by the plan; the others leave.
    Result<void> load(const Run &run)
    {
        if (auto opened = open(run); !opened)
            return opened;
        if (auto merged = models::setLoras(*pipeline, lorasOf(run.recipe), run.stop); !merged)
            return merged;
        using models::Thrift;
        if (run.plan().thrift == Thrift::None) {
            if (auto there = bring(run, {Part::Text, Part::Vision, Part::Vae, Part::UNet}); !there)
                return there;
            return loadControlNets(run.recipe, run.stop);
        }
        pipeline->sendAway(Part::Text);
        pipeline->sendAway(Part::Vision);
        if (run.plan().thrift != Thrift::Encoders) {
            controlNets.clear();
            pipeline->sendAway(Part::UNet);
            pipeline->sendAway(Part::Vae);
        }
        return {};
    }

    Result<void> loadControlNets(const Recipe &recipe, std::stop_token stop)
    {
        std::map<std::string, std::shared_ptr<nn::ControlNetModel>> wanted;
        for (const RecipeControl &control : recipe.controls) {
            const std::string path = control.network.toStdString();
            if (control.scale <= 0 || wanted.count(path))
                continue;
            if (const auto known = controlNets.find(path); known != controlNets.end()) {
                wanted.insert(*known);
                continue;
            }
            auto loaded = models::loadControlNet(path, *pipeline, stop);
            if (!loaded)
                return fail(loaded.error());
            wanted[path] = *std::move(loaded);
        }
        controlNets = std::move(wanted);
        return {};
    }

    // Where the plan leaves room for it.
    void loadPreviewDecoder(const Run &run)
    {
        if (!run.plan().decodesPreviews) {
            live.reset();
            liveFile.clear();
            return;
        }
        const auto &vae = pipeline->vae->config();
        for (const std::string &file : decodersFor(files.model)) {
            if (live && file == liveFile)
                return;
            auto decoder = models::PreviewDecoder::load(file, vae.latentChannels, vae.factor(),
                                                        pipeline->device);
            if (!decoder)
                continue; // for other latents
            live = std::make_unique<LivePreview>(*std::move(decoder));
            liveFile = file;
            return;
        }
        live.reset();
        liveFile.clear();
    }

    // Decoders that may fit, the best first.
    std::vector<std::string> decodersFor(const std::string &model) const
    {
        std::vector<std::string> files = models::previewDecodersIn(model);
        std::vector<std::string> others;
        // The latents of SD 1.x and SDXL have the same shape, and nothing in the files tells their
        // decoders apart; by their names, then.
        const auto source = models::openModelSource(model);
        const bool large = source && (*source)->has("text_encoder_2");
        for (const QString &path : previewDecoders)
            if (previewDecoderChosen || QFileInfo(path).fileName().contains(
                                            QLatin1String("xl"), Qt::CaseInsensitive) == large)
                others.push_back(path.toStdString());
        files.insert(previewDecoderChosen ? files.begin() : files.end(), others.begin(),
                     others.end());
        return files;
    }

    // -- Painting

    // With their networks, which have to be there. `pictures` keeps the pixels.
    Result<std::vector<models::ControlRequest>> controlsOf(const Recipe &recipe,
                                                           QVector<QImage> &pictures) const
    {
        std::vector<models::ControlRequest> controls;
        for (const RecipeControl &control : recipe.controls) {
            if (control.scale <= 0)
                continue;
            auto picture = readCovering(control.picture, recipe.size);
            if (!picture)
                return fail(picture.error());
            pictures.append(*picture);
            controls.push_back({controlNets.at(control.network.toStdString()),
                                viewOf(pictures.last()), control.scale});
        }
        return controls;
    }

    Result<at::Tensor> denoise(Run &run);
    Result<QImage> decode(Run &run, const at::Tensor &latents);
    StepInfo stepInfo(const Run &run, const diffusion::Sampler &sampler,
                      const diffusion::SamplingStep &done);

    static int64_t weights(const torch::nn::Module &network)
    {
        int64_t count = 0;
        for (const at::Tensor &weight : network.parameters())
            count += weight.numel();
        return count;
    }
};

Generator::Generator() : d(std::make_unique<Private>()) {}
Generator::~Generator()
{
    unload();
}

Result<Canvas> Generator::canvas(const QString &model)
{
    const QString path = model.isEmpty() ? builtInModelFolder() : model;
    const auto source = models::openModelSource(path.toStdString());
    if (!source)
        return fail(source.error());
    const auto unet = (*source)->config("unet");
    const auto vae = (*source)->config("vae");
    if (!unet || !vae)
        return fail(!unet ? unet.error() : vae.error());
    const auto autoencoder = nn::AutoencoderConfig::fromJson(*vae, (*source)->configName("vae"));
    if (!autoencoder)
        return fail(autoencoder.error());
    const int factor = int(autoencoder->factor());
    const int side = unet->value("sample_size", 64) * factor;
    return Canvas{QSize(side, side), factor};
}

Result<PaintMemory> Generator::memory(const Recipe &recipe)
{
    const auto plans = models::memoryPlans(memoryRequestOf(recipe, {}));
    if (!plans)
        return fail(plans.error());
    PaintMemory memory;
    memory.room = models::memoryRoom(heldByPainting);
    const models::MemoryPlan *plan = models::firstFitting(*plans, memory.room);
    memory.fits = plan != nullptr;
    memory.plan = plan ? *plan : plans->back();
    return memory;
}

models::MemoryRoom Generator::room()
{
    return models::memoryRoom(heldByPainting);
}

void Generator::keepTo(models::Thrift thrift)
{
    d->atLeast = thrift;
}

void Generator::setPreviewDecoders(const QStringList &paths, bool chosen)
{
    d->previewDecoders = paths;
    d->previewDecoderChosen = chosen;
}

void Generator::unload()
{
    d->live.reset();
    d->liveFile.clear();
    d->controlNets.clear();
    d->pipeline.reset();
    returnFreedMemory();
    d->tellHeld();
}

StepInfo Generator::Private::stepInfo(const Run &run, const diffusion::Sampler &sampler,
                                      const diffusion::SamplingStep &done)
{
    StepInfo info;
    info.step = done.step + 1;
    info.total = done.total;
    info.memory = run.memory;
    const int level = sampler.steps() - done.total + done.step + 1; // of all noise levels
    info.sigma = sampler.sigmas().empty() ? done.timestep : sampler.sigmas()[size_t(level)];
    if (info.step >= info.total)
        return info; // its picture follows at once, decoded
    if (decodesQuickly && !pipeline->away.count("vae")) {
        info.preview = toImage(models::decodePicture(*pipeline, done.x0, run.tile()));
        return info;
    }
    if (live) {
        // That of an earlier step: the sampler does not wait for it.
        info.preview = live->take();
        live->offer(done.x0);
        liveSeen |= !info.preview.isNull();
        if (liveSeen)
            return info;
    }
    if (preview && preview->channels() == done.x0.size(1))
        info.preview = toImage(preview->picture(done.x0, pipeline->sizeStep()));
    return info;
}

// From the recipe to clean latents, by the run's plan.
Result<at::Tensor> Generator::Private::denoise(Run &run)
{
    using models::Thrift;
    const Recipe &recipe = run.recipe;
    const Thrift thrift = run.plan().thrift;
    if (auto room = begin(run, Stage::Load); !room)
        return fail(room.error());
    if (auto loaded = load(run); !loaded)
        return fail(loaded.error());
    if (auto fits = check(recipe, *pipeline); !fits)
        return fail(fits.error());
    auto material = gather(recipe, run.stop);
    if (!material)
        return fail(material.error());
    run.start = material->start;
    run.sampler =
        recipe.sampler == Sampler::Auto ? samplerOfModel(pipeline->scheduler) : recipe.sampler;
    const auto config = samplerConfigOf(*pipeline, run.sampler);
    if (!config)
        return fail(config.error());
    auto sampler = diffusion::makeSampler(*config, recipe.steps);
    if (!sampler)
        return fail(sampler.error());

    if (auto room = begin(run, Stage::Encode); !room)
        return fail(room.error());
    std::optional<diffusion::Source> source;
    at::Tensor inpainting;
    if (run.start || pipeline->inpaints()) {
        if (auto there = bring(run, {Part::Vae}); !there)
            return fail(there.error());
        if (run.start)
            source = sourceOf(*run.start, recipe.start.strength, *pipeline, run.tile());
        inpainting = inpaintingOf(run.start, recipe.size, *pipeline, run.tile());
        if (thrift == Thrift::Parts || thrift == Thrift::Files)
            pipeline->sendAway(Part::Vae);
    }
    if (auto there = bring(run, {Part::Text}); !there)
        return fail(there.error());
    if (!material->request.references.empty())
        if (auto there = bring(run, {Part::Vision}); !there)
            return fail(there.error());
    auto encoder = models::ConditioningEncoder::make(*pipeline, material->request, run.stop);
    if (!encoder)
        return fail(encoder.error());

    if (thrift != Thrift::None) {
        pipeline->sendAway(Part::Text);
        pipeline->sendAway(Part::Vision);
    }
    if (auto room = begin(run, Stage::Steps); !room)
        return fail(room.error());
    if (auto there = bring(run, {Part::UNet}); !there)
        return fail(there.error());
    if (thrift == Thrift::Encoders)
        if (auto there = bring(run, {Part::Vae}); !there)
            return fail(there.error());
    if (auto loaded = loadControlNets(recipe, run.stop); !loaded)
        return fail(loaded.error());
    auto controls = controlsOf(recipe, material->pictures);
    if (!controls)
        return fail(controls.error());
    loadPreviewDecoder(run);
    if (live)
        live->clear();
    liveSeen = false;

    const int64_t step = pipeline->sizeStep();
    const std::vector<int64_t> shape{1, pipeline->vae->config().latentChannels,
                                     recipe.size.height() / step, recipe.size.width() / step};
    const at::Tensor noise = tensor::normalNoise(shape, recipe.seed).to(pipeline->device);
    const int first = source ? (*sampler)->firstStep(recipe.start.strength) : 0;
    models::PhasedDenoiser denoiser(*pipeline, material->request, *std::move(encoder),
                                    {std::max(1, (*sampler)->steps() - first), recipe.guidance,
                                     *std::move(controls), inpainting});
    diffusion::SamplingOptions options;
    options.stop = run.stop;
    uint32_t draws = 0;
    options.noise = [&](const at::Tensor &like) {
        return tensor::normalNoise(like.sizes(), recipe.seed, ++draws).to(like.device());
    };
    options.onStep = [&](const diffusion::SamplingStep &done) {
        if (run.sink)
            run.sink(stepInfo(run, **sampler, done));
    };
    if (run.sink) {
        StepInfo info;
        info.total = (*sampler)->steps() - first;
        info.memory = run.memory;
        run.sink(info);
    }
    const diffusion::Denoiser predict = [&denoiser](const at::Tensor &x, double t) {
        return denoiser(x, t);
    };
    return source ? diffusion::sampleOver(**sampler, predict, *source, noise, options)
                  : diffusion::sample(**sampler, predict, noise, options);
}

Result<QImage> Generator::Private::decode(Run &run, const at::Tensor &latents)
{
    using models::Thrift;
    if (live)
        live->clear();
    if (run.plan().thrift == Thrift::Parts || run.plan().thrift == Thrift::Files) {
        controlNets.clear();
        pipeline->sendAway(Part::UNet);
    }
    if (files.device != run.plan().device) // the card had no room for it
        if (auto opened = open(run); !opened)
            return fail(opened.error());
    // The steps' memory is in pieces that the decoder's larger blocks do not fit into.
    if (run.plan().decode > kLargeDecode)
        returnFreedMemory();
    if (auto room = begin(run, Stage::Decode); !room)
        return fail(room.error());
    if (auto there = bring(run, {Part::Vae}); !there)
        return fail(there.error());
    return toImage(models::decodePicture(*pipeline, latents, run.tile()));
}

Result<Take> Generator::paint(const Recipe &recipe, const StepSink &sink, std::stop_token stop)
{
    const c10::InferenceMode inference;
    QElapsedTimer clock;
    clock.start();
    Private::Run run{recipe, sink, stop, {}};
    const auto decoders = d->decodersFor(modelOf(recipe));
    auto plans = models::memoryPlans(
        memoryRequestOf(recipe, decoders.empty() ? std::string() : decoders.front()));
    if (!plans)
        return fail(plans.error());
    run.plans = *std::move(plans);
    d->tellHeld();
    run.memory.room = models::memoryRoom(heldByPainting);
    const models::MemoryPlan *plan = models::firstFitting(run.plans, run.memory.room);
    if (!plan)
        return fail(models::noRoom(run.plans.back(), run.memory.room, modelOf(recipe)));
    run.level = size_t(plan - run.plans.data());
    if (d->learnt.model == modelOf(recipe) && d->learnt.size == recipe.size)
        run.level = std::clamp(d->learnt.level, run.level, run.plans.size() - 1);
    while (run.plan().thrift < d->atLeast && run.level + 1 < run.plans.size())
        ++run.level;
    run.memory.plan = run.plan();

    // Whatever happens on the way, what was being computed is gone before the next try.
    const auto keepTo = [&](auto work) {
        auto result = refusedMemoryIsAnError(work);
        while (!result && result.error().code == ErrorCode::OutOfMemory) {
            if (!d->fallBack(run)) {
                result = fail(d->outOfMemory(run));
                break;
            }
            result = refusedMemoryIsAnError(work);
        }
        return result;
    };
    const auto latents = keepTo([&] { return d->denoise(run); });
    if (!latents) {
        if (latents.error().code == ErrorCode::OutOfMemory)
            unload();
        return fail(latents.error());
    }
    if (stop.stop_requested())
        return cancelled();
    auto image = keepTo([&] { return d->decode(run, latents->to(at::kCPU)); });
    if (!image) {
        if (image.error().code == ErrorCode::OutOfMemory)
            unload();
        return fail(image.error());
    }

    Take take;
    take.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    take.recipe = recipe;
    take.recipe.sampler = run.sampler;
    take.image = run.start ? blended(*image, *run.start) : *image;
    take.made = QDateTime::currentDateTimeUtc();
    take.seconds = double(clock.elapsed()) / 1000;
    take.memory = run.memory;
    d->tellHeld();
    return take;
}

} // namespace moodloom::generation
