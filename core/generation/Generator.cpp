#include "core/generation/Generator.h"

#include "core/base/ContentHash.h"
#include "core/base/Paths.h"
#include "core/diffusion/LatentPreview.h"
#include "core/diffusion/Sampling.h"
#include "core/generation/SamplerChoice.h"
#include "core/image/Decode.h"
#include "core/models/GuidedDenoiser.h"
#include "core/models/Lora.h"
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
    if (!recipe.references.isEmpty() && !pipeline.takesReferences())
        return fail(ErrorCode::Unsupported, pipeline.folder,
                    "this model has no IP-Adapter and takes no references; add one in its folder "
                    "ip_adapter, or paint without references");
    return {};
}

// Opaque RGB; what is transparent becomes white paper.
QImage flattened(const QImage &image)
{
    if (!image.hasAlphaChannel())
        return image.convertToFormat(QImage::Format_RGB888);
    QImage paper(image.size(), QImage::Format_RGB888);
    for (int y = 0; y < image.height(); ++y) {
        uchar *to = paper.scanLine(y);
        for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            const int a = qAlpha(pixel);
            *to++ = uchar((qRed(pixel) * a + 255 * (255 - a)) / 255);
            *to++ = uchar((qGreen(pixel) * a + 255 * (255 - a)) / 255);
            *to++ = uchar((qBlue(pixel) * a + 255 * (255 - a)) / 255);
        }
    }
    return paper;
}

Result<QImage> readReference(const RecipeReference &reference)
{
    if (!reference.hash.isEmpty()) {
        const auto bytes = image::readPictureFile(reference.path);
        if (!bytes)
            return fail(bytes.error());
        if (contentHash(*bytes) != reference.hash)
            return fail(ErrorCode::Mismatch, reference.path.toStdString(),
                        "the file has changed since it was chosen; drop it or add it again");
        auto decoded = image::decodeBytes(*bytes, {.maxSide = kReferenceSide}, reference.path);
        if (!decoded)
            return fail(decoded.error());
        return flattened(*decoded);
    }
    auto decoded = image::decode(reference.path, {.maxSide = kReferenceSide});
    if (!decoded)
        return fail(decoded.error());
    return flattened(*decoded);
}

// CLIP's vocabulary for single-file checkpoints, which have none: MOODLOOM_TOKENIZER, or the user's
// own. Empty: beside the checkpoint.
std::string tokenizerFolder()
{
    const QString named = qEnvironmentVariable("MOODLOOM_TOKENIZER");
    if (!named.isEmpty())
        return named.toStdString();
    const QString own = dataFolder() + QStringLiteral("/tokenizer");
    return QDir(own).exists() ? own.toStdString() : std::string();
}

std::vector<models::LoraUse> lorasOf(const Recipe &recipe)
{
    std::vector<models::LoraUse> uses;
    for (const RecipeLora &lora : recipe.loras)
        uses.push_back({lora.path.toStdString(), lora.scale});
    return uses;
}

models::Region regionOf(const QRectF &region)
{
    return {region.x(), region.y(), region.width(), region.height()};
}

} // namespace

struct Generator::Private
{
    std::string folder;
    std::unique_ptr<models::Pipeline> pipeline;
    std::optional<diffusion::LatentPreview> preview;
    bool decodesQuickly = false; // previews are then the real thing

    Result<void> load(const std::string &wanted, const std::vector<models::LoraUse> &loras,
                      std::stop_token stop)
    {
        if (auto loaded = loadModel(wanted, stop); !loaded)
            return loaded;
        return models::setLoras(*pipeline, loras, stop);
    }

    Result<void> loadModel(const std::string &wanted, std::stop_token stop)
    {
        if (pipeline && folder == wanted)
            return {};
        pipeline.reset();
        models::PipelineOptions options;
        options.device = tensor::bestDevice();
        options.precision = tensor::fastPrecisionPays(options.device) && !small(wanted)
                                ? tensor::Precision::Fast
                                : tensor::Precision::Full;
        options.tokenizer = tokenizerFolder();
        options.stop = stop;
        auto loaded = models::loadPipeline(wanted, options);
        if (!loaded)
            return fail(loaded.error());
        pipeline = std::move(*loaded);
        folder = wanted;
        decodesQuickly = weights(*pipeline->vae) < kQuickDecoder;
        const auto fitted = diffusion::LatentPreview::load(wanted + "/vae/preview.json");
        preview = fitted
                      ? std::optional(*fitted)
                      : diffusion::LatentPreview::forChannels(pipeline->unet->config().inChannels);
        return {};
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
    d->folder.clear();
}

Result<Take> Generator::paint(const Recipe &recipe, const StepSink &sink, std::stop_token stop)
{
    const c10::InferenceMode inference;
    QElapsedTimer clock;
    clock.start();
    const QString folder = recipe.model.isEmpty() ? builtInModelFolder() : recipe.model;
    if (auto loaded = d->load(folder.toStdString(), lorasOf(recipe), stop); !loaded)
        return fail(loaded.error());
    const models::Pipeline &pipeline = *d->pipeline;

    models::ConditioningRequest request;
    request.prompt = recipe.prompt.toStdString();
    request.negativePrompt = recipe.negativePrompt.toStdString();
    request.width = recipe.size.width();
    request.height = recipe.size.height();
    request.guided = recipe.guidance > 1;
    Recipe acting = recipe;
    acting.references.removeIf([](const RecipeReference &r) { return r.weight <= 0; });
    if (auto fits = check(acting, pipeline); !fits)
        return fail(fits.error());
    QVector<QImage> pictures; // keeps the pixels that the request borrows
    for (const RecipeReference &reference : acting.references) {
        if (stop.stop_requested())
            return cancelled();
        auto picture = readReference(reference);
        if (!picture)
            return fail(picture.error());
        pictures.append(*picture);
        const QImage &image = pictures.last();
        request.references.push_back(
            {{image.constBits(), image.width(), image.height(), image.bytesPerLine()},
             reference.weight,
             regionOf(reference.region)});
    }
    auto conditioning = models::encodeConditioning(pipeline, request, stop);
    if (!conditioning)
        return fail(conditioning.error());

    const Sampler chosen =
        recipe.sampler == Sampler::Auto ? samplerOfModel(pipeline.scheduler) : recipe.sampler;
    const auto config = samplerConfigOf(pipeline, chosen);
    if (!config)
        return fail(config.error());
    auto sampler = diffusion::makeSampler(*config, recipe.steps);
    if (!sampler)
        return fail(sampler.error());

    const int64_t step = pipeline.sizeStep();
    const std::vector<int64_t> shape{1, pipeline.unet->config().inChannels,
                                     recipe.size.height() / step, recipe.size.width() / step};
    const at::Tensor noise = tensor::normalNoise(shape, recipe.seed).to(pipeline.device);
    const models::GuidedDenoiser denoiser(pipeline, std::move(*conditioning), recipe.guidance);

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
        info.sigma = (*sampler)->sigmas().empty() ? done.timestep
                                                  : (*sampler)->sigmas()[size_t(done.step) + 1];
        // The last step's picture follows at once, decoded.
        if (info.step < info.total && d->decodesQuickly)
            info.preview = toImage(models::decodePicture(pipeline, done.x0));
        else if (info.step < info.total && d->preview && d->preview->channels() == done.x0.size(1))
            info.preview = toImage(d->preview->picture(done.x0, int(step)));
        sink(info);
    };
    if (sink)
        sink({0, (*sampler)->steps(), 0, {}});
    auto latents = diffusion::sample(
        **sampler, [&denoiser](const at::Tensor &x, double t) { return denoiser(x, t); }, noise,
        options);
    if (!latents)
        return fail(latents.error());
    if (stop.stop_requested())
        return cancelled();

    Take take;
    take.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    take.recipe = recipe;
    take.recipe.sampler = chosen;
    take.image = toImage(models::decodePicture(pipeline, *latents));
    take.made = QDateTime::currentDateTimeUtc();
    take.seconds = double(clock.elapsed()) / 1000;
    return take;
}

} // namespace moodloom::generation
