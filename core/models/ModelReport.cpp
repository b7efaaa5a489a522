#include "core/models/Inspect.h"

#include <nlohmann/json.hpp>

namespace moodloom::models {

using nlohmann::json;

static json errorJson(const std::optional<Error> &error)
{
    return error ? json{{"code", errorName(error->code)}, {"text", errorText(*error)}}
                 : json(nullptr);
}

const char *modelKindName(ModelKind kind)
{
    switch (kind) {
    case ModelKind::StableDiffusion:
        return "stable-diffusion";
    case ModelKind::StableDiffusionXl:
        return "stable-diffusion-xl";
    case ModelKind::Clip:
        return "clip";
    case ModelKind::Other:
        return "other";
    case ModelKind::UNet:
        return "unet";
    case ModelKind::Vae:
        return "vae";
    case ModelKind::TextEncoder:
        return "text-encoder";
    case ModelKind::ImageEncoder:
        return "image-encoder";
    case ModelKind::Lora:
        return "lora";
    case ModelKind::ControlNet:
        return "controlnet";
    case ModelKind::IpAdapter:
        return "ip-adapter";
    case ModelKind::TinyAutoencoder:
        return "tiny-autoencoder";
    case ModelKind::Embedding:
        return "embedding";
    }
    return "other";
}

json ModelReport::toJson() const
{
    json result{{"folder", folder},
                {"kind", modelKindName(kind)},
                {"pipeline", pipelineClass},
                {"usable", !problem},
                {"problem", errorJson(problem)},
                {"parameters", parameters},
                {"bytes", {{"float32", bytesFull}, {"float16", bytesHalf}}},
                {"memory_free", room.main},
                {"plans", json::array()},
                {"plan", plan() ? json(plan() - plans.data()) : json(nullptr)},
                {"family", family},
                {"variant", variant},
                {"needs", needs},
                {"trigger_words", words},
                {"text_length", textLength},
                {"latent_channels", latentChannels},
                {"size_step", sizeStep},
                {"native_size", nativeSize},
                {"prediction_type", prediction},
                {"takes_references", takesReferences},
                {"components", json::array()},
                {"adapters", json::array()}};
    for (const MemoryPlan &one : plans)
        result["plans"].push_back(models::toJson(one));
    for (const ComponentReport &c : components)
        result["components"].push_back({{"name", c.name},
                                        {"class", c.className},
                                        {"required", c.required},
                                        {"present", c.present},
                                        {"parameters", c.parameters},
                                        {"bytes_on_disk", c.bytesOnDisk},
                                        {"problem", errorJson(c.problem)}});
    for (const AdapterReport &a : adapters)
        result["adapters"].push_back(
            {{"file", a.file}, {"kind", a.kind}, {"problem", errorJson(a.problem)}});
    return result;
}

} // namespace moodloom::models
