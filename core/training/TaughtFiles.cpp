#include "core/training/TaughtFiles.h"

#include "core/models/Lora.h"
#include "core/tensor/SafeTensors.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace moodloom::training {
namespace {

using models::BaseFamily;
using nlohmann::json;

std::string lastPart(const std::string &path)
{
    const std::filesystem::path whole(path);
    return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

} // namespace

Result<void> saveLora(const std::string &path, const LowRank &changes,
                      const models::Pipeline &pipeline, const TaughtNotes &notes)
{
    std::map<std::string, at::Tensor> tensors;
    for (const LowRank::Layer &layer : changes.layers()) {
        std::string name = "lora_unet_" + layer.name;
        std::replace(name.begin(), name.end(), '.', '_');
        tensors[name + ".lora_down.weight"] = layer.down.detach().cpu().contiguous();
        tensors[name + ".lora_up.weight"] = layer.up.detach().cpu().contiguous();
        tensors[name + ".alpha"] = at::tensor(double(layer.down.size(0)), at::kFloat);
    }
    const BaseFamily family = models::familyOf(pipeline);
    const std::string prediction =
        pipeline.scheduler.value("prediction_type", std::string("epsilon"));
    const std::string number = std::to_string(notes.rank);
    std::map<std::string, std::string> metadata{
        {"format", "pt"},
        {"ss_network_module", "networks.lora"},
        {"ss_network_dim", number},
        {"ss_network_alpha", number},
        {"ss_sd_model_name", lastPart(pipeline.folder)},
        {"ss_resolution", std::to_string(notes.side)},
        {"ss_num_train_images", std::to_string(notes.pictures)},
        {"ss_steps", std::to_string(notes.steps)},
        {"ss_tag_frequency",
         json{{notes.title, notes.words}}.dump(-1, ' ', false, json::error_handler_t::replace)},
        {"ss_output_name", notes.title},
        {"modelspec.sai_model_spec", "1.0.0"},
        {"modelspec.title", notes.title},
        {"modelspec.implementation", "moodloom " + notes.version},
        {"modelspec.resolution", std::to_string(notes.side) + "x" + std::to_string(notes.side)},
        {"modelspec.prediction_type", prediction == "v_prediction" ? "v" : prediction},
        {"moodloom.version", notes.version}};
    if (family == BaseFamily::StableDiffusion1) {
        metadata["ss_base_model_version"] = "sd_v1";
        metadata["modelspec.architecture"] = "stable-diffusion-v1/lora";
    } else if (family == BaseFamily::StableDiffusion2) {
        metadata["ss_base_model_version"] = "sd_v2";
        metadata["modelspec.architecture"] = prediction == "v_prediction"
                                                 ? "stable-diffusion-v2-768-v/lora"
                                                 : "stable-diffusion-v2-512/lora";
    } else {
        metadata["ss_base_model_version"] = "moodloom";
        metadata["modelspec.architecture"] = "moodloom/lora";
    }
    return tensor::saveSafeTensors(path, tensors, metadata);
}

Result<void> saveAdapter(const std::string &path, const LowRank &changes,
                         const nn::IpAdapter &adapter, const TaughtNotes &notes)
{
    const at::NoGradGuard noGrad;
    auto tensors = nn::parametersOf(adapter, at::kHalf);
    for (const LowRank::Layer &layer : changes.layers())
        tensors[layer.name + ".weight"] =
            (layer.base.to(at::kFloat) + layer.change()).to(at::kCPU, at::kHalf).contiguous();
    return tensor::saveSafeTensors(
        path, tensors,
        {{"format", "pt"}, {"title", notes.title}, {"moodloom.version", notes.version}});
}

} // namespace moodloom::training
