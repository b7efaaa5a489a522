// Guidance: by two halves, or told to models that were distilled with it.
#include "core/models/GuidedDenoiser.h"
#include "core/tensor/Noise.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace moodloom;
using namespace moodloom::models;
using nlohmann::json;
using tensor::normalNoise;

class GuidedDenoiserTest : public QObject
{
    Q_OBJECT

    static Pipeline pipeline(bool distilled)
    {
        json config{{"block_out_channels", {16, 32}},
                    {"down_block_types", {"CrossAttnDownBlock2D", "DownBlock2D"}},
                    {"up_block_types", {"UpBlock2D", "CrossAttnUpBlock2D"}},
                    {"layers_per_block", 1},
                    {"attention_head_dim", 2},
                    {"norm_num_groups", 8},
                    {"cross_attention_dim", 8}};
        if (distilled)
            config["time_cond_proj_dim"] = 6;
        at::manual_seed(1);
        Pipeline result;
        result.unet = std::make_shared<nn::UNet2DConditionModel>(*nn::UNetConfig::fromJson(config));
        return result;
    }

    static at::Tensor text() { return normalNoise({2, 5, 8}, 2); } // negative, positive

    static at::Tensor paint(const Pipeline &pipeline, double guidance, bool guided = true)
    {
        const at::NoGradGuard noGrad;
        nn::UNetConditioning seen;
        seen.text = guided ? text() : text().narrow(0, 1, 1);
        Conditioning conditioning;
        conditioning.guided = guided;
        conditioning.prepared = pipeline.unet->prepare(seen);
        return GuidedDenoiser(pipeline, conditioning, guidance)(normalNoise({1, 4, 8, 8}, 1), 500);
    }

private Q_SLOTS:
    void halvesAreWeighedByTheGuidance()
    {
        const Pipeline p = pipeline(false);
        const at::Tensor negative = paint(p, 0), positive = paint(p, 1, false);
        QVERIFY(at::allclose(paint(p, 3), negative + 3 * (positive - negative), 1e-3, 1e-5));
    }

    void distilledModelsAreToldTheGuidance()
    {
        const at::NoGradGuard noGrad;
        const Pipeline p = pipeline(true);
        const at::Tensor told = paint(p, 8, false);
        QVERIFY(!at::allclose(told, paint(p, 2, false), 1e-4, 1e-6));
        QVERIFY(at::allclose(paint(p, 8, true), told, 1e-3, 1e-5));

        nn::UNetConditioning seen;
        seen.text = text().narrow(0, 1, 1);
        at::Tensor condition = at::zeros({1, 6}); // sines, then cosines, of 7000 x 10000^(-i/2)
        for (int i = 0; i < 3; ++i) {
            const float angle = float(7000 * std::pow(10000.0, -i / 2.0));
            condition[0][i] = std::sin(angle);
            condition[0][3 + i] = std::cos(angle);
        }
        seen.timestepCondition = condition;
        QVERIFY(
            at::allclose(p.unet->forward(normalNoise({1, 4, 8, 8}, 1), at::tensor({500.0}), seen),
                         told, 1e-3, 1e-4));
    }
};

QTEST_GUILESS_MAIN(GuidedDenoiserTest)
#include "GuidedDenoiserTest.moc"
