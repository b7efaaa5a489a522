// A single-file checkpoint, as A1111, Forge and ComfyUI use them: the U-Net, VAE and text encoders
// of SD 1.x, 2.x or SDXL in one file under LDM or SGM names, seen as the components of a folder.
//
// Opening reads names and shapes only. A value; const use from any thread.
#pragma once

#include "core/models/InferConfig.h"
#include "core/nn/Load.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace moodloom::models {

class CheckpointFile
{
public:
    // A safetensors file or a PyTorch archive. Errors: those of tensor::openTensorFile; Unsupported
    // (not a checkpoint of these families), Corrupt.
    static Result<CheckpointFile> open(const std::string &path);
    static Result<CheckpointFile> from(const tensor::SafeTensors &file);
    // Has the U-Net of a checkpoint, under its prefix.
    static bool looksLikeOne(const tensor::SafeTensors &file);

    const std::string &path() const { return m_path; }
    BaseFamily family() const { return m_family; }
    // "unet", "vae", "text_encoder", "text_encoder_2".
    bool has(const std::string &component) const { return m_sources.count(component) > 0; }
    const nn::TensorSource &tensors(const std::string &component) const
    {
        return m_sources.at(component); // Requires: has()
    }
    // As config.json and scheduler_config.json would be; model_index.json.
    const nlohmann::json &config(const std::string &component) const
    {
        return m_configs.at(component); // Requires: has()
    }
    const nlohmann::json &scheduler() const { return m_scheduler; }
    const nlohmann::json &index() const { return m_index; }
    // How the prediction type is known: "the tensor v_pred", "usual for SD 1.x", ...
    const std::string &predictionReason() const { return m_predictionReason; }

private:
    Result<void> readUNet(const tensor::SafeTensors &file);
    Result<void> readVae(const tensor::SafeTensors &file);
    Result<void> readText(const tensor::SafeTensors &file);
    Result<void> configure();
    Result<void> readScheduler(const tensor::SafeTensors &file);

    std::string m_path;
    BaseFamily m_family = BaseFamily::Unknown;
    std::map<std::string, nn::TensorSource> m_sources;   // by the folder's names
    std::map<std::string, nn::Activation> m_activations; // of text encoders
    std::map<std::string, nlohmann::json> m_configs;
    nlohmann::json m_scheduler, m_index;
    std::string m_predictionReason;
};

// The VAE's tensors below `prefix` ("first_stage_model.", or "" for a file of its own) by the
// folder's names; a VAE that has them already is only modernised. Errors: Corrupt (names that fit
// nothing).
Result<nn::TensorSource> vaeTensors(const tensor::SafeTensors &file, const std::string &prefix);
// The same for a U-Net or a ControlNet ("model.diffusion_model.", "control_model.", "").
Result<nn::TensorSource> unetTensors(const tensor::SafeTensors &file, const std::string &prefix);

} // namespace moodloom::models
