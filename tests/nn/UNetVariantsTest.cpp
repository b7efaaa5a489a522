// What the configs of SD 2, upscalers and pruned models ask of the U-Net beyond SD 1.x and SDXL.
#include "core/nn/UNet2DConditionModel.h"
#include "core/tensor/Noise.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <numbers>

using namespace moodloom;
using namespace moodloom::nn;
using nlohmann::json;
using tensor::normalNoise;

class UNetVariantsTest : public QObject
{
    Q_OBJECT

    static json small()
    {
        return {{"block_out_channels", {16, 32}},
                {"down_block_types", {"CrossAttnDownBlock2D", "DownBlock2D"}},
                {"up_block_types", {"UpBlock2D", "CrossAttnUpBlock2D"}},
                {"layers_per_block", 1},
                {"attention_head_dim", 2},
                {"norm_num_groups", 8},
                {"cross_attention_dim", 8}};
    }

    static std::shared_ptr<UNet2DConditionModel> make(const json &config)
    {
        const auto parsed = UNetConfig::fromJson(config);
        if (!parsed)
            qFatal("%s", errorText(parsed.error()).c_str());
        at::manual_seed(5);
        return std::make_shared<UNet2DConditionModel>(*parsed);
    }

    static at::Tensor paint(const UNet2DConditionModel &unet, const at::Tensor &text)
    {
        UNetConditioning conditioning;
        conditioning.text = text;
        return unet.forward(normalNoise({1, 4, 8, 8}, 1), at::tensor({300.0}), conditioning);
    }

    static at::Tensor text(int64_t width = 8) { return normalNoise({1, 5, width}, 2); }

    static std::vector<int64_t> shape(const UNet2DConditionModel &unet, const std::string &name)
    {
        const auto parameters = unet.named_parameters();
        const auto *found = parameters.find(name);
        return found ? found->sizes().vec() : std::vector<int64_t>{};
    }

    static void copyInto(UNet2DConditionModel &to, const UNet2DConditionModel &from)
    {
        auto target = to.named_parameters();
        for (const auto &parameter : from.named_parameters()) {
            at::Tensor &into = target[parameter.key()];
            into.copy_(parameter.value().reshape(into.sizes()));
        }
    }

private Q_SLOTS:
    void linearProjectionsAreConvolutionsOfOnePixel()
    {
        const at::NoGradGuard noGrad;
        json config = small();
        const auto convolutions = make(config);
        config["use_linear_projection"] = true;
        const auto linear = make(config);
        const std::string name = "down_blocks.0.attentions.0.proj_in.weight";
        QCOMPARE(shape(*convolutions, name), (std::vector<int64_t>{16, 16, 1, 1}));
        QCOMPARE(shape(*linear, name), (std::vector<int64_t>{16, 16}));
        copyInto(*linear, *convolutions);
        QVERIFY(at::allclose(paint(*linear, text()), paint(*convolutions, text()), 1e-4, 1e-5));
    }

    void firstAttentionMaySeeTheText()
    {
        const at::NoGradGuard noGrad;
        json config = small();
        config["only_cross_attention"] = {true, false};
        const auto unet = make(config);
        for (const char *block : {"down_blocks.0.", "up_blocks.1."})
            QCOMPARE(shape(*unet, std::string(block) +
                                      "attentions.0.transformer_blocks.0.attn1.to_k.weight"),
                     (std::vector<int64_t>{16, 8}));
        QCOMPARE(shape(*unet, "mid_block.attentions.0.transformer_blocks.0.attn1.to_k.weight"),
                 (std::vector<int64_t>{32, 32}));
        // With the second attention silenced, the text still acts: through the first.
        for (const auto &parameter : unet->named_parameters())
            if (parameter.key().find("attn2.to_out") != std::string::npos)
                at::Tensor(parameter.value()).zero_();
        QVERIFY(!at::allclose(paint(*unet, text()), paint(*unet, -text()), 1e-4, 1e-5));
    }

    void middleMayBeWithoutAttentionOrAbsent()
    {
        const at::NoGradGuard noGrad;
        json config = small();
        const auto whole = make(config);
        config["mid_block_type"] = "UNetMidBlock2D";
        const auto residual = make(config);
        QCOMPARE(residual->sites().size(), whole->sites().size() - 1);
        QVERIFY(!shape(*residual, "mid_block.resnets.0.conv1.weight").empty());
        QVERIFY(shape(*residual, "mid_block.resnets.1.conv1.weight").empty());
        QVERIFY(paint(*residual, text()).isfinite().all().item<bool>());
        config["mid_block_type"] = nullptr;
        const auto none = make(config);
        QVERIFY(shape(*none, "mid_block.resnets.0.conv1.weight").empty());
        QVERIFY(paint(*none, text()).isfinite().all().item<bool>());
    }

    void headsNeedNotDivideTheChannels()
    {
        const at::NoGradGuard noGrad;
        json config = small();
        config["attention_head_dim"] = 5; // heads of 3 of 16 channels: 15 inside
        const auto unet = make(config);
        const std::string prefix = "down_blocks.0.attentions.0.";
        QCOMPARE(shape(*unet, prefix + "proj_in.weight"), (std::vector<int64_t>{15, 16, 1, 1}));
        QCOMPARE(shape(*unet, prefix + "transformer_blocks.0.attn2.to_k.weight"),
                 (std::vector<int64_t>{15, 8}));
        QCOMPARE(shape(*unet, prefix + "proj_out.weight"), (std::vector<int64_t>{16, 15, 1, 1}));
        QVERIFY(paint(*unet, text()).sizes() == at::IntArrayRef({1, 4, 8, 8}));
    }

    void textMayBeProjectedFirst()
    {
        const at::NoGradGuard noGrad;
        json config = small();
        const auto plain = make(config);
        config["encoder_hid_dim"] = 24;
        const auto projecting = make(config);
        copyInto(*projecting, *plain);
        const auto parameters = projecting->named_parameters();
        const at::Tensor projected = at::linear(text(24), parameters["encoder_hid_proj.weight"],
                                                parameters["encoder_hid_proj.bias"]);
        QVERIFY(at::allclose(paint(*projecting, text(24)), paint(*plain, projected), 1e-4, 1e-5));
    }

    void timestepMayBeFourierFeatures()
    {
        const at::NoGradGuard noGrad;
        json config = small();
        config["time_embedding_type"] = "fourier";
        config["flip_sin_to_cos"] = false;
        const auto unet = make(config);
        QCOMPARE(shape(*unet, "time_proj.weight"), (std::vector<int64_t>{16}));
        QCOMPARE(shape(*unet, "time_embedding.linear_1.weight"), (std::vector<int64_t>{32, 32}));
        QVERIFY(paint(*unet, text()).isfinite().all().item<bool>());

        const FourierFeatures features(4, SinusoidOrder::SineFirst);
        const at::Tensor w = features.named_parameters()["weight"];
        const at::Tensor out = features.forward(at::tensor({0.25}));
        const double angle = 2 * std::numbers::pi * 0.25 * w[1].item<double>();
        QVERIFY(std::abs(out[0][1].item<double>() - std::sin(angle)) < 1e-6);
        QVERIFY(std::abs(out[0][3].item<double>() - std::cos(angle)) < 1e-6);
    }

    void activationsOfTheTimeEmbeddingAct()
    {
        const at::NoGradGuard noGrad;
        const at::Tensor plain = paint(*make(small()), text());
        for (const char *key : {"timestep_post_act", "time_embedding_act_fn"}) {
            json config = small();
            config[key] = "gelu";
            QVERIFY2(!at::allclose(paint(*make(config), text()), plain, 1e-4, 1e-5), key);
        }
    }

    void oldNamesOfBlocksAreKnown()
    {
        json config = small();
        config["down_block_types"] = {"UNetResCrossAttnDownBlock2D", "UNetResDownBlock2D"};
        QCOMPARE(UNetConfig::fromJson(config)->downAttention, (std::vector<bool>{true, false}));
    }
};

QTEST_GUILESS_MAIN(UNetVariantsTest)
#include "UNetVariantsTest.moc"
