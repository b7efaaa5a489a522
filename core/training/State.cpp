#include "core/training/State.h"

#include "core/tensor/SafeTensors.h"

#include <cstdlib>

namespace moodloom::training {
namespace {

constexpr const char *kWeights = "weights/", *kOptimizer = "optimizer/", *kAverage = "average/";

void put(std::map<std::string, at::Tensor> &into, const char *prefix,
         const std::map<std::string, at::Tensor> &tensors)
{
    for (const auto &[name, tensor] : tensors)
        into[prefix + name] = tensor.detach();
}

} // namespace

Result<void> saveState(const std::string &path, const State &state)
{
    std::map<std::string, at::Tensor> all;
    put(all, kWeights, state.weights);
    put(all, kOptimizer, state.optimizer);
    put(all, kAverage, state.average);
    return tensor::saveSafeTensors(path, all,
                                   {{"step", std::to_string(state.step)},
                                    {"samples", std::to_string(state.samples)},
                                    {"scene", std::to_string(state.scene)},
                                    {"seconds", std::to_string(state.seconds)}});
}

Result<State> loadState(const std::string &path)
{
    const auto file = tensor::SafeTensors::open(path);
    if (!file)
        return fail(file.error());
    State state;
    for (const auto &[name, info] : file->tensors()) {
        auto tensor = file->tensor(name);
        if (!tensor)
            return fail(tensor.error());
        for (auto [prefix, into] : {std::pair{kWeights, &state.weights},
                                    std::pair{kOptimizer, &state.optimizer},
                                    std::pair{kAverage, &state.average}})
            if (name.rfind(prefix, 0) == 0)
                (*into)[name.substr(std::string(prefix).size())] = *tensor;
    }
    const auto number = [&file](const char *key) {
        const auto found = file->metadata().find(key);
        return found == file->metadata().end() ? std::string("0") : found->second;
    };
    state.step = std::atoll(number("step").c_str());
    state.samples = std::atoll(number("samples").c_str());
    state.scene = std::strtoull(number("scene").c_str(), nullptr, 10);
    state.seconds = std::atof(number("seconds").c_str());
    return state;
}

} // namespace moodloom::training
