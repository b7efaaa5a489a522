// Fills a network from safetensors, and writes it back.
//
// Parameters are named as in the files, so loading is a comparison of two lists of names; what does
// not fit names file, tensor, found and expected shape.
#pragma once

#include "core/base/Result.h"
#include "core/nn/AutoencoderKL.h"
#include "core/nn/ClipTextModel.h"
#include "core/nn/ClipVisionModel.h"
#include "core/nn/ControlNetModel.h"
#include "core/nn/Flux2Autoencoder.h"
#include "core/nn/Flux2Transformer.h"
#include "core/nn/IpAdapter.h"
#include "core/nn/TinyAutoencoder.h"
#include "core/nn/UNet2DConditionModel.h"
#include "core/tensor/SafeTensors.h"

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace moodloom::nn {

// CheckOnly compares names and shapes and leaves the weights unset: cheap, whatever the size.
enum class LoadMode { Fill, CheckOnly };

struct LoadOptions
{
    LoadMode mode = LoadMode::Fill;
    at::Device device = at::kCPU;
    at::ScalarType dtype = at::kFloat;
    bool asStored = false; // instead: numbers and place stay those of the file, where it is mapped
    std::function<void(size_t done, size_t total)> progress; // parameters, from the calling thread
    std::stop_token stop;
};

// The tensors of one network, from one or several (sharded) files, by the names the network uses.
struct TensorSource
{
    struct Entry
    {
        std::shared_ptr<const tensor::SafeTensors> file;
        std::string name; // in the file
        // Where the network's tensor is only a part of the file's, or that in another shape: how it
        // is made, and its shape.
        std::function<Tensor(const Tensor &)> convert{};
        std::vector<int64_t> convertedShape{};

        const std::vector<int64_t> &shape() const;
        Result<Tensor> read() const; // Errors: those of SafeTensors::tensor.
    };
    std::map<std::string, Entry> tensors;
    std::string label; // the file or folder, for messages

    static TensorSource from(const std::vector<tensor::SafeTensors> &files);
    std::map<std::string, std::vector<int64_t>> shapes() const;
};

// Renames the autoencoder's old attention names (query, key, value, proj_attn) to the new ones.
void modernizeAttentionNames(TensorSource &source);

// CLIP's towers by themselves are saved without "text_model." or "vision_model." by transformers 5.
// Gives their tensors that prefix; others, as of the projection, stay as they are.
void nameTower(TensorSource &source, const std::string &prefix);

// TAESD's own files hold one half each, its layers numbered: "3.conv.0.weight". Gives them the
// names of a whole ("encoder.layers.3...", "decoder.layers.2..."), where its first layer is without
// parameters and not counted. Other files stay as they are.
void nameTinyHalf(TensorSource &source);
// Both halves as one. Requires: different names.
TensorSource joined(TensorSource first, const TensorSource &second);

// Sets every parameter of the module. Tensors of `source` that the module lacks are an error unless
// `ignore` says that they may be there. The parameters may share the file's mapping; it is private,
// so training them is safe. Errors: Mismatch (missing, unexpected or mis-shaped tensors),
// Cancelled.
Result<void> loadParameters(torch::nn::Module &module, const TensorSource &source,
                            const LoadOptions &options,
                            const std::function<bool(const std::string &)> &ignore = {});

// A weight where and as its layer reads it without a copy for each call: bf16 filters on the CPU with
// their channels last.
Tensor placed(const Tensor &weight, const at::Device &device, at::ScalarType dtype);

// The weights give their memory back and keep their shapes; loadParameters() brings them again.
void dropWeights(torch::nn::Module &module);

// A network in evaluation state, from its config and its tensors.
Result<std::shared_ptr<ClipTextModel>>
loadClipText(ClipTextConfig config, TensorSource source, const LoadOptions &options);
Result<std::shared_ptr<ClipVisionModel>>
loadClipVision(ClipVisionConfig config, TensorSource source, const LoadOptions &options);
Result<std::shared_ptr<AutoencoderKL>>
loadAutoencoder(const AutoencoderConfig &config, TensorSource source, const LoadOptions &options);
Result<std::shared_ptr<UNet2DConditionModel>>
loadUNet(const UNetConfig &config, const TensorSource &source, const LoadOptions &options);
Result<std::shared_ptr<ControlNetModel>> loadControlNet(const ControlNetConfig &config,
                                                        const TensorSource &source,
                                                        const LoadOptions &options);
Result<std::shared_ptr<TinyAutoencoder>> loadTinyAutoencoder(const TinyAutoencoderConfig &config,
                                                             const TensorSource &source,
                                                             const LoadOptions &options);
Result<std::shared_ptr<Flux2Autoencoder>> loadFlux2Autoencoder(const Flux2AutoencoderConfig &config,
                                                               TensorSource source,
                                                               const LoadOptions &options);
Result<std::shared_ptr<Flux2Transformer>> loadFlux2Transformer(const Flux2TransformerConfig &config,
                                                               const TensorSource &source,
                                                               const LoadOptions &options);
// Also checks that it fits the U-Net with these sites.
Result<std::shared_ptr<IpAdapter>> loadIpAdapter(const TensorSource &source,
                                                 const std::vector<CrossAttentionSite> &sites,
                                                 const LoadOptions &options);

// All parameters by name, for saveSafeTensors; converted to `dtype`.
std::map<std::string, Tensor> parametersOf(const torch::nn::Module &module,
                                           at::ScalarType dtype = at::kHalf);

} // namespace moodloom::nn
