// What loading gives back, and what it says about files that do not fit.
#include "tests/nn/SmallScene.h"

#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::nn;
using tensor::normalNoise;

class LoadTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    std::string write(const char *name, const std::map<std::string, at::Tensor> &tensors) const
    {
        const std::string path = m_dir.filePath(QString::fromLatin1(name)).toStdString();
        return tensor::saveSafeTensors(path, tensors) ? path : "not written";
    }

    static Result<std::shared_ptr<UNet2DConditionModel>> load(const std::string &path)
    {
        const auto file = tensor::SafeTensors::open(path);
        if (!file)
            return fail(file.error());
        return loadUNet(smallUNet(), TensorSource::from({*file}), {});
    }

private Q_SLOTS:
    // As transformers 5 saves a tower by itself.
    void clipTowersLoadWithoutTheirPrefix()
    {
        const at::NoGradGuard noGrad;
        ClipTextConfig text;
        text.encoder.hiddenSize = 16;
        text.encoder.intermediateSize = 32;
        text.encoder.layers = 2;
        text.encoder.heads = 2;
        text.vocabSize = 20;
        text.withProjection = true;
        text.maxPositions = 8;
        text.projectionDim = 12;
        ClipVisionConfig vision;
        vision.encoder = text.encoder;
        vision.imageSize = 16;
        vision.patchSize = 8;
        vision.projectionDim = 12;
        const ClipTextModel reader(text);
        const ClipVisionModel seer(vision);
        const auto saved = [this](const torch::nn::Module &network, const std::string &prefix) {
            std::map<std::string, at::Tensor> bare;
            for (const auto &[name, tensor] : parametersOf(network, at::kFloat))
                bare[name.starts_with(prefix) ? name.substr(prefix.size()) : name] = tensor;
            const std::string path = m_dir.filePath("tower.safetensors").toStdString();
            return tensor::saveSafeTensors(path, bare) ? path : std::string();
        };
        const auto source = [](const std::string &path) {
            return TensorSource::from({*tensor::SafeTensors::open(path)});
        };
        const at::Tensor ids = at::randint(1, 20, {2, 8}, at::kLong);
        const auto words = loadClipText(text, source(saved(reader, "text_model.")), {});
        QVERIFY2(words, words ? "" : errorText(words.error()).c_str());
        QCOMPARE(distance((*words)->forward(ids).textEmbeds, reader.forward(ids).textEmbeds), 0.0);
        const at::Tensor pixels = normalNoise({1, 3, 16, 16}, 1);
        const auto pictures = loadClipVision(vision, source(saved(seer, "vision_model.")), {});
        QVERIFY2(pictures, pictures ? "" : errorText(pictures.error()).c_str());
        QCOMPARE(
            distance((*pictures)->forward(pixels).imageEmbeds, seer.forward(pixels).imageEmbeds),
            0.0);
    }

    void loadsWhatItSaved()
    {
        const SmallScene scene;
        const auto loaded = load(write("unet", parametersOf(*scene.unet, at::kFloat)));
        QVERIFY(loaded);
        const at::NoGradGuard noGrad;
        QVERIFY(
            at::equal((*loaded)->forward(scene.sample, scene.t, scene.text), scene.paintWithout()));
    }

    void saysWhichTensorDoesNotFit()
    {
        auto tensors = parametersOf(*SmallScene().unet);
        const std::string name =
            "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight";
        tensors[name] = at::zeros({16, 9}, at::kHalf);
        const std::string path = write("shape", tensors);
        const auto result = load(path);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Mismatch);
        QCOMPARE(result.error().subject, path);
        for (const std::string &part :
             {name, std::string("should be [16, 8]"), std::string("is [16, 9]")})
            QVERIFY2(result.error().detail.find(part) != std::string::npos,
                     result.error().detail.c_str());
    }

    void saysWhichTensorsAreMissingOrUnexpected()
    {
        auto tensors = parametersOf(*SmallScene().unet);
        tensors.erase("conv_out.weight");
        const auto missing = load(write("missing", tensors));
        QVERIFY(!missing);
        QVERIFY(missing.error().detail.find("conv_out.weight") != std::string::npos);
        tensors = parametersOf(*SmallScene().unet);
        tensors["class_embedding.weight"] = at::zeros({2});
        const auto unexpected = load(write("unexpected", tensors));
        QVERIFY(!unexpected);
        QCOMPARE(unexpected.error().code, ErrorCode::Mismatch);
        QVERIFY(unexpected.error().detail.find("class_embedding.weight") != std::string::npos);
    }

    void refusesAdaptersOfOtherModels()
    {
        const SmallScene scene;
        const std::string path = write("adapter", parametersOf(*scene.adapter));
        const auto file = tensor::SafeTensors::open(path);
        const auto source = TensorSource::from({*file});
        QVERIFY(loadIpAdapter(source, scene.unet->sites(), {}));
        auto sites = scene.unet->sites();
        sites[2].channels = 48;
        const auto wider = loadIpAdapter(source, sites, {});
        QVERIFY(!wider);
        QCOMPARE(wider.error().code, ErrorCode::Mismatch);
        QVERIFY2(wider.error().detail.find("ip_adapter.5.to_k_ip.weight") != std::string::npos,
                 wider.error().detail.c_str());
        sites = scene.unet->sites();
        sites.pop_back();
        QVERIFY(!loadIpAdapter(source, sites, {}));
    }

    void stopsLoadingWhenAsked()
    {
        const std::string path = write("stop", parametersOf(*SmallScene().unet));
        const auto file = tensor::SafeTensors::open(path);
        std::stop_source stop;
        stop.request_stop();
        LoadOptions options;
        options.stop = stop.get_token();
        const auto result = loadUNet(smallUNet(), TensorSource::from({*file}), options);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(LoadTest)
#include "LoadTest.moc"
