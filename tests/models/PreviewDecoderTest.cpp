// Preview decoders: found by their tensors, in the forms in which they are passed around.
#include "core/models/PreviewDecoder.h"
#include "core/base/SafeFile.h"
#include "core/nn/Load.h"
#include "core/tensor/Noise.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::models;
using nlohmann::json;
using tensor::normalNoise;

class PreviewDecoderTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    static json config()
    {
        return {{"_class_name", "AutoencoderTiny"},
                {"encoder_block_out_channels", {8, 8}},
                {"decoder_block_out_channels", {8, 8}},
                {"num_encoder_blocks", {1, 1}},
                {"num_decoder_blocks", {1, 1}}};
    }

    std::string path(const char *name) const
    {
        return m_dir.filePath(QString::fromLatin1(name)).toStdString();
    }

    static std::map<std::string, at::Tensor> weights()
    {
        at::manual_seed(3);
        return nn::parametersOf(nn::TinyAutoencoder(*nn::TinyAutoencoderConfig::fromJson(config())),
                                at::kFloat);
    }

    // One half as its author stores it; the decoder counts the limit on its latents.
    static std::map<std::string, at::Tensor> half(const std::string &prefix, int first)
    {
        std::map<std::string, at::Tensor> result;
        for (const auto &[name, value] : weights()) {
            if (!name.starts_with(prefix))
                continue;
            const std::string rest = name.substr(prefix.size());
            result[std::to_string(std::stoi(rest) + first) + rest.substr(rest.find('.'))] = value;
        }
        return result;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir().mkpath(QString::fromStdString(path("folder"))));
        QVERIFY(writeFileSafely(path("folder/config.json"), config().dump()));
        QVERIFY(
            tensor::saveSafeTensors(path("folder/diffusion_pytorch_model.safetensors"), weights()));
        QVERIFY(tensor::saveSafeTensors(path("whole.safetensors"), weights()));
        QVERIFY(tensor::saveSafeTensors(path("a.safetensors"), half("decoder.layers.", 1)));
        QVERIFY(tensor::saveSafeTensors(path("b.safetensors"), half("encoder.layers.", 0)));
    }

    void theSamePictureInEveryForm()
    {
        const at::Tensor latents = normalNoise({1, 4, 6, 5}, 1);
        std::vector<uint8_t> first;
        for (const char *name : {"folder", "whole.safetensors", "a.safetensors"}) {
            const auto decoder = PreviewDecoder::load(path(name), 4, 2);
            QVERIFY2(decoder, decoder ? "" : errorText(decoder.error()).c_str());
            const RgbPixels picture = decoder->picture(latents);
            QCOMPARE(picture.width, 10);
            QCOMPARE(picture.height, 12);
            if (first.empty())
                first = picture.data;
            QVERIFY2(picture.data == first, name);
        }
    }

    void saysWhatDoesNotFit()
    {
        const auto codeOf = [&](const char *name, int64_t channels, int64_t factor) {
            const auto decoder = PreviewDecoder::load(path(name), channels, factor);
            return decoder ? ErrorCode::Internal : decoder.error().code;
        };
        QCOMPARE(codeOf("a.safetensors", 16, 2), ErrorCode::Mismatch);
        QCOMPARE(codeOf("a.safetensors", 4, 8), ErrorCode::Mismatch);
        QCOMPARE(codeOf("b.safetensors", 4, 2), ErrorCode::Unsupported);
        QCOMPARE(codeOf("none.safetensors", 4, 2), ErrorCode::NotFound);
        QVERIFY(tensor::saveSafeTensors(path("other.safetensors"),
                                        {{"conv_in.weight", at::zeros({2, 2, 3, 3})}}));
        QCOMPARE(codeOf("other.safetensors", 4, 2), ErrorCode::Unsupported);
    }
};

QTEST_GUILESS_MAIN(PreviewDecoderTest)
#include "PreviewDecoderTest.moc"
