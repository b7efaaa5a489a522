// FLUX.2's tokens and configs beyond the reference tensors.
#include "core/nn/Flux2Autoencoder.h"
#include "core/nn/Flux2Tokens.h"
#include "core/nn/Flux2Transformer.h"
#include "core/tensor/Noise.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace moodloom;
using namespace moodloom::nn;
using nlohmann::json;
using tensor::normalNoise;

class Flux2Test : public QObject
{
    Q_OBJECT

    static json transformer()
    {
        return {{"_class_name", "Flux2Transformer2DModel"},
                {"in_channels", 8},
                {"num_layers", 1},
                {"num_single_layers", 1},
                {"attention_head_dim", 8},
                {"num_attention_heads", 2},
                {"joint_attention_dim", 6},
                {"timestep_guidance_channels", 16},
                {"axes_dims_rope", {2, 2, 2, 2}}};
    }

private Q_SLOTS:
    void patchesAndTokensGoThereAndBack()
    {
        const at::Tensor latents = normalNoise({2, 3, 4, 6}, 1);
        const at::Tensor patches = toPatches(latents);
        QVERIFY(patches.sizes() == at::IntArrayRef({2, 12, 2, 3}));
        // The four values of a patch lie side by side among the channels.
        QVERIFY(patches[0][1][0][0].item<float>() == latents[0][0][0][1].item<float>());
        QVERIFY(patches[0][2][0][0].item<float>() == latents[0][0][1][0].item<float>());
        QVERIFY(at::equal(fromPatches(patches), latents));
        QVERIFY(at::equal(fromTokens(toTokens(patches), 2, 3), patches));
    }

    void attentionSeesDistancesAlone()
    {
        const at::Tensor q = normalNoise({1, 1, 1, 8}, 1), k = normalNoise({1, 1, 1, 8}, 2);
        const auto score = [&](int64_t row, int64_t other) {
            const std::vector<int64_t> widths{2, 2, 2, 2};
            const Rotary a =
                rotary(at::tensor({int64_t(0), row, row, int64_t(0)}).view({1, 4}), widths, 2000);
            const Rotary b = rotary(at::tensor({int64_t(0), other, other, int64_t(0)}).view({1, 4}),
                                    widths, 2000);
            return (a.turn(q) * b.turn(k)).sum().item<double>();
        };
        QVERIFY(std::abs(score(3, 5) - score(10, 12)) < 1e-5);
        QVERIFY(std::abs(score(3, 5) - score(3, 9)) > 1e-3);
    }

    void referencesActOnThePicture()
    {
        const at::NoGradGuard noGrad;
        at::manual_seed(3);
        const Flux2Transformer network(*Flux2TransformerConfig::fromJson(transformer()));
        const at::Tensor picture = normalNoise({1, 6, 8}, 1), text = normalNoise({1, 5, 6}, 2);
        const at::Tensor reference = normalNoise({1, 4, 8}, 3), t = at::tensor({0.5});
        const at::Tensor guidance = at::tensor({4.0});
        const at::Tensor alone =
            network.forward(picture, text, t, pictureIds(2, 3), textIds(5), guidance);
        const at::Tensor with = network.forward(
            at::cat({picture, reference}, 1), text, t,
            at::cat({pictureIds(2, 3), referenceIds({{2, 2}})}, 0), textIds(5), guidance);
        QVERIFY(with.sizes() == at::IntArrayRef({1, 10, 8}));
        QVERIFY(!at::allclose(with.narrow(1, 0, 6), alone, 1e-4, 1e-6));
        QVERIFY(!at::allclose(
            network.forward(picture, text, t, pictureIds(2, 3), textIds(5), guidance * 2), alone,
            1e-4, 1e-6));
    }

    void normalizedLatentsGoThereAndBack()
    {
        const at::NoGradGuard noGrad;
        const auto config = Flux2AutoencoderConfig::fromJson({{"_class_name", "AutoencoderKLFlux2"},
                                                              {"block_out_channels", {8, 8, 8, 8}},
                                                              {"norm_num_groups", 4},
                                                              {"latent_channels", 3},
                                                              {"layers_per_block", 1},
                                                              {"patch_size", {2, 2}}});
        QVERIFY2(config, config ? "" : config.error().detail.c_str());
        const Flux2Autoencoder vae(*config);
        for (auto &parameter : vae.named_parameters())
            if (parameter.key().find("running") != std::string::npos)
                parameter.value().copy_(normalNoise({12}, 7).abs() + 0.5);
        const at::Tensor raw = normalNoise({1, 3, 4, 4}, 1);
        QVERIFY(at::allclose(vae.raw(vae.normalized(raw)), raw, 1e-4, 1e-5));
        QVERIFY(Flux2AutoencoderConfig::fromJson(config->toJson()));
    }

    void refusesWhatIsNotImplemented()
    {
        for (const auto &[key, value] :
             {std::pair<const char *, json>{"axes_dims_rope", json::array({2, 2, 4})},
              {"axes_dims_rope", json::array({2, 2, 2, 4})},
              {"patch_size", 2},
              {"mlp_ratio", 0},
              {"_class_name", "FluxTransformer2DModel"}}) {
            json config = transformer();
            config[key] = value;
            const auto result = Flux2TransformerConfig::fromJson(config);
            QVERIFY2(!result, key);
            QCOMPARE(result.error().code, ErrorCode::Unsupported);
            QVERIFY2(result.error().detail.find(key) == 0, result.error().detail.c_str());
        }
        const auto decoder = Flux2AutoencoderConfig::fromJson(
            {{"_class_name", "AutoencoderKLFlux2"}, {"decoder_block_out_channels", {96, 96}}});
        QVERIFY(!decoder);
        QVERIFY(decoder.error().detail.find("decoder_block_out_channels") == 0);
    }

    void decodersMayHaveChannelsOfTheirOwn()
    {
        const at::NoGradGuard noGrad;
        const auto config = Flux2AutoencoderConfig::fromJson(
            {{"_class_name", "AutoencoderKLFlux2"},
             {"block_out_channels", {8, 16}},
             {"decoder_block_out_channels", {4, 12}},
             {"down_block_types", {"DownEncoderBlock2D", "DownEncoderBlock2D"}},
             {"up_block_types", {"UpDecoderBlock2D", "UpDecoderBlock2D"}},
             {"norm_num_groups", 4},
             {"latent_channels", 3},
             {"layers_per_block", 1}});
        QVERIFY2(config, config ? "" : config.error().detail.c_str());
        const Flux2Autoencoder vae(*config);
        const auto parameters = vae.named_parameters();
        QCOMPARE(parameters["encoder.mid_block.resnets.0.conv1.weight"].size(0), int64_t(16));
        QCOMPARE(parameters["decoder.mid_block.resnets.0.conv1.weight"].size(0), int64_t(12));
        QCOMPARE(parameters["decoder.conv_out.weight"].size(1), int64_t(4));
        QVERIFY(vae.decode(normalNoise({1, 3, 4, 6}, 1)).sizes() == at::IntArrayRef({1, 3, 8, 12}));
        QVERIFY(Flux2AutoencoderConfig::fromJson(config->toJson())->base.decoderChannels ==
                config->base.decoderChannels);
    }
};

QTEST_GUILESS_MAIN(Flux2Test)
#include "Flux2Test.moc"
