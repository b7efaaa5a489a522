// A tiny model of the built-in form, written as a folder: for tests of loading and of conditioning.
#pragma once

#include "core/models/Conditioning.h"
#include "core/models/GuidedDenoiser.h"
#include "core/models/Pipeline.h"
#include "core/models/TokenizerTraining.h"
#include "core/tensor/Noise.h"

#include <ATen/ATen.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace moodloom::models {

using nlohmann::json;

class TinyModel
{
protected:
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

    QTemporaryDir m_dir;
};

} // namespace moodloom::models
