#include "tests/parity/NetworkCases.h"

#include "core/diffusion/Guidance.h"
#include "core/models/Preprocess.h"
#include "core/nn/SiteScales.h"
#include "tests/parity/LoadNetwork.h"

#include <cstdio>

namespace moodloom::parity {

using nlohmann::json;

namespace {

// "dim33.flip0.shift1" -> sinusoids
void runTimestep(Golden &golden)
{
    for (const std::string &output : golden.outputs()) {
        int dim = 0, flip = 0;
        double shift = 0;
        if (std::sscanf(output.c_str(), "dim%d.flip%d.shift%lf", &dim, &flip, &shift) != 3)
            continue; // found out as never compared
        golden.compare(output, nn::timestepSinusoids(golden.input("timesteps"), dim,
                                                     flip ? nn::SinusoidOrder::CosineFirst
                                                          : nn::SinusoidOrder::SineFirst,
                                                     shift));
    }
}

// "cfg7.5.rescale0.3"
void runGuidance(Golden &golden)
{
    for (const std::string &output : golden.outputs()) {
        const auto at = output.find(".rescale");
        const double scale = std::stod(output.substr(3, at - 3));
        const double rescale = at == std::string::npos ? 0 : std::stod(output.substr(at + 8));
        golden.compare(
            output, diffusion::guide(golden.input("uncond"), golden.input("cond"), scale, rescale));
    }
}

void runText(Golden &golden)
{
    const auto model =
        loadNetwork<nn::ClipTextConfig>(golden.model(), golden.place(), nn::loadClipText);
    if (!model)
        return golden.fail(model.error());
    const nn::ClipTextOutput out = (*model)->forward(golden.input("input_ids"));
    const size_t states = out.hiddenStates.size();
    for (size_t i = 0; i < states; ++i)
        golden.compare("hidden_states." + std::to_string(i), out.hiddenStates[i]);
    golden.compare("last_hidden_state", out.lastHiddenState);
    for (const std::string &output : golden.outputs()) {
        size_t skip = 0;
        if (std::sscanf(output.c_str(), "clip_skip_%zu_with_final_norm", &skip) == 1 &&
            skip < states)
            golden.compare(output, (*model)->finalNorm(out.hiddenStates[states - 1 - skip]));
        else if (output == "pooler_output")
            golden.compare(output, out.pooled);
        else if (output == "text_embeds")
            golden.compare(output, out.textEmbeds);
    }
}

void runVision(Golden &golden)
{
    const auto model =
        loadNetwork<nn::ClipVisionConfig>(golden.model(), golden.place(), nn::loadClipVision);
    if (!model)
        return golden.fail(model.error());
    const std::string preprocessor =
        golden.model() + "/../feature_extractor/preprocessor_config.json";
    const auto source = models::readJson(preprocessor);
    if (!source)
        return golden.fail(source.error());
    const auto config = models::PreprocessConfig::fromJson(*source, preprocessor);
    if (!config)
        return golden.fail(config.error());
    for (const std::string &output : golden.outputs()) {
        const std::string name = output.substr(0, output.find('.'));
        const std::string what = output.substr(output.find('.') + 1);
        Tensor pixels;
        if (name == "zeros") {
            const int64_t size = (*model)->config().imageSize;
            pixels = at::zeros({1, 3, size, size});
        } else {
            const Tensor image = golden.stored(name).contiguous(); // uint8 [H,W,3]
            pixels = models::preprocess({image.data_ptr<uint8_t>(), int(image.size(1)),
                                         int(image.size(0)), image.size(1) * 3},
                                        *config);
        }
        const nn::ClipVisionOutput out =
            (*model)->forward(pixels.to(golden.place().device, golden.place().dtype));
        if (what == "pixel_values")
            golden.compare(output, pixels);
        else if (what == "image_embeds")
            golden.compare(output, out.imageEmbeds);
        else if (what == "penultimate")
            golden.compare(output, *(out.hiddenStates.end() - 2));
        else if (what == "last_hidden_state")
            golden.compare(output, out.hiddenStates.back());
    }
}

void runVae(Golden &golden)
{
    const auto model =
        loadNetwork<nn::AutoencoderConfig>(golden.model(), golden.place(), nn::loadAutoencoder);
    if (!model)
        return golden.fail(model.error());
    const nn::AutoencoderKL &vae = **model;
    const bool tiled = golden.params().contains("tile_sample_min_size");
    nn::Tiling tiling;
    if (tiled) {
        tiling.samplePixels = golden.params()["tile_sample_min_size"];
        tiling.latentPixels = golden.params()["tile_latent_min_size"];
        tiling.overlap = golden.params()["tile_overlap_factor"];
    }
    const auto encode = [&](const Tensor &x) {
        return tiled ? vae.encodeTiled(x, tiling) : vae.encode(x);
    };
    const auto decode = [&](const Tensor &z) {
        return tiled ? vae.decodeTiled(z, tiling) : vae.decode(z);
    };
    for (const std::string &output : golden.outputs()) {
        if (output == "decoded") // tiled cases and the odd and faint ones come unscaled
            golden.compare(output, decode(tiled ? golden.activations("latents")
                                                : vae.fromModel(golden.activations("latents"))));
        else if (output == "decoded_odd")
            golden.compare(output, decode(golden.activations("latents_odd")));
        else if (output == "decoded_faint")
            golden.compare(output, decode(golden.activations("latents") * 1e-3));
        else if (output == "mean")
            golden.compare(output, encode(golden.activations("image")).mean);
        else if (output == "logvar")
            golden.compare(output, encode(golden.activations("image")).logvar);
        else if (output == "faint_mean")
            golden.compare(output, encode(golden.activations("image_faint")).mean);
        else if (output == "sample_scaled")
            golden.compare(
                output,
                vae.toModel(
                    encode(golden.activations("image")).sample(golden.activations("noise"))));
    }
}

nn::UNetConditioning conditioningOf(const Golden &golden)
{
    nn::UNetConditioning c;
    c.text = golden.activations("encoder_hidden_states");
    for (auto [name, into] : {std::pair{"text_embeds", &c.textEmbeds},
                              {"image_embeds", &c.imageEmbeds},
                              {"timestep_cond", &c.timestepCondition}})
        if (golden.hasInput(name))
            *into = golden.activations(name);
    if (golden.hasInput("time_ids"))
        c.timeIds = golden.input("time_ids");
    return c;
}

// A scale is one number for all, one an adapter, and for each either one number, one a picture, or
// one a block.
Result<void> setScale(nn::ReferenceConditioning &reference, const json &scale,
                      const std::vector<nn::CrossAttentionSite> &sites)
{
    if (scale.is_number()) {
        reference.scale = scale.get<double>();
    } else if (scale.is_array()) {
        reference.weights = at::tensor(scale.get<std::vector<double>>(), at::kFloat).unsqueeze(0);
    } else {
        auto factors = nn::siteScales(scale, sites);
        if (!factors)
            return fail(factors.error());
        reference.siteScales = *std::move(factors);
    }
    return {};
}

void runUNet(Golden &golden)
{
    const auto model = loadNetwork<nn::UNetConfig>(golden.model(), golden.place(), nn::loadUNet);
    if (!model)
        return golden.fail(model.error());
    nn::UNetConditioning conditioning = conditioningOf(golden);
    const auto sites = (*model)->sites();
    const json adapters = golden.params().value("adapters", json::array());
    for (size_t i = 0; i < adapters.size(); ++i) {
        const auto file =
            tensor::SafeTensors::open(golden.root() + "/" + adapters[i].get<std::string>());
        if (!file)
            return golden.fail(file.error());
        const auto adapter =
            nn::loadIpAdapter(nn::TensorSource::from({*file}), sites, optionsFor(golden.place()));
        if (!adapter)
            return golden.fail(adapter.error());
        nn::ReferenceConditioning reference;
        reference.adapter = *adapter;
        reference.tokens =
            (*adapter)->imageTokens(golden.activations("image_embeds." + std::to_string(i)));
        golden.compare("image_tokens." + std::to_string(i), reference.tokens);
        const std::string masks = "ip_adapter_masks." + std::to_string(i);
        if (golden.hasInput(masks)) {
            reference.masks = golden.input(masks);
            reference.mixing = nn::ReferenceMixing::Separate;
        }
        const json &scale = golden.params()["scale"];
        if (auto set = setScale(reference, scale.is_array() ? scale[i] : scale, sites); !set)
            return golden.fail(set.error());
        conditioning.references.push_back(reference);
    }
    golden.compare("sample", (*model)->forward(golden.activations("sample"),
                                               golden.input("timestep"), conditioning));
}

} // namespace

void runNetworkCase(Golden &golden)
{
    const at::NoGradGuard noGrad;
    const std::string group = golden.group();
    if (group == "timestep")
        runTimestep(golden);
    else if (group == "guidance")
        runGuidance(golden);
    else if (group == "text")
        runText(golden);
    else if (group == "vision")
        runVision(golden);
    else if (group == "vae")
        runVae(golden);
    else if (group == "unet" || group == "ip_adapter")
        runUNet(golden);
    else
        golden.fail({ErrorCode::Unsupported, group, "no such group"});
}

} // namespace moodloom::parity
