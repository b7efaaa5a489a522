#include "core/models/Control.h"

#include "core/tensor/PickleFile.h"

#include <filesystem>

namespace moodloom::models {

namespace {

struct Found
{
    nn::ControlNetConfig config;
    nn::TensorSource source;
    std::string name; // where the config is from
};

Result<Found> openFolder(const std::string &folder)
{
    const std::string file = folder + "/config.json";
    const auto json = readJson(file);
    if (!json)
        return fail(json.error());
    const auto config = nn::ControlNetConfig::fromJson(*json, file);
    if (!config)
        return fail(config.error());
    const auto files = openWeights(folder);
    if (!files)
        return fail(files.error());
    return Found{*config, nn::TensorSource::from(*files), file};
}

// The tensors by the folder's names.
Result<nn::TensorSource> openTensors(const std::string &path)
{
    const auto file = tensor::openTensorFile(path);
    if (!file)
        return fail(file.error());
    const auto &tensors = file->tensors();
    if (tensors.count("controlnet_cond_embedding.conv_in.weight"))
        return nn::TensorSource::from({*file});
    for (const std::string prefix : {"control_model.", ""})
        if (tensors.count(prefix + "input_hint_block.0.weight"))
            return unetTensors(*file, prefix);
    return fail(ErrorCode::Unsupported, path,
                "is no ControlNet: it has no tensors named controlnet_cond_embedding or "
                "input_hint_block");
}

// A file says nothing of heads, norms and activations: they are those of the U-Net whose way down
// the network copies.
Result<Found> openFile(const std::string &path, const nn::UNetConfig &unet)
{
    auto source = openTensors(path);
    if (!source)
        return fail(source.error());
    const Shapes shapes = source->shapes();
    const int64_t pooledDim = unet.addedInputDim - 6 * unet.additionTimeDim;
    const auto own = inferUNet(shapes, BaseFamily::Unknown, pooledDim, path);
    if (!own)
        return fail(own.error());
    nn::ControlNetConfig config;
    config.trunk = unet;
    nn::UNetConfig &trunk = config.trunk;
    trunk.inChannels = own->inChannels;
    trunk.channels = own->channels;
    trunk.layers = own->layers;
    trunk.contextDims = own->contextDims;
    trunk.downAttention = own->downAttention;
    trunk.upAttention = own->upAttention;
    trunk.downDepths = own->downDepths;
    trunk.upDepths = own->upDepths;
    trunk.middle = own->middle;
    trunk.middleAttention = own->middleAttention;
    trunk.middleDepth = own->middleDepth;
    trunk.linearProjection = own->linearProjection;
    trunk.added = own->added;
    trunk.addedInputDim = own->addedInputDim;

    const auto extent = [&](const std::string &name, size_t axis) {
        const auto shape = shapes.find("controlnet_cond_embedding." + name + ".weight");
        return shape != shapes.end() && axis < shape->second.size() ? shape->second[axis] : 0;
    };
    config.pictureChannels = extent("conv_in", 1);
    config.embeddingChannels = {extent("conv_in", 0)};
    // Every second convolution widens and halves.
    for (int64_t i = 1; extent("blocks." + std::to_string(i), 0) > 0 && i < 16; i += 2)
        config.embeddingChannels.push_back(extent("blocks." + std::to_string(i), 0));
    return Found{config, *std::move(source), path};
}

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
loadControlNet(const std::string &path, const Pipeline &pipeline, std::stop_token stop)
{
    const at::NoGradGuard noGrad;
    std::error_code error;
    const auto found = std::filesystem::is_directory(path, error)
                           ? openFolder(path)
                           : openFile(path, pipeline.unet->config());
    if (!found)
        return fail(found.error());
    const nn::ControlNetConfig &config = found->config;
    nn::UNetConfig unet = pipeline.unet->config();
    unet.inChannels = pipeline.vae->config().latentChannels; // what inpainting adds it never sees
    if (auto fits = nn::checkControlFits(config, unet, found->name); !fits)
        return fail(fits.error());
    if (config.pictureChannels != 3 || config.factor() != pipeline.vae->config().factor())
        return fail(ErrorCode::Mismatch, found->name,
                    "expected conditioning_channels 3 and conditioning_embedding_out_channels that "
                    "make a picture " +
                        std::to_string(pipeline.vae->config().factor()) +
                        " times smaller, as the model's autoencoder does");
    nn::LoadOptions options;
    options.device = pipeline.device;
    options.dtype = pipeline.dtype;
    options.stop = stop;
    return nn::loadControlNet(config, found->source, options);
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
