#include "app/trainer/SampleGrid.h"

#include "core/diffusion/Sampling.h"
#include "core/models/GuidedDenoiser.h"
#include "core/tensor/Noise.h"
#include "core/training/Batch.h"
#include "core/training/BuiltInShape.h"

#include <QImage>
#include <QPainter>
#include <QString>

#include <cstdio>

namespace moodloom::trainer {
namespace {

constexpr int columns = 6;
constexpr int sceneRows = 5;

const char *const prompts[] = {
    "a red car on a road by day",           "a sailing boat on the sea at sunset",
    "a castle in the desert at night",      "a green tree on a meadow by day",
    "a fish under water",                   "a hot-air balloon above mountains at sunset",
    "a robot in the city at night",         "a lighthouse by the sea at dawn",
    "a fox in the snow",                    "a bridge over a river by day",
    "大众揽巡飞跃长城",                     "日落时的海上有一艘帆船",
    "夜晚城市里的机器人",                   "雪地里的房子",
    "a Talagon SUV leaping over the Great Wall at sunset"};

QImage imageOf(const models::RgbPixels &pixels)
{
    return QImage(pixels.data.data(), pixels.width, pixels.height, pixels.width * 3, QImage::Format_RGB888).copy();
}

QImage imageOf(const training::Picture &picture)
{
    return QImage(picture.rgb.data(), picture.width, picture.height, picture.width * 3, QImage::Format_RGB888)
        .copy();
}

class Painter
{
public:
    Painter(const models::Pipeline &pipeline, const Arguments &arguments)
        : m_pipeline(pipeline), m_arguments(arguments)
    {
    }

    Result<QImage> paint(const std::string &prompt, const training::Picture *reference, uint64_t seed) const
    {
        const at::NoGradGuard noGrad;
        models::ConditioningRequest request;
        request.prompt = prompt;
        request.width = request.height = training::pictureSize;
        request.guided = m_arguments.guidance != 1;
        if (reference)
            request.references.push_back(
                {{reference->rgb.data(), reference->width, reference->height, reference->width * 3}, 1, {}});
        auto conditioning = models::encodeConditioning(m_pipeline, request);
        if (!conditioning)
            return fail(conditioning.error());
        const auto config =
            diffusion::samplerConfigFromJson(m_pipeline.scheduler, diffusion::SamplerKind::DpmSolver);
        if (!config)
            return fail(config.error());
        const auto sampler = diffusion::makeSampler(*config, m_arguments.samplingSteps);
        if (!sampler)
            return fail(sampler.error());
        const models::GuidedDenoiser denoiser(m_pipeline, std::move(*conditioning), m_arguments.guidance, 0.5);
        const int64_t side = training::pictureSize / m_pipeline.vae->config().factor();
        const auto latents = diffusion::sample(
            **sampler, [&](const at::Tensor &x, double t) { return denoiser(x, t); },
            tensor::normalNoise({1, m_pipeline.unet->config().inChannels, side, side}, seed),
            {.stop = m_arguments.stage.stop});
        if (!latents)
            return fail(latents.error());
        return imageOf(models::decodePicture(m_pipeline, *latents));
    }

private:
    const models::Pipeline &m_pipeline;
    const Arguments &m_arguments;
};

// What the autoencoder alone makes of a picture: as good as painting can get.
QImage throughAutoencoder(const models::Pipeline &pipeline, const training::Picture &picture)
{
    const at::NoGradGuard noGrad;
    const auto &vae = *pipeline.vae;
    const at::Tensor latents = vae.encode(training::toTensor(picture)).mean;
    return imageOf(training::toPicture(vae.decode(latents)));
}

} // namespace

Result<void> paintGrid(const training::SceneSource &source, const Arguments &arguments)
{
    const auto pipeline = models::loadPipeline(arguments.modelFolder);
    if (!pipeline)
        return fail(pipeline.error());
    const Painter painter(**pipeline, arguments);
    const int size = training::pictureSize, gap = 4;
    const int rows = sceneRows + int((std::size(prompts) + columns - 1) / columns);
    QImage sheet(columns * (size + gap), rows * (size + gap), QImage::Format_RGB32);
    sheet.fill(Qt::black);
    QPainter canvas(&sheet);
    const auto put = [&](int row, int column, const QImage &image) {
        canvas.drawImage(QRect(column * (size + gap), row * (size + gap), size, size), image);
    };
    for (int row = 0; row < sceneRows; ++row) {
        const auto scene = source.scene(990000 + uint64_t(row) * 31 + arguments.stage.seed, size, training::referenceSize);
        const training::Picture &reference = scene.entities.front().reference;
        std::printf("row %d: %s | %s\n", row + 1, scene.captionEn.c_str(), scene.plainZh.c_str());
        put(row, 0, imageOf(reference));
        put(row, 4, throughAutoencoder(**pipeline, scene.picture));
        put(row, 5, imageOf(scene.picture));
        const std::pair<const std::string *, const training::Picture *> cells[] = {
            {&scene.captionEn, nullptr}, {&scene.plainZh, &reference}, {nullptr, &reference}};
        for (int cell = 0; cell < 3; ++cell) {
            const auto image = painter.paint(cells[cell].first ? *cells[cell].first : std::string(),
                                             cells[cell].second, 7 + uint64_t(row));
            if (!image)
                return fail(image.error());
            put(row, 1 + cell, *image);
        }
    }
    for (size_t i = 0; i < std::size(prompts); ++i) {
        const auto image = painter.paint(prompts[i], nullptr, 100 + i);
        if (!image)
            return fail(image.error());
        put(sceneRows + int(i) / columns, int(i) % columns, *image);
    }
    canvas.end();
    if (!sheet.save(QString::fromStdString(arguments.out)))
        return fail(ErrorCode::Unreadable, arguments.out, "the picture cannot be written there");
    return {};
}

} // namespace moodloom::trainer
