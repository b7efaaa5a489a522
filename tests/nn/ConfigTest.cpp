// Configs: what they say is honoured, what is not implemented is refused by name.
#include "core/nn/AutoencoderKL.h"
#include "core/nn/ClipTextModel.h"
#include "core/nn/ClipVisionModel.h"
#include "core/nn/UNetConfig.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::nn;
using nlohmann::json;

class ConfigTest : public QObject
{
    Q_OBJECT

    static json small()
    {
        return {{"block_out_channels", {32, 64}},
                {"down_block_types", {"CrossAttnDownBlock2D", "DownBlock2D"}},
                {"up_block_types", {"UpBlock2D", "CrossAttnUpBlock2D"}},
                {"norm_num_groups", 8},
                {"cross_attention_dim", 16}};
    }

private Q_SLOTS:
    void refusesWhatIsNotImplemented_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        const std::pair<const char *, const char *> rows[] = {
            {"class_embed_type", "\"timestep\""},
            {"addition_embed_type", "\"image_hint\""},
            {"attention_type", "\"gated\""},
            {"_class_name", "\"UNetMotionModel\""},
            {"class_embed_type", "\"projection\""},
            {"num_class_embeds", "1000"},
            {"only_cross_attention", "[true]"},
            {"only_cross_attention", "\"yes\""},
            {"dual_cross_attention", "true"},
            {"encoder_hid_dim_type", "\"text_image_proj\""},
            {"mid_block_type", "\"UNetMidBlock2DSimpleCrossAttn\""},
            {"down_block_types", "[\"AttnDownBlock2D\",\"DownBlock2D\"]"},
            {"up_block_types", "[\"UpBlock2D\"]"},
            {"resnet_time_scale_shift", "\"spatial\""},
            {"time_embedding_type", "\"learned\""},
            {"timestep_post_act", "\"snake\""},
            {"time_embedding_act_fn", "7"},
            {"act_fn", "\"snake\""},
            {"norm_num_groups", "7"},
            {"norm_num_groups", "null"},
            {"attention_head_dim", "33"},
            {"attention_head_dim", "[2]"},
            {"block_out_channels", "[32,-64]"},
            {"block_out_channels", "\"wide\""},
            {"in_channels", "0"},
            {"in_channels", "4.5"},
            {"layers_per_block", "[1,2,3]"},
            {"transformer_layers_per_block", "[1,2,3]"},
            {"transformer_layers_per_block", "\"many\""},
            {"norm_eps", "\"small\""},
            {"conv_in_kernel", "2"},
        };
        for (const auto &[key, value] : rows)
            QTest::addRow("%s %s", key, value) << QByteArray(key) << QByteArray(value);
    }

    void refusesWhatIsNotImplemented()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        json config = small();
        QVERIFY(UNetConfig::fromJson(config));
        config[key.toStdString()] = json::parse(value.toStdString());
        const auto result = UNetConfig::fromJson(config, "x/unet/config.json");
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unsupported);
        QCOMPARE(result.error().subject, std::string("x/unet/config.json"));
        QVERIFY2(result.error().detail.find(key.toStdString()) == 0, result.error().detail.c_str());
    }

    void refusesWhatIsNoObject()
    {
        for (const char *text : {"[]", "3", "null", "\"unet\""}) {
            const json value = json::parse(text);
            QVERIFY(!UNetConfig::fromJson(value));
            QVERIFY(!AutoencoderConfig::fromJson(value));
            QVERIFY(!ClipTextConfig::fromJson(value));
            QVERIFY(!ClipVisionConfig::fromJson(value));
        }
    }

    void readsHeadsAsNumberOfHeads()
    {
        json config = small();
        config["attention_head_dim"] = {4, 8};
        QCOMPARE(UNetConfig::fromJson(config)->heads, (std::vector<int64_t>{4, 8}));
        config["num_attention_heads"] = 2;
        QCOMPARE(UNetConfig::fromJson(config)->heads, (std::vector<int64_t>{2, 2}));
    }

    void blocksWithoutAttentionNeedNoDepth()
    {
        json config = small();
        config["layers_per_block"] = 2;
        config["transformer_layers_per_block"] = {json::array({4, 2}), 0};
        config["reverse_transformer_layers_per_block"] = {0, json::array({1, 2, 3})};
        config["mid_block_type"] = nullptr;
        const auto c = UNetConfig::fromJson(config);
        QVERIFY2(c, c ? "" : c.error().detail.c_str());
        QCOMPARE(c->downDepths.front(), (std::vector<int64_t>{4, 2}));
        QCOMPARE(c->upDepths.back(), (std::vector<int64_t>{1, 2, 3}));
    }

    void mirrorsTheDepthsUpwards()
    {
        json config = small();
        config["layers_per_block"] = {1, 2};
        config["transformer_layers_per_block"] = {3, 5};
        auto c = UNetConfig::fromJson(config);
        QVERIFY(c);
        QCOMPARE(c->downDepths, (std::vector<std::vector<int64_t>>{{3}, {5, 5}}));
        QCOMPARE(c->upDepths, (std::vector<std::vector<int64_t>>{{5, 5, 5}, {3, 3}}));
        QCOMPARE(c->middleDepth, int64_t(5));
        config["reverse_transformer_layers_per_block"] = {{1, 2, 3}, {4, 5}};
        c = UNetConfig::fromJson(config);
        QVERIFY(c);
        QCOMPARE(c->upDepths, (std::vector<std::vector<int64_t>>{{1, 2, 3}, {4, 5}}));
    }

    void writesBackWhatItRead()
    {
        json config = small();
        config["layers_per_block"] = {1, 2};
        config["transformer_layers_per_block"] = {3, 5};
        config["attention_head_dim"] = {4, 8};
        config["use_linear_projection"] = true;
        config["time_cond_proj_dim"] = 12;
        config["addition_embed_type"] = "text_time";
        config["addition_time_embed_dim"] = 8;
        config["projection_class_embeddings_input_dim"] = 64;
        config["mid_block_type"] = nullptr;
        config["only_cross_attention"] = {true, false};
        config["time_embedding_type"] = "fourier";
        config["timestep_post_act"] = "gelu";
        config["encoder_hid_dim"] = 24;
        config["upcast_attention"] = true;
        for (const bool reversed : {false, true}) {
            if (reversed)
                config["reverse_transformer_layers_per_block"] = {{1, 2, 3}, {4, 5}};
            const auto first = UNetConfig::fromJson(config);
            QVERIFY(first);
            const auto second = UNetConfig::fromJson(first->toJson());
            QVERIFY2(second, second ? "" : second.error().detail.c_str());
            QCOMPARE(second->toJson().dump(), first->toJson().dump());
            QCOMPARE(second->upDepths, first->upDepths);
            QVERIFY(!second->middle);
            QCOMPARE(second->onlyCross, (std::vector<bool>{true, false}));
            QVERIFY(second->timePostActivation == Activation::Gelu);
            QCOMPARE(second->timeDim(), int64_t(64));
            QCOMPARE(second->textWidth(), int64_t(24));
        }
    }

    void readsBothHalvesOfAClipModel()
    {
        const json clip{{"projection_dim", 24},
                        {"text_config", {{"hidden_size", 64}, {"num_attention_heads", 4}}},
                        {"vision_config",
                         {{"hidden_size", 96}, {"num_attention_heads", 3}, {"image_size", 32}}}};
        const auto text = ClipTextConfig::fromJson(clip);
        const auto vision = ClipVisionConfig::fromJson(clip);
        QVERIFY(text && vision);
        QCOMPARE(text->encoder.hiddenSize, int64_t(64));
        QCOMPARE(text->projectionDim, int64_t(24));
        QVERIFY(text->withProjection);
        QCOMPARE(vision->encoder.hiddenSize, int64_t(96));
        QCOMPARE(vision->projectionDim, int64_t(24));
        QCOMPARE(vision->tokens(), int64_t(2));
    }
};

QTEST_GUILESS_MAIN(ConfigTest)
#include "ConfigTest.moc"
