#include "core/generation/Generator.h"

#include "core/base/Paths.h"
#include "core/diffusion/LatentPreview.h"
#include "core/diffusion/Sampling.h"
#include "core/generation/Pictures.h"
#include "core/generation/SamplerChoice.h"
#include "core/models/Control.h"
#include "core/models/Lora.h"
#include "core/models/PhasedDenoiser.h"
#include "core/models/Pipeline.h"
#include "core/tensor/Noise.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QUuid>

#include <ATen/ATen.h>

namespace moodloom::generation {
namespace {

// Longer sides only slow decoding: the vision encoders look at 64 to 448 pixels.
constexpr int kReferenceSide = 768;
// Weights: an autoencoder with fewer decodes in a fraction of a denoising step. Stable Diffusion's
// has 80 million.
constexpr int64_t kQuickDecoder = 5'000'000;
constexpr int kMostPixels = 2048 * 2048;

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

Result<void> check(const Recipe &recipe, const models::Pipeline &pipeline)
{
    const auto range = [](const char *what, const std::string &expected) -> Result<void> {
        return fail(ErrorCode::Invalid, what, "choose " + expected);
    };
    const int step = pipeline.sizeStep();
    const int w = recipe.size.width(), h = recipe.size.height();
    if (w < step * 4 || h < step * 4 || w % step || h % step || w * qint64(h) > kMostPixels)
        return range("size", "multiples of " + std::to_string(step) + " from " +
                                 std::to_string(step * 4) + ", at most 4 megapixels");
    if (recipe.steps < 1 || recipe.steps > 200)
        return range("steps", "1 to 200");
    if (!(recipe.guidance >= 1 && recipe.guidance <= 30))
        return range("guidance", "1 to 30");
    for (const RecipeReference &reference : recipe.references)
        if (!reference.steps.isValid())
            return range("a reference's steps", "shares of the run, the smaller one first");
    if (!(recipe.start.strength >= 0 && recipe.start.strength <= 1))
        return range("strength", "0 to 1");
    for (const RecipeControl &control : recipe.controls)
        if (!(control.scale >= 0 && control.scale <= 2))
            return range("control scale", "0 to 2");
    const bool refers = std::any_of(recipe.references.begin(), recipe.references.end(),
                                    [](const RecipeReference &r) { return r.weight > 0; });
    if (refers && !pipeline.takesReferences())
        return fail(ErrorCode::Unsupported, pipeline.folder,
                    "this model has no IP-Adapter and takes no references; add one in its folder "
                    "ip_adapter, or paint without references");
    return {};
}

std::vector<models::LoraUse> lorasOf(const Recipe &recipe)
{
    std::vector<models::LoraUse> uses;
    for (const RecipeLora &lora : recipe.loras)
        uses.push_back({lora.path.toStdString(), lora.scale});
    return uses;
}

models::RgbView viewOf(const QImage &image) // RGB888
{
    return {image.constBits(), image.width(), image.height(), image.bytesPerLine()};
}

// Where the mask is white: fp32 [1,1,H,W], everywhere without a mask.
at::Tensor whiteOf(const StartPictures &start)
{
    const QImage &mask = start.mask;
    if (mask.isNull())
        return at::ones({1, 1, start.picture.height(), start.picture.width()});
    const at::Tensor bytes =
        at::from_blob(const_cast<uchar *>(mask.constBits()), {1, 1, mask.height(), mask.width()},
                      {0, 0, mask.bytesPerLine(), 1}, at::kByte);
    return at::ge(bytes, 128).to(at::kFloat);
}

// A latent is painted where the mask is white in any of its pixels: what the mask lets through is
// then never the picture's. [1,1,h,w]
at::Tensor paintedLatents(const at::Tensor &white, const models::Pipeline &pipeline)
{
    const int64_t factor = pipeline.sizeStep();
    return at::max_pool2d(white, {factor, factor}).to(pipeline.device);
}

// The latents that painting begins with.
diffusion::Source sourceOf(const StartPictures &start, double strength,
                           const models::Pipeline &pipeline)
{
    diffusion::Source source;
    source.clean = models::encodePicture(pipeline, viewOf(start.picture), {});
    source.strength = strength;
    // Models made for inpainting see what they keep: nothing is put back at every step.
    if (pipeline.inpaints())
        source.mask = at::ones({1, 1, 1, 1}, source.clean.options());
    else if (!start.mask.isNull())
        source.mask = paintedLatents(whiteOf(start), pipeline);
    return source;
}

// What a model made for inpainting sees besides; undefined for others.
at::Tensor inpaintingOf(const std::optional<StartPictures> &start, const QSize &size,
                        const models::Pipeline &pipeline)
{
    if (!pipeline.inpaints())
        return {};
    StartPictures nothing{QImage(size, QImage::Format_RGB888), {}}; // painted over everywhere
    nothing.picture.fill(Qt::gray);
    const StartPictures &seen = start ? *start : nothing;
    const at::Tensor white = whiteOf(seen);
    return models::inpaintingInput(pipeline, viewOf(seen.picture), white,
                                   paintedLatents(white, pipeline));
}

models::Region regionOf(const QRectF &region)
{
    return {region.x(), region.y(), region.width(), region.height()};
}

nn::ReferenceRole roleOf(ReferenceRole role)
{
    switch (role) {
    case ReferenceRole::Content:
        return nn::ReferenceRole::Content;
    case ReferenceRole::Style:
        return nn::ReferenceRole::Style;
    case ReferenceRole::Layout:
        return nn::ReferenceRole::Layout;
    }
    return nn::ReferenceRole::Content;
}

// What painting takes besides the model.
struct Material
{
    QVector<QImage> pictures; // keeps the pixels that the requests borrow
    models::ConditioningRequest request;
    std::vector<models::ControlRequest> controls;
    std::optional<StartPictures> start;
};

} // namespace

struct Generator::Private
{
    // What decides which files are loaded.
    struct Files
    {
        std::string model;
        std::vector<std::string> adapters;
        std::string imageEncoder;
        bool operator==(const Files &) const = default;
    };
    Files files;
    std::unique_ptr<models::Pipeline> pipeline;
    std::map<std::string, std::shared_ptr<nn::ControlNetModel>> controlNets; // of the last recipe
    std::optional<diffusion::LatentPreview> preview;
    bool decodesQuickly = false; // previews are then the real thing

    Result<void> load(const Recipe &recipe, std::stop_token stop)
    {
        if (auto loaded = loadModel(filesOf(recipe), stop); !loaded)
            return loaded;
        if (auto merged = models::setLoras(*pipeline, lorasOf(recipe), stop); !merged)
            return merged;
        return loadControlNets(recipe, stop);
    }

    static Files filesOf(const Recipe &recipe)
    {
        const QString model = recipe.model.isEmpty() ? builtInModelFolder() : recipe.model;
        Files wanted{model.toStdString(), {}, recipe.imageEncoder.toStdString()};
        for (const QString &adapter : recipe.adapters)
            wanted.adapters.push_back(adapter.toStdString());
        return wanted;
    }

    Result<void> loadModel(const Files &wanted, std::stop_token stop)
    {
        if (pipeline && files == wanted)
            return {};
        pipeline.reset();
        controlNets.clear();
        models::PipelineOptions options;
        options.device = tensor::bestDevice();
        options.precision = tensor::fastPrecisionPays(options.device) && !small(wanted.model)
                                ? tensor::Precision::Fast
                                : tensor::Precision::Full;
        options.tokenizer = tokenizerFolder().toStdString();
        options.adapters = wanted.adapters;
        options.imageEncoder = wanted.imageEncoder;
        options.stop = stop;
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

    // The recipe's pictures, read. Requires: load().
    Result<Material> gather(const Recipe &recipe, std::stop_token stop) const
    {
        Material material;
        models::ConditioningRequest &request = material.request;
        request.prompt = recipe.prompt.toStdString();
        request.negativePrompt = recipe.negativePrompt.toStdString();
        request.width = recipe.size.width();
        request.height = recipe.size.height();
        request.guided = recipe.guidance > 1;
        for (const RecipeReference &reference : recipe.references) {
            if (reference.weight <= 0)
                continue;
            if (stop.stop_requested())
                return cancelled();
            auto picture = readReference(reference, kReferenceSide);
            if (!picture)
                return fail(picture.error());
            material.pictures.append(*picture);
            request.references.push_back({viewOf(material.pictures.last()), reference.weight,
                                          regionOf(reference.region), roleOf(reference.role),
                                          reference.steps.from, reference.steps.to});
        }
        for (const RecipeControl &control : recipe.controls) {
            if (control.scale <= 0)
                continue;
            auto picture = readCovering(control.picture, recipe.size);
            if (!picture)
                return fail(picture.error());
            material.pictures.append(*picture);
            material.controls.push_back({controlNets.at(control.network.toStdString()),
                                         viewOf(material.pictures.last()), control.scale});
        }
        if (recipe.start.picture.isEmpty())
            return material;
        auto start = readStart(recipe.start, recipe.size);
        if (!start)
            return fail(start.error());
        material.start = *std::move(start);
        return material;
    }

    static int64_t weights(const torch::nn::Module &network)
    {
        int64_t count = 0;
        for (const at::Tensor &weight : network.parameters())
            count += weight.numel();
        return count;
    }

    // A network whose weights fit the processor's caches gains nothing from conversions to bf16.
    static bool small(const std::string &model)
    {
        const auto source = models::openModelSource(model);
        if (!source)
            return false;
        const auto tensors = (*source)->tensors("unet");
        if (!tensors)
            return false;
        uint64_t bytes = 0;
        for (const auto &[name, entry] : tensors->tensors)
            bytes += entry.file->tensors().at(entry.name).bytes;
        return bytes < (uint64_t(128) << 20);
    }
};

Generator::Generator() : d(std::make_unique<Private>()) {}
Generator::~Generator() = default;

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

void Generator::unload()
{
    d->pipeline.reset();
    d->controlNets.clear();
}

Result<Take> Generator::paint(const Recipe &recipe, const StepSink &sink, std::stop_token stop)
{
    const c10::InferenceMode inference;
    QElapsedTimer clock;
    clock.start();
    if (auto loaded = d->load(recipe, stop); !loaded)
        return fail(loaded.error());
    const models::Pipeline &pipeline = *d->pipeline;

    if (auto fits = check(recipe, pipeline); !fits)
        return fail(fits.error());
    const auto material = d->gather(recipe, stop);
    if (!material)
        return fail(material.error());
    const std::optional<StartPictures> &start = material->start;
    const Sampler chosen =
        recipe.sampler == Sampler::Auto ? samplerOfModel(pipeline.scheduler) : recipe.sampler;
    const auto config = samplerConfigOf(pipeline, chosen);
    if (!config)
        return fail(config.error());
    auto sampler = diffusion::makeSampler(*config, recipe.steps);
    if (!sampler)
        return fail(sampler.error());

    const int64_t step = pipeline.sizeStep();
    const std::vector<int64_t> shape{1, pipeline.vae->config().latentChannels,
                                     recipe.size.height() / step, recipe.size.width() / step};
    const at::Tensor noise = tensor::normalNoise(shape, recipe.seed).to(pipeline.device);
    const int first = start ? (*sampler)->firstStep(recipe.start.strength) : 0;
    auto denoiser = models::PhasedDenoiser::make(pipeline, material->request,
                                                 {std::max(1, (*sampler)->steps() - first),
                                                  recipe.guidance, material->controls,
                                                  inpaintingOf(start, recipe.size, pipeline)},
                                                 stop);
    if (!denoiser)
        return fail(denoiser.error());

    diffusion::SamplingOptions options;
    options.stop = stop;
    uint32_t draws = 0;
    options.noise = [&](const at::Tensor &like) {
        return tensor::normalNoise(like.sizes(), recipe.seed, ++draws).to(like.device());
    };
    options.onStep = [&](const diffusion::SamplingStep &done) {
        if (!sink)
            return;
        StepInfo info;
        info.step = done.step + 1;
        info.total = done.total;
        const int level = (*sampler)->steps() - done.total + done.step + 1; // of all noise levels
        info.sigma =
            (*sampler)->sigmas().empty() ? done.timestep : (*sampler)->sigmas()[size_t(level)];
        // The last step's picture follows at once, decoded.
        if (info.step < info.total && d->decodesQuickly)
            info.preview = toImage(models::decodePicture(pipeline, done.x0));
        else if (info.step < info.total && d->preview && d->preview->channels() == done.x0.size(1))
            info.preview = toImage(d->preview->picture(done.x0, int(step)));
        sink(info);
    };
    if (sink)
        sink({0, (*sampler)->steps() - first, 0, {}});
    const diffusion::Denoiser predict = [&denoiser](const at::Tensor &x, double t) {
        return (*denoiser)(x, t);
    };
    auto latents = start ? diffusion::sampleOver(**sampler, predict,
                                                 sourceOf(*start, recipe.start.strength, pipeline),
                                                 noise, options)
                         : diffusion::sample(**sampler, predict, noise, options);
    if (!latents)
        return fail(latents.error());
    if (stop.stop_requested())
        return cancelled();

    Take take;
    take.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    take.recipe = recipe;
    take.recipe.sampler = chosen;
    take.image = toImage(models::decodePicture(pipeline, *latents));
    if (start)
        take.image = blended(take.image, *start);
    take.made = QDateTime::currentDateTimeUtc();
    take.seconds = double(clock.elapsed()) / 1000;
    return take;
}

} // namespace moodloom::generation
