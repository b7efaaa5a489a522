// ControlNets beyond the reference tensors: how scales, grading, pooling and several nets act.
#include "core/nn/ControlNetModel.h"
#include "core/nn/UNet2DConditionModel.h"
#include "core/tensor/Noise.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace moodloom;
using namespace moodloom::nn;
using nlohmann::json;
using tensor::normalNoise;

class ControlNetTest : public QObject
{
    Q_OBJECT

    static json small()
    {
        return {{"_class_name", "ControlNetModel"},
                {"block_out_channels", {16, 32}},
                {"down_block_types", {"CrossAttnDownBlock2D", "DownBlock2D"}},
                {"layers_per_block", 1},
                {"attention_head_dim", 2},
                {"cross_attention_dim", 8},
                {"norm_num_groups", 8},
                {"conditioning_embedding_out_channels", {4, 8}}};
    }

    struct Scene
    {
        std::shared_ptr<ControlNetModel> net;
        std::shared_ptr<UNet2DConditionModel> unet;
        at::Tensor sample = normalNoise({2, 4, 8, 8}, 1), t = at::tensor({500.0});
        at::Tensor picture = normalNoise({1, 3, 16, 16}, 4).sigmoid();
        UNetConditioning text;

        explicit Scene(const json &config = small())
        {
            at::manual_seed(3);
            const auto parsed = ControlNetConfig::fromJson(config);
            if (!parsed)
                qFatal("%s", errorText(parsed.error()).c_str());
            net = std::make_shared<ControlNetModel>(*parsed);
            unet = std::make_shared<UNet2DConditionModel>(parsed->trunk);
            text.text = normalNoise({2, 5, 8}, 2);
        }

        ControlResiduals residuals(double scale = 1,
                                   ControlGrading grading = ControlGrading::Even) const
        {
            return net->forward(sample, t, net->prepare(text), net->embed(picture), scale, grading);
        }

        at::Tensor paint(const ControlResiduals &control) const
        {
            return unet->forward(sample, t, unet->prepare(text), control);
        }
    };

    static double distance(const at::Tensor &a, const at::Tensor &b)
    {
        return (a - b).abs().max().item<double>();
    }

private Q_SLOTS:
    void residualsFitEverySkip()
    {
        const at::NoGradGuard noGrad;
        const Scene scene;
        const ControlResiduals residuals = scene.residuals();
        QCOMPARE(residuals.skips.size(), size_t(4)); // input, layer, half the size, layer
        QVERIFY(residuals.skips[1].sizes() == at::IntArrayRef({2, 16, 8, 8}));
        QVERIFY(residuals.middle.sizes() == at::IntArrayRef({2, 32, 4, 4}));
        QVERIFY(distance(scene.paint(residuals), scene.paint({})) > 1e-4);
    }

    void scaleZeroIsAbsence()
    {
        const at::NoGradGuard noGrad;
        const Scene scene;
        QVERIFY(distance(scene.paint(scene.residuals(0)), scene.paint({})) < 1e-6);
    }

    void gradingRisesFromATenthToTheWhole()
    {
        const at::NoGradGuard noGrad;
        const Scene scene;
        const ControlResiduals even = scene.residuals(0.5);
        const ControlResiduals graded = scene.residuals(0.5, ControlGrading::Graded);
        for (size_t i = 0; i < even.skips.size(); ++i) {
            const double factor = 0.1 * std::pow(10.0, double(i) / 4);
            QVERIFY(distance(graded.skips[i], even.skips[i] * factor) < 1e-6);
        }
        QVERIFY(distance(graded.middle, even.middle) < 1e-6);
    }

    void severalNetsActByTheirSum()
    {
        const at::NoGradGuard noGrad;
        const Scene scene;
        ControlResiduals sum;
        sum.add(scene.residuals(0.3));
        sum.add(scene.residuals(0.7));
        QVERIFY(distance(scene.paint(sum), scene.paint(scene.residuals(1))) < 1e-5);
    }

    void poolingNetsGiveMeansAndAreNotGraded()
    {
        const at::NoGradGuard noGrad;
        json config = small();
        const ControlResiduals spread = Scene(config).residuals();
        config["global_pool_conditions"] = true;
        const Scene scene(config);
        const ControlResiduals pooled = scene.residuals(1, ControlGrading::Graded);
        QVERIFY(pooled.skips[0].sizes() == at::IntArrayRef({2, 16, 1, 1}));
        QVERIFY(distance(pooled.skips[0], spread.skips[0].mean({2, 3}, true)) < 1e-6);
        QVERIFY(distance(scene.paint(pooled), scene.paint({})) > 1e-5);
    }

    void channelOrderIsThatOfTheConfig()
    {
        const at::NoGradGuard noGrad;
        json config = small();
        const Scene rgb(config);
        config["controlnet_conditioning_channel_order"] = "bgr";
        const Scene bgr(config);
        QVERIFY(distance(bgr.net->embed(bgr.picture), rgb.net->embed(rgb.picture)) > 1e-4);
        QVERIFY(distance(bgr.net->embed(bgr.picture.flip({1})), rgb.net->embed(rgb.picture)) == 0);
    }

    void configGoesThereAndBack()
    {
        json config = small();
        config["mid_block_type"] = "UNetMidBlock2D";
        config["conditioning_channels"] = 1;
        config["controlnet_conditioning_channel_order"] = "bgr";
        config["transformer_layers_per_block"] = {2, 0};
        const auto first = ControlNetConfig::fromJson(config);
        QVERIFY2(first, first ? "" : first.error().detail.c_str());
        QCOMPARE(first->factor(), int64_t(2));
        const auto second = ControlNetConfig::fromJson(first->toJson());
        QVERIFY2(second, second ? "" : second.error().detail.c_str());
        QCOMPARE(second->toJson().dump(), first->toJson().dump());
        QVERIFY(second->trunk.middle && !second->trunk.middleAttention);
        QVERIFY(second->order == ChannelOrder::Bgr);
    }

    void refusesWhatIsNotImplemented()
    {
        for (const auto &[key, value] :
             {std::pair<const char *, json>{"controlnet_conditioning_channel_order", "hsv"},
              {"class_embed_type", "timestep"},
              {"_class_name", "ControlNetUnionModel"},
              {"conditioning_embedding_out_channels", 16}}) {
            json config = small();
            config[key] = value;
            const auto result = ControlNetConfig::fromJson(config);
            QVERIFY2(!result, key);
            QCOMPARE(result.error().code, ErrorCode::Unsupported);
            QVERIFY2(result.error().detail.find(key) == 0, result.error().detail.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(ControlNetTest)
#include "ControlNetTest.moc"
