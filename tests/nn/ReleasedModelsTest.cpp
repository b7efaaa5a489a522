// The networks that the configs of released models describe: as many parameters as the published
// ones have, under their names and of their shapes. Nothing is computed and no weight is set.
#include "core/nn/Load.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::nn;
using nlohmann::json;

class ReleasedModelsTest : public QObject
{
    Q_OBJECT

    using Shapes = std::map<std::string, std::vector<int64_t>>;

    struct Outline
    {
        size_t tensors = 0;
        int64_t parameters = 0;
        Shapes shapes;
    };

    template <class Model> static Outline outline(const json &config)
    {
        const UninitializedWeights unset;
        const auto parsed = Model::Config::fromJson(config);
        if (!parsed)
            qFatal("%s", errorText(parsed.error()).c_str());
        const Model model(*parsed);
        Outline result;
        for (const auto &parameter : model.named_parameters()) {
            ++result.tensors;
            result.parameters += parameter.value().numel();
            result.shapes[parameter.key()] = parameter.value().sizes().vec();
        }
        return result;
    }

    static std::string differences(const Outline &outline, const Shapes &expected)
    {
        std::string text;
        for (const auto &[name, shape] : expected) {
            const auto found = outline.shapes.find(name);
            if (found == outline.shapes.end() || found->second != shape)
                text += name + "; ";
        }
        return text;
    }

    static json unet(const json &own)
    {
        json config{
            {"_class_name", "UNet2DConditionModel"},
            {"act_fn", "silu"},
            {"block_out_channels", {320, 640, 1280, 1280}},
            {"center_input_sample", false},
            {"down_block_types",
             {"CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D",
              "DownBlock2D"}},
            {"downsample_padding", 1},
            {"flip_sin_to_cos", true},
            {"freq_shift", 0},
            {"in_channels", 4},
            {"layers_per_block", 2},
            {"mid_block_scale_factor", 1},
            {"norm_eps", 1e-05},
            {"norm_num_groups", 32},
            {"out_channels", 4},
            {"up_block_types",
             {"UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"}}};
        config.update(own);
        return config;
    }

    static json stable15()
    {
        return unet({{"attention_head_dim", 8}, {"cross_attention_dim", 768}, {"sample_size", 64}});
    }

    static json stableXl()
    {
        return unet(
            {{"addition_embed_type", "text_time"},
             {"addition_time_embed_dim", 256},
             {"attention_head_dim", {5, 10, 20}},
             {"block_out_channels", {320, 640, 1280}},
             {"cross_attention_dim", 2048},
             {"down_block_types", {"DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"}},
             {"mid_block_type", "UNetMidBlock2DCrossAttn"},
             {"projection_class_embeddings_input_dim", 2816},
             {"sample_size", 128},
             {"transformer_layers_per_block", {1, 2, 10}},
             {"up_block_types", {"CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"}},
             {"use_linear_projection", true}});
    }

    static json text(int64_t width, int64_t layers, int64_t heads, const char *activation,
                     const char *architecture, int64_t projection)
    {
        return {{"architectures", {architecture}},
                {"model_type", "clip_text_model"},
                {"hidden_size", width},
                {"intermediate_size", 4 * width},
                {"num_hidden_layers", layers},
                {"num_attention_heads", heads},
                {"hidden_act", activation},
                {"projection_dim", projection},
                {"max_position_embeddings", 77},
                {"vocab_size", 49408},
                {"eos_token_id", 2}};
    }

private Q_SLOTS:
    void stableDiffusion15UNet()
    {
        const Outline net = outline<UNet2DConditionModel>(stable15());
        QCOMPARE(net.tensors, size_t(686));
        QCOMPARE(net.parameters, int64_t(859520964));
        const std::string wrong = differences(
            net,
            {{"conv_in.weight", {320, 4, 3, 3}},
             {"time_embedding.linear_1.weight", {1280, 320}},
             {"down_blocks.0.attentions.0.proj_in.weight", {320, 320, 1, 1}},
             {"down_blocks.1.resnets.0.conv_shortcut.weight", {640, 320, 1, 1}},
             {"down_blocks.2.attentions.1.transformer_blocks.0.attn2.to_k.weight", {1280, 768}},
             {"mid_block.attentions.0.transformer_blocks.0.ff.net.0.proj.weight", {10240, 1280}},
             {"up_blocks.1.resnets.2.conv1.weight", {1280, 1920, 3, 3}},
             {"up_blocks.3.resnets.2.time_emb_proj.weight", {320, 1280}},
             {"conv_out.weight", {4, 320, 3, 3}}});
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void stableDiffusion21UNet()
    {
        const Outline net =
            outline<UNet2DConditionModel>(unet({{"attention_head_dim", {5, 10, 20, 20}},
                                                {"cross_attention_dim", 1024},
                                                {"dual_cross_attention", false},
                                                {"num_class_embeds", nullptr},
                                                {"only_cross_attention", false},
                                                {"sample_size", 96},
                                                {"upcast_attention", true},
                                                {"use_linear_projection", true}}));
        QCOMPARE(net.tensors, size_t(686));
        QCOMPARE(net.parameters, int64_t(865910724));
        const std::string wrong = differences(
            net,
            {{"down_blocks.0.attentions.0.proj_in.weight", {320, 320}},
             {"mid_block.attentions.0.proj_out.weight", {1280, 1280}},
             {"up_blocks.3.attentions.2.transformer_blocks.0.attn2.to_v.weight", {320, 1024}}});
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void stableDiffusionXlUNet()
    {
        const Outline net = outline<UNet2DConditionModel>(stableXl());
        QCOMPARE(net.tensors, size_t(1680));
        QCOMPARE(net.parameters, int64_t(2567463684));
        const std::string wrong = differences(
            net,
            {{"add_embedding.linear_1.weight", {1280, 2816}},
             {"down_blocks.2.attentions.1.transformer_blocks.9.attn2.to_k.weight", {1280, 2048}},
             {"mid_block.attentions.0.transformer_blocks.9.norm3.weight", {1280}},
             {"up_blocks.0.attentions.2.transformer_blocks.9.attn1.to_out.0.bias", {1280}}});
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void adaptersNumberTheSitesOfStableDiffusion()
    {
        const UninitializedWeights unset;
        const auto sites = [](const json &config) {
            return UNet2DConditionModel(*UNetConfig::fromJson(config)).sites();
        };
        // Released adapters hold 16 pairs for SD 1.5, 70 for SDXL.
        QCOMPARE(sites(stable15()).size(), size_t(16));
        QCOMPARE(sites(stable15()).back().adapterKey, std::string("31"));
        const auto large = sites(stableXl());
        QCOMPARE(large.size(), size_t(70));
        QCOMPARE(large[24].name,
                 std::string("up_blocks.0.attentions.0.transformer_blocks.0.attn2"));
        QCOMPARE(large[60].name, std::string("mid_block.attentions.0.transformer_blocks.0.attn2"));
    }

    void controlNets()
    {
        json config{{"_class_name", "ControlNetModel"},
                    {"attention_head_dim", 8},
                    {"block_out_channels", {320, 640, 1280, 1280}},
                    {"conditioning_embedding_out_channels", {16, 32, 96, 256}},
                    {"controlnet_conditioning_channel_order", "rgb"},
                    {"cross_attention_dim", 768}};
        const Outline net = outline<ControlNetModel>(config);
        QCOMPARE(net.tensors, size_t(340));
        QCOMPARE(net.parameters, int64_t(361279120));
        const std::string wrong =
            differences(net, {{"controlnet_cond_embedding.conv_out.weight", {320, 256, 3, 3}},
                              {"controlnet_cond_embedding.blocks.5.weight", {256, 96, 3, 3}},
                              {"controlnet_down_blocks.11.weight", {1280, 1280, 1, 1}},
                              {"controlnet_mid_block.bias", {1280}}});
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY(!net.shapes.count("controlnet_down_blocks.12.weight"));
    }

    void autoencoders()
    {
        const std::vector<std::string> down(4, "DownEncoderBlock2D"), up(4, "UpDecoderBlock2D");
        json config{{"_class_name", "AutoencoderKL"}, {"block_out_channels", {128, 256, 512, 512}},
                    {"down_block_types", down},       {"up_block_types", up},
                    {"latent_channels", 4},           {"layers_per_block", 2},
                    {"norm_num_groups", 32},          {"sample_size", 512}};
        const Outline four = outline<AutoencoderKL>(config);
        QCOMPARE(four.tensors, size_t(248));
        QCOMPARE(four.parameters, int64_t(83653863));
        // SD 3 and FLUX.1: 16 channels, no 1x1 convolutions around the latents.
        config["latent_channels"] = 16;
        config["use_quant_conv"] = false;
        config["use_post_quant_conv"] = false;
        config["scaling_factor"] = 0.3611;
        config["shift_factor"] = 0.1159;
        const Outline sixteen = outline<AutoencoderKL>(config);
        QCOMPARE(sixteen.tensors, size_t(244));
        QCOMPARE(sixteen.parameters, int64_t(83819683));
    }

    void textEncoders_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<int>("tensors");
        QTest::addColumn<qint64>("parameters");
        const auto row = [](const char *name, const json &config, int tensors, qint64 parameters) {
            QTest::newRow(name) << QByteArray::fromStdString(config.dump()) << tensors
                                << parameters;
        };
        row("SD 1.5, SDXL", text(768, 12, 12, "quick_gelu", "CLIPTextModel", 768), 196, 123060480);
        row("SD 2.1", text(1024, 23, 16, "gelu", "CLIPTextModel", 512), 372, 340387840);
        row("SDXL, second", text(1280, 32, 20, "gelu", "CLIPTextModelWithProjection", 1280), 517,
            694659840);
    }

    void textEncoders()
    {
        QFETCH(QByteArray, config);
        QFETCH(int, tensors);
        QFETCH(qint64, parameters);
        const Outline net = outline<ClipTextModel>(json::parse(config.toStdString()));
        QCOMPARE(net.tensors, size_t(tensors));
        QCOMPARE(net.parameters, int64_t(parameters));
    }

    // The image encoder of SD 1.5's IP-Adapters (ViT-H).
    void imageEncoder()
    {
        const Outline net =
            outline<ClipVisionModel>({{"architectures", {"CLIPVisionModelWithProjection"}},
                                      {"model_type", "clip_vision_model"},
                                      {"hidden_act", "gelu"},
                                      {"hidden_size", 1280},
                                      {"image_size", 224},
                                      {"intermediate_size", 5120},
                                      {"num_attention_heads", 16},
                                      {"num_hidden_layers", 32},
                                      {"patch_size", 14},
                                      {"projection_dim", 1024}});
        QCOMPARE(net.parameters, int64_t(632076800));
    }

    // TAESD: 64 channels throughout; both halves.
    void tinyAutoencoder()
    {
        const Outline net = outline<TinyAutoencoder>({{"_class_name", "AutoencoderTiny"}});
        const std::string wrong = differences(net, {{"encoder.layers.0.weight", {64, 3, 3, 3}},
                                                    {"encoder.layers.14.weight", {4, 64, 3, 3}},
                                                    {"decoder.layers.0.weight", {64, 4, 3, 3}},
                                                    {"decoder.layers.18.weight", {3, 64, 3, 3}}});
        QVERIFY2(wrong.empty(), wrong.c_str());
        QCOMPARE(net.parameters, int64_t(2445063));
        QVERIFY(!net.shapes.count("encoder.layers.2.bias"));
    }
};

QTEST_GUILESS_MAIN(ReleasedModelsTest)
#include "ReleasedModelsTest.moc"
