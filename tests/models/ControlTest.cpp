// ControlNets in a run: what they add, what the half without the prompt sees, which fit.
#include "core/base/SafeFile.h"
#include "core/models/GuidedDenoiser.h"
#include "core/models/LdmNames.h"
#include "core/tensor/Noise.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace moodloom;
using namespace moodloom::models;
using nlohmann::json;
using tensor::normalNoise;

class ControlTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    Pipeline m_pipeline;
    RgbPixels m_picture{10, 20, {}};

    static json unet()
    {
        return {{"block_out_channels", {16, 32}},
                {"down_block_types", {"CrossAttnDownBlock2D", "DownBlock2D"}},
                {"up_block_types", {"UpBlock2D", "CrossAttnUpBlock2D"}},
                {"layers_per_block", 1},
                {"attention_head_dim", 2},
                {"norm_num_groups", 8},
                {"cross_attention_dim", 8}};
    }

    static json controlNet()
    {
        json config = unet();
        config.erase("up_block_types");
        config["_class_name"] = "ControlNetModel";
        config["conditioning_embedding_out_channels"] = {4, 8};
        return config;
    }

    static std::shared_ptr<nn::ControlNetModel> network(int seed)
    {
        at::manual_seed(uint64_t(seed));
        return std::make_shared<nn::ControlNetModel>(*nn::ControlNetConfig::fromJson(controlNet()));
    }

    Conditioning conditioning(bool guided = true) const
    {
        nn::UNetConditioning seen;
        seen.text = normalNoise({guided ? 2 : 1, 5, 8}, 2);
        Conditioning result;
        result.guided = guided;
        result.prepared = m_pipeline.unet->prepare(seen);
        return result;
    }

    at::Tensor paint(const std::vector<ControlRequest> &requests, double guidance = 4) const
    {
        const Conditioning seen = conditioning();
        const GuidedDenoiser denoiser(m_pipeline, seen, guidance, 0,
                                      Controls(m_pipeline, requests, seen, 16, 16));
        return denoiser(normalNoise({1, 4, 8, 8}, 1), 500);
    }

    std::string write(const json &config) const
    {
        const std::string folder = m_dir.filePath("control").toStdString();
        QDir().mkpath(QString::fromStdString(folder));
        if (!writeFileSafely(folder + "/config.json", config.dump()) ||
            !tensor::saveSafeTensors(folder + "/diffusion_pytorch_model.safetensors",
                                     nn::parametersOf(*network(9), at::kFloat)))
            qFatal("not written");
        return folder;
    }

private Q_SLOTS:
    void initTestCase()
    {
        at::manual_seed(1);
        m_pipeline.unet =
            std::make_shared<nn::UNet2DConditionModel>(*nn::UNetConfig::fromJson(unet()));
        nn::AutoencoderConfig vae;
        vae.channels = {8, 8};
        vae.groups = 8;
        vae.layersPerBlock = 1;
        m_pipeline.vae = std::make_shared<nn::AutoencoderKL>(vae);
        for (int i = 0; i < 600; ++i)
            m_picture.data.push_back(uint8_t(i * 7));
    }

    void controlPicturesSteerByTheirScale()
    {
        const at::Tensor without = paint({});
        const auto net = network(3);
        const at::Tensor full = paint({{net, m_picture.view(), 1}});
        QVERIFY(!at::allclose(full, without, 1e-3, 1e-4));
        QVERIFY(at::equal(paint({{net, m_picture.view(), 0}}), without));
        QVERIFY(!at::allclose(paint({{net, m_picture.view(), 0.5}}), full, 1e-3, 1e-4));
        RgbPixels other = m_picture;
        std::reverse(other.data.begin(), other.data.end());
        QVERIFY(!at::allclose(paint({{net, other.view(), 1}}), full, 1e-4, 1e-5));
    }

    void severalActTogether()
    {
        const auto one = network(3), two = network(4);
        const at::Tensor both = paint({{one, m_picture.view(), 1}, {two, m_picture.view(), 1}});
        QVERIFY(!at::allclose(both, paint({{one, m_picture.view(), 1}}), 1e-3, 1e-4));
        QVERIFY(at::allclose(paint({{one, m_picture.view(), 0.5}, {one, m_picture.view(), 0.5}}),
                             paint({{one, m_picture.view(), 1}}), 1e-3, 1e-4));
    }

    void gradedControlLeavesTheHalfWithoutThePromptAlone()
    {
        // Guidance 0 is that half on its own.
        const auto net = network(3);
        const auto graded = nn::ControlGrading::Graded;
        QVERIFY(
            at::allclose(paint({{net, m_picture.view(), 1, graded}}, 0), paint({}, 0), 1e-4, 1e-5));
        QVERIFY(!at::allclose(paint({{net, m_picture.view(), 1}}, 0), paint({}, 0), 1e-4, 1e-5));
        QVERIFY(!at::allclose(paint({{net, m_picture.view(), 1, graded}}, 1), paint({}, 1), 1e-4,
                              1e-5));
    }

    void loadsWhatFits()
    {
        const auto loaded = loadControlNet(write(controlNet()), m_pipeline);
        QVERIFY2(loaded, loaded ? "" : errorText(loaded.error()).c_str());
        QVERIFY(at::equal(paint({{*loaded, m_picture.view(), 1}}),
                          paint({{network(9), m_picture.view(), 1}})));
    }

    // A file has no config: heads, norms and activations are the model's.
    void singleFilesUnderBothKindsOfNamesAreTheSame()
    {
        const auto folderNames = nn::parametersOf(*network(9), at::kFloat);
        const UNetLayout layout{{1, 1}, {}};
        std::map<std::string, at::Tensor> ldm, prefixed;
        for (const auto &[name, value] : folderNames) {
            const auto other = unetLdmName(layout, name);
            QVERIFY2(other, name.c_str());
            ldm[*other] = value;
            prefixed["control_model." + *other] = value;
        }
        const at::Tensor expected = paint({{network(9), m_picture.view(), 1}});
        const std::string path = m_dir.filePath("canny.safetensors").toStdString();
        for (const auto &tensors : {folderNames, ldm, prefixed}) {
            QVERIFY(tensor::saveSafeTensors(path, tensors));
            const auto loaded = loadControlNet(path, m_pipeline);
            QVERIFY2(loaded, loaded ? "" : errorText(loaded.error()).c_str());
            QVERIFY(at::equal(paint({{*loaded, m_picture.view(), 1}}), expected));
        }
    }

    void saysWhyAnotherFileDoesNotFit()
    {
        json other = controlNet();
        other["cross_attention_dim"] = 16;
        const nn::ControlNetModel foreign(*nn::ControlNetConfig::fromJson(other));
        const std::string path = m_dir.filePath("foreign.safetensors").toStdString();
        QVERIFY(tensor::saveSafeTensors(path, nn::parametersOf(foreign, at::kFloat)));
        const auto loaded = loadControlNet(path, m_pipeline);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, ErrorCode::Mismatch);
        QVERIFY(loaded.error().detail.find("cross_attention_dim") != std::string::npos);
        QVERIFY(tensor::saveSafeTensors(path, nn::parametersOf(*m_pipeline.vae, at::kFloat)));
        QCOMPARE(loadControlNet(path, m_pipeline).error().code, ErrorCode::Unsupported);
        QCOMPARE(loadControlNet(path + "x", m_pipeline).error().code, ErrorCode::NotFound);
    }

    void saysWhyAnotherDoesNotFit()
    {
        for (const auto &[key, value] :
             {std::pair<const char *, json>{"cross_attention_dim", 16},
              {"layers_per_block", 2},
              {"block_out_channels", json::array({16, 48})},
              {"conditioning_channels", 1},
              {"conditioning_embedding_out_channels", json::array({4, 8, 8})}}) {
            json config = controlNet();
            config[key] = value;
            const auto loaded = loadControlNet(write(config), m_pipeline);
            QVERIFY2(!loaded, key);
            QCOMPARE(loaded.error().code, ErrorCode::Mismatch);
            QVERIFY2(loaded.error().detail.find(key) != std::string::npos,
                     loaded.error().detail.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(ControlTest)
#include "ControlTest.moc"
