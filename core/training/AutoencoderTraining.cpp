#include "core/training/AutoencoderTraining.h"

#include "core/training/Batch.h"
#include "core/training/BuiltInShape.h"
#include "core/training/SceneStream.h"
#include "core/training/ShardPool.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace moodloom::training {
namespace {

at::Tensor picturesOf(const std::vector<TrainingScene> &scenes)
{
    std::vector<const Picture *> pictures;
    for (const TrainingScene &scene : scenes)
        pictures.push_back(&scene.picture);
    return toTensor(pictures);
}

// A generator's latents are never exact. A decoder that has met faults mends them, and an encoder
// that has to survive them puts what belongs together into neighbouring values. `most`: the largest
// size of the faults, in deviations of each channel; each sample has its own size.
// `exact`: the share of samples that have none.
constexpr double latentFaults = 0.4;

at::Tensor disturbed(const at::Tensor &z, double most, double exact)
{
    const at::Tensor deviation = z.detach().std({0, 2, 3}, true, true); // [1,C,1,1]
    const auto drawn = [&] { return at::rand({z.size(0), 1, 1, 1}, deviation.options()); };
    const at::Tensor size = most * drawn() * (drawn() >= exact);
    return z + size * deviation * at::randn_like(z);
}

// The decoder alone: what reconstruction is measured by counts too, and exact latents as often as
// faulty ones. It tells them apart by itself, and gives nothing away where nothing is missing.
constexpr double decoderExact = 0.5, decoderSquares = 30;

// Brightness and two colour differences: the rows of a simple opponent transform.
at::Tensor opponent(const at::Tensor &rgb)
{
    const at::Tensor r = rgb.select(1, 0), g = rgb.select(1, 1), b = rgb.select(1, 2);
    return at::stack({(r + g + b) / 3, 2 * (r - g), 2 * (b - (r + g) / 2)}, 1);
}

} // namespace

at::Tensor heldPictures(const SceneSource &source, uint64_t seed, int count)
{
    SceneStream::Options drawing;
    drawing.size = pictureSize;
    drawing.referenceSize = 0;
    drawing.seed = seed;
    drawing.ahead = 16;
    SceneStream stream(source, drawing);
    return picturesOf(stream.next(count));
}

at::Tensor pictureLoss(const at::Tensor &ours, const at::Tensor &truth)
{
    const at::Tensor difference = ours - truth;
    const at::Tensor across = difference.slice(3, 1) - difference.slice(3, 0, -1);
    const at::Tensor down = difference.slice(2, 1) - difference.slice(2, 0, -1);
    return opponent(difference).abs().mean() + across.abs().mean() + down.abs().mean();
}

double peakSignalToNoise(const at::Tensor &ours, const at::Tensor &truth)
{
    const double error = (ours.clamp(-1, 1) - truth).square().mean().item<double>();
    return 10 * std::log10(4 / std::max(error, 1e-12));
}

Reconstruction reconstruction(nn::AutoencoderKL &autoencoder, const at::Tensor &pictures)
{
    const at::NoGradGuard noGrad;
    Reconstruction found;
    double squares = 0, common = 0, own = 0;
    found.least = std::numeric_limits<double>::infinity();
    for (const at::Tensor &picture : pictures.split(1)) {
        const at::Tensor ours = autoencoder.decode(autoencoder.encode(picture).mean).clamp(-1, 1);
        const double ratio = peakSignalToNoise(ours, picture);
        found.mean += ratio / double(pictures.size(0));
        found.least = std::min(found.least, ratio);
        squares += (ours - picture).square().mean().item<double>() / double(pictures.size(0));
        for (const int64_t along : {2, 3}) {
            const at::Tensor truth = picture.diff(1, along);
            common += (truth * ours.diff(1, along)).sum().item<double>();
            own += truth.square().sum().item<double>();
        }
    }
    found.together = 10 * std::log10(4 / std::max(squares, 1e-12));
    found.edges = own > 0 ? common / own : 1;
    return found;
}

Result<void> trainAutoencoder(ScenePool &scenes, const at::Tensor &held, AutoencoderPart part,
                              const StageOptions &options)
{
    at::manual_seed(options.seed);
    ShardPool pool(options.threads);
    Replicas<nn::AutoencoderKL> networks(pool.size(), [&] {
        return onDevice(std::make_shared<nn::AutoencoderKL>(autoencoderShape()), options.device);
    });
    const bool whole = part == AutoencoderPart::Both;
    if (!whole)
        for (int i = 0; i < pool.size(); ++i)
            for (auto &item : networks[i].named_parameters())
                item.value().set_requires_grad(item.key().starts_with("decoder."));
    Optimizer::Options optimizer;
    optimizer.threads = pool.size();
    optimizer.muon = options.muon;
    optimizer.dtype = options.dtype;
    optimizer.weightDecay = 0.001;
    Stage stage("autoencoder", options, networks.parameters(), optimizer, 0.995,
                {"loss", "kl", "psnr_held_out"});
    if (auto done = stage.resume(); !done)
        return done;
    at::manual_seed(stage.seed());

    const at::Tensor unseen = held.to(options.device);
    double psnr = 0;
    const int share = std::max(1, options.batch / pool.size());
    while (stage.goesOn()) {
        std::vector<std::map<std::string, double>> values(size_t(pool.size()));
        pool.run([&](int i) {
            at::Tensor pictures = unpacked(scenes.pick(share).pictures);
            if (stage.step() % 2 == 1)
                pictures = pictures.flip(3); // the mirror image is as good a picture
            const auto latents = networks[i].encode(pictures.to(options.dtype));
            const at::Tensor mean = latents.mean.to(at::kFloat), logvar = latents.logvar.to(at::kFloat);
            const at::Tensor z = whole ? disturbed(mean + (0.5 * logvar).exp() * at::randn_like(mean), latentFaults, 0)
                                       : disturbed(mean, latentFaults, decoderExact);
            const at::Tensor kl = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).mean();
            const at::Tensor ours = networks[i].decode(z.to(options.dtype)).to(at::kFloat);
            at::Tensor loss = pictureLoss(ours, pictures);
            if (!whole)
                loss = loss + decoderSquares * (ours - pictures).square().mean();
            (loss + 1e-3 * kl).backward();
            if (stage.readsValues())
                values[size_t(i)] = {{"loss", loss.item<double>()}, {"kl", kl.item<double>()}};
        });
        networks.gather(1.0 / pool.size());
        if (stage.step() % 100 == 0 || psnr == 0) {
            const at::NoGradGuard noGrad;
            stage.average().swap();
            psnr = peakSignalToNoise(networks.first().decode(networks.first().encode(unseen).mean), unseen);
            stage.average().swap();
        }
        auto row = values[0];
        row["psnr_held_out"] = psnr;
        if (auto done = stage.finishStep(int64_t(share) * pool.size(), scenes.position(), row); !done)
            return done;
    }
    return stage.save();
}

void normalizeLatents(nn::AutoencoderKL &autoencoder, const at::Tensor &pictures)
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> parts; // a few at a time, for the memory's sake
    for (const at::Tensor &some : pictures.split(16))
        parts.push_back(autoencoder.encode(some).mean);
    const at::Tensor z = at::cat(parts); // [N,C,h,w]
    const at::Tensor mean = z.mean({0, 2, 3}), deviation = z.std({0, 2, 3}, true).clamp_min(1e-4);
    const int64_t channels = z.size(1);
    auto parameters = autoencoder.named_parameters();
    at::Tensor weight = parameters["quant_conv.weight"], bias = parameters["quant_conv.bias"];
    weight.narrow(0, 0, channels).div_(deviation.view({-1, 1, 1, 1}));
    bias.narrow(0, 0, channels).sub_(mean).div_(deviation);
    bias.narrow(0, channels, channels).sub_(2 * deviation.log()); // the log variances
    at::Tensor back = parameters["post_quant_conv.weight"];
    parameters["post_quant_conv.bias"].add_(back.view({-1, channels}).mv(mean));
    back.mul_(deviation.view({1, -1, 1, 1}));
}

Result<std::shared_ptr<nn::AutoencoderKL>> loadAutoencoder(const std::string &folder,
                                                           const SceneSource &source,
                                                           at::Device device)
{
    auto autoencoder = std::make_shared<nn::AutoencoderKL>(autoencoderShape());
    if (auto done = loadAverage(folder + "/autoencoder.safetensors", *autoencoder); !done)
        return fail(done.error());
    autoencoder->to(device);
    normalizeLatents(*autoencoder, heldPictures(source, 77, 128).to(device));
    return autoencoder;
}

} // namespace moodloom::training
