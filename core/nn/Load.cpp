#include "core/nn/Load.h"

#include "core/tensor/Device.h"

#include <algorithm>

namespace moodloom::nn {

TensorSource TensorSource::from(const std::vector<tensor::SafeTensors> &files)
{
    TensorSource source;
    for (const tensor::SafeTensors &file : files) {
        if (source.label.empty())
            source.label = file.path();
        const auto shared = std::make_shared<const tensor::SafeTensors>(file);
        for (const auto &[name, info] : file.tensors())
            source.tensors[name] = {shared, name};
    }
    return source;
}

std::map<std::string, std::vector<int64_t>> TensorSource::shapes() const
{
    std::map<std::string, std::vector<int64_t>> result;
    for (const auto &[name, entry] : tensors)
        result[name] = entry.shape();
    return result;
}

const std::vector<int64_t> &TensorSource::Entry::shape() const
{
    return convert ? convertedShape : file->tensors().at(name).shape;
}

Result<Tensor> TensorSource::Entry::read() const
{
    auto value = file->tensor(name);
    return value && convert ? Result<Tensor>(convert(*value)) : value;
}

void modernizeAttentionNames(TensorSource &source)
{
    static const std::pair<std::string, std::string> names[] = {
        {"query", "to_q"}, {"key", "to_k"}, {"value", "to_v"}, {"proj_attn", "to_out.0"}};
    std::map<std::string, TensorSource::Entry> renamed;
    for (const auto &[name, entry] : source.tensors) {
        std::string modern = name;
        for (const auto &[before, after] : names) {
            const auto at = modern.find("attentions.0." + before + ".");
            if (at != std::string::npos)
                modern.replace(at + 13, before.size(), after);
        }
        renamed[modern] = entry;
    }
    source.tensors = std::move(renamed);
}

void nameTinyHalf(TensorSource &source)
{
    const auto isNumbered = [](const auto &item) {
        return item.first.find_first_not_of("0123456789") == item.first.find('.') &&
               item.first.find('.') > 0 && item.first.find('.') < 6;
    };
    if (source.tensors.empty() ||
        !std::all_of(source.tensors.begin(), source.tensors.end(), isNumbered))
        return;
    // The decoder begins by limiting its latents, without parameters.
    const bool isDecoder = source.tensors.count("0.weight") == 0;
    std::map<std::string, TensorSource::Entry> renamed;
    for (const auto &[name, entry] : source.tensors) {
        const size_t dot = name.find('.');
        const int layer = std::stoi(name.substr(0, dot)) - (isDecoder ? 1 : 0);
        renamed[(isDecoder ? "decoder.layers." : "encoder.layers.") + std::to_string(layer) +
                name.substr(dot)] = entry;
    }
    source.tensors = std::move(renamed);
}

void nameTower(TensorSource &source, const std::string &prefix)
{
    static const std::string parts[] = {"embeddings.", "encoder.layers.", "final_layer_norm.",
                                        "pre_layrnorm.", "post_layernorm."};
    const auto isPart = [](const std::string &name) {
        return std::any_of(std::begin(parts), std::end(parts),
                           [&name](const std::string &part) { return name.starts_with(part); });
    };
    std::map<std::string, TensorSource::Entry> renamed;
    for (const auto &[name, entry] : source.tensors)
        renamed[isPart(name) ? prefix + name : name] = entry;
    source.tensors = std::move(renamed);
}

TensorSource joined(TensorSource first, const TensorSource &second)
{
    first.tensors.insert(second.tensors.begin(), second.tensors.end());
    return first;
}

namespace {

// At most three names, so that a message about a wholly foreign file stays readable.
std::string listed(const std::vector<std::string> &names)
{
    std::string text;
    for (size_t i = 0; i < names.size() && i < 3; ++i)
        text += (i ? ", \"" : "\"") + names[i] + "\"";
    if (names.size() > 3)
        text += " and " + std::to_string(names.size() - 3) + " more";
    return text;
}

template <class Model>
Result<std::shared_ptr<Model>> load(const typename Model::Config &config,
                                    const TensorSource &source, const LoadOptions &options,
                                    const std::function<bool(const std::string &)> &ignore = {})
{
    std::shared_ptr<Model> model;
    try {
        const UninitializedWeights unset;
        model = std::make_shared<Model>(config);
    } catch (const std::exception &) { // libtorch and the allocator throw what they cannot hold
        return fail(ErrorCode::OutOfMemory, source.label,
                    "its network would need more memory than there is");
    }
    if (auto loaded = loadParameters(*model, source, options, ignore); !loaded)
        return fail(loaded.error());
    model->eval();
    return model;
}

} // namespace

Result<void> loadParameters(torch::nn::Module &module, const TensorSource &source,
                            const LoadOptions &options,
                            const std::function<bool(const std::string &)> &ignore)
{
    const at::NoGradGuard noGrad;
    auto parameters = module.named_parameters();
    std::vector<std::string> missing, unexpected;
    for (const auto &parameter : parameters) {
        const auto found = source.tensors.find(parameter.key());
        if (found == source.tensors.end()) {
            missing.push_back(parameter.key());
            continue;
        }
        const TensorSource::Entry &entry = found->second;
        const auto &shape = entry.shape();
        if (parameter.value().sizes() != at::IntArrayRef(shape))
            return fail(ErrorCode::Mismatch, entry.file->path(),
                        "config and weights are not of the same model, get both anew: tensor \"" +
                            entry.name + "\" should be " +
                            tensor::shapeText(parameter.value().sizes()) + " and is " +
                            tensor::shapeText(shape));
    }
    if (!missing.empty())
        return fail(ErrorCode::Mismatch, source.label,
                    "lacks tensors that the config asks for: " + listed(missing));
    for (const auto &[name, entry] : source.tensors)
        if (!parameters.contains(name) && !(ignore && ignore(name)))
            unexpected.push_back(name);
    if (!unexpected.empty())
        return fail(ErrorCode::Mismatch, source.label,
                    "has tensors that do not belong to the network of the config: " +
                        listed(unexpected));
    if (options.mode == LoadMode::CheckOnly)
        return {};

    size_t done = 0;
    for (auto &parameter : parameters) {
        if (options.stop.stop_requested())
            return cancelled();
        const TensorSource::Entry &entry = source.tensors.at(parameter.key());
        const auto value = entry.read();
        if (!value)
            return fail(value.error());
        const Tensor wanted =
            options.asStored ? *value : placed(*value, options.device, options.dtype);
        parameter.value().set_data(wanted);
        if (!wanted.is_alias_of(*value)) // converted: the file's pages have done their work
            entry.file->forget(entry.name);
        if (options.progress)
            options.progress(++done, parameters.size());
    }
    return {};
}

Tensor placed(const Tensor &weight, const at::Device &device, at::ScalarType dtype)
{
    const bool filters = device.is_cpu() && weight.dim() == 4 && dtype == at::kBFloat16;
    return filters ? weight.to(device, dtype, false, false, at::MemoryFormat::ChannelsLast)
                   : weight.to(device, dtype);
}

void dropWeights(torch::nn::Module &module)
{
    const at::NoGradGuard noGrad;
    for (at::Tensor &parameter : module.parameters())
        parameter.set_data(at::empty({1}, at::kFloat).expand(parameter.sizes()));
}

Result<std::shared_ptr<ClipTextModel>>
loadClipText(ClipTextConfig config, TensorSource source, const LoadOptions &options)
{
    nameTower(source, "text_model.");
    config.withProjection = source.tensors.count("text_projection.weight") > 0;
    return load<ClipTextModel>(config, source, options, [](const std::string &name) {
        // Old files carry the positions as a tensor; a whole CLIPModel carries the other tower.
        return name == "text_model.embeddings.position_ids" || name == "logit_scale" ||
               name.starts_with("vision_model.") || name.starts_with("visual_projection.");
    });
}

Result<std::shared_ptr<ClipVisionModel>>
loadClipVision(ClipVisionConfig config, TensorSource source, const LoadOptions &options)
{
    nameTower(source, "vision_model.");
    config.withProjection = source.tensors.count("visual_projection.weight") > 0;
    return load<ClipVisionModel>(config, source, options, [](const std::string &name) {
        return name == "vision_model.embeddings.position_ids" || name == "logit_scale" ||
               name.starts_with("text_model.") || name.starts_with("text_projection.");
    });
}

Result<std::shared_ptr<AutoencoderKL>>
loadAutoencoder(const AutoencoderConfig &config, TensorSource source, const LoadOptions &options)
{
    modernizeAttentionNames(source);
    return load<AutoencoderKL>(config, source, options);
}

Result<std::shared_ptr<UNet2DConditionModel>>
loadUNet(const UNetConfig &config, const TensorSource &source, const LoadOptions &options)
{
    return load<UNet2DConditionModel>(config, source, options);
}

Result<std::shared_ptr<ControlNetModel>> loadControlNet(const ControlNetConfig &config,
                                                        const TensorSource &source,
                                                        const LoadOptions &options)
{
    return load<ControlNetModel>(config, source, options);
}

Result<std::shared_ptr<TinyAutoencoder>> loadTinyAutoencoder(const TinyAutoencoderConfig &config,
                                                             const TensorSource &source,
                                                             const LoadOptions &options)
{
    return load<TinyAutoencoder>(config, source, options);
}

Result<std::shared_ptr<Flux2Autoencoder>> loadFlux2Autoencoder(const Flux2AutoencoderConfig &config,
                                                               TensorSource source,
                                                               const LoadOptions &options)
{
    modernizeAttentionNames(source);
    return load<Flux2Autoencoder>(config, source, options, [](const std::string &name) {
        return name == "bn.num_batches_tracked"; // of training
    });
}

Result<std::shared_ptr<Flux2Transformer>> loadFlux2Transformer(const Flux2TransformerConfig &config,
                                                               const TensorSource &source,
                                                               const LoadOptions &options)
{
    return load<Flux2Transformer>(config, source, options);
}

Result<std::shared_ptr<IpAdapter>> loadIpAdapter(const TensorSource &source,
                                                 const std::vector<CrossAttentionSite> &sites,
                                                 const LoadOptions &options)
{
    const auto config = IpAdapterConfig::fromShapes(source.shapes(), source.label);
    if (!config)
        return fail(config.error());
    if (auto fits = checkAdapterFits(*config, sites, source.label); !fits)
        return fail(fits.error());
    return load<IpAdapter>(*config, source, options);
}

std::map<std::string, Tensor> parametersOf(const torch::nn::Module &module, at::ScalarType dtype)
{
    std::map<std::string, Tensor> result;
    for (const auto &parameter : module.named_parameters())
        result[parameter.key()] = parameter.value().detach().to(at::kCPU, dtype).contiguous();
    return result;
}

} // namespace moodloom::nn
