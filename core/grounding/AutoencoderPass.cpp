#include "core/grounding/AutoencoderPass.h"

#include "core/models/Pipeline.h"
#include "core/nn/AutoencoderKL.h"

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
    at::Tensor bytes = at::empty({rgb.height(), rgb.width(), 3}, at::kByte);
    for (int y = 0; y < rgb.height(); ++y)
        std::copy_n(rgb.constScanLine(y), rgb.width() * 3,
                    bytes.data_ptr<uint8_t>() + ptrdiff_t(y) * rgb.width() * 3);
    const nn::AutoencoderKL &vae = *d->pipeline->vae;
    const at::Tensor pixels = // [1,3,H,W] in -1..1
        bytes.to(at::kFloat).div(127.5).sub(1).permute({2, 0, 1}).unsqueeze(0).contiguous();
    const at::Tensor latents = vae.toModel(vae.encode(pixels.to(d->pipeline->device)).mean);
    const models::RgbPixels back = models::decodePicture(*d->pipeline, latents);
    return QImage(back.data.data(), back.width, back.height, back.width * 3, QImage::Format_RGB888)
        .copy();
}

} // namespace moodloom::grounding
