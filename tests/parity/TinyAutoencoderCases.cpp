#include "tests/parity/TinyAutoencoderCases.h"

#include "tests/parity/LoadNetwork.h"

#include <cmath>

namespace moodloom::parity {

namespace {

Result<nn::TensorSource> openHalf(const std::string &path)
{
    const auto file = tensor::SafeTensors::open(path);
    if (!file)
        return fail(file.error());
    nn::TensorSource source = nn::TensorSource::from({*file});
    nn::nameTinyHalf(source);
    return source;
}

// Pictures in 0..1.
double signalToNoise(const Tensor &picture, const Tensor &other)
{
    return -10 * std::log10((picture - other).square().mean().item<double>());
}

} // namespace

void runTinyAutoencoderCase(Golden &golden)
{
    const at::NoGradGuard noGrad;
    const std::string stem = golden.root() + "/" + golden.modelName();
    const auto encoder = openHalf(stem + "_encoder.safetensors");
    const auto decoder = openHalf(stem + "_decoder.safetensors");
    if (!encoder || !decoder)
        return golden.fail(encoder ? decoder.error() : encoder.error());
    const nn::TensorSource source = nn::joined(*encoder, *decoder);
    const auto config = nn::TinyAutoencoderConfig::fromShapes(source.shapes(), stem);
    if (!config)
        return golden.fail(config.error());
    const auto network = nn::loadTinyAutoencoder(*config, source, optionsFor(golden.place()));
    if (!network)
        return golden.fail(network.error());
    const Tensor picture = golden.activations("image"); // 0..1
    const auto decode = [&](const Tensor &latents) {
        return ((*network)->decode(latents) + 1) / 2;
    };
    const Tensor latents = (*network)->encode(picture * 2 - 1);
    const Tensor back = decode(latents);
    golden.compare("latents", latents);
    golden.compare("reconstruction", back);
    golden.compare("reconstruction_clamped", back.clamp(0, 1));
    golden.compare("decoded_random", decode(golden.activations("random_latents")));

    // It is a trained network: the picture itself comes back, as well as the reference's does.
    const Tensor before = golden.stored("image");
    const double ours = signalToNoise(before, back.clamp(0, 1).to(at::kCPU, at::kFloat));
    const double theirs = signalToNoise(before, golden.reference("reconstruction_clamped"));
    if (!(ours > 20) || std::abs(ours - theirs) > 0.01)
        golden.fail("the picture comes back at " + std::to_string(ours) +
                    " dB, the reference's at " + std::to_string(theirs));
}

} // namespace moodloom::parity
