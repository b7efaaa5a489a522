// Loads one component of the reference models through the code that the product uses.
#pragma once

#include "core/models/ModelFolder.h"
#include "core/nn/Load.h"

#include <string>
#include <utility>

namespace moodloom::parity {

// Config and weights of a folder. The config goes there and back: what is written must mean the
// same.
template <class Config, class Load>
auto loadNetwork(const std::string &folder, Load load)
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
    return load(*again, nn::TensorSource::from(*files), nn::LoadOptions());
}

} // namespace moodloom::parity
