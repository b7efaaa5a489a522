// The tensor names of single-file checkpoints (CompVis' latent diffusion and Stability's SGM) and
// those of the folder layout, computed from the networks' block structure.
//
// Names are without the prefix of their component ("model.diffusion_model.", see
// CheckpointFile.h). Both directions are given; a name of neither kind has no counterpart. Pure
// functions; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moodloom::models {

// What the numbering of a U-Net's or a ControlNet's blocks depends on.
struct UNetLayout
{
    std::vector<int64_t> layers;   // resnets in each down block; up blocks have one more
    std::vector<bool> upAttention; // from the lowest resolution; empty for a ControlNet
};

// "input_blocks.1.1.proj_in.weight" <-> "down_blocks.0.attentions.0.proj_in.weight". ControlNets
// have their zero convolutions and hint blocks besides.
std::optional<std::string> unetFolderName(const UNetLayout &layout, std::string_view ldm);
std::optional<std::string> unetLdmName(const UNetLayout &layout, std::string_view folder);

// "decoder.up.0.block.1.conv1.weight" <-> "decoder.up_blocks.3.resnets.1.conv1.weight", for a VAE
// of `levels` resolutions.
std::optional<std::string> vaeFolderName(int64_t levels, std::string_view ldm);
std::optional<std::string> vaeLdmName(int64_t levels, std::string_view folder);

// OpenCLIP's text tower. Its fused "attn.in_proj_weight" is the folder's q_proj, k_proj and v_proj,
// one above the other: there are several folder names, or none.
std::vector<std::string> openClipFolderNames(std::string_view openClip);
std::optional<std::string> openClipName(std::string_view folder);

} // namespace moodloom::models
