#include "core/models/Pipeline.h"

#include "core/models/ImageEncoder.h"
#include "core/models/Lora.h"
#include "core/nn/ConfigReader.h"
#include "core/tensor/PickleFile.h"

namespace moodloom::models {

using nlohmann::json;

namespace {

constexpr int64_t kLargestWhole = 1024 * 1024; // pixels; beyond, activations take gigabytes

// Loads the components one after the other; the first error ends it.
class Loader
{
public:
    Loader(const ModelSource &source, const PipelineOptions &options, int components)
        : m_source(source), m_options(options), m_components(components)
    {
    }

    // Reads config and weights of a component and hands them to `load`, which gives a Result.
    template <class Config, class Load>
    auto network(const std::string &component, at::ScalarType dtype, Load load)
        -> decltype(load(std::declval<Config>(), std::declval<nn::TensorSource>(),
                         std::declval<nn::LoadOptions>()))
    {
        auto json = m_source.config(component);
        if (!json)
            return fail(json.error());
        if (const auto changes = m_options.configs.find(component);
            changes != m_options.configs.end())
            json->update(changes->second);
        const auto config = Config::fromJson(*json, m_source.configName(component));
        if (!config)
            return fail(config.error());
        auto tensors = m_source.tensors(component);
        if (!tensors)
            return fail(tensors.error());
        auto result = load(*config, *tensors, next(component, dtype));
        m_sources[component] = *std::move(tensors);
        if (component == "vae")
            nn::modernizeAttentionNames(m_sources[component]);
        ++m_done;
        return result;
    }

    std::map<std::string, nn::TensorSource> takeSources() { return std::move(m_sources); }

    nn::LoadOptions next(const std::string &component, at::ScalarType dtype)
    {
        nn::LoadOptions options;
        options.device = m_options.device;
        options.dtype = dtype;
        options.stop = m_options.stop;
        if (m_options.lazy)
            options.mode = nn::LoadMode::CheckOnly;
        if (m_options.weightsInFiles && (component == "unet" || component == "ip_adapter"))
            options.asStored = true;
        if (m_options.progress)
            options.progress = [this, component](size_t done, size_t total) {
                m_options.progress(component,
                                   (m_done + double(done) / double(total)) / m_components);
            };
        return options;
    }

private:
    const ModelSource &m_source;
    const PipelineOptions &m_options;
    std::map<std::string, nn::TensorSource> m_sources;
    double m_done = 0;
    int m_components;
};

Result<std::unique_ptr<Tokenizer>> loadTokenizer(const ModelSource &source, const std::string &name)
{
    auto tokenizer = source.tokenizer(name);
    if (!tokenizer)
        return fail(tokenizer.error());
    return std::make_unique<Tokenizer>(*std::move(tokenizer));
}

// The adapter that is used when nobody chose one: what sees most of a picture first.
Result<std::vector<std::string>> preferredAdapter(const std::vector<std::string> &files)
{
    std::string best;
    int bestRank = 0;
    for (const std::string &path : files) {
        const auto file = tensor::openTensorFile(path);
        if (!file)
            return fail(file.error());
        const auto config =
            nn::IpAdapterConfig::fromShapes(nn::TensorSource::from({*file}).shapes(), path);
        if (!config)
            continue; // another kind of file
        const int rank = config->kind == nn::IpAdapterKind::Full   ? 3
                         : config->kind == nn::IpAdapterKind::Plus ? 2
                                                                   : 1;
        if (rank > bestRank) {
            bestRank = rank;
            best = path;
        }
    }
    return best.empty() ? std::vector<std::string>{} : std::vector<std::string>{best};
}

Result<LoadedAdapter> loadAdapter(const ModelSource &source, const std::string &path,
                                  const Pipeline &pipeline, const nn::LoadOptions &options)
{
    const auto file = tensor::openTensorFile(path);
    if (!file)
        return fail(file.error());
    auto network =
        nn::loadIpAdapter(nn::TensorSource::from({*file}), pipeline.unet->sites(), options);
    if (!network)
        return fail(network.error());
    const nn::IpAdapterConfig &config = (*network)->config();
    const nn::ClipVisionConfig &vision = pipeline.vision->config();
    const bool base = config.kind == nn::IpAdapterKind::Base;
    const int64_t given = base ? vision.projectionDim : vision.encoder.hiddenSize;
    if (config.inputDim != given || (base && !vision.withProjection))
        return fail(ErrorCode::Mismatch, path,
                    "expects an image encoder with " +
                        std::string(base ? "projection_dim " : "hidden_size ") +
                        std::to_string(config.inputDim) + ", the model's has " +
                        std::to_string(given));
    LoadedAdapter adapter{path, *std::move(network), UnconditionalReference::ZeroPicture,
                          nn::TensorSource::from({*file})};
    if (const auto settings = source.config("ip_adapter")) {
        nn::ConfigReader read(*settings, source.configName("ip_adapter"));
        read.requireOneOf("unconditional", "zero_picture", {"zero_picture", "absent"});
        if (read.error())
            return fail(*read.error());
        if (read.text("unconditional", "zero_picture") == "absent")
            adapter.unconditional = UnconditionalReference::Absent;
    } else if (settings.error().code != ErrorCode::NotFound) {
        return fail(settings.error());
    }
    return adapter;
}

Result<void> checkTokenizer(const Tokenizer &tokenizer, const nn::ClipTextModel &text,
                            const std::string &folder)
{
    if (tokenizer.size() > text.config().vocabSize)
        return fail(ErrorCode::Mismatch, folder + "/vocab.json",
                    "has " + std::to_string(tokenizer.size()) +
                        " tokens, the text encoder's vocab_size is " +
                        std::to_string(text.config().vocabSize));
    return {};
}

// What is added to the time embedding has the widths that the encoders give.
Result<void> checkAdded(const Pipeline &p)
{
    const nn::UNetConfig &unet = p.unet->config();
    const nn::ClipTextConfig &text = (p.text2 ? p.text2 : p.text)->config();
    const int64_t pooled = text.withProjection ? text.projectionDim : text.encoder.hiddenSize;
    const std::string file = p.folder + "/unet/config.json";
    if (unet.added == nn::AddedEmbedding::TextTime &&
        unet.addedInputDim != pooled + 6 * unet.additionTimeDim)
        return fail(ErrorCode::Mismatch, file,
                    "projection_class_embeddings_input_dim is " +
                        std::to_string(unet.addedInputDim) + ", expected the pooled text's " +
                        std::to_string(pooled) + " + 6 x addition_time_embed_dim " +
                        std::to_string(unet.additionTimeDim));
    if (unet.added != nn::AddedEmbedding::TextImage)
        return {};
    const int64_t width = unet.contextDims.front();
    if (pooled != width)
        return fail(ErrorCode::Mismatch, file,
                    "addition_embed_type text_image wants a pooled text of " +
                        std::to_string(width) + ", the text encoder gives " +
                        std::to_string(pooled));
    if (p.vision &&
        (!p.vision->config().withProjection || p.vision->config().projectionDim != width))
        return fail(ErrorCode::Mismatch, file,
                    "addition_embed_type text_image wants image embeddings of " +
                        std::to_string(width) + ", the image encoder's projection_dim is another");
    return {};
}

// The parts fit each other.
Result<void> checkParts(const Pipeline &p)
{
    const nn::UNetConfig &unet = p.unet->config();
    const std::string file = p.folder + "/unet/config.json";
    const int64_t width =
        p.text->config().encoder.hiddenSize + (p.text2 ? p.text2->config().encoder.hiddenSize : 0);
    const bool projected = unet.textDim > 0;
    for (int64_t wanted : projected ? std::vector{unet.textDim} : unet.contextDims)
        if (wanted != width)
            return fail(ErrorCode::Mismatch, file,
                        (projected ? "encoder_hid_dim is " : "cross_attention_dim is ") +
                            std::to_string(wanted) + ", but the text encoder's hidden_size is " +
                            std::to_string(width));
    const int64_t latents = p.vae->config().latentChannels;
    if ((unet.inChannels != latents && !p.inpaints()) || unet.outChannels != latents)
        return fail(ErrorCode::Unsupported, file,
                    "in_channels is " + std::to_string(unet.inChannels) + " and out_channels " +
                        std::to_string(unet.outChannels) + ", expected the autoencoder's " +
                        std::to_string(latents) + " (models made only for editing are not used)");
    if (auto ok = checkTokenizer(*p.tokenizer, *p.text, p.folder + "/tokenizer"); !ok)
        return ok;
    if (p.text2)
        if (auto ok = checkTokenizer(*p.tokenizer2, *p.text2, p.folder + "/tokenizer_2"); !ok)
            return ok;
    return checkAdded(p);
}

} // namespace

Result<std::unique_ptr<Pipeline>> loadPipeline(const std::string &path,
                                               const PipelineOptions &options)
{
    const at::NoGradGuard noGrad;
    const auto source = openModelSource(path, options.tokenizer);
    if (!source)
        return fail(source.error());
    const ModelSource &model = **source;
    auto p = std::make_unique<Pipeline>();
    p->folder = model.path();
    p->index = model.index();
    p->device = options.device;
    p->dtype = tensor::dtypeFor(options.precision);
    p->weightsInFiles = options.weightsInFiles;
    if (options.lazy)
        p->away = {"text_encoder", "text_encoder_2", "unet", "vae", "image_encoder", "ip_adapter"};
    const bool second = model.has("text_encoder_2");
    const bool sees = options.imageEncoder.empty() && model.has("image_encoder");
    Loader loader(model, options, 4 + second + sees);

    const auto keep = [](auto &into, auto result) -> Result<void> {
        if (!result)
            return fail(result.error());
        into = *std::move(result);
        return {};
    };
    Result<void> ok = keep(p->tokenizer, loadTokenizer(model, "tokenizer"));
    if (ok && second)
        ok = keep(p->tokenizer2, loadTokenizer(model, "tokenizer_2"));
    if (ok)
        ok = keep(p->scheduler, model.config("scheduler", "scheduler_config.json"));
    if (ok)
        ok = keep(p->text,
                  loader.network<nn::ClipTextConfig>("text_encoder", at::kFloat, nn::loadClipText));
    if (ok && second)
        ok = keep(p->text2, loader.network<nn::ClipTextConfig>("text_encoder_2", at::kFloat,
                                                               nn::loadClipText));
    if (ok && sees)
        ok = keep(p->vision, loader.network<nn::ClipVisionConfig>("image_encoder", at::kFloat,
                                                                  nn::loadClipVision));
    if (ok)
        ok = keep(p->vae,
                  loader.network<nn::AutoencoderConfig>("vae", at::kFloat, nn::loadAutoencoder));
    if (ok)
        ok = keep(p->unet, loader.network<nn::UNetConfig>("unet", p->dtype, nn::loadUNet));
    if (ok)
        ok = checkParts(*p);
    if (!ok)
        return fail(ok.error());
    p->sources = loader.takeSources();
    if (!options.loras.empty())
        if (auto merged = setLoras(*p, options.loras, options.stop); !merged)
            return fail(merged.error());

    if (p->vision) {
        p->preprocess = PreprocessConfig::forSize(int(p->vision->config().imageSize));
        const std::string file = "preprocessor_config.json";
        if (const auto json = model.config("feature_extractor", file)) {
            const auto config = preprocessFor(p->vision->config(), *json,
                                              model.configName("feature_extractor", file));
            if (!config)
                return fail(config.error());
            p->preprocess = *config;
        }
    } else if (!options.imageEncoder.empty()) {
        auto encoder =
            loadImageEncoder(options.imageEncoder, loader.next("image_encoder", at::kFloat));
        if (!encoder)
            return fail(encoder.error());
        p->vision = std::move(encoder->network);
        p->preprocess = encoder->preprocess;
        p->sources["image_encoder"] = std::move(encoder->source);
    }
    if (!p->vision && options.loadAdapter && !options.adapters.empty())
        return fail(ErrorCode::Invalid, options.adapters.front(),
                    "needs an image encoder, which this model does not have; name one "
                    "(--image-encoder)");
    if (p->vision && options.loadAdapter) {
        std::vector<std::string> files;
        if (options.adapters.empty()) {
            auto preferred = preferredAdapter(model.adapterFiles());
            if (!preferred)
                return fail(preferred.error());
            files = *std::move(preferred);
        }
        for (const std::string &name : options.adapters)
            files.push_back(model.adapterPath(name));
        for (const std::string &adapterFile : files) {
            auto adapter = loadAdapter(model, adapterFile, *p, loader.next("ip_adapter", p->dtype));
            if (!adapter)
                return fail(adapter.error());
            p->adapters.push_back(*std::move(adapter));
        }
    }
    return p;
}

Result<diffusion::SamplerConfig> samplerConfig(const Pipeline &p, diffusion::SamplerKind kind)
{
    auto config = diffusion::samplerConfigFromJson(p.scheduler, kind,
                                                   p.folder + "/scheduler/scheduler_config.json");
    if (config)
        config->clipSample = false;
    return config;
}

namespace {

std::vector<std::string> componentsOf(Part part)
{
    switch (part) {
    case Part::Text:
        return {"text_encoder", "text_encoder_2"};
    case Part::Vision:
        return {"image_encoder"};
    case Part::UNet:
        return {"unet", "ip_adapter"};
    case Part::Vae:
        return {"vae"};
    }
    return {};
}

// The networks of a component and where their weights are from.
std::vector<std::pair<torch::nn::Module *, const nn::TensorSource *>>
networksOf(const Pipeline &p, const std::string &component)
{
    std::vector<std::pair<torch::nn::Module *, const nn::TensorSource *>> networks;
    const auto add = [&](torch::nn::Module *network) {
        if (network)
            networks.emplace_back(network, &p.sources.at(component));
    };
    if (component == "text_encoder")
        add(p.text.get());
    else if (component == "text_encoder_2")
        add(p.text2.get());
    else if (component == "image_encoder")
        add(p.vision.get());
    else if (component == "unet")
        add(p.unet.get());
    else if (component == "vae")
        add(p.vae.get());
    else if (component == "ip_adapter")
        for (const LoadedAdapter &adapter : p.adapters)
            networks.emplace_back(adapter.network.get(), &adapter.source);
    return networks;
}

} // namespace

int64_t Pipeline::missing(Part part) const
{
    int64_t numbers = 0;
    for (const std::string &component : componentsOf(part))
        if (away.count(component))
            for (const auto &[network, source] : networksOf(*this, component))
                for (const at::Tensor &weight : network->parameters())
                    numbers += weight.numel();
    return numbers;
}

Result<void> Pipeline::bring(Part part, std::stop_token stop,
                             const std::function<void(double)> &progress)
{
    const at::NoGradGuard noGrad;
    size_t tensors = 0, done = 0;
    for (const std::string &component : componentsOf(part))
        if (away.count(component))
            for (const auto &[network, source] : networksOf(*this, component))
                tensors += network->parameters().size();
    for (const std::string &component : componentsOf(part)) {
        if (!away.count(component))
            continue;
        const bool denoises = part == Part::UNet;
        nn::LoadOptions options;
        options.device = device;
        options.dtype = denoises ? dtype : at::kFloat;
        options.asStored = denoises && weightsInFiles;
        options.stop = stop;
        if (progress)
            options.progress = [&](size_t, size_t) { progress(double(++done) / double(tensors)); };
        for (const auto &[network, source] : networksOf(*this, component))
            // That nothing else is in the files was seen when the networks were made.
            if (auto loaded = nn::loadParameters(*network, *source, options,
                                                 [](const std::string &) { return true; });
                !loaded)
                return loaded;
        away.erase(component);
        if (auto merged = mergeLoras(*this, component, stop); !merged) {
            away.insert(component);
            return merged;
        }
    }
    return {};
}

void Pipeline::sendAway(Part part)
{
    for (const std::string &component : componentsOf(part)) {
        for (const auto &[network, source] : networksOf(*this, component))
            nn::dropWeights(*network);
        away.insert(component);
    }
}

std::optional<int64_t> VaeTile::edgeFor(const nn::AutoencoderConfig &vae, int64_t width,
                                        int64_t height) const
{
    if (pixels == kWhole || (pixels == kAutomatic && width * height <= kLargestWhole))
        return {};
    const int64_t factor = vae.factor();
    const int64_t wanted = pixels == kAutomatic ? vae.sampleSize : pixels;
    const int64_t edge = std::max<int64_t>(4, wanted / factor) * factor;
    return width <= edge && height <= edge ? std::nullopt : std::optional(edge);
}

namespace {

nn::Tiling tilingOf(int64_t edge, const nn::AutoencoderConfig &vae)
{
    nn::Tiling tiling;
    tiling.samplePixels = edge;
    tiling.latentPixels = edge / vae.factor();
    return tiling;
}

// fp32 [1,3,H,W] in -1..1
Tensor pixelsOf(const RgbView &picture)
{
    const Tensor bytes = at::from_blob(const_cast<uint8_t *>(picture.pixels),
                                       {picture.height, picture.width, 3}, {picture.stride, 3, 1},
                                       at::kByte); // [H,W,3]
    return bytes.permute({2, 0, 1}).unsqueeze(0).to(at::kFloat) / 127.5 - 1;
}

Tensor encodePixels(const Pipeline &pipeline, const Tensor &pixels, const Tensor &noise,
                    const VaeTile &tile)
{
    const nn::AutoencoderKL &vae = *pipeline.vae;
    const Tensor here = pixels.to(pipeline.device);
    const auto edge = tile.edgeFor(vae.config(), pixels.size(3), pixels.size(2));
    const auto distribution =
        edge ? vae.encodeTiled(here, tilingOf(*edge, vae.config())) : vae.encode(here);
    return vae.toModel(noise.defined() ? distribution.sample(noise.to(pipeline.device))
                                       : distribution.mean);
}

} // namespace

Tensor encodePicture(const Pipeline &pipeline, const RgbView &picture, const Tensor &noise,
                     VaeTile tile)
{
    const at::NoGradGuard noGrad;
    return encodePixels(pipeline, pixelsOf(picture), noise, tile);
}

Tensor inpaintingInput(const Pipeline &pipeline, const RgbView &picture, const Tensor &mask,
                       const Tensor &where, VaeTile tile)
{
    const at::NoGradGuard noGrad;
    const Tensor rest = encodePixels(pipeline, pixelsOf(picture) * (1 - mask), {}, tile);
    return at::cat({where.to(rest.options()), rest}, 1);
}

RgbPixels decodePicture(const Pipeline &pipeline, const Tensor &latents, VaeTile tile)
{
    const at::NoGradGuard noGrad;
    const Tensor raw = pipeline.vae->fromModel(latents.to(pipeline.device, at::kFloat));
    const nn::AutoencoderConfig &vae = pipeline.vae->config();
    const auto edge = tile.edgeFor(vae, raw.size(3) * vae.factor(), raw.size(2) * vae.factor());
    return toPixels(edge ? pipeline.vae->decodeTiled(raw, tilingOf(*edge, vae))
                         : pipeline.vae->decode(raw));
}

} // namespace moodloom::models
