// The reference data's folders under the names of single-file checkpoints, by their key maps.
#pragma once

#include "core/models/ModelFolder.h"
#include "core/nn/Load.h"

#include <ATen/ATen.h>

namespace moodloom::testing {

using Tensors = std::map<std::string, Tensor>;

inline Tensors folderTensors(const std::string &path)
{
    auto source = nn::TensorSource::from(*models::openWeights(path));
    nn::modernizeAttentionNames(source);
    Tensors tensors;
    for (const auto &[name, entry] : source.tensors)
        tensors[name] = *entry.read();
    return tensors;
}

// A folder's tensors under the names of the key map, reshaped as its notes say.
inline Tensors singleFile(const std::string &root, const std::string &map,
                          const std::string &folder)
{
    const nlohmann::json keys = *models::readJson(root + "/golden/keymap-" + map + ".json");
    Tensors result;
    for (const char *component : {"unet", "vae", "text_encoder", "text_encoder_2"}) {
        if (!keys.contains(component))
            continue;
        const Tensors tensors = folderTensors(root + "/" + folder + "/" + component);
        for (const nlohmann::json &entry : keys[component]) {
            const auto shape = entry["shape"].get<std::vector<int64_t>>();
            std::vector<Tensor> parts;
            if (entry["folder"].is_array())
                for (const std::string name : entry["folder"])
                    parts.push_back(tensors.at(name));
            else
                parts.push_back(tensors.at(entry["folder"].get<std::string>()));
            Tensor tensor = at::cat(parts, 0);
            if (entry.value("transform", "").starts_with("transposed"))
                tensor = tensor.t();
            result[entry["single_file"].get<std::string>()] = tensor.reshape(shape).contiguous();
        }
    }
    return result;
}

} // namespace moodloom::testing
