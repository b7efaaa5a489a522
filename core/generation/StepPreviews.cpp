#include "core/generation/StepPreviews.h"

#include "core/models/PreviewDecoder.h"

#include <QFileInfo>

#include <ATen/ATen.h>

namespace moodloom::generation {
namespace {

// Weights: an autoencoder with fewer decodes in a fraction of a denoising step. Stable Diffusion's
// has 80 million.
constexpr int64_t kQuickDecoder = 5'000'000;

int64_t weights(const torch::nn::Module &network)
{
    int64_t count = 0;
    for (const at::Tensor &weight : network.parameters())
        count += weight.numel();
    return count;
}

QImage toImage(const at::Tensor &bytes) // uint8 [H,W,3]
{
    const at::Tensor rows = bytes.contiguous();
    const QImage view(rows.data_ptr<uint8_t>(), int(rows.size(1)), int(rows.size(0)),
                      int(rows.size(1)) * 3, QImage::Format_RGB888);
    return view.copy();
}

} // namespace

QImage toImage(const models::RgbPixels &pixels)
{
    const QImage view(pixels.data.data(), pixels.width, pixels.height, pixels.width * 3,
                      QImage::Format_RGB888);
    return view.copy();
}

void StepPreviews::setDecoders(const QStringList &paths, bool chosen)
{
    m_decoders = paths;
    m_decoderChosen = chosen;
}

std::vector<std::string> StepPreviews::decodersFor(const std::string &model) const
{
    std::vector<std::string> files = models::previewDecodersIn(model);
    std::vector<std::string> others;
    // The latents of SD 1.x and SDXL have the same shape, and nothing in the files tells their
    // decoders apart; by their names, then.
    const auto source = models::openModelSource(model);
    const bool large = source && (*source)->has("text_encoder_2");
    for (const QString &path : m_decoders)
        if (m_decoderChosen ||
            QFileInfo(path).fileName().contains(QLatin1String("xl"), Qt::CaseInsensitive) == large)
            others.push_back(path.toStdString());
    files.insert(m_decoderChosen ? files.begin() : files.end(), others.begin(), others.end());
    return files;
}

void StepPreviews::fit(const models::Pipeline &pipeline, const std::string &model)
{
    leave();
    m_decodesQuickly = weights(*pipeline.vae) < kQuickDecoder;
    const auto fitted = diffusion::LatentPreview::load(model + "/vae/preview.json");
    m_coarse = fitted
                   ? std::optional(*fitted)
                   : diffusion::LatentPreview::forChannels(pipeline.vae->config().latentChannels);
}

void StepPreviews::begin(const models::Pipeline &pipeline, const std::string &model, bool decodes)
{
    if (decodes)
        load(pipeline, model);
    else
        leave();
    pause();
    m_liveSeen = false;
}

void StepPreviews::load(const models::Pipeline &pipeline, const std::string &model)
{
    const auto &vae = pipeline.vae->config();
    for (const std::string &file : decodersFor(model)) {
        if (m_live && file == m_liveFile)
            return;
        auto decoder =
            models::PreviewDecoder::load(file, vae.latentChannels, vae.factor(), pipeline.device);
        if (!decoder)
            continue; // for other latents
        m_live = std::make_unique<LivePreview>(*std::move(decoder));
        m_liveFile = file;
        return;
    }
    leave();
}

QImage StepPreviews::of(const at::Tensor &x0, const models::Pipeline &pipeline,
                        models::VaeTile tile)
{
    if (m_decodesQuickly && !pipeline.away.count("vae"))
        return toImage(models::decodePicture(pipeline, x0, tile));
    if (m_live) {
        // That of an earlier step: the sampler does not wait for it.
        const QImage picture = m_live->take();
        m_live->offer(x0);
        m_liveSeen |= !picture.isNull();
        if (m_liveSeen)
            return picture;
    }
    if (m_coarse && m_coarse->channels() == x0.size(1))
        return toImage(m_coarse->picture(x0, pipeline.sizeStep()));
    return {};
}

void StepPreviews::pause()
{
    if (m_live)
        m_live->clear();
}

void StepPreviews::leave()
{
    m_live.reset();
    m_liveFile.clear();
}

} // namespace moodloom::generation
