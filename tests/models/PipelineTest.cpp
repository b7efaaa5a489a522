// Loading a model folder, whole or not, and looking at it without loading.
#include "core/base/SafeFile.h"
#include "core/models/Inspect.h"
#include "tests/models/TinyModel.h"

using namespace moodloom;
using namespace moodloom::models;

class PipelineTest : public QObject, protected TinyModel
{
    Q_OBJECT

    // What loading a folder with one thing changed says.
    Error errorOf(const QString &file, const std::string &content) const
    {
        const std::string path = m_dir.filePath(file).toStdString(), before = *readFile(path);
        write(file, content);
        auto result = loadPipeline(folder());
        write(file, before);
        return result ? Error{ErrorCode::Internal, "it loaded"} : result.error();
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
};

QTEST_GUILESS_MAIN(PipelineTest)
#include "PipelineTest.moc"
