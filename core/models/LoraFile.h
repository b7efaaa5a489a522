// A LoRA file (Hu et al. 2021): low-rank changes of linear and convolution weights, under the names
// of kohya's scripts (folder or SGM block names), of PEFT and diffusers, or of older diffusers.
//
// Opening reads names, shapes and the alphas. A value; const use from any thread.
#pragma once

#include "core/models/InferConfig.h"
#include "core/nn/Load.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace moodloom::models {

// The change of one weight: scale x alpha / rank x up down.
struct LoraModule
{
    std::optional<nn::TensorSource::Entry> down, up,
        middle;                  // [r,in(,k,k)], [out,r(,1,1)], [r,r,k,k]
    std::optional<double> alpha; // absent: the rank, that is a factor of 1

    // The change itself in fp32, shaped like the weight. Errors: Mismatch (found and expected
    // shapes), and those of reading.
    Result<Tensor> change(const std::vector<int64_t> &weightShape) const;
    int64_t rank() const { return down ? down->shape().front() : 0; }
};

class LoraFile
{
public:
    // Errors: those of tensor::openTensorFile; Unsupported (no LoRA, or a kind of adapter that is
    // not implemented, naming it), Corrupt (half of a pair).
    static Result<LoraFile> open(const std::string &path);
    static Result<LoraFile> from(const tensor::SafeTensors &file);
    static bool looksLikeOne(const tensor::SafeTensors &file);

    const std::string &path() const { return m_path; }
    // By the name of the module as the file has it, without what names the part:
    // "lora_unet_mid_block_attentions_0_proj_in", "unet.mid_block.attentions.0.proj_in".
    const std::map<std::string, LoraModule> &modules() const { return m_modules; }
    const std::map<std::string, std::string> &metadata() const { return m_metadata; }

    // Which base models it was made for, by the width of the text it looks at, by the encoders it
    // changes and by its metadata; and what is known where it is none of those.
    BaseFamily family() const { return m_family; }
    const std::string &foreignKind() const { return m_foreignKind; } // "FLUX", ... or empty
    std::vector<std::string> triggerWords() const;

private:
    void readPeftAlphas();
    void findFamily();

    std::string m_path, m_foreignKind;
    std::map<std::string, LoraModule> m_modules;
    std::map<std::string, std::string> m_metadata;
    BaseFamily m_family = BaseFamily::Unknown;
};

} // namespace moodloom::models
