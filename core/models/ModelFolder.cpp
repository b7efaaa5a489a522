#include "core/models/ModelFolder.h"

#include "core/base/JsonText.h"
#include "core/base/SafeFile.h"
#include "core/tensor/PickleFile.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace moodloom::models {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr size_t maxJsonBytes = size_t(64) << 20; // a vocabulary is some megabytes

bool isFile(const std::string &path)
{
    std::error_code error;
    return fs::is_regular_file(path, error);
}

// The files of an index, which may be anything: only plain names are followed.
Result<std::vector<tensor::SafeTensors>> openShards(const std::string &folder,
                                                    const std::string &indexFile)
{
    const auto index = readJson(indexFile);
    if (!index)
        return fail(index.error());
    if (!index->is_object() || !index->contains("weight_map") ||
        !(*index)["weight_map"].is_object())
        return fail(ErrorCode::Corrupt, indexFile, "has no weight_map");
    std::set<std::string> names;
    for (const auto &[tensor, file] : (*index)["weight_map"].items()) {
        if (!file.is_string() || file.get<std::string>().empty() ||
            file.get<std::string>().find_first_of("/\\") != std::string::npos)
            return fail(ErrorCode::Corrupt, indexFile,
                        "tensor \"" + tensor + "\": expected the name of a file beside the index");
        names.insert(file.get<std::string>());
    }
    std::vector<tensor::SafeTensors> files;
    for (const std::string &name : names) {
        auto file = tensor::SafeTensors::open(folder + "/" + name);
        if (!file)
            return fail(file.error());
        files.push_back(*std::move(file));
    }
    return files;
}

} // namespace

Result<json> readJson(const std::string &path)
{
    const auto text = readFile(path, maxJsonBytes);
    if (!text)
        return fail(text.error());
    try {
        return json::parse(standardJson(*text));
    } catch (const json::parse_error &error) {
        return fail(ErrorCode::Corrupt, path,
                    "is not valid JSON (at byte " + std::to_string(error.byte) + ")");
    }
}

Result<std::vector<tensor::SafeTensors>> openWeights(const std::string &folder)
{
    const char *stems[] = {"diffusion_pytorch_model", "model"};
    for (const char *variant : {"", ".fp16"}) {
        for (const char *stem : stems) {
            const std::string single = folder + "/" + stem + variant + ".safetensors";
            if (isFile(single)) {
                auto file = tensor::SafeTensors::open(single);
                if (!file)
                    return fail(file.error());
                return std::vector<tensor::SafeTensors>{*std::move(file)};
            }
            // "model.safetensors.index.json", "model.safetensors.index.fp16.json"
            const std::string index =
                folder + "/" + stem + ".safetensors.index" + variant + ".json";
            if (isFile(index))
                return openShards(folder, index);
        }
    }
    for (const char *name : {"diffusion_pytorch_model.bin", "pytorch_model.bin",
                             "diffusion_pytorch_model.fp16.bin", "pytorch_model.fp16.bin"}) {
        if (!isFile(folder + "/" + name))
            continue;
        auto file = tensor::openPickle(folder + "/" + name);
        if (!file)
            return fail(file.error());
        return std::vector<tensor::SafeTensors>{*std::move(file)};
    }
    return fail(ErrorCode::NotFound, folder,
                "expected model.safetensors or diffusion_pytorch_model.safetensors, their .fp16 "
                "variants, or .bin files of PyTorch");
}

Result<ModelFolder> ModelFolder::open(const std::string &path)
{
    std::error_code error;
    if (!fs::is_directory(path, error))
        return fail(ErrorCode::NotFound, path,
                    "there is no such folder; bring it back, or choose another model");
    ModelFolder folder;
    folder.m_path = path;
    while (folder.m_path.size() > 1 && folder.m_path.back() == '/')
        folder.m_path.pop_back();
    auto index = readJson(folder.m_path + "/model_index.json");
    if (!index)
        return fail(index.error());
    if (!index->is_object())
        return fail(ErrorCode::Corrupt, folder.m_path + "/model_index.json",
                    "is not a JSON object");
    folder.m_index = *std::move(index);
    return folder;
}

std::string ModelFolder::className(const std::string &component) const
{
    const auto found = m_index.find(component);
    if (found == m_index.end() || !found->is_array() || found->size() != 2 ||
        !(*found)[1].is_string())
        return {};
    return (*found)[1].get<std::string>();
}

bool ModelFolder::has(const std::string &component) const
{
    return !className(component).empty() ||
           (!m_index.contains(component) && isFile(folderOf(component) + "/config.json"));
}

Result<json> ModelFolder::config(const std::string &component, const std::string &file) const
{
    auto read = readJson(folderOf(component) + "/" + file);
    if (!read && read.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, read.error().subject,
                    "a part of the model is missing; get the whole model again");
    return read;
}

Result<std::vector<tensor::SafeTensors>> ModelFolder::weights(const std::string &component) const
{
    return openWeights(folderOf(component));
}

std::vector<std::string> ModelFolder::adapterFiles() const
{
    std::vector<std::string> files;
    std::error_code error;
    for (fs::directory_iterator it(folderOf("ip_adapter"), error), end; !error && it != end;
         it.increment(error))
        if (it->path().extension() == ".safetensors" || it->path().extension() == ".bin")
            files.push_back(it->path().string());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace moodloom::models
