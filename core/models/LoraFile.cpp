#include "core/models/LoraFile.h"

#include "core/tensor/Device.h"
#include "core/tensor/PickleFile.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace moodloom::models {

using nlohmann::json;

namespace {

enum class Part { Down, Up, Middle, Alpha };

struct Suffix
{
    const char *text;
    Part part;
};

// Longer ones before those that end alike.
constexpr Suffix suffixes[] = {
    {".lora_down.weight", Part::Down},
    {".lora_up.weight", Part::Up},
    {".lora_mid.weight", Part::Middle},
    {".alpha", Part::Alpha},
    {".lora_A.weight", Part::Down},
    {".lora_B.weight", Part::Up},
    {".lora_A.default.weight", Part::Down},
    {".lora_B.default.weight", Part::Up},
    {".lora.down.weight", Part::Down},
    {".lora.up.weight", Part::Up},
    {".lora_linear_layer.down.weight", Part::Down},
    {".lora_linear_layer.up.weight", Part::Up},
    {"_lora.down.weight", Part::Down}, // old attention processors: "attn1.processor.to_q_lora"
    {"_lora.up.weight", Part::Up},
};

// Relatives of LoRA, by what only they have.
constexpr std::pair<const char *, const char *> relatives[] = {{".hada_w1_a", "LoHa"},
                                                               {".lokr_w", "LoKr"},
                                                               {".dora_scale", "DoRA"},
                                                               {".lora_magnitude_vector", "DoRA"},
                                                               {".oft_blocks", "OFT"},
                                                               {".on_input", "IA3"},
                                                               {".diff", "full-weight difference"},
                                                               {".w_norm", "norm difference"}};

bool endsWith(const std::string &name, const std::string &end)
{
    return name.size() > end.size() && name.compare(name.size() - end.size(), end.size(), end) == 0;
}

// "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.processor.to_out" -> the module it
// stands for.
std::string withoutProcessor(std::string module)
{
    const std::string processor = ".processor.";
    const auto at = module.find(processor);
    if (at == std::string::npos)
        return module;
    module.replace(at, processor.size(), ".");
    return endsWith(module, ".to_out") ? module + ".0" : module;
}

std::optional<std::pair<std::string, Part>> partOf(const std::string &name)
{
    for (const Suffix &suffix : suffixes)
        if (endsWith(name, suffix.text))
            return std::pair(
                withoutProcessor(name.substr(0, name.size() - std::string(suffix.text).size())),
                suffix.part);
    return {};
}

bool contains(const std::string &text, const char *part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

Result<Tensor> LoraModule::change(const std::vector<int64_t> &shape) const
{
    const auto a = down->read(), b = up->read();
    if (!a || !b)
        return fail(!a ? a.error() : b.error());
    const Tensor low = a->to(at::kFloat), high = b->to(at::kFloat).flatten(1); // [r,...], [out,r]
    int64_t elements = 1;
    for (int64_t extent : shape)
        elements *= extent;
    Tensor product;
    if (middle) { // Tucker: the kernel is in between
        const auto m = middle->read();
        if (!m)
            return fail(m.error());
        const Tensor core = m->to(at::kFloat); // [r,r,k,k]
        if (core.dim() == 4 && core.size(0) == high.size(1) && core.size(1) == low.size(0))
            product = at::einsum("or,rskl,si->oikl", {high, core, low.flatten(1)});
    } else if (high.size(1) == low.size(0)) {
        product = at::mm(high, low.flatten(1)); // [out, in x k x k]
    }
    if (!product.defined() || shape.empty() || product.size(0) != shape[0] ||
        product.numel() != elements)
        return fail(ErrorCode::Mismatch, down->file->path(),
                    "\"" + down->name + "\" " + tensor::shapeText(down->shape()) + " and \"" +
                        up->name + "\" " + tensor::shapeText(up->shape()) +
                        " do not give the weight's shape " + tensor::shapeText(shape));
    return product.view(shape) * (alpha ? *alpha / double(rank()) : 1.0);
}

bool LoraFile::looksLikeOne(const tensor::SafeTensors &file)
{
    for (const auto &[name, info] : file.tensors()) {
        for (const auto &[mark, kind] : relatives)
            if (contains(name, mark) && !contains(name, ".diffusion"))
                return true;
        if (const auto part = partOf(name); part && part->second != Part::Alpha)
            return true;
    }
    return false;
}

Result<LoraFile> LoraFile::open(const std::string &path)
{
    const auto file = tensor::openTensorFile(path);
    if (!file)
        return fail(file.error());
    return from(*file);
}

Result<LoraFile> LoraFile::from(const tensor::SafeTensors &file)
{
    LoraFile lora;
    lora.m_path = file.path();
    lora.m_metadata = file.metadata();
    const auto shared = std::make_shared<const tensor::SafeTensors>(file);
    std::vector<std::string> strange;
    for (const auto &[name, info] : file.tensors()) {
        const auto part = partOf(name);
        if (!part) {
            for (const auto &[mark, kind] : relatives)
                if (contains(name, mark))
                    return fail(ErrorCode::Unsupported, lora.m_path,
                                std::string("is a ") + kind +
                                    " adapter; LoRA with lora_up and lora_down (or lora_A and "
                                    "lora_B) is used");
            strange.push_back(name);
            continue;
        }
        LoraModule &module = lora.m_modules[part->first];
        if (part->second == Part::Alpha) {
            const auto value = file.tensor(name);
            if (!value)
                return fail(value.error());
            if (value->numel() != 1)
                return fail(ErrorCode::Corrupt, lora.m_path,
                            "\"" + name + "\" is not one number but " +
                                tensor::shapeText(info.shape));
            module.alpha = value->to(at::kDouble).item<double>();
            continue;
        }
        if (info.shape.size() < 2 || info.elements() == 0)
            return fail(ErrorCode::Corrupt, lora.m_path,
                        "\"" + name + "\" is no matrix but " + tensor::shapeText(info.shape));
        (part->second == Part::Down ? module.down
         : part->second == Part::Up ? module.up
                                    : module.middle) = nn::TensorSource::Entry{shared, name};
    }
    std::erase_if(lora.m_modules, [](const auto &item) { // alphas of layers that were left out
        return !item.second.down && !item.second.up && !item.second.middle;
    });
    if (lora.m_modules.empty())
        return fail(ErrorCode::Unsupported, lora.m_path,
                    "is no LoRA: it has no lora_up and lora_down");
    if (!strange.empty())
        return fail(ErrorCode::Unsupported, lora.m_path,
                    "has " + std::to_string(strange.size()) +
                        " tensors that are no part of a LoRA, like \"" + strange.front() + "\"");
    for (const auto &[name, module] : lora.m_modules)
        if (!module.down || !module.up)
            return fail(ErrorCode::Corrupt, lora.m_path,
                        "\"" + name + "\" has only one half of its pair of matrices");
    lora.readPeftAlphas();
    lora.findFamily();
    return lora;
}

// diffusers writes PEFT's settings into the metadata: {"unet.lora_alpha": 8, ...}.
void LoraFile::readPeftAlphas()
{
    const auto found = m_metadata.find("lora_adapter_metadata");
    if (found == m_metadata.end())
        return;
    const json settings = json::parse(found->second, nullptr, false);
    if (!settings.is_object())
        return;
    for (auto &[name, module] : m_modules) {
        const std::string component = name.substr(0, name.find('.'));
        const auto alpha = settings.find(component + ".lora_alpha");
        if (module.alpha || alpha == settings.end() || !alpha->is_number())
            continue;
        module.alpha = alpha->get<double>();
        const auto stabilized = settings.find(component + ".use_rslora"); // alpha / sqrt(rank)
        if (stabilized != settings.end() && stabilized->is_boolean() && stabilized->get<bool>())
            *module.alpha *= std::sqrt(double(module.rank()));
    }
}

void LoraFile::findFamily()
{
    for (const auto &[name, module] : m_modules) {
        if (contains(name, "double_blocks") || contains(name, "single_transformer_blocks"))
            m_foreignKind = "FLUX";
        else if (contains(name, "joint_blocks"))
            m_foreignKind = "SD 3";
        else if (name.starts_with("transformer.") || name.starts_with("lora_transformer_"))
            m_foreignKind = m_foreignKind.empty() ? "diffusion transformer" : m_foreignKind;
        if (name.starts_with("lora_te2_") || name.starts_with("text_encoder_2."))
            m_family = BaseFamily::StableDiffusionXl;
        const bool looksAtText = endsWith(name, "attn2_to_k") || endsWith(name, "attn2.to_k") ||
                                 endsWith(name, "attn2_to_v") || endsWith(name, "attn2.to_v");
        if (looksAtText && m_family == BaseFamily::Unknown)
            m_family = familyOfTextWidth(module.down->shape()[1]);
    }
    const auto version = m_metadata.find("ss_base_model_version");
    if (m_family != BaseFamily::Unknown || version == m_metadata.end())
        return;
    if (version->second.starts_with("sdxl"))
        m_family = BaseFamily::StableDiffusionXl;
    else if (version->second.starts_with("sd_v1"))
        m_family = BaseFamily::StableDiffusion1;
    else if (version->second.starts_with("sd_v2"))
        m_family = BaseFamily::StableDiffusion2;
}

std::vector<std::string> LoraFile::triggerWords() const
{
    if (const auto said = m_metadata.find("modelspec.trigger_phrase");
        said != m_metadata.end() && !said->second.empty())
        return {said->second};
    // kohya: {"10_folder": {"tag": count, ...}, ...}. What is in nearly every caption triggers.
    const auto found = m_metadata.find("ss_tag_frequency");
    if (found == m_metadata.end())
        return {};
    const json folders = json::parse(found->second, nullptr, false);
    if (!folders.is_object())
        return {};
    std::map<std::string, int64_t> counts;
    int64_t most = 0;
    for (const auto &[folder, tags] : folders.items())
        if (tags.is_object())
            for (const auto &[tag, count] : tags.items())
                if (count.is_number_integer())
                    most = std::max(most, counts[tag] += count.get<int64_t>());
    std::vector<std::pair<std::string, int64_t>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(),
                     [](const auto &a, const auto &b) { return a.second > b.second; });
    std::vector<std::string> words;
    for (const auto &[tag, count] : order)
        if (words.size() < 8 && 10 * count >= 9 * most)
            words.push_back(tag);
    return words;
}

} // namespace moodloom::models
