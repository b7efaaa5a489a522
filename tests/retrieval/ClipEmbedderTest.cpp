// Words and pictures go through the towers of a folder, in both layouts, as the networks say.
#include "core/retrieval/ClipEmbedder.h"

#include "core/base/SafeFile.h"
#include "core/models/Preprocess.h"
#include "core/models/Tokenizer.h"
#include "core/models/TokenizerTraining.h"
#include "core/nn/Load.h"

#include <ATen/Context.h>
#include <nlohmann/json.hpp>

#include <QDir>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace moodloom;
using namespace moodloom::retrieval;

namespace {

constexpr int64_t imageSize = 32;
constexpr int64_t width = 24;

nn::ClipEncoderConfig smallEncoder()
{
    nn::ClipEncoderConfig config;
    config.hiddenSize = 32;
    config.intermediateSize = 64;
    config.layers = 2;
    config.heads = 4;
    return config;
}

// Two towers with random weights and a vocabulary, written in either layout.
struct TinyClip
{
    std::shared_ptr<nn::ClipTextModel> text;
    std::shared_ptr<nn::ClipVisionModel> vision;

    explicit TinyClip(int seed, bool withProjection = true)
    {
        at::manual_seed(uint64_t(seed));
        nn::ClipTextConfig textConfig;
        textConfig.encoder = smallEncoder();
        textConfig.vocabSize = 1024;
        textConfig.maxPositions = 77;
        textConfig.eosTokenId = 2; // as old configs say: the end is the highest id
        textConfig.projectionDim = width;
        textConfig.withProjection = withProjection;
        text = std::make_shared<nn::ClipTextModel>(textConfig);
        nn::ClipVisionConfig visionConfig;
        visionConfig.encoder = smallEncoder();
        visionConfig.imageSize = imageSize;
        visionConfig.patchSize = 8;
        visionConfig.projectionDim = width;
        vision = std::make_shared<nn::ClipVisionModel>(visionConfig);
        const at::NoGradGuard noGrad;
        for (const auto &module : {std::static_pointer_cast<torch::nn::Module>(text),
                                   std::static_pointer_cast<torch::nn::Module>(vision)})
            for (auto &parameter : module->parameters())
                parameter.copy_(at::randn_like(parameter) * 0.1);
    }

    static void write(const std::string &path, const nlohmann::json &json)
    {
        QVERIFY(writeFileSafely(path, json.dump()));
    }
    static void writeTokenizer(const std::string &folder)
    {
        QDir().mkpath(QString::fromStdString(folder));
        QVERIFY(models::trainTokenizer({"a red car above the sea", "a red cat", "长城日落"}, folder,
                                       {600, 77, models::HanSplit::Characters}));
    }
    static nlohmann::json preprocessor() { return models::PreprocessConfig::forSize(imageSize).toJson(); }

    // Adds this one's encoders to a model folder, for searching alone.
    void writePairForSearching(const std::string &folder) const
    {
        const std::string words = folder + "/retrieval_text_encoder", pictures = folder + "/retrieval_image_encoder";
        for (const std::string &path : {words, pictures})
            QDir().mkpath(QString::fromStdString(path));
        write(words + "/config.json", text->config().toJson());
        write(pictures + "/config.json", vision->config().toJson());
        QVERIFY(tensor::saveSafeTensors(words + "/model.safetensors", nn::parametersOf(*text, at::kFloat)));
        QVERIFY(tensor::saveSafeTensors(pictures + "/model.safetensors", nn::parametersOf(*vision, at::kFloat)));
    }

    void writeModelFolder(const std::string &folder) const
    {
        for (const char *name : {"text_encoder", "image_encoder", "feature_extractor"})
            QDir().mkpath(QString::fromStdString(folder + "/" + name));
        write(folder + "/model_index.json", {{"_class_name", "StableDiffusionPipeline"},
                                             {"text_encoder", {"transformers", "CLIPTextModelWithProjection"}},
                                             {"image_encoder", {"transformers", "CLIPVisionModelWithProjection"}},
                                             {"tokenizer", {"transformers", "CLIPTokenizer"}}});
        writeTokenizer(folder + "/tokenizer");
        write(folder + "/text_encoder/config.json", text->config().toJson());
        write(folder + "/image_encoder/config.json", vision->config().toJson());
        write(folder + "/feature_extractor/preprocessor_config.json", preprocessor());
        QVERIFY(tensor::saveSafeTensors(folder + "/text_encoder/model.safetensors",
                                        nn::parametersOf(*text, at::kFloat)));
        QVERIFY(tensor::saveSafeTensors(folder + "/image_encoder/model.safetensors",
                                        nn::parametersOf(*vision, at::kFloat)));
    }

    void writeClipFolder(const std::string &folder) const
    {
        writeTokenizer(folder);
        write(folder + "/config.json", {{"model_type", "clip"},
                                        {"architectures", {"CLIPModel"}},
                                        {"projection_dim", width},
                                        {"logit_scale_init_value", 2.6592},
                                        {"text_config", text->config().toJson()},
                                        {"vision_config", vision->config().toJson()}});
        write(folder + "/preprocessor_config.json", preprocessor());
        auto tensors = nn::parametersOf(*text, at::kFloat);
        tensors.merge(nn::parametersOf(*vision, at::kFloat));
        tensors["logit_scale"] = at::scalar_tensor(2.6592);
        tensors["text_model.embeddings.position_ids"] = at::arange(77).unsqueeze(0);
        tensors["vision_model.embeddings.position_ids"] = at::arange(17).unsqueeze(0);
        QVERIFY(tensor::saveSafeTensors(folder + "/model.safetensors", tensors));
    }
};

QImage testPicture(QColor color, QSize size = {50, 40})
{
    QImage image(size, QImage::Format_RGB888);
    image.fill(color);
    QPainter(&image).fillRect(QRect(5, 5, 20, 15), Qt::yellow);
    return image;
}

double cosine(const image::Embedding &a, const image::Embedding &b)
{
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += double(a[i]) * b[i];
    return sum;
}

image::Embedding normalised(const Tensor &row)
{
    const Tensor unit = (row / row.norm()).contiguous();
    return {unit.data_ptr<float>(), unit.data_ptr<float>() + unit.numel()};
}

} // namespace

class ClipEmbedderTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    const TinyClip m_clip{7};

    std::string path(const char *name) const { return m_dir.filePath(QString::fromUtf8(name)).toStdString(); }

    static std::unique_ptr<ClipEmbedder> open(const std::string &folder)
    {
        auto opened = ClipEmbedder::open(QString::fromStdString(folder));
        if (!opened) {
            qWarning("%s", errorText(opened.error()).c_str());
            return nullptr;
        }
        return std::move(*opened);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MOODLOOM_MODEL", m_dir.filePath(QStringLiteral("builtin")).toUtf8());
        m_clip.writeModelFolder(path("model"));
        m_clip.writeClipFolder(path("clip"));
    }

    void aModelMayHaveEncodersForSearchingAlone()
    {
        m_clip.writeModelFolder(path("two"));
        const QString folder = m_dir.filePath(QStringLiteral("two"));
        const QString sentence = QStringLiteral("a red car");
        QVERIFY(!ClipEmbedder::hasPairForSearching(folder));
        const auto before = open(path("two"));
        QVERIFY(before);
        TinyClip(8).writePairForSearching(path("two"));
        QVERIFY(ClipEmbedder::hasPairForSearching(folder));
        const auto searching = open(path("two"));
        const auto generating = ClipEmbedder::open(folder, ClipEmbedder::Pair::Generating);
        QVERIFY(searching && generating);
        QCOMPARE((*generating)->id(), before->id());
        QVERIFY(searching->id() != before->id());
        QVERIFY(cosine(*(*generating)->embedText(sentence), *before->embedText(sentence)) > 1 - 1e-5);
        QVERIFY(cosine(*searching->embedText(sentence), *before->embedText(sentence)) < 0.99);
        const QImage pictures[] = {testPicture(Qt::red)};
        QVERIFY(cosine(searching->embedImages(pictures)->front(), before->embedImages(pictures)->front()) < 0.99);
        QVERIFY(!ClipEmbedder::hasPairForSearching(m_dir.filePath(QStringLiteral("clip"))));
    }

    void bothLayoutsGiveWhatTheNetworksGive_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("model folder") << QStringLiteral("model");
        QTest::newRow("clip folder") << QStringLiteral("clip");
    }
    void bothLayoutsGiveWhatTheNetworksGive()
    {
        QFETCH(QString, folder);
        const auto embedder = open(m_dir.filePath(folder).toStdString());
        QVERIFY(embedder);
        QCOMPARE(embedder->dimension(), int(width));
        const at::NoGradGuard noGrad;

        const auto tokenizer = models::Tokenizer::load(path("clip"));
        QVERIFY(tokenizer);
        const QString sentence = QStringLiteral("A red car, 长城");
        const auto ids = tokenizer->encodePadded(sentence.toStdString());
        const auto words = normalised(m_clip.text->forward(at::tensor(ids, at::kLong).unsqueeze(0)).textEmbeds[0]);
        const auto text = embedder->embedText(sentence);
        QVERIFY(text);
        QVERIFY(cosine(*text, words) > 1 - 1e-5);
        QVERIFY(std::abs(cosine(*text, *text) - 1) < 1e-5);

        const QImage picture = testPicture(Qt::blue);
        const Tensor pixels = models::preprocess({picture.constBits(), picture.width(), picture.height(),
                                                  int64_t(picture.bytesPerLine())},
                                                 models::PreprocessConfig::forSize(imageSize));
        const auto direct = normalised(m_clip.vision->forward(pixels).imageEmbeds[0]);
        const QImage pictures[] = {testPicture(Qt::red), picture};
        const auto images = embedder->embedImages(pictures);
        QVERIFY(images);
        QCOMPARE(images->size(), size_t(2));
        QVERIFY(cosine((*images)[1], direct) > 1 - 1e-5);
        QVERIFY(cosine((*images)[0], direct) < 1 - 1e-4);
    }

    void batchesDoNotMatter()
    {
        const auto embedder = open(path("clip"));
        QVERIFY(embedder);
        std::vector<QImage> pictures;
        for (int i = 0; i < 19; ++i)
            pictures.push_back(testPicture(QColor::fromHsv(i * 18, 200, 200), QSize(30 + i, 60)));
        const auto together = embedder->embedImages(pictures);
        QVERIFY(together);
        QCOMPARE(together->size(), pictures.size());
        for (const size_t i : {size_t(0), size_t(8), size_t(18)}) {
            const auto alone = embedder->embedImages(std::span(&pictures[i], 1));
            QVERIFY(alone);
            QVERIFY(cosine((*alone)[0], (*together)[i]) > 1 - 1e-5);
        }
    }

    void anyPixelFormatIsFine()
    {
        const auto embedder = open(path("clip"));
        QVERIFY(embedder);
        const QImage picture = testPicture(Qt::blue);
        QImage clear(picture.size(), QImage::Format_ARGB32_Premultiplied);
        clear.fill(Qt::transparent);
        QImage white(picture.size(), QImage::Format_RGB32);
        white.fill(Qt::white);
        const QImage pictures[] = {picture, picture.convertToFormat(QImage::Format_ARGB32), clear, white,
                                   picture.convertToFormat(QImage::Format_Grayscale8)};
        const auto images = embedder->embedImages(pictures);
        QVERIFY(images);
        QVERIFY(cosine((*images)[0], (*images)[1]) > 1 - 1e-6);
        QVERIFY(cosine((*images)[2], (*images)[3]) > 1 - 1e-6);
    }

    void idTellsTheWeights()
    {
        const auto first = open(path("clip"));
        const auto again = open(path("clip"));
        QVERIFY(first && again);
        QCOMPARE(first->id(), again->id());
        TinyClip(8).writeClipFolder(path("other"));
        const auto other = open(path("other"));
        QVERIFY(other);
        QVERIFY(other->id() != first->id());
    }

    void longTextsAreCut()
    {
        const auto embedder = open(path("clip"));
        QVERIFY(embedder);
        const auto text = embedder->embedText(QStringLiteral("a red car ").repeated(200));
        QVERIFY(text);
        QVERIFY(embedder->embedText(QString()));
    }

    // As in many published folders: no limit in the tokenizer's config, or no such file at all.
    void vocabularyAndMergesAreEnough()
    {
        m_clip.writeClipFolder(path("plain"));
        TinyClip::write(path("plain") + "/tokenizer_config.json", {{"model_max_length", 1e30}});
        const auto endless = open(path("plain"));
        QVERIFY(endless);
        const auto first = endless->embedText(QStringLiteral("a red car"));
        QVERIFY(first);
        for (const char *name : {"plain/tokenizer_config.json", "plain/special_tokens_map.json"})
            QVERIFY(QFile::remove(m_dir.filePath(QString::fromUtf8(name))));
        const auto plain = open(path("plain"));
        QVERIFY(plain);
        const auto second = plain->embedText(QStringLiteral("a red car"));
        QVERIFY(second);
        QVERIFY(cosine(*first, *second) > 1 - 1e-5);
    }

    void picturesOfAnotherSizeAreRefused()
    {
        m_clip.writeClipFolder(path("large"));
        TinyClip::write(path("large") + "/preprocessor_config.json",
                        {{"size", 224}, {"crop_size", 224}, {"do_center_crop", true}});
        const auto large = ClipEmbedder::open(m_dir.filePath(QStringLiteral("large")));
        QCOMPARE(large.error().code, ErrorCode::Mismatch);
        TinyClip::write(path("large") + "/preprocessor_config.json",
                        {{"size", {{"shortest_edge", imageSize}}}, {"do_center_crop", false}});
        QCOMPARE(ClipEmbedder::open(m_dir.filePath(QStringLiteral("large"))).error().code,
                 ErrorCode::Mismatch);
    }

    void emptyPictureIsRefused()
    {
        const auto embedder = open(path("clip"));
        QVERIFY(embedder);
        const QImage pictures[] = {QImage()};
        QCOMPARE(embedder->embedImages(pictures).error().code, ErrorCode::Invalid);
    }

    void stopsWhenAsked()
    {
        const auto embedder = open(path("clip"));
        QVERIFY(embedder);
        std::stop_source stop;
        stop.request_stop();
        const QImage pictures[] = {testPicture(Qt::red)};
        QCOMPARE(embedder->embedImages(pictures, stop.get_token()).error().code, ErrorCode::Cancelled);
    }

    void badFoldersSayWhatIsWrong()
    {
        const auto none = ClipEmbedder::open(m_dir.filePath(QStringLiteral("nowhere")));
        QCOMPARE(none.error().code, ErrorCode::NotFound);

        // A tower without projection: no joint space, and no built-in model to fall back on.
        TinyClip(9, false).writeModelFolder(path("generator"));
        QCOMPARE(ClipEmbedder::open(m_dir.filePath(QStringLiteral("generator"))).error().code,
                 ErrorCode::Unsupported);

        m_clip.writeClipFolder(path("cut"));
        QFile weights(m_dir.filePath(QStringLiteral("cut/model.safetensors")));
        QVERIFY(weights.resize(weights.size() / 2));
        const auto cut = ClipEmbedder::open(m_dir.filePath(QStringLiteral("cut")));
        QCOMPARE(cut.error().code, ErrorCode::Corrupt);
        QVERIFY(cut.error().subject.find("model.safetensors") != std::string::npos);

        TinyClip::write(path("cut") + "/config.json", {{"model_type", "bert"}});
        QCOMPARE(ClipEmbedder::open(m_dir.filePath(QStringLiteral("cut"))).error().code,
                 ErrorCode::Unsupported);
    }

    void generatorsWithoutJointSpaceSearchWithTheBuiltInEncoders()
    {
        TinyClip(9, false).writeModelFolder(path("generator"));
        TinyClip(11).writeModelFolder(path("builtin"));
        const auto builtIn = open({});
        const auto generator = open(path("generator"));
        QVERIFY(builtIn && generator);
        QCOMPARE(generator->id(), builtIn->id());
        QDir(m_dir.filePath(QStringLiteral("builtin"))).removeRecursively();
    }
};

QTEST_APPLESS_MAIN(ClipEmbedderTest)
#include "ClipEmbedderTest.moc"
