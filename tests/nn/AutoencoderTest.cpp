// The autoencoder beyond the reference tensors.
#include "core/nn/AutoencoderKL.h"
#include "tests/nn/SmallScene.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::nn;
using tensor::normalNoise;

class AutoencoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void autoencodersMayFoldPixels()
    {
        const at::NoGradGuard noGrad;
        AutoencoderConfig config;
        config.channels = {16, 32};
        config.groups = 8;
        config.layersPerBlock = 1;
        config.patchSize = 4;
        QCOMPARE(config.factor(), int64_t(8));
        const AutoencoderKL vae(config);
        const at::Tensor picture = normalNoise({1, 3, 32, 48}, 1);
        const at::Tensor latents = vae.encode(picture).mean;
        QVERIFY(latents.sizes() == at::IntArrayRef({1, 4, 4, 6}));
        QVERIFY(vae.decode(latents).sizes() == picture.sizes());
        const Tiling tiling{32, 4, 0.25};
        QVERIFY(vae.decodeTiled(latents, tiling).sizes() == picture.sizes());
        QCOMPARE(AutoencoderConfig::fromJson(config.toJson())->patchSize, int64_t(4));
    }

    // act_fn is that of the residual blocks; what stands before the last convolution is always
    // SiLU.
    void autoencodersEndWithSilu()
    {
        const at::NoGradGuard noGrad;
        AutoencoderConfig silu, gelu;
        silu.channels = {16, 32};
        silu.groups = 8;
        silu.layersPerBlock = 1;
        gelu = silu;
        gelu.activation = Activation::Gelu;
        const AutoencoderKL one(silu), other(gelu);
        auto ours = other.named_parameters();
        for (const auto &item : one.named_parameters())
            ours[item.key()].copy_(item.value());
        const at::Tensor picture = normalNoise({1, 3, 16, 16}, 1),
                         latents = normalNoise({1, 4, 8, 8}, 2);
        QVERIFY(distance(one.encode(picture).mean, other.encode(picture).mean) > 1e-4);
        QVERIFY(distance(one.decode(latents), other.decode(latents)) > 1e-4);
        for (const AutoencoderKL *network : {&one, &other}) // without what the residual blocks add
            for (auto &item : network->named_parameters())
                if (item.key().find(".resnets.") != std::string::npos &&
                    item.key().find(".conv2.") != std::string::npos)
                    item.value().zero_();
        QCOMPARE(distance(one.encode(picture).mean, other.encode(picture).mean), 0.0);
        QCOMPARE(distance(one.decode(latents), other.decode(latents)), 0.0);
    }

    void latentsGoThereAndBack()
    {
        AutoencoderConfig config;
        config.channels = {8};
        config.groups = 8;
        config.shiftFactor = 0.3;
        const at::Tensor raw = normalNoise({1, 4, 4, 4}, 1);
        QVERIFY(distance(AutoencoderKL(config).fromModel(AutoencoderKL(config).toModel(raw)), raw) <
                1e-5);
        config.latentsMean = {1, 2, 3, 4};
        config.latentsStd = {0.5, 2, 1, 3};
        const AutoencoderKL vae(config);
        QVERIFY(distance(vae.fromModel(vae.toModel(raw)), raw) < 1e-5);
        QVERIFY(std::abs((vae.toModel(raw)[0][1][0][0] - (raw[0][1][0][0] - 2) / 2 * 0.18215)
                             .item<double>()) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(AutoencoderTest)
#include "AutoencoderTest.moc"
