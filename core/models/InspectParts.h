// What inspecting folders and inspecting files share. Internal to Inspect.h.
#pragma once

#include "core/models/InferConfig.h"
#include "core/models/Inspect.h"
#include "core/nn/Load.h"

namespace moodloom::models {

// The configs of a model's networks, as far as they are valid.
struct InspectedNetworks
{
    std::optional<nn::UNetConfig> unet;
    std::optional<nn::AutoencoderConfig> vae;
    std::optional<nn::ClipTextConfig> text;
    std::optional<nn::ClipVisionConfig> vision;
    std::vector<nn::CrossAttentionSite> sites;
};

// Adds the tensors' numbers and bytes to the report.
void countTensors(const std::vector<tensor::SafeTensors> &files, ComponentReport &report);
// Compares config and tensor names the way loading does; what is wrong goes into the report.
void checkNetwork(const std::string &name, const nlohmann::json &source, const std::string &path,
                  const nn::TensorSource &tensors, InspectedNetworks &networks,
                  ComponentReport &report);
// The same for a network whose config is of no further interest. Errors: those of loading.
Result<nn::ClipTextConfig> checkText(const nlohmann::json &source, const std::string &path,
                                     const nn::TensorSource &tensors);
Result<nn::ClipVisionConfig> checkVision(const nlohmann::json &source, const std::string &path,
                                         const nn::TensorSource &tensors);
// Sums up the components; then what the configs say of pictures and text.
void summarize(ModelReport &report);
void describe(ModelReport &report, const InspectedNetworks &networks);
std::string familyName(BaseFamily family); // "" where it is not known

// A file, or one network in several. Errors: see inspectModel().
Result<ModelReport> inspectWeights(const std::string &path,
                                   const std::vector<tensor::SafeTensors> &files);

} // namespace moodloom::models
