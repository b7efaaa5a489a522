#include "core/training/ModelExport.h"

#include "core/base/SafeFile.h"
#include "core/diffusion/LatentPreview.h"
#include "core/nn/Load.h"
#include "core/tensor/SafeTensors.h"
#include "core/training/BuiltInShape.h"
#include "core/training/State.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include <filesystem>

namespace moodloom::training {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Component
{
    const char *folder, *library, *className, *weights;
};
// Not named in model_index.json, whose pipeline knows no such components.
constexpr Component searching[] = {
    {"retrieval_text_encoder", "transformers", "CLIPTextModelWithProjection", "model.safetensors"},
    {"retrieval_image_encoder", "transformers", "CLIPVisionModelWithProjection", "model.safetensors"},
};
constexpr Component components[] = {
    {"text_encoder", "transformers", "CLIPTextModelWithProjection", "model.safetensors"},
    {"image_encoder", "transformers", "CLIPVisionModelWithProjection", "model.safetensors"},
    {"unet", "diffusers", "UNet2DConditionModel", "diffusion_pytorch_model.safetensors"},
    {"vae", "diffusers", "AutoencoderKL", "diffusion_pytorch_model.safetensors"},
};

Result<void> writeJson(const std::string &path, const json &content)
{
    return writeFileSafely(path, content.dump(2) + "\n");
}

json indexOf()
{
    json index = {{"_class_name", "StableDiffusionPipeline"},
                  {"tokenizer", {"transformers", "CLIPTokenizer"}},
                  {"scheduler", {"diffusers", "DPMSolverMultistepScheduler"}},
                  {"feature_extractor", {"transformers", "CLIPImageProcessor"}},
                  {"safety_checker", {nullptr, nullptr}},
                  {"requires_safety_checker", false}};
    for (const Component &c : components)
        index[c.folder] = {c.library, c.className};
    return index;
}

Result<void> writeComponent(const Component &component, const json &config, const torch::nn::Module &network,
                            const std::string &folder)
{
    std::error_code failed;
    const std::string place = folder + "/" + component.folder + "/";
    fs::create_directories(place, failed);
    if (auto done = writeJson(place + "config.json", config); !done)
        return done;
    return tensor::saveSafeTensors(place + component.weights, nn::parametersOf(network), {{"format", "pt"}});
}

// The average of a state as if training began with it.
Result<void> beginState(const std::string &path, const std::map<std::string, at::Tensor> &weights)
{
    if (weights.empty() || fs::exists(path))
        return {};
    State state;
    for (const auto &[name, weight] : weights)
        state.weights[name] = state.average[name] = weight.to(at::kFloat);
    return saveState(path, state);
}

} // namespace

Result<void> exportModel(const TrainedModel &model, const std::string &folder)
{
    const at::NoGradGuard noGrad;
    std::error_code failed;
    for (const char *name : {"tokenizer", "feature_extractor", "vae", "scheduler", "ip_adapter"})
        fs::create_directories(folder + "/" + name, failed);
    for (const char *name :
         {"vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json"}) {
        const auto text = readFile(model.tokenizerFolder + "/" + name);
        if (!text)
            return fail(text.error());
        if (auto done = writeFileSafely(folder + "/tokenizer/" + name, *text); !done)
            return done;
    }
    const auto &encoders = *model.encoders;
    const json configs[] = {encoders.text->config().toJson(), encoders.vision->config().toJson(),
                            model.generator->unet->config().toJson(), model.autoencoder->config().toJson()};
    const torch::nn::Module *networks[] = {encoders.text.get(), encoders.vision.get(),
                                           model.generator->unet.get(), model.autoencoder.get()};
    for (size_t i = 0; i < std::size(components); ++i)
        if (auto done = writeComponent(components[i], configs[i], *networks[i], folder); !done)
            return done;
    if (model.retrieval) {
        const auto &own = *model.retrieval;
        if (auto done = writeComponent(searching[0], own.text->config().toJson(), *own.text, folder); !done)
            return done;
        if (auto done = writeComponent(searching[1], own.vision->config().toJson(), *own.vision, folder); !done)
            return done;
    }
    if (auto done = tensor::saveSafeTensors(folder + "/ip_adapter/ip-adapter-full.safetensors",
                                            nn::parametersOf(*model.generator->adapter), {{"format", "pt"}});
        !done)
        return done;
    std::vector<at::Tensor> parts;
    for (const at::Tensor &some : model.previewPictures.split(16))
        parts.push_back(model.autoencoder->toModel(model.autoencoder->encode(some).mean));
    const at::Tensor latents = at::cat(parts);
    const auto preview = diffusion::LatentPreview::fit(latents, model.previewPictures);
    for (const auto &[path, content] :
         {std::pair<std::string, json>{"/vae/preview.json", preview.json()},
          {"/ip_adapter/config.json", {{"unconditional", "absent"}}},
          {"/scheduler/scheduler_config.json", schedulerShape()},
          {"/feature_extractor/preprocessor_config.json", preprocessorShape()},
          {"/model_index.json", indexOf()}})
        if (auto done = writeJson(folder + path, content); !done)
            return done;
    return {};
}

Result<void> importModel(const std::string &folder, const std::string &stateFolder)
{
    const auto read = [&folder](const std::string &file, const std::string &prefix,
                                std::map<std::string, at::Tensor> &into) -> Result<void> {
        const auto weights = tensor::SafeTensors::open(folder + "/" + file);
        if (!weights)
            return fail(weights.error());
        for (const auto &[name, info] : weights->tensors()) {
            const auto value = weights->tensor(name);
            if (!value)
                return fail(value.error());
            into[prefix + name] = *value;
        }
        return {};
    };
    std::map<std::string, at::Tensor> encoders, retrieval, autoencoder, unet;
    std::vector<std::tuple<const char *, const char *, std::map<std::string, at::Tensor> *>> files{
        {"text_encoder/model.safetensors", "text.", &encoders},
        {"image_encoder/model.safetensors", "vision.", &encoders},
        {"vae/diffusion_pytorch_model.safetensors", "", &autoencoder},
        {"unet/diffusion_pytorch_model.safetensors", "unet.", &unet},
        {"ip_adapter/ip-adapter-full.safetensors", "adapter.", &unet}};
    if (fs::exists(folder + "/retrieval_text_encoder")) {
        files.emplace_back("retrieval_text_encoder/model.safetensors", "text.", &retrieval);
        files.emplace_back("retrieval_image_encoder/model.safetensors", "vision.", &retrieval);
    }
    for (const auto &[file, prefix, into] : files)
        if (auto done = read(file, prefix, *into); !done)
            return done;
    fs::create_directories(stateFolder);
    for (const auto &[name, weights] :
         {std::pair{"encoders", &encoders}, std::pair{"retrieval", &retrieval},
          std::pair{"autoencoder", &autoencoder}, std::pair{"unet", &unet}})
        if (auto done = beginState(stateFolder + "/" + name + ".safetensors", *weights); !done)
            return done;
    return {};
}

} // namespace moodloom::training
