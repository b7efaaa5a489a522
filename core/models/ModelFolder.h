// A checkpoint folder in the standard (diffusers) layout: model_index.json names the components,
// each has a subfolder with its config and its weights.
//
// Reads names and JSON only. A value; const use from any thread.
#pragma once

#include "core/base/Result.h"
#include "core/tensor/SafeTensors.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <vector>

namespace moodloom::models {

class ModelFolder
{
public:
    // Errors: NotFound (no such folder, no model_index.json), Corrupt.
    static Result<ModelFolder> open(const std::string &path);

    const std::string &path() const { return m_path; }
    const nlohmann::json &index() const { return m_index; }
    // The component's class as model_index.json says, "" where the model has none.
    std::string className(const std::string &component) const;
    // The model has it: named in model_index.json, or, where that is silent, with a config of its
    // own.
    bool has(const std::string &component) const;
    std::string folderOf(const std::string &component) const { return m_path + "/" + component; }

    // Errors: NotFound, Corrupt.
    Result<nlohmann::json> config(const std::string &component,
                                  const std::string &file = "config.json") const;
    // Opens the component's safetensors: the plain file, else its fp16 variant, else the shards of
    // an index, else a .bin file of PyTorch. Errors: NotFound (naming the files looked for), and
    // those of SafeTensors::open and tensor::openPickle.
    Result<std::vector<tensor::SafeTensors>> weights(const std::string &component) const;
    // The adapters' files in ip_adapter/, sorted; empty where there is none.
    std::vector<std::string> adapterFiles() const;

private:
    std::string m_path;
    nlohmann::json m_index;
};

// A JSON file of moderate size. Errors: NotFound, Unreadable, Corrupt (where the text ends to make
// sense).
Result<nlohmann::json> readJson(const std::string &path);

// The weights of a folder that is a component on its own: model.safetensors or
// diffusion_pytorch_model.safetensors, their fp16 variants, or shards; else .bin files of PyTorch.
Result<std::vector<tensor::SafeTensors>> openWeights(const std::string &folder);

} // namespace moodloom::models
