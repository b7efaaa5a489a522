#include "core/generation/Generator.h"

#include "core/base/Memory.h"
#include "core/base/Paths.h"
#include "core/base/Worker.h"
#include "core/diffusion/Sampling.h"
#include "core/generation/LoadedModel.h"
#include "core/generation/Material.h"
#include "core/generation/PaintFiles.h"
#include "core/generation/Pictures.h"
#include "core/generation/PlannedMemory.h"
#include "core/generation/SamplerChoice.h"
#include "core/generation/StepPreviews.h"
#include "core/models/MemoryPlan.h"
#include "core/models/PhasedDenoiser.h"
#include "core/models/Pipeline.h"
#include "core/tensor/Noise.h"

#include <QElapsedTimer>
#include <QUuid>

#include <ATen/ATen.h>

#include <algorithm>

namespace moodloom::generation {
namespace {

constexpr uint64_t kLargeDecode = 1'000'000'000; // bytes; below, pages are rather kept

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

} // namespace

struct Generator::Private
{
    using Stage = models::PaintStage;
    using Part = models::Part;
    using Thrift = models::Thrift;

    // One recipe being painted.
    struct Run
    {
        const Recipe &recipe;
        const StepSink &sink;
        std::stop_token stop;
        PlannedMemory memory;
        Sampler sampler = Sampler::Auto; // that was chosen
        std::optional<StartPictures> start{};

        const models::MemoryPlan &plan() const { return memory.plan(); }
        models::VaeTile tile() const { return {plan().vaeTile}; }
        void tell(StepInfo info) const
        {
            info.memory = memory.told();
            if (sink)
                sink(info);
        }
    };

    LoadedModel model;
    StepPreviews previews;
    Thrift atLeast = Thrift::None;
    // Memory was refused to this model at this size, so it begins with that plan.
    struct
    {
        std::string model;
        QSize size;
        size_t level = 0;
    } learnt;

    // Whether the next stage's memory is there.
    Result<void> begin(Run &run, Stage stage) const
    {
        model.tellHeld();
        return run.memory.begin(stage, LoadedModel::heldMemory());
    }

    // Goes over to the next plan; false when there is none.
    bool fallBack(Run &run)
    {
        if (!run.memory.fallBack())
            return false;
        if (run.memory.wasRefused())
            learnt = {modelOf(run.recipe), run.recipe.size, run.memory.level()};
        previews.leave();
        model.giveBack();
        StepInfo info;
        info.total = run.recipe.steps;
        run.tell(info);
        return true;
    }

    Result<void> open(const Run &run)
    {
        const auto opened = [&] { previews.fit(model.pipeline(), model.files().model); };
        return model.open(run.recipe, run.plan(), run.stop, opened);
    }

    static LoadedModel::Progress progressOf(const Run &run)
    {
        return [&run](double share) {
            StepInfo info;
            info.loading = share;
            run.tell(info);
        };
    }

    Result<void> bring(const Run &run, std::initializer_list<Part> parts)
    {
        return model.bring(parts, run.stop, progressOf(run));
    }

    Result<at::Tensor> denoise(Run &run);
    Result<QImage> decode(Run &run, const at::Tensor &latents);
    StepInfo stepInfo(const Run &run, const diffusion::Sampler &sampler,
                      const diffusion::SamplingStep &done);
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
    memory.room = models::memoryRoom(LoadedModel::heldMemory());
    const models::MemoryPlan *plan = models::firstFitting(*plans, memory.room);
    memory.fits = plan != nullptr;
    memory.plan = plan ? *plan : plans->back();
    return memory;
}

models::MemoryRoom Generator::room()
{
    return models::memoryRoom(LoadedModel::heldMemory());
}

void Generator::keepTo(models::Thrift thrift)
{
    d->atLeast = thrift;
}

void Generator::setPreviewDecoders(const QStringList &paths, bool chosen)
{
    d->previews.setDecoders(paths, chosen);
}

void Generator::unload()
{
    d->previews.leave();
    d->model.close();
}

StepInfo Generator::Private::stepInfo(const Run &run, const diffusion::Sampler &sampler,
                                      const diffusion::SamplingStep &done)
{
    StepInfo info;
    info.step = done.step + 1;
    info.total = done.total;
    const int level = sampler.steps() - done.total + done.step + 1; // of all noise levels
    info.sigma = sampler.sigmas().empty() ? done.timestep : sampler.sigmas()[size_t(level)];
    if (info.step >= info.total)
        return info; // its picture follows at once, decoded
    info.preview = previews.of(done.x0, model.pipeline(), run.tile());
    return info;
}

// From the recipe to clean latents, by the run's plan.
Result<at::Tensor> Generator::Private::denoise(Run &run)
{
    const Recipe &recipe = run.recipe;
    const Thrift thrift = run.plan().thrift;
    if (auto room = begin(run, Stage::Load); !room)
        return fail(room.error());
    if (auto opened = open(run); !opened)
        return fail(opened.error());
    if (auto loaded = model.load(recipe, run.plan(), run.stop, progressOf(run)); !loaded)
        return fail(loaded.error());
    const models::Pipeline &pipeline = model.pipeline();
    if (auto fits = check(recipe, pipeline); !fits)
        return fail(fits.error());
    auto material = gather(recipe, run.stop);
    if (!material)
        return fail(material.error());
    run.start = material->start;
    run.sampler =
        recipe.sampler == Sampler::Auto ? samplerOfModel(pipeline.scheduler) : recipe.sampler;
    const auto config = samplerConfigOf(pipeline, run.sampler);
    if (!config)
        return fail(config.error());
    auto sampler = diffusion::makeSampler(*config, recipe.steps);
    if (!sampler)
        return fail(sampler.error());

    if (auto room = begin(run, Stage::Encode); !room)
        return fail(room.error());
    std::optional<diffusion::Source> source;
    at::Tensor inpainting;
    if (run.start || pipeline.inpaints()) {
        if (auto there = bring(run, {Part::Vae}); !there)
            return fail(there.error());
        if (run.start)
            source = sourceOf(*run.start, recipe.start.strength, pipeline, run.tile());
        inpainting = inpaintingOf(run.start, recipe.size, pipeline, run.tile());
        if (thrift == Thrift::Parts || thrift == Thrift::Files)
            model.sendAway({Part::Vae});
    }
    if (auto there = bring(run, {Part::Text}); !there)
        return fail(there.error());
    if (!material->request.references.empty())
        if (auto there = bring(run, {Part::Vision}); !there)
            return fail(there.error());
    auto encoder = models::ConditioningEncoder::make(pipeline, material->request, run.stop);
    if (!encoder)
        return fail(encoder.error());

    if (thrift != Thrift::None)
        model.sendAway({Part::Text, Part::Vision});
    if (auto room = begin(run, Stage::Steps); !room)
        return fail(room.error());
    if (auto there = bring(run, {Part::UNet}); !there)
        return fail(there.error());
    if (thrift == Thrift::Encoders)
        if (auto there = bring(run, {Part::Vae}); !there)
            return fail(there.error());
    if (auto loaded = model.loadControlNets(recipe, run.stop); !loaded)
        return fail(loaded.error());
    auto controls = model.controlsOf(recipe, material->pictures);
    if (!controls)
        return fail(controls.error());
    previews.begin(pipeline, model.files().model, run.plan().decodesPreviews);

    const int64_t step = pipeline.sizeStep();
    const std::vector<int64_t> shape{1, pipeline.vae->config().latentChannels,
                                     recipe.size.height() / step, recipe.size.width() / step};
    const at::Tensor noise = tensor::normalNoise(shape, recipe.seed).to(pipeline.device);
    const int first = source ? (*sampler)->firstStep(recipe.start.strength) : 0;
    models::PhasedDenoiser denoiser(pipeline, material->request, *std::move(encoder),
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
            run.tell(stepInfo(run, **sampler, done));
    };
    StepInfo prepared;
    prepared.total = (*sampler)->steps() - first;
    run.tell(prepared);
    const diffusion::Denoiser predict = [&denoiser](const at::Tensor &x, double t) {
        return denoiser(x, t);
    };
    return source ? diffusion::sampleOver(**sampler, predict, *source, noise, options)
                  : diffusion::sample(**sampler, predict, noise, options);
}

Result<QImage> Generator::Private::decode(Run &run, const at::Tensor &latents)
{
    previews.pause();
    if (run.plan().thrift == Thrift::Parts || run.plan().thrift == Thrift::Files) {
        model.dropControlNets();
        model.sendAway({Part::UNet});
    }
    if (model.files().device != run.plan().device) // the card had no room for it
        if (auto opened = open(run); !opened)
            return fail(opened.error());
    // The steps' memory is in pieces that the decoder's larger blocks do not fit into.
    if (run.plan().decode > kLargeDecode)
        returnFreedMemory();
    if (auto room = begin(run, Stage::Decode); !room)
        return fail(room.error());
    if (auto there = bring(run, {Part::Vae}); !there)
        return fail(there.error());
    return toImage(models::decodePicture(model.pipeline(), latents, run.tile()));
}

Result<Take> Generator::paint(const Recipe &recipe, const StepSink &sink, std::stop_token stop)
{
    const c10::InferenceMode inference;
    QElapsedTimer clock;
    clock.start();
    const auto decoders = d->previews.decodersFor(modelOf(recipe));
    auto plans = models::memoryPlans(
        memoryRequestOf(recipe, decoders.empty() ? std::string() : decoders.front()));
    if (!plans)
        return fail(plans.error());
    d->model.tellHeld();
    auto memory = PlannedMemory::make(*std::move(plans), room(), modelOf(recipe), d->atLeast);
    if (!memory)
        return fail(memory.error());
    if (d->learnt.model == modelOf(recipe) && d->learnt.size == recipe.size)
        memory->beginAt(d->learnt.level);
    Private::Run run{recipe, sink, stop, *std::move(memory)};

    // Whatever happens on the way, what was being computed is gone before the next try.
    const auto keepTo = [&](auto work) {
        auto result = refusedMemoryIsAnError(work);
        while (!result && result.error().code == ErrorCode::OutOfMemory) {
            if (!d->fallBack(run)) {
                result = fail(run.memory.outOfMemory());
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
    take.memory = run.memory.told();
    d->model.tellHeld();
    return take;
}

} // namespace moodloom::generation
