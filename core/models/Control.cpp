#include "core/models/Control.h"

namespace moodloom::models {

namespace {

// fp32 [1,3,height,width] in 0..1
Tensor controlPicture(const RgbView &picture, int width, int height)
{
    RgbPixels pixels = resize(picture, width, height, ResizeFilter::Lanczos);
    return at::from_blob(pixels.data.data(), {1, height, width, 3}, at::kByte)
               .permute({0, 3, 1, 2})
               .to(at::kFloat)
               .contiguous() /
           255;
}

Tensor lastHalf(const Tensor &t)
{
    return t.defined() ? t.chunk(2, 0)[1] : t;
}

Tensor withoutFirstHalf(const Tensor &residual)
{
    return at::cat({at::zeros_like(residual), residual}, 0);
}

} // namespace

Result<std::shared_ptr<nn::ControlNetModel>>
loadControlNet(const std::string &folder, const Pipeline &pipeline, std::stop_token stop)
{
    const at::NoGradGuard noGrad;
    const std::string file = folder + "/config.json";
    const auto json = readJson(file);
    if (!json)
        return fail(json.error());
    const auto config = nn::ControlNetConfig::fromJson(*json, file);
    if (!config)
        return fail(config.error());
    if (auto fits = nn::checkControlFits(*config, pipeline.unet->config(), file); !fits)
        return fail(fits.error());
    if (config->pictureChannels != 3 || config->factor() != pipeline.vae->config().factor())
        return fail(ErrorCode::Mismatch, file,
                    "expected conditioning_channels 3 and conditioning_embedding_out_channels that "
                    "make a picture " +
                        std::to_string(pipeline.vae->config().factor()) +
                        " times smaller, as the model's autoencoder does");
    const auto files = openWeights(folder);
    if (!files)
        return fail(files.error());
    nn::LoadOptions options;
    options.device = pipeline.device;
    options.dtype = pipeline.dtype;
    options.stop = stop;
    return nn::loadControlNet(*config, nn::TensorSource::from(*files), options);
}

Controls::Controls(const Pipeline &pipeline, const std::vector<ControlRequest> &requests,
                   const Conditioning &conditioning, int width, int height)
{
    const at::NoGradGuard noGrad;
    for (const ControlRequest &request : requests) {
        if (request.scale == 0)
            continue;
        Active active;
        active.network = request.network;
        active.scale = request.scale;
        active.grading = request.grading;
        active.positiveHalfOnly =
            conditioning.guided && request.grading == nn::ControlGrading::Graded;
        nn::UNetConditioning seen = conditioning.prepared.source;
        seen.references.clear(); // ControlNets know no adapters
        if (active.positiveHalfOnly)
            for (Tensor *part : {&seen.text, &seen.textEmbeds, &seen.timeIds, &seen.imageEmbeds,
                                 &seen.timestepCondition})
                *part = lastHalf(*part);
        active.conditioning = active.network->prepare(seen);
        active.picture = active.network->embed(
            controlPicture(request.picture, width, height).to(pipeline.device, pipeline.dtype));
        m_active.push_back(std::move(active));
    }
}

nn::ControlResiduals Controls::residuals(const Tensor &x, const Tensor &timestep) const
{
    nn::ControlResiduals sum;
    for (const Active &active : m_active) {
        const Tensor seen = active.positiveHalfOnly ? lastHalf(x) : x;
        nn::ControlResiduals one = active.network->forward(
            seen, timestep, active.conditioning, active.picture, active.scale, active.grading);
        if (active.positiveHalfOnly) {
            for (Tensor &skip : one.skips)
                skip = withoutFirstHalf(skip);
            one.middle = withoutFirstHalf(one.middle);
        }
        sum.add(one);
    }
    return sum;
}

} // namespace moodloom::models
