#include "core/grounding/AutoencoderPass.h"

#include "core/models/Pipeline.h"

#include <ATen/ATen.h>

namespace moodloom::grounding {

struct AutoencoderPass::Private
{
    std::unique_ptr<models::Pipeline> pipeline;
};

AutoencoderPass::AutoencoderPass(std::unique_ptr<Private> p) : d(std::move(p)) {}
AutoencoderPass::AutoencoderPass(AutoencoderPass &&) noexcept = default;
AutoencoderPass::~AutoencoderPass() = default;

Result<AutoencoderPass> AutoencoderPass::open(const QString &model, std::stop_token stop)
{
    models::PipelineOptions options;
    options.device = tensor::bestDevice();
    options.loadAdapter = false;
    options.stop = stop;
    auto pipeline = models::loadPipeline(model.toStdString(), options);
    if (!pipeline)
        return fail(pipeline.error());
    auto d = std::make_unique<Private>();
    d->pipeline = std::move(*pipeline);
    return AutoencoderPass(std::move(d));
}

QImage AutoencoderPass::operator()(const QImage &picture) const
{
    const c10::InferenceMode inference;
    const QImage rgb = picture.convertToFormat(QImage::Format_RGB888);
    const at::Tensor latents = models::encodePicture(
        *d->pipeline, {rgb.constBits(), rgb.width(), rgb.height(), rgb.bytesPerLine()}, {});
    const models::RgbPixels back = models::decodePicture(*d->pipeline, latents);
    return QImage(back.data.data(), back.width, back.height, back.width * 3, QImage::Format_RGB888)
        .copy();
}

} // namespace moodloom::grounding
