// Loads the reference models through the code that the product uses, to where a case runs.
#pragma once

#include "core/models/ModelFolder.h"
#include "core/models/Pipeline.h"
#include "core/nn/Load.h"
#include "tests/parity/Golden.h"

#include <memory>
#include <string>
#include <utility>

namespace moodloom::parity {

inline nn::LoadOptions optionsFor(const Place &place)
{
    nn::LoadOptions options;
    options.device = place.device;
    options.dtype = place.dtype;
    return options;
}

// Config and weights of a folder. The config goes there and back: what is written must mean the
// same.
template <class Config, class Load>
auto loadNetwork(const std::string &folder, const Place &place, Load load)
    -> decltype(load(std::declval<Config>(), std::declval<nn::TensorSource>(), nn::LoadOptions()))
{
    const auto source = models::readJson(folder + "/config.json");
    if (!source)
        return fail(source.error());
    const auto config = Config::fromJson(*source, folder + "/config.json");
    if (!config)
        return fail(config.error());
    const auto again = Config::fromJson(config->toJson(), folder + "/config.json (written back)");
    if (!again)
        return fail(again.error());
    const auto files = models::openWeights(folder);
    if (!files)
        return fail(files.error());
    return load(*again, nn::TensorSource::from(*files), optionsFor(place));
}

// A whole model. In fp16 as the product does it: the U-Net and the adapters, nothing else.
inline Result<std::unique_ptr<models::Pipeline>>
loadPipeline(const std::string &folder, const Place &place, models::PipelineOptions options)
{
    options.device = place.device;
    auto pipeline = models::loadPipeline(folder, options);
    if (!pipeline || !place.half())
        return pipeline;
    (*pipeline)->dtype = place.dtype;
    (*pipeline)->unet->to(place.dtype);
    for (const models::LoadedAdapter &adapter : (*pipeline)->adapters)
        adapter.network->to(place.dtype);
    return pipeline;
}

} // namespace moodloom::parity
