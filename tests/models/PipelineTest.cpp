// Loading a model folder and conditioning on words and pictures, on a tiny model of the built-in
// form that the test writes itself.
#include "core/base/SafeFile.h"
#include "core/models/Inspect.h"
#include "core/models/PhasedDenoiser.h"
#include "core/models/TokenizerTraining.h"
#include "core/tensor/Noise.h"

#include <ATen/ATen.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::models;
using nlohmann::json;

class PipelineTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    std::string folder() const { return m_dir.path().toStdString(); }

    void write(const QString &name, const std::string &content) const
    {
        QFile file(m_dir.filePath(name));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(content.data(), qint64(content.size()));
    }

    void writeNetwork(const char *name, const json &config, const torch::nn::Module &network) const
    {
        write(QString::fromLatin1(name) + "/config.json", config.dump());
        QVERIFY(tensor::saveSafeTensors(folder() + "/" + name + "/model.safetensors",
                                        nn::parametersOf(network)));
    }

    void writeModel() const
    {
        at::manual_seed(11);
        for (const char *name : {"tokenizer", "text_encoder", "image_encoder", "unet", "vae",
                                 "scheduler", "ip_adapter"})
            QVERIFY(QDir(m_dir.path()).mkpath(QString::fromLatin1(name)));
        // A vocabulary of bytes and the two marks: a letter is a token.
        QVERIFY(trainTokenizer({"a"}, folder() + "/tokenizer", {514, 12, HanSplit::Characters}));
        nn::ClipTextConfig text;
        text.encoder = {16, 32, 2, 2, nn::Activation::QuickGelu, 1e-5};
        text.vocabSize = 514;
        text.maxPositions = 12;
        text.eosTokenId = 513;
        text.projectionDim = 16;
        text.withProjection = true;
        writeNetwork("text_encoder", text.toJson(), nn::ClipTextModel(text));
        nn::ClipVisionConfig vision;
        vision.encoder = {16, 32, 2, 2, nn::Activation::QuickGelu, 1e-5};
        vision.imageSize = 16;
        vision.patchSize = 8;
        vision.projectionDim = 16;
        writeNetwork("image_encoder", vision.toJson(), nn::ClipVisionModel(vision));
        nn::AutoencoderConfig vae;
        vae.channels = {16};
        vae.groups = 8;
        vae.layersPerBlock = 1;
        vae.patchSize = 4;
        vae.sampleSize = 32;
        writeNetwork("vae", vae.toJson(), nn::AutoencoderKL(vae));
        nn::UNetConfig unet;
        unet.sampleSize = 8;
        unet.channels = {16, 32};
        unet.downAttention = {false, true};
        unet.upAttention = {true, false};
        unet.layers = {1, 1};
        unet.heads = {2, 4};
        unet.contextDims = {16, 16};
        unet.downDepths = {{1}, {1}};
        unet.upDepths = {{1, 1}, {1, 1}};
        unet.groups = 8;
        unet.added = nn::AddedEmbedding::TextImage;
        const nn::UNet2DConditionModel network(unet);
        writeNetwork("unet", unet.toJson(), network);
        const nn::IpAdapter adapter(
            nn::IpAdapterConfig::forSites(nn::IpAdapterKind::Full, 16, network.sites()));
        QVERIFY(tensor::saveSafeTensors(folder() + "/ip_adapter/full.safetensors",
                                        nn::parametersOf(adapter)));
        write("ip_adapter/config.json", R"({"unconditional":"absent"})");
        write("scheduler/scheduler_config.json", R"({"prediction_type":"v_prediction"})");
        write("model_index.json", R"({"_class_name":"StableDiffusionPipeline"})");
    }

    // What loading a folder with one thing changed says.
    Error errorOf(const QString &file, const std::string &content) const
    {
        const std::string path = m_dir.filePath(file).toStdString(), before = *readFile(path);
        write(file, content);
        auto result = loadPipeline(folder());
        write(file, before);
        return result ? Error{ErrorCode::Internal, "it loaded"} : result.error();
    }

    static RgbPixels plain(uint8_t r, uint8_t g, uint8_t b)
    {
        RgbPixels pixels{20, 30, {}};
        for (int i = 0; i < 600; ++i)
            pixels.data.insert(pixels.data.end(), {r, g, b});
        return pixels;
    }

    static ConditioningRequest request()
    {
        ConditioningRequest r;
        r.prompt = "red fox";
        r.negativePrompt = "bad";
        r.width = r.height = 32;
        return r;
    }

    static at::Tensor paint(const Pipeline &pipeline, const ConditioningRequest &r,
                            double guidance = 4)
    {
        auto conditioning = encodeConditioning(pipeline, r);
        if (!conditioning)
            return {};
        const GuidedDenoiser denoiser(pipeline, *std::move(conditioning), guidance);
        return denoiser(tensor::normalNoise({1, 4, r.height / 4, r.width / 4}, 1), 500);
    }

    std::unique_ptr<Pipeline> load() const
    {
        auto pipeline = loadPipeline(folder());
        if (!pipeline)
            qWarning("%s", errorText(pipeline.error()).c_str());
        return pipeline ? *std::move(pipeline) : nullptr;
    }

private Q_SLOTS:
    void initTestCase() { writeModel(); }

    void loadsAWholeFolder()
    {
        double last = 0;
        PipelineOptions options;
        options.progress = [&](const std::string &, double fraction) {
            QVERIFY(fraction >= last);
            last = fraction;
        };
        const auto pipeline = loadPipeline(folder(), options);
        QVERIFY2(pipeline, pipeline ? "" : errorText(pipeline.error()).c_str());
        QVERIFY((*pipeline)->takesReferences());
        QCOMPARE((*pipeline)->sizeStep(), 4);
        QCOMPARE((*pipeline)->nativeSize(), 32);
        QVERIFY(last > 0.5 && last <= 1);
        const auto config = samplerConfig(**pipeline, diffusion::SamplerKind::Ddim);
        QVERIFY(config && config->prediction == diffusion::Prediction::Velocity &&
                !config->clipSample);
        const RgbPixels picture = decodePicture(**pipeline, tensor::normalNoise({1, 4, 6, 9}, 1));
        QCOMPARE(picture.width, 36);
        QCOMPARE(picture.height, 24);
        QCOMPARE(picture.data.size(), size_t(36 * 24 * 3));
    }

    void referencesSteerAndWeightZeroDoesNot()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10), blue = plain(10, 10, 220);
        const at::Tensor without = paint(*pipeline, request());
        ConditioningRequest r = request();
        r.references = {{red.view(), 1, {}}};
        const at::Tensor withRed = paint(*pipeline, r);
        QVERIFY(!at::allclose(withRed, without, 1e-3, 1e-4));
        r.references = {{blue.view(), 1, {}}};
        QVERIFY(!at::allclose(paint(*pipeline, r), withRed, 1e-3, 1e-4));
        r.references = {{blue.view(), 0, {}}};
        QVERIFY(at::equal(paint(*pipeline, r), without));
        r.references = {{red.view(), 1, {}}, {blue.view(), 0, {}}};
        QVERIFY(at::equal(paint(*pipeline, r), withRed));
    }

    void theNearerReferenceTakesThePlace()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10), blue = plain(10, 10, 220);
        const Region left{0, 0, 0.5, 1}, all{0, 0, 1, 1};
        ConditioningRequest r = request(), alone = request();
        r.layered = true;
        alone.references = {{blue.view(), 1, all}};
        const at::Tensor blueAlone = paint(*pipeline, alone);
        r.references = {{red.view(), 1, left}, {blue.view(), 1, all}};
        QVERIFY(at::allclose(paint(*pipeline, r), blueAlone, 1e-4, 1e-5)); // red is covered
        std::swap(r.references[0], r.references[1]);
        const at::Tensor redOver = paint(*pipeline, r);
        QVERIFY(!at::allclose(redOver, blueAlone, 1e-3, 1e-4));
        // As if blue were only where red is not.
        ConditioningRequest apart = request();
        apart.references = {{blue.view(), 1, {0.5, 0, 0.5, 1}}, {red.view(), 1, left}};
        QVERIFY(at::allclose(paint(*pipeline, apart), redOver, 1e-4, 1e-5));
        // Beside one another, of other roles, everywhere or on nothing there is nothing to cover.
        const auto same = [&](ConditioningRequest asked) {
            asked.layered = false;
            const at::Tensor blended = paint(*pipeline, asked);
            asked.layered = true;
            return at::allclose(paint(*pipeline, asked), blended, 1e-4, 1e-5);
        };
        QVERIFY(same(apart));
        r.references = {{red.view(), 1, left}, {blue.view(), 1, {}}};
        QVERIFY(same(r));
        r.references = {{red.view(), 1, left}, {blue.view(), 0, all}};
        QVERIFY(same(r));
        r.references = {{red.view(), 1, left}, {blue.view(), 1, all}};
        QVERIFY(!same(r));
        r.references[1].role = nn::ReferenceRole::Style;
        QVERIFY(same(r));
    }

    void wordsHaveWeights()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const auto states = [&](double weight) {
            WeightedText text("ab ");
            text.append("cd", weight);
            return encodeText(*pipeline, text)->states;
        };
        const at::Tensor plainText = encodeText(*pipeline, "ab cd")->states;
        QVERIFY(at::equal(states(1), plainText));
        const at::Tensor nothing = encodeText(*pipeline, "")->states;
        const at::Tensor none = states(0);
        // What comes before has heard nothing of them; they say nothing; the end has heard of them.
        QVERIFY(at::allclose(none.narrow(1, 0, 3), plainText.narrow(1, 0, 3), 1e-4, 1e-6));
        QVERIFY(at::allclose(none.narrow(1, 3, 2), nothing.narrow(1, 3, 2), 1e-4, 1e-6)); // c, d
        QVERIFY(!at::allclose(none.narrow(1, 5, 1), plainText.narrow(1, 5, 1), 1e-4, 1e-6));
        for (const double weight : {0.25, 1.5})
            QVERIFY(at::allclose(states(weight), none + weight * (plainText - none), 1e-4, 1e-5));
        const auto pooled = [&](const char *tail) {
            WeightedText text("ab");
            text.append(tail, 0);
            return encodeText(*pipeline, text)->pooled;
        };
        QVERIFY(at::allclose(pooled("cd"), pooled("ef"), 1e-4, 1e-6)); // whatever is not said
        ConditioningRequest r = request(), other = request();
        r.prompt = WeightedText("ab ");
        r.prompt.append("cd", 1.5);
        other.prompt = "ab cd";
        QVERIFY(!at::allclose(paint(*pipeline, r), paint(*pipeline, other), 1e-4, 1e-6));
        // What does not fit is counted with weights, too.
        WeightedText longer("abcdef");
        longer.append("ghijklm", 1.2);
        QCOMPARE(encodeText(*pipeline, longer)->dropped, 3);
    }

    void aRunFallsIntoPhases()
    {
        const auto reference = [](double from, double to, double weight = 1) {
            ReferencePicture r;
            r.weight = weight;
            r.from = from;
            r.to = to;
            return r;
        };
        using Phases = std::vector<Phase>;
        QVERIFY(phasesOf({}, 5) == (Phases{{5, {}}}));
        QVERIFY(phasesOf({reference(0, 1), reference(0, 1, 0)}, 5) == (Phases{{5, {0}}}));
        QVERIFY(phasesOf({reference(0, 1), reference(0, 0.5)}, 10) ==
                (Phases{{5, {0, 1}}, {5, {0}}}));
        QVERIFY(phasesOf({reference(0.25, 0.75), reference(0.5, 1)}, 4) ==
                (Phases{{1, {}}, {1, {0}}, {1, {0, 1}}, {1, {1}}}));
        // Every step belongs to one half.
        QVERIFY(phasesOf({reference(0, 0.5), reference(0.5, 1)}, 3) ==
                (Phases{{1, {0}}, {2, {1}}}));
        QVERIFY(phasesOf({reference(0.51, 0.52)}, 10) == (Phases{{10, {}}})); // between two steps
        const std::vector<RegionText> texts{{"a", 1, {}, 0, 1}, {"b", 1, {}, 0.5, 1}, {"c", 0, {}}};
        QVERIFY(phasesOf({reference(0, 0.25)}, 4, texts) ==
                (Phases{{1, {0}, {0}}, {1, {}, {0}}, {2, {}, {0, 1}}}));
    }

    void outsideItsStepsAReferenceIsExactlyAbsent()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10), blue = plain(10, 10, 220);
        ConditioningRequest both = request(), one = request();
        both.references = {{red.view(), 1, {}}, {blue.view(), 0.7, {}}};
        one.references = {both.references[0]};
        const at::Tensor withBoth = paint(*pipeline, both), withOne = paint(*pipeline, one);
        QVERIFY(!at::equal(withBoth, withOne));
        both.references[1].to = 0.5;
        auto denoiser = PhasedDenoiser::make(*pipeline, both, {4, 4, {}, {}});
        QVERIFY(denoiser);
        const at::Tensor noise = tensor::normalNoise({1, 4, 8, 8}, 1);
        for (int step = 0; step < 4; ++step)
            QVERIFY(at::equal((*denoiser)(noise, 500), step < 2 ? withBoth : withOne));
        QVERIFY(at::equal((*denoiser)(noise, 500), withOne)); // a call too many
    }

    void outsideItsStepsATextIsExactlyAbsent()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        ConditioningRequest both = request(), one = request();
        const std::vector<Corner> left{{0, 0}, {0.5, 0}, {0.5, 1}, {0, 1}},
            right{{0.5, 0}, {1, 0}, {1, 1}, {0.5, 1}};
        both.texts = {{"a red car", 1, left}, {"a tower", 1, right}};
        one.texts = {both.texts[0]};
        const at::Tensor withBoth = paint(*pipeline, both), withOne = paint(*pipeline, one);
        QVERIFY(!at::equal(withBoth, withOne));
        both.texts[1].from = 0.5;
        auto denoiser = PhasedDenoiser::make(*pipeline, both, {4, 4, {}, {}});
        QVERIFY(denoiser);
        const at::Tensor noise = tensor::normalNoise({1, 4, 8, 8}, 1);
        for (int step = 0; step < 4; ++step)
            QVERIFY(at::equal((*denoiser)(noise, 500), step < 2 ? withOne : withBoth));
    }

    void rolesActAtTheirSitesAndNotInThePooledEmbedding()
    {
        using Role = nn::ReferenceRole;
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10), blue = plain(10, 10, 220);
        ConditioningRequest r = request();
        const auto encoded = [&] {
            auto conditioning = encodeConditioning(*pipeline, r);
            return conditioning ? conditioning->prepared : nn::PreparedConditioning();
        };
        r.references = {{red.view(), 1, {}}};
        const nn::PreparedConditioning content = encoded();
        QCOMPARE(content.mixes.size(), size_t(1));
        QVERIFY(content.mixes[0].siteScales.empty());
        // References of one role share an attention, those of others have their own.
        r.references = {{blue.view(), 0.5, {}, Role::Style},
                        {red.view(), 1, {}},
                        {blue.view(), 0.8, {}, Role::Layout},
                        {red.view(), 0.5, {}, Role::Style}};
        const nn::PreparedConditioning mixed = encoded();
        QCOMPARE(mixed.mixes.size(), size_t(3));
        QCOMPARE(mixed.mixes[0].pictures, 1);
        QCOMPARE(mixed.mixes[1].pictures, 2);
        QCOMPARE(mixed.mixes[1].scale, 0.5);
        QCOMPARE(mixed.mixes[2].scale, 0.8);
        const auto sites = pipeline->unet->sites();
        QCOMPARE(mixed.mixes[1].siteScales, nn::roleScales(Role::Style, sites));
        QCOMPARE(mixed.mixes[2].siteScales, nn::roleScales(Role::Layout, sites));
        for (size_t i = 0; i < sites.size(); ++i)
            QCOMPARE(mixed.sites[i].references[1].key.defined(), mixed.mixes[1].siteScales[i] != 0);
        // Only the content reference reaches the whole network.
        if (content.source.imageEmbeds.defined())
            QVERIFY(at::equal(mixed.source.imageEmbeds, content.source.imageEmbeds));
        r.references = {{blue.view(), 1, {}, Role::Style}};
        if (const at::Tensor pooled = encoded().source.imageEmbeds; pooled.defined())
            QCOMPARE(pooled.abs().max().item<double>(), 0.0);
        QVERIFY(!at::equal(paint(*pipeline, r), paint(*pipeline, request())));
    }

    void aRegionOfEverythingIsNoRegion()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10);
        ConditioningRequest r = request();
        r.references = {{red.view(), 1, {}}};
        const at::Tensor everywhere = paint(*pipeline, r);
        r.references = {{red.view(), 1, {0, 0, 1, 1}}};
        QVERIFY(at::allclose(paint(*pipeline, r), everywhere, 1e-4, 1e-5));
        r.references = {{red.view(), 1, {0, 0, 0.5, 1}}};
        QVERIFY(!at::allclose(paint(*pipeline, r), everywhere, 1e-3, 1e-4));
    }

    void theNegativeHalfSeesNoReference()
    {
        // Guidance 0 is the negative half alone; this adapter was trained with "absent".
        const auto pipeline = load();
        QVERIFY(pipeline);
        const RgbPixels red = plain(220, 10, 10);
        ConditioningRequest r = request();
        const at::Tensor without = paint(*pipeline, r, 0);
        r.references = {{red.view(), 1, {}}};
        QVERIFY(at::allclose(paint(*pipeline, r, 0), without, 1e-4, 1e-5));
    }

    void unguidedIsThePositiveHalf()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        ConditioningRequest r = request();
        const at::Tensor guided = paint(*pipeline, r, 1);
        r.guided = false;
        QVERIFY(at::allclose(paint(*pipeline, r, 1), guided, 1e-4, 1e-5));
    }

    // Their U-Nets have channels for the mask and for what it leaves.
    void inpaintingModelsSeeWhatTheyKeep()
    {
        const auto pipeline = load();
        QVERIFY(pipeline && !pipeline->inpaints());
        nn::UNetConfig config = pipeline->unet->config();
        config.inChannels = 9;
        at::manual_seed(3);
        pipeline->unet = std::make_shared<nn::UNet2DConditionModel>(config);
        QVERIFY(pipeline->inpaints());

        at::Tensor mask = at::zeros({1, 1, 32, 32}); // its left half
        mask.narrow(3, 0, 16).fill_(1);
        const at::Tensor where = at::max_pool2d(mask, {4, 4});
        RgbPixels picture{32, 32, std::vector<uint8_t>(32 * 32 * 3)};
        for (size_t i = 0; i < picture.data.size(); ++i)
            picture.data[i] = uint8_t(i * 37);
        RgbPixels otherLeft = picture, otherRight = picture;
        for (size_t y = 0; y < 32; ++y) {
            otherLeft.data[(y * 32 + 3) * 3] ^= 0xff;
            otherRight.data[(y * 32 + 28) * 3] ^= 0xff;
        }
        const at::Tensor seen = inpaintingInput(*pipeline, picture.view(), mask, where);
        QVERIFY(seen.sizes() == at::IntArrayRef({1, 5, 8, 8}));
        QVERIFY(at::equal(seen.narrow(1, 0, 1), where));
        QVERIFY(at::equal(inpaintingInput(*pipeline, otherLeft.view(), mask, where), seen));
        const at::Tensor other = inpaintingInput(*pipeline, otherRight.view(), mask, where);
        QVERIFY(!at::equal(other, seen));
        // Nothing hidden: the picture's own latents.
        QVERIFY(at::allclose(
            inpaintingInput(*pipeline, picture.view(), mask * 0, where).narrow(1, 1, 4),
            encodePicture(*pipeline, picture.view(), {}), 1e-4, 1e-5));

        const auto painted = [&](const at::Tensor &input) {
            auto conditioning = encodeConditioning(*pipeline, request());
            return GuidedDenoiser(*pipeline, *std::move(conditioning), 4, 0, {},
                                  input)(tensor::normalNoise({1, 4, 8, 8}, 1), 500);
        };
        QVERIFY(painted(seen).sizes() == at::IntArrayRef({1, 4, 8, 8}));
        QVERIFY(!at::allclose(painted(seen), painted(other), 1e-4, 1e-6));
    }

    void saysHowManyTokensDidNotFit()
    {
        const auto pipeline = load();
        QVERIFY(pipeline);
        QCOMPARE(encodeText(*pipeline, "abcdefghij")->dropped, 0); // ten letters, two marks
        QCOMPARE(encodeText(*pipeline, "abcdefghijklm")->dropped, 3);
        QCOMPARE(encodeText(*pipeline, "a", 2).error().code, ErrorCode::Invalid);
        QVERIFY(encodeText(*pipeline, "a", 1));
    }

    void saysWhatDoesNotFit()
    {
        const std::string unet = *readFile(folder() + "/unet/config.json");
        json changed = json::parse(unet);
        changed["block_out_channels"] = {16, 48};
        Error error = errorOf("unet/config.json", changed.dump());
        QCOMPARE(error.code, ErrorCode::Mismatch);
        QVERIFY2(error.subject.ends_with("unet/model.safetensors"), error.subject.c_str());
        QVERIFY2(error.detail.find("should be") != std::string::npos, error.detail.c_str());

        changed = json::parse(*readFile(folder() + "/text_encoder/config.json"));
        changed["projection_dim"] = 20;
        error = errorOf("text_encoder/config.json", changed.dump());
        QCOMPARE(error.code, ErrorCode::Mismatch);
        QVERIFY2(error.detail.find("text_projection.weight") != std::string::npos,
                 error.detail.c_str());

        error = errorOf("unet/config.json", unet.substr(0, unet.size() / 2));
        QCOMPARE(error.code, ErrorCode::Corrupt);

        const std::string weights = *readFile(folder() + "/vae/model.safetensors");
        error = errorOf("vae/model.safetensors", weights.substr(0, weights.size() - 1));
        QCOMPARE(error.code, ErrorCode::Corrupt);
        QVERIFY2(error.subject.ends_with("vae/model.safetensors"), error.subject.c_str());

        error = errorOf("ip_adapter/config.json", R"({"unconditional":"sometimes"})");
        QCOMPARE(error.code, ErrorCode::Unsupported);
        QVERIFY2(error.detail.starts_with("unconditional"), error.detail.c_str());
    }

    void followsOnlyPlainShardNames()
    {
        QVERIFY(QFile::rename(m_dir.filePath("vae/model.safetensors"),
                              m_dir.filePath("vae/part-1.safetensors")));
        write("vae/model.safetensors.index.json", R"({"weight_map":{"x":"part-1.safetensors"}})");
        QVERIFY(loadPipeline(folder()));
        const Error error = errorOf("vae/model.safetensors.index.json",
                                    R"({"weight_map":{"x":"../unet/model.safetensors"}})");
        QCOMPARE(error.code, ErrorCode::Corrupt);
        QVERIFY(QFile::rename(m_dir.filePath("vae/part-1.safetensors"),
                              m_dir.filePath("vae/model.fp16.safetensors")));
        QVERIFY(QFile::remove(m_dir.filePath("vae/model.safetensors.index.json")));
        QVERIFY(loadPipeline(folder()));
        QVERIFY(QFile::rename(m_dir.filePath("vae/model.fp16.safetensors"),
                              m_dir.filePath("vae/model.safetensors")));
    }

    void inspectsWithoutLoading()
    {
        const auto report = inspectModel(folder());
        QVERIFY(report);
        QVERIFY2(!report->problem, report->problem ? errorText(*report->problem).c_str() : "");
        QCOMPARE(report->kind, ModelKind::StableDiffusion);
        QCOMPARE(report->textLength, int64_t(12));
        QCOMPARE(report->latentChannels, int64_t(4));
        QCOMPARE(report->nativeSize, int64_t(32));
        QCOMPARE(report->prediction, std::string("v_prediction"));
        QVERIFY(report->takesReferences);
        QCOMPARE(report->adapters.size(), size_t(1));
        QCOMPARE(report->adapters[0].kind, std::string("full"));
        QVERIFY(report->parameters > 10000);
        QCOMPARE(report->bytesFull, uint64_t(report->parameters) * 4);
        QVERIFY(!report->plans.empty());
        QVERIFY(report->plans.front().peak() > report->bytesFull);
        QCOMPARE(report->toJson()["kind"].get<std::string>(), std::string("stable-diffusion"));

        QVERIFY(QFile::rename(m_dir.filePath("unet"), m_dir.filePath("away")));
        const auto without = inspectModel(folder());
        QVERIFY(QFile::rename(m_dir.filePath("away"), m_dir.filePath("unet")));
        QVERIFY(without && without->problem);
        QCOMPARE(inspectModel(folder() + "/unet")->kind, ModelKind::UNet);
        QCOMPARE(inspectModel(folder() + "/scheduler").error().code, ErrorCode::Unsupported);
        QCOMPARE(inspectModel(folder() + "/nowhere").error().code, ErrorCode::NotFound);
    }

    void preprocessesPicturesOfAnyShape()
    {
        const PreprocessConfig config = PreprocessConfig::forSize(16);
        for (const auto &[width, height] : {std::pair{1, 1}, {1, 400}, {4000, 3}, {17, 16}}) {
            RgbPixels pixels{width, height, std::vector<uint8_t>(size_t(width * height) * 3, 128)};
            const at::Tensor x = preprocess(pixels.view(), config);
            QVERIFY(x.sizes() == at::IntArrayRef({1, 3, 16, 16}));
            // A plain picture stays plain, whatever the resize.
            QVERIFY(at::allclose(
                x[0][0], at::full({16, 16}, (128 / 255.0 - config.mean[0]) / config.deviation[0])));
        }
    }

    void regionMasksCoverPartsOfCells()
    {
        const at::Tensor mask = regionMask({0.25, 0, 0.5, 0.5}, 2, 2);
        QVERIFY(at::allclose(mask, at::tensor({0.5f, 0.5f, 0.0f, 0.0f}).view({2, 2})));
        QVERIFY(at::equal(regionMask({}, 3, 3), at::ones({3, 3})));
        QVERIFY(at::allclose(regionMask({-1, -1, 3, 3}, 2, 2), at::ones({2, 2})));
        // A region covers as much as its mask says.
        for (const Region &region : {Region{}, Region{0.25, 0, 0.5, 0.5}, Region{-1, -1, 3, 3},
                                     Region{0.5, 0.5, 2, 0.25}, Region{2, 0, 1, 1}})
            QVERIFY(std::abs(region.coverage() - regionMask(region, 8, 8).mean().item<double>()) <
                    1e-6);
    }
};

QTEST_GUILESS_MAIN(PipelineTest)
#include "PipelineTest.moc"
