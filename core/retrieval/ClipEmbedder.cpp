#include "core/retrieval/ClipEmbedder.h"

#include "core/base/Paths.h"
#include "core/models/ModelFolder.h"
#include "core/models/Preprocess.h"
#include "core/models/Tokenizer.h"
#include "core/nn/Load.h"
#include "core/tensor/Device.h"

#include <QCryptographicHash>
#include <QFile>
#include <QPainter>

#include <algorithm>
#include <new>

namespace moodloom::retrieval {
namespace {

// Pictures that go through the network together: enough to fill two cores, little enough to stop soon.
constexpr size_t picturesAtOnce = 8;
constexpr qsizetype textsAtOnce = 26;

// Files up to this size are hashed whole; of larger ones the sampled blocks are.
constexpr qint64 hashedWhole = qint64(64) << 20;
constexpr qint64 sampledBlock = 4096;
constexpr qint64 sampledBlocks = 1024;

// libtorch reports everything by exceptions; they end here.
template <class Call> auto guarded(const Call &call) -> decltype(call())
{
    try {
        return call();
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory, "image encoder", "close other programs and try again");
    } catch (const c10::Error &error) {
        const std::string text = error.what_without_backtrace();
        return fail(text.find("memory") != std::string::npos ? ErrorCode::OutOfMemory : ErrorCode::Internal,
                    "image encoder", text);
    } catch (const std::exception &error) {
        return fail(ErrorCode::Internal, "image encoder", error.what());
    }
}

// What the embeddings of a folder depend on: weights (see hashedWhole), configs, vocabulary.
class Digest
{
public:
    Result<void> addFile(const std::string &path)
    {
        QFile file(QString::fromStdString(path));
        if (!file.open(QIODevice::ReadOnly))
            return fail(ErrorCode::Unreadable, path, file.errorString().toStdString());
        const qint64 size = file.size();
        m_hash.addData(QByteArray::number(size));
        if (size <= hashedWhole) {
            m_hash.addData(&file);
            return {};
        }
        for (qint64 i = 0; i < sampledBlocks; ++i) {
            file.seek((size - sampledBlock) / (sampledBlocks - 1) * i);
            m_hash.addData(file.read(sampledBlock));
        }
        return {};
    }
    void add(const std::string &text) { m_hash.addData(QByteArray::fromStdString(text)); }
    QString id() const { return QStringLiteral("clip-") + QString::fromLatin1(m_hash.result().toHex()); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Blake2b_160};
};

struct Parts
{
    nlohmann::json textConfig, visionConfig;
    std::string textConfigFile, visionConfigFile;
    std::vector<tensor::SafeTensors> textFiles, visionFiles;
    std::string tokenizerFolder;
    std::string preprocessFile;
};

bool isThere(const std::string &path) { return QFile::exists(QString::fromStdString(path)); }

bool hasOwnPair(const models::ModelFolder &folder)
{
    return folder.has("retrieval_text_encoder") && folder.has("retrieval_image_encoder");
}

std::string folderOf(const QString &chosen)
{
    return (chosen.isEmpty() ? builtInModelFolder() : chosen).toStdString();
}

Result<Parts> partsOfModelFolder(const std::string &path, ClipEmbedder::Pair pair)
{
    const auto folder = models::ModelFolder::open(path);
    if (!folder)
        return fail(folder.error());
    const bool own = pair == ClipEmbedder::Pair::Searching && hasOwnPair(*folder);
    const std::string text = own ? "retrieval_text_encoder" : "text_encoder";
    const std::string vision = own ? "retrieval_image_encoder" : "image_encoder";
    for (const std::string &component : {text, vision})
        if (!folder->has(component))
            return fail(ErrorCode::Unsupported, path,
                        "has no " + component + "; choose a folder with a CLIP for searching");
    Parts parts;
    parts.textConfigFile = folder->folderOf(text) + "/config.json";
    parts.visionConfigFile = folder->folderOf(vision) + "/config.json";
    parts.tokenizerFolder = folder->folderOf("tokenizer");
    parts.preprocessFile = folder->folderOf("feature_extractor") + "/preprocessor_config.json";
    auto textConfig = folder->config(text);
    auto visionConfig = folder->config(vision);
    auto textFiles = folder->weights(text);
    auto visionFiles = folder->weights(vision);
    for (const Error *error : {textConfig ? nullptr : &textConfig.error(),
                               visionConfig ? nullptr : &visionConfig.error(),
                               textFiles ? nullptr : &textFiles.error(),
                               visionFiles ? nullptr : &visionFiles.error()})
        if (error)
            return fail(*error);
    parts.textConfig = *std::move(textConfig);
    parts.visionConfig = *std::move(visionConfig);
    parts.textFiles = *std::move(textFiles);
    parts.visionFiles = *std::move(visionFiles);
    return parts;
}

Result<Parts> partsOfClipFolder(const std::string &path)
{
    Parts parts;
    parts.textConfigFile = parts.visionConfigFile = path + "/config.json";
    parts.tokenizerFolder = path;
    parts.preprocessFile = path + "/preprocessor_config.json";
    auto config = models::readJson(parts.textConfigFile);
    if (!config)
        return fail(config.error());
    if (!config->is_object() || !config->contains("text_config") || !config->contains("vision_config"))
        return fail(ErrorCode::Unsupported, parts.textConfigFile,
                    "describes no CLIP: expected text_config and vision_config");
    auto files = models::openWeights(path);
    if (!files)
        return fail(files.error());
    parts.textConfig = parts.visionConfig = *std::move(config);
    parts.textFiles = parts.visionFiles = *std::move(files);
    return parts;
}

Result<models::PreprocessConfig> preprocessOf(const Parts &parts, int64_t imageSize)
{
    if (!isThere(parts.preprocessFile))
        return models::PreprocessConfig::forSize(int(imageSize));
    const auto json = models::readJson(parts.preprocessFile);
    if (!json)
        return fail(json.error());
    auto config = models::PreprocessConfig::fromJson(*json, parts.preprocessFile);
    if (!config)
        return config;
    // Without a crop and an exact size, pictures would keep their own shape: 0 here.
    const int width = config->centerCrop ? config->cropWidth : config->resize ? config->exactWidth : 0;
    const int height = config->centerCrop ? config->cropHeight : config->resize ? config->exactHeight : 0;
    if (width != imageSize || height != imageSize)
        return fail(ErrorCode::Mismatch, parts.preprocessFile,
                    "does not bring pictures to the " + std::to_string(imageSize) + " x "
                        + std::to_string(imageSize) + " pixels that the image encoder expects");
    return config;
}

Result<QString> idOf(const Parts &parts)
{
    Digest digest;
    std::vector<std::string> files;
    for (const auto *list : {&parts.textFiles, &parts.visionFiles})
        for (const tensor::SafeTensors &file : *list)
            if (std::find(files.begin(), files.end(), file.path()) == files.end())
                files.push_back(file.path());
    for (const std::string &name :
         {parts.preprocessFile, parts.tokenizerFolder + "/vocab.json", parts.tokenizerFolder + "/merges.txt"})
        if (isThere(name))
            files.push_back(name);
    for (const std::string &file : files)
        if (auto added = digest.addFile(file); !added)
            return fail(added.error());
    digest.add(parts.textConfig.dump());
    digest.add(parts.visionConfig.dump());
    return digest.id();
}

// 8-bit RGB without transparency.
QImage opaque(const QImage &image)
{
    if (!image.hasAlphaChannel())
        return image.convertToFormat(QImage::Format_RGB888);
    QImage flat(image.size(), QImage::Format_RGB888);
    flat.fill(Qt::white);
    QPainter(&flat).drawImage(0, 0, image);
    return flat;
}

// Rows of [B,P] scaled to length 1.
std::vector<image::Embedding> normalisedRows(const Tensor &rows)
{
    const Tensor unit
        = at::div(rows, rows.norm(2, 1, true).clamp_min(1e-12)).to(at::kCPU, at::kFloat).contiguous();
    std::vector<image::Embedding> result;
    const auto *values = unit.data_ptr<float>();
    for (int64_t i = 0; i < unit.size(0); ++i)
        result.emplace_back(values + i * unit.size(1), values + (i + 1) * unit.size(1));
    return result;
}

} // namespace

struct ClipEmbedder::Private
{
    QString id;
    models::Tokenizer tokenizer;
    std::shared_ptr<nn::ClipTextModel> text;
    std::shared_ptr<nn::ClipVisionModel> vision;
    models::PreprocessConfig preprocess;
    at::Device device = at::kCPU;

    static Result<std::unique_ptr<Private>> load(const Parts &parts);
};

Result<std::unique_ptr<ClipEmbedder::Private>> ClipEmbedder::Private::load(const Parts &parts)
{
    const auto textConfig = nn::ClipTextConfig::fromJson(parts.textConfig, parts.textConfigFile);
    if (!textConfig)
        return fail(textConfig.error());
    const auto visionConfig = nn::ClipVisionConfig::fromJson(parts.visionConfig, parts.visionConfigFile);
    if (!visionConfig)
        return fail(visionConfig.error());
    auto tokenizer = models::Tokenizer::load(parts.tokenizerFolder);
    if (!tokenizer)
        return fail(tokenizer.error());
    nn::LoadOptions options;
    options.device = tensor::bestDevice();
    auto text = nn::loadClipText(*textConfig, nn::TensorSource::from(parts.textFiles), options);
    if (!text)
        return fail(text.error());
    auto vision = nn::loadClipVision(*visionConfig, nn::TensorSource::from(parts.visionFiles), options);
    if (!vision)
        return fail(vision.error());
    const auto &given = (*text)->config();
    if (!given.withProjection || !(*vision)->config().withProjection
        || given.projectionDim != (*vision)->config().projectionDim)
        return fail(ErrorCode::Unsupported, parts.textConfigFile,
                    "text and pictures are not projected into one space; choose a folder with a CLIP for "
                    "searching");
    if (tokenizer->size() > given.vocabSize)
        return fail(ErrorCode::Mismatch, parts.tokenizerFolder,
                    "has " + std::to_string(tokenizer->size()) + " tokens, the text encoder knows "
                        + std::to_string(given.vocabSize));
    const auto preprocess = preprocessOf(parts, (*vision)->config().imageSize);
    if (!preprocess)
        return fail(preprocess.error());
    auto id = idOf(parts);
    if (!id)
        return fail(id.error());
    return std::unique_ptr<Private>(new Private{*std::move(id), *std::move(tokenizer), *std::move(text),
                                                *std::move(vision), *preprocess, options.device});
}

ClipEmbedder::ClipEmbedder(std::unique_ptr<Private> parts) : d(std::move(parts)) {}
ClipEmbedder::~ClipEmbedder() = default;

bool ClipEmbedder::hasPairForSearching(const QString &folder)
{
    const auto opened = models::ModelFolder::open(folderOf(folder));
    return opened && hasOwnPair(*opened);
}

Result<std::unique_ptr<ClipEmbedder>> ClipEmbedder::open(const QString &folder, Pair pair)
{
    const std::string path = folderOf(folder);
    const bool isModel = isThere(path + "/model_index.json");
    if (!isModel && !isThere(path + "/config.json"))
        return fail(ErrorCode::NotFound, path,
                    "expected model_index.json (a model folder) or config.json (a CLIP folder)");
    const auto parts = isModel ? partsOfModelFolder(path, pair) : partsOfClipFolder(path);
    // The header of the weights tells before anything large is read.
    const bool joint = parts
                       && nn::TensorSource::from(parts->textFiles).tensors.count("text_projection.weight") > 0;
    const bool elsewhere = isModel && path != builtInModelFolder().toStdString()
                           && isThere(builtInModelFolder().toStdString() + "/model_index.json");
    if (elsewhere && (parts ? !joint : parts.error().code == ErrorCode::Unsupported))
        return open(QString(), pair);
    if (!parts)
        return fail(parts.error());
    auto loaded = guarded([&] { return Private::load(*parts); });
    if (!loaded)
        return fail(loaded.error());
    return std::unique_ptr<ClipEmbedder>(new ClipEmbedder(*std::move(loaded)));
}

QString ClipEmbedder::id() const { return d->id; }
int ClipEmbedder::dimension() const { return int(d->text->config().projectionDim); }

Result<std::vector<image::Embedding>> ClipEmbedder::embedImages(std::span<const QImage> images,
                                                                std::stop_token stop)
{
    return guarded([&]() -> Result<std::vector<image::Embedding>> {
        const at::NoGradGuard noGrad;
        std::vector<image::Embedding> result;
        for (size_t from = 0; from < images.size(); from += picturesAtOnce) {
            std::vector<Tensor> batch; // each [1,3,S,S]
            for (const QImage &image :
                 images.subspan(from, std::min(picturesAtOnce, images.size() - from))) {
                if (stop.stop_requested())
                    return cancelled();
                if (image.isNull())
                    return fail(ErrorCode::Invalid, "picture", "is empty");
                const QImage flat = opaque(image);
                batch.push_back(models::preprocess(
                    {flat.constBits(), flat.width(), flat.height(), int64_t(flat.bytesPerLine())},
                    d->preprocess));
            }
            const Tensor pixels = at::cat(batch).to(d->device); // [B,3,S,S]
            for (image::Embedding &row : normalisedRows(d->vision->forward(pixels).imageEmbeds))
                result.push_back(std::move(row));
        }
        return result;
    });
}

Result<image::Embedding> ClipEmbedder::embedText(const QString &text)
{
    auto rows = embedTexts({text}, {});
    if (!rows)
        return fail(rows.error());
    return std::move(rows->front());
}

Result<std::vector<image::Embedding>> ClipEmbedder::embedTexts(const QStringList &texts,
                                                               std::stop_token stop)
{
    return guarded([&]() -> Result<std::vector<image::Embedding>> {
        const at::NoGradGuard noGrad;
        // Some tokenizers name no limit of their own.
        const int length = int(std::min<int64_t>(d->tokenizer.maxLength(), d->text->config().maxPositions));
        std::vector<image::Embedding> rows;
        for (qsizetype from = 0; from < texts.size(); from += textsAtOnce) {
            if (stop.stop_requested())
                return cancelled();
            std::vector<int64_t> ids;
            const qsizetype count = std::min(textsAtOnce, texts.size() - from);
            for (const QString &text : texts.mid(from, count)) {
                const auto own = d->tokenizer.encodePadded(text.toStdString(), length);
                ids.insert(ids.end(), own.begin(), own.end());
            }
            const Tensor tokens = at::tensor(ids, at::kLong).view({int64_t(count), length}).to(d->device); // [B,L]
            for (auto &row : normalisedRows(d->text->forward(tokens).textEmbeds))
                rows.push_back(std::move(row));
        }
        return rows;
    });
}

} // namespace moodloom::retrieval
