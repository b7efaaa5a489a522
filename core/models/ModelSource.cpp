#include "core/models/ModelSource.h"

#include <filesystem>

namespace moodloom::models {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

class FolderSource : public ModelSource
{
public:
    explicit FolderSource(ModelFolder folder) : m_folder(std::move(folder)) {}

    const std::string &path() const override { return m_folder.path(); }
    const json &index() const override { return m_folder.index(); }
    bool has(const std::string &component) const override { return m_folder.has(component); }
    Result<json> config(const std::string &component, const std::string &file) const override
    {
        return m_folder.config(component, file);
    }
    Result<nn::TensorSource> tensors(const std::string &component) const override
    {
        const auto files = m_folder.weights(component);
        if (!files)
            return fail(files.error());
        return nn::TensorSource::from(*files);
    }
    Result<Tokenizer> tokenizer(const std::string &component) const override
    {
        return Tokenizer::load(m_folder.folderOf(component));
    }
    std::vector<std::string> adapterFiles() const override { return m_folder.adapterFiles(); }
    std::string adapterPath(const std::string &name) const override
    {
        const std::string inside = m_folder.folderOf("ip_adapter") + "/" + name;
        std::error_code error;
        return fs::exists(inside, error) ? inside : name;
    }

private:
    ModelFolder m_folder;
};

class SingleFileSource : public ModelSource
{
public:
    SingleFileSource(CheckpointFile file, std::string tokenizer)
        : m_file(std::move(file)), m_tokenizer(std::move(tokenizer))
    {
        if (m_tokenizer.empty())
            m_tokenizer = (fs::path(path()).parent_path() / "tokenizer").string();
    }

    const std::string &path() const override { return m_file.path(); }
    const json &index() const override { return m_file.index(); }
    bool has(const std::string &component) const override { return m_file.has(component); }
    Result<json> config(const std::string &component, const std::string &file) const override
    {
        if (component == "scheduler")
            return m_file.scheduler();
        if (!has(component) || file != "config.json")
            return fail(ErrorCode::NotFound, path(),
                        "this file has no " + component +
                            "; use a checkpoint with U-Net, VAE and text encoder in one file");
        return m_file.config(component);
    }
    Result<nn::TensorSource> tensors(const std::string &component) const override
    {
        return m_file.tensors(component);
    }
    Result<Tokenizer> tokenizer(const std::string &component) const override
    {
        auto tokenizer = Tokenizer::load(m_tokenizer);
        if (!tokenizer && tokenizer.error().code == ErrorCode::NotFound)
            return fail(
                ErrorCode::NotFound, m_tokenizer,
                "a single-file checkpoint has no tokenizer of its own: put CLIP's vocab.json "
                "and merges.txt there, from the folder \"tokenizer\" of any Stable Diffusion "
                "model");
        if (!tokenizer)
            return fail(tokenizer.error());
        const auto text =
            config(component == "tokenizer_2" ? "text_encoder_2" : "text_encoder", "config.json");
        if (text && (*text)["vocab_size"] != tokenizer->size())
            return fail(ErrorCode::Mismatch, m_tokenizer,
                        "has " + std::to_string(tokenizer->size()) + " tokens, " + path() +
                            " was trained with " + (*text)["vocab_size"].dump() +
                            "; put CLIP's vocab.json and merges.txt there");
        // The words of SD 2.x and of SDXL's second encoder are filled up with "!", which is id 0.
        const bool openClip =
            component == "tokenizer_2" || m_file.family() == BaseFamily::StableDiffusion2;
        return openClip ? tokenizer->paddedWith(0) : tokenizer->paddedWith(tokenizer->endId());
    }

private:
    CheckpointFile m_file;
    std::string m_tokenizer;
};

} // namespace

Result<std::unique_ptr<ModelSource>> openModelSource(const std::string &path,
                                                     const std::string &tokenizer)
{
    std::error_code error;
    if (fs::is_regular_file(path, error)) {
        auto file = CheckpointFile::open(path);
        if (!file)
            return fail(file.error());
        return std::make_unique<SingleFileSource>(*std::move(file), tokenizer);
    }
    auto folder = ModelFolder::open(path);
    if (!folder)
        return fail(folder.error());
    return std::make_unique<FolderSource>(*std::move(folder));
}

} // namespace moodloom::models
