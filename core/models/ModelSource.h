// Where a pipeline's components come from: a folder in the standard layout, or a single-file
// checkpoint. Both give the same configs and tensor names.
//
// Reads names, shapes and JSON; tensors when they are asked for. Immutable; safe from any thread.
#pragma once

#include "core/models/CheckpointFile.h"
#include "core/models/ModelFolder.h"
#include "core/models/Tokenizer.h"

#include <memory>

namespace moodloom::models {

class ModelSource
{
public:
    virtual ~ModelSource() = default;

    virtual const std::string &path() const = 0;
    virtual const nlohmann::json &index() const = 0; // model_index.json
    virtual bool has(const std::string &component) const = 0;
    // Errors: NotFound, Corrupt.
    virtual Result<nlohmann::json> config(const std::string &component,
                                          const std::string &file = "config.json") const = 0;
    virtual Result<nn::TensorSource> tensors(const std::string &component) const = 0;
    virtual Result<Tokenizer> tokenizer(const std::string &component) const = 0;
    // Adapters that belong to the model: their files, and one of them by its name.
    virtual std::vector<std::string> adapterFiles() const { return {}; }
    virtual std::string adapterPath(const std::string &name) const { return name; }
    // What a component's config is called in messages.
    std::string configName(const std::string &component,
                           const std::string &file = "config.json") const
    {
        return path() + "/" + component + "/" + file;
    }
};

// A folder or a file, by what it is. `tokenizer` is a folder with CLIP's vocab.json and merges.txt
// for single files, which have none ("": the folder "tokenizer" beside the file). Errors: NotFound,
// Corrupt, Unsupported.
Result<std::unique_ptr<ModelSource>> openModelSource(const std::string &path,
                                                     const std::string &tokenizer = {});

} // namespace moodloom::models
