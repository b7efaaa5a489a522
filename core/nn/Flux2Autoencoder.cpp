#include "core/nn/Flux2Autoencoder.h"

#include "core/nn/ConfigReader.h"
#include "core/nn/Flux2Tokens.h"

namespace moodloom::nn {

using nlohmann::json;

namespace {

// The running statistics of a batch norm; they are read like parameters.
class RunningStatistics : public torch::nn::Module
{
public:
    explicit RunningStatistics(int64_t channels)
    {
        mean = register_parameter("running_mean", at::zeros({channels}));
        variance = register_parameter("running_var", at::ones({channels}));
    }
    Tensor mean, variance;
};

constexpr const char *className = "AutoencoderKLFlux2";

} // namespace

Result<Flux2AutoencoderConfig> Flux2AutoencoderConfig::fromJson(const json &source,
                                                                const std::string &file)
{
    ConfigReader read(source, file);
    Flux2AutoencoderConfig c;
    read.requireOneOf("_class_name", className, {className});
    read.require(read.sizes("patch_size", {2, 2}) == std::vector<int64_t>{2, 2}, "patch_size",
                 "[2, 2]");
    c.normEps = read.number("batch_norm_eps", 1e-4);
    read.require(c.normEps >= 0, "batch_norm_eps", "a number of at least 0");
    if (read.error())
        return fail(*read.error());

    json base = source; // the rest is AutoencoderKL's, with other defaults
    base.erase("patch_size");
    base["_class_name"] = "AutoencoderKL";
    const std::vector<int64_t> channels{128, 256, 512, 512};
    for (const auto &[key, value] : {std::pair<const char *, json>{"block_out_channels", channels},
                                     {"layers_per_block", 2},
                                     {"latent_channels", 32},
                                     {"sample_size", 1024}})
        if (!base.contains(key))
            base[key] = value;
    base["scaling_factor"] = 1; // the statistics take its place
    auto autoencoder = AutoencoderConfig::fromJson(base, file);
    if (!autoencoder)
        return fail(autoencoder.error());
    c.base = *std::move(autoencoder);
    return c;
}

json Flux2AutoencoderConfig::toJson() const
{
    json result = base.toJson();
    for (const char *key : {"scaling_factor", "shift_factor", "latents_mean", "latents_std"})
        result.erase(key);
    result["_class_name"] = className;
    result["patch_size"] = {2, 2};
    result["batch_norm_eps"] = normEps;
    return result;
}

Flux2Autoencoder::Flux2Autoencoder(const Config &config)
    : AutoencoderKL(config.base), m_normEps(config.normEps)
{
    const auto statistics =
        register_module("bn", std::make_shared<RunningStatistics>(4 * config.base.latentChannels));
    m_mean = statistics->mean;
    m_variance = statistics->variance;
}

Tensor Flux2Autoencoder::deviation() const
{
    return at::sqrt(m_variance + m_normEps).view({1, -1, 1, 1});
}

Tensor Flux2Autoencoder::normalized(const Tensor &raw) const
{
    return (toPatches(raw) - m_mean.view({1, -1, 1, 1})) / deviation();
}

Tensor Flux2Autoencoder::raw(const Tensor &normalized) const
{
    return fromPatches(normalized * deviation() + m_mean.view({1, -1, 1, 1}));
}

} // namespace moodloom::nn
