// Tiny autoencoders: the same network from a config and from the names in a file, in the layouts
// that are in use.
#include "core/nn/Load.h"
#include "core/tensor/Noise.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace moodloom;
using namespace moodloom::nn;
using nlohmann::json;
using tensor::normalNoise;
using Kind = TinyLayer::Kind;

class TinyAutoencoderTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    static json small()
    {
        return {
            {"_class_name", "AutoencoderTiny"},        {"encoder_block_out_channels", {8, 8, 8}},
            {"decoder_block_out_channels", {8, 8, 8}}, {"num_encoder_blocks", {1, 2, 1}},
            {"num_decoder_blocks", {2, 1, 1}},         {"latent_channels", 6}};
    }

    TensorSource saved(const char *name, const std::map<std::string, at::Tensor> &tensors) const
    {
        const std::string path = m_dir.filePath(QString::fromLatin1(name)).toStdString();
        if (!tensor::saveSafeTensors(path, tensors))
            qFatal("not written");
        return TensorSource::from({*tensor::SafeTensors::open(path)});
    }

    static bool same(const std::vector<TinyLayer> &a, const std::vector<TinyLayer> &b)
    {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                          [](const TinyLayer &x, const TinyLayer &y) {
                              return x.kind == y.kind && x.in == y.in && x.out == y.out &&
                                     x.stride == y.stride && x.normWidth == y.normWidth &&
                                     (x.bias == y.bias || x.kind != Kind::Convolution);
                          });
    }

private Q_SLOTS:
    void namesSayWhatTheConfigSays()
    {
        const auto config = TinyAutoencoderConfig::fromJson(small());
        QVERIFY2(config, config ? "" : config.error().detail.c_str());
        QCOMPARE(config->factor(), int64_t(4));
        QCOMPARE(config->latentChannels(), int64_t(6));
        const TinyAutoencoder network(*config);
        const TensorSource source = saved("whole", parametersOf(network, at::kFloat));
        const auto read = TinyAutoencoderConfig::fromShapes(source.shapes(), "whole");
        QVERIFY2(read, read ? "" : read.error().detail.c_str());
        QVERIFY(same(read->encoder, config->encoder));
        QVERIFY(same(read->decoder, config->decoder));
    }

    void halvesLoadAlone()
    {
        const at::NoGradGuard noGrad;
        const TinyAutoencoder network(*TinyAutoencoderConfig::fromJson(small()));
        // The decoder as its author's files number it: one more, for the limit on the latents.
        std::map<std::string, at::Tensor> numbered;
        const std::string prefix = "decoder.layers.";
        for (const auto &[name, value] : parametersOf(network, at::kFloat)) {
            if (!name.starts_with(prefix))
                continue;
            const std::string rest = name.substr(prefix.size());
            numbered[std::to_string(std::stoi(rest) + 1) + rest.substr(rest.find('.'))] = value;
        }
        TensorSource source = saved("decoder", numbered);
        nameTinyHalf(source);
        const auto config = TinyAutoencoderConfig::fromShapes(source.shapes(), "decoder");
        QVERIFY2(config, config ? "" : config.error().detail.c_str());
        QVERIFY(config->encoder.empty());
        const auto decoder = loadTinyAutoencoder(*config, source, {});
        QVERIFY2(decoder, decoder ? "" : decoder.error().detail.c_str());
        const at::Tensor latents = normalNoise({1, 6, 3, 5}, 1);
        QVERIFY((*decoder)->decode(latents).sizes() == at::IntArrayRef({1, 3, 12, 20}));
        QVERIFY(at::equal((*decoder)->decode(latents), network.decode(latents)));
    }

    // Networks for 32 times smaller latents begin with two convolutions that halve the size, and
    // get wider towards the latents.
    void stemsAndWidthsComeFromTheFile()
    {
        const auto conv = [](TinyAutoencoderConfig::Shapes &shapes, const std::string &name,
                             int64_t in, int64_t out, bool bias) {
            shapes[name + ".weight"] = {out, in, 3, 3};
            if (bias)
                shapes[name + ".bias"] = {out};
        };
        TinyAutoencoderConfig::Shapes shapes;
        conv(shapes, "encoder.layers.0", 3, 8, true);
        conv(shapes, "encoder.layers.2", 8, 16, true);
        conv(shapes, "encoder.layers.4.conv.0", 16, 16, true);
        conv(shapes, "encoder.layers.5", 16, 16, false);
        conv(shapes, "encoder.layers.6", 16, 5, true);
        conv(shapes, "decoder.layers.0", 5, 32, true);
        conv(shapes, "decoder.layers.3", 32, 16, false);
        conv(shapes, "decoder.layers.2.conv.0", 32, 32, true);
        QVERIFY(TinyAutoencoderConfig::fromShapes(shapes, "f")->encoder[0].stride == 2);
        shapes.erase("decoder.layers.3.weight");
        conv(shapes, "decoder.layers.4", 32, 16, false);
        conv(shapes, "decoder.layers.5", 16, 3, true);
        const auto config = TinyAutoencoderConfig::fromShapes(shapes, "f");
        QVERIFY2(config, config ? "" : config.error().detail.c_str());
        QVERIFY(config->encoder[1].kind == Kind::Activation);
        QCOMPARE(config->encoder[2].stride, int64_t(2));
        QCOMPARE(config->encoder[6].stride, int64_t(1));
        QVERIFY(config->decoder[1].kind == Kind::Activation);
        QVERIFY(config->decoder[3].kind == Kind::Upsample);
        QCOMPARE(config->decoder[4].out, int64_t(16));
        QCOMPARE(config->factor(), int64_t(2));
    }

    void picturesStayInRange()
    {
        const at::NoGradGuard noGrad;
        auto config = *TinyAutoencoderConfig::fromJson(small());
        config.scalingFactor = 0.5;
        config.shiftFactor = 0.25;
        const TinyAutoencoder network(config);
        const at::Tensor raw = normalNoise({1, 6, 2, 2}, 1);
        QVERIFY((network.fromModel(network.toModel(raw)) - raw).abs().max().item<double>() < 1e-6);
        // Latents out of all proportion are limited first.
        const at::Tensor wild = raw.sign() * 1e6;
        QVERIFY(at::allclose(network.decode(wild), network.decode(raw.sign() * 1e3)));
    }

    void saysWhatIsNoTinyAutoencoder()
    {
        const auto none =
            TinyAutoencoderConfig::fromShapes({{"conv_in.weight", {8, 4, 3, 3}}}, "f");
        QVERIFY(!none);
        QCOMPARE(none.error().code, ErrorCode::Unsupported);
        // A chain that does not fit together.
        QVERIFY(!TinyAutoencoderConfig::fromShapes(
            {{"encoder.layers.0.weight", {8, 4, 3, 3}}, {"encoder.layers.1.weight", {8, 9, 3, 3}}},
            "f"));
        for (const auto &[key, value] : {std::pair<const char *, json>{"upsample_fn", "bilinear"},
                                         {"num_encoder_blocks", json::array({1})},
                                         {"act_fn", "snake"},
                                         {"scaling_factor", 0}}) {
            json config = small();
            config[key] = value;
            const auto result = TinyAutoencoderConfig::fromJson(config);
            QVERIFY2(!result, key);
            QCOMPARE(result.error().code, ErrorCode::Unsupported);
            QVERIFY2(result.error().detail.find(key) == 0, result.error().detail.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TinyAutoencoderTest)
#include "TinyAutoencoderTest.moc"
