#include "core/models/Lora.h"

#include "core/tensor/Device.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <tuple>

namespace moodloom::models {

namespace {

struct Target
{
    std::string component, parameter;
    bool operator<(const Target &other) const
    {
        return std::tie(component, parameter) < std::tie(other.component, other.parameter);
    }
};

struct Change
{
    LoraModule module;
    double scale = 1;
};

std::string flattened(std::string name)
{
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

// Every name under which a file may speak of a weight of the model.
class Names
{
public:
    explicit Names(const Pipeline &pipeline)
    {
        const UNetLayout layout = layoutOf(pipeline.unet->config());
        for (const auto &[component, source] : pipeline.sources) {
            const bool unet = component == "unet";
            if (!unet && !component.starts_with("text_encoder"))
                continue;
            for (const auto &[name, entry] : source.tensors) {
                if (!name.ends_with(".weight") || entry.shape().size() < 2)
                    continue;
                const std::string module = name.substr(0, name.size() - 7);
                const Target target{component, name};
                if (unet)
                    addUNet(layout, module, target);
                else
                    addText(component == "text_encoder_2", module, target);
            }
        }
    }

    const Target *find(std::string name) const
    {
        if (name.starts_with("base_model.model."))
            name = name.substr(17);
        const auto found = m_targets.find(name);
        return found == m_targets.end() ? nullptr : &found->second;
    }

private:
    void addUNet(const UNetLayout &layout, const std::string &module, const Target &target)
    {
        m_targets["lora_unet_" + flattened(module)] = target;
        m_targets["unet." + module] = target;
        m_targets[module] = target;
        const auto ldm = unetLdmName(layout, target.parameter);
        if (!ldm)
            return;
        const std::string name = ldm->substr(0, ldm->size() - 7);
        m_targets["lora_unet_" + flattened(name)] = target;
        m_targets["diffusion_model." + name] = target;
        m_targets["model.diffusion_model." + name] = target;
    }

    void addText(bool second, const std::string &module, const Target &target)
    {
        const std::string flat = flattened(module);
        m_targets[(second ? "lora_te2_" : "lora_te1_") + flat] = target;
        if (!second)
            m_targets["lora_te_" + flat] = target;
        m_targets[(second ? "text_encoder_2." : "text_encoder.") + module] = target;
    }

    std::map<std::string, Target> m_targets;
};

Failure otherFamily(const LoraFile &lora, const std::string &made, const Pipeline &pipeline)
{
    return fail(ErrorCode::Mismatch, lora.path(),
                "is a LoRA for " + made + " models; " + pipeline.folder + " is of the kind " +
                    baseFamilyName(familyOf(pipeline)) + " (its text is " +
                    std::to_string(pipeline.unet->config().textWidth()) + " wide)");
}

Failure unknownKeys(const LoraFile &lora, const std::vector<std::string> &names)
{
    std::string text;
    for (size_t i = 0; i < names.size() && i < 3; ++i)
        text += (i ? ", \"" : "\"") + names[i] + "\"";
    if (names.size() > 3)
        text += " and " + std::to_string(names.size() - 3) + " more";
    return fail(ErrorCode::Mismatch, lora.path(),
                "has keys that fit nothing in the model: " + text);
}

// Finds the weight of every module and checks that it fits.
Result<void> resolve(const LoraFile &lora, double scale, const Pipeline &pipeline,
                     const Names &names, std::map<Target, std::vector<Change>> &changes)
{
    if (!lora.foreignKind().empty())
        return otherFamily(lora, lora.foreignKind(), pipeline);
    const BaseFamily made = lora.family(), ours = familyOf(pipeline);
    const bool xl = made == BaseFamily::StableDiffusionXl;
    if ((made != BaseFamily::Unknown && ours != BaseFamily::Unknown && made != ours) ||
        (xl && !pipeline.text2))
        return otherFamily(lora, baseFamilyName(made), pipeline);
    std::vector<std::string> unknown;
    for (const auto &[name, module] : lora.modules()) {
        const Target *target = names.find(name);
        if (!target) {
            unknown.push_back(name);
            continue;
        }
        const auto shape =
            pipeline.sources.at(target->component).tensors.at(target->parameter).shape();
        const auto &down = module.down->shape();
        if (down[1] != shape[1] || module.up->shape()[0] != shape[0])
            return fail(ErrorCode::Mismatch, lora.path(),
                        "\"" + name + "\" changes a weight of " +
                            std::to_string(module.up->shape()[0]) + " x " +
                            std::to_string(down[1]) + ", the model's is " +
                            tensor::shapeText(shape) + "; it was made for another base model");
        if (scale != 0)
            changes[*target].push_back({module, scale});
    }
    if (!unknown.empty())
        return unknownKeys(lora, unknown);
    return {};
}

torch::nn::Module &networkOf(const Pipeline &pipeline, const std::string &component)
{
    if (component == "unet")
        return *pipeline.unet;
    return component == "text_encoder" ? *pipeline.text : *pipeline.text2;
}

// Computes the weight anew from the model's file and puts it into the network.
class Writer
{
public:
    explicit Writer(const Pipeline &pipeline) : m_pipeline(pipeline) {}

    Result<void> write(const Target &target, const std::vector<Change> &changes)
    {
        if (m_pipeline.away.count(target.component))
            return {}; // mergeLoras() does it when the weights come
        const auto &entry = m_pipeline.sources.at(target.component).tensors.at(target.parameter);
        auto value = entry.read();
        if (!value)
            return fail(value.error());
        Tensor weight = *value;
        for (const Change &change : changes) {
            const auto difference = change.module.change(entry.shape());
            if (!difference)
                return fail(difference.error());
            weight = weight.to(at::kFloat) + change.scale * *difference;
        }
        auto &parameters = m_parameters[target.component];
        if (parameters.is_empty())
            parameters = networkOf(m_pipeline, target.component).named_parameters();
        Tensor &parameter = parameters[target.parameter];
        const bool unet = target.component == "unet";
        // What no LoRA changes may stay in its file.
        if (!changes.empty() || !unet || !m_pipeline.weightsInFiles)
            weight = nn::placed(weight, m_pipeline.device, unet ? m_pipeline.dtype : at::kFloat);
        parameter.set_data(weight);
        return {};
    }

private:
    const Pipeline &m_pipeline;
    std::map<std::string, torch::OrderedDict<std::string, Tensor>> m_parameters;
};

} // namespace

BaseFamily familyOf(const Pipeline &pipeline)
{
    if (pipeline.unet->config().added == nn::AddedEmbedding::TextTime)
        return pipeline.text2 ? BaseFamily::StableDiffusionXl : BaseFamily::SdxlRefiner;
    return familyOfTextWidth(pipeline.unet->config().textWidth());
}

// What all of them change.
static Result<std::map<Target, std::vector<Change>>> changesOf(const std::vector<LoraUse> &loras,
                                                               const Pipeline &pipeline)
{
    const Names names(pipeline);
    std::map<Target, std::vector<Change>> changes;
    for (const LoraUse &use : loras) {
        const auto lora = LoraFile::open(use.file);
        if (!lora)
            return fail(lora.error());
        if (auto ok = resolve(*lora, use.scale, pipeline, names, changes); !ok)
            return fail(ok.error());
    }
    return changes;
}

Result<void> mergeLoras(Pipeline &pipeline, const std::string &component, std::stop_token stop)
{
    const at::NoGradGuard noGrad;
    if (pipeline.loras.empty())
        return {};
    const auto changes = changesOf(pipeline.loras, pipeline);
    if (!changes)
        return fail(changes.error());
    Writer writer(pipeline);
    for (const auto &[target, list] : *changes) {
        if (target.component != component)
            continue;
        if (stop.stop_requested())
            return cancelled();
        if (auto written = writer.write(target, list); !written)
            return written;
    }
    return {};
}

Result<void> setLoras(Pipeline &pipeline, const std::vector<LoraUse> &loras, std::stop_token stop)
{
    const at::NoGradGuard noGrad;
    if (loras == pipeline.loras)
        return {};
    auto found = changesOf(loras, pipeline);
    if (!found)
        return fail(found.error());
    std::map<Target, std::vector<Change>> changes = *std::move(found);
    std::map<Target, std::vector<Change>> clean; // what the LoRAs before have changed
    for (const auto &[component, parameter] : pipeline.changed)
        clean[{component, parameter}];

    Writer writer(pipeline);
    std::optional<Error> problem;
    for (const auto *batch : {&clean, &changes}) {
        for (const auto &[target, list] : *batch) {
            if (batch == &clean && changes.count(target))
                continue; // is written once, below
            if (stop.stop_requested())
                problem = Error{ErrorCode::Cancelled, {}, {}};
            if (!problem)
                if (auto written = writer.write(target, list); !written)
                    problem = written.error();
            if (problem)
                break;
            if (batch == &changes)
                pipeline.changed.insert({target.component, target.parameter});
            else
                pipeline.changed.erase({target.component, target.parameter});
        }
    }
    if (problem) { // back to the model as it is
        for (const auto &[component, parameter] : pipeline.changed)
            if (auto restored = writer.write({component, parameter}, {}); !restored)
                return fail(restored.error());
        pipeline.changed.clear();
        pipeline.loras.clear();
        return fail(*problem);
    }
    pipeline.loras = loras;
    return {};
}

} // namespace moodloom::models
