// The U-Net beyond the reference tensors: references with weights, regions and roles, training, our
// own extensions.
#include "core/nn/SiteScales.h"
#include "tests/nn/SmallScene.h"

#include <QTest>

#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::nn;
using tensor::normalNoise;

class UNetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void weightZeroIsAbsence()
    {
        const at::NoGradGuard noGrad;
        const SmallScene scene;
        const at::Tensor two = scene.tokens(2), without = scene.paintWithout();
        QVERIFY(at::equal(scene.paint(two, {}, {}, 0), without));
        QVERIFY(distance(scene.paint(two, at::zeros({1, 2})), without) == 0);
        QVERIFY(distance(scene.paint(two), without) > 1e-3);
        // One picture of two without weight.
        QVERIFY(distance(scene.paint(two, at::tensor({1.0f, 0.0f}).view({1, 2})),
                         scene.paint(two.narrow(1, 0, 1))) < 1e-5);
    }

    // Regional texts: absent is exactly absent, all over is exactly that text, and the half that is
    // not guided towards them never sees them.
    void aRegionalTextTakesTheTextsPlace()
    {
        const at::NoGradGuard noGrad;
        const SmallScene scene;
        const at::Tensor words = normalNoise({1, 7, 8}, 9); // of another length
        const auto paint = [&](const std::vector<RegionalText> &regions) {
            UNetConditioning c = scene.text;
            c.regions = regions;
            return scene.unet->forward(scene.sample, scene.t, c);
        };
        // The sample's last row alone, with this text.
        const auto alone = [&](const at::Tensor &text) {
            UNetConditioning c;
            c.text = text;
            return scene.unet->forward(scene.sample.narrow(0, 1, 1), scene.t.narrow(0, 1, 1), c);
        };
        const at::Tensor without = scene.paintWithout();
        const at::Tensor all = at::ones({8, 8}), none = at::zeros({8, 8});
        QVERIFY(at::equal(paint({{words, none}}), without));
        const at::Tensor full = paint({{words, all}});
        QVERIFY(at::equal(full[0], without[0]));
        QVERIFY(distance(full[1], without[1]) > 1e-3);
        QVERIFY(distance(full[1], alone(words)[0]) < 1e-5);
        // The front one wins, whatever lies below.
        const at::Tensor others = normalNoise({1, 7, 8}, 10);
        QVERIFY(at::equal(paint({{others, all}, {words, all}}), full));
        QVERIFY(distance(paint({{words, all}, {others, all}}), full) > 1e-3);
    }

    // At one site: the sum of each text's attention, weighed by what is seen of it from above.
    void overlappingRegionsAreLayers()
    {
        const at::NoGradGuard noGrad;
        at::manual_seed(5);
        Transformer2DConfig config;
        config.channels = 16;
        config.heads = 2;
        config.contextDim = 8;
        CrossAttention cross(config);
        const at::Tensor x = normalNoise({1, 16, 16}, 1); // a grid of 4 x 4
        const auto text = [](uint64_t seed) { return normalNoise({1, 5, 8}, seed); };
        const auto attend = [&](const at::Tensor &words, const std::vector<RegionalText> &regions) {
            PreparedConditioning prepared;
            prepared.sites.resize(1);
            prepared.sites[0].text = cross.prepareText(words);
            for (const RegionalText &region : regions) {
                prepared.sites[0].regions.push_back(cross.prepareText(region.text));
                prepared.regionShares.push_back(region.share.view({1, 1, 8, 8}));
            }
            return cross.forward(x, {prepared, 4, 4});
        };
        at::Tensor left = at::zeros({8, 8}), top = at::zeros({8, 8});
        left.narrow(1, 0, 4).fill_(0.8);
        top.narrow(0, 0, 4).fill_(0.5);
        const at::Tensor mixed = attend(text(2), {{text(3), left}, {text(4), top}});
        const auto coarse = [](const at::Tensor &share) {
            return at::adaptive_avg_pool2d(share.view({1, 1, 8, 8}), {4, 4}).view({1, 16, 1});
        };
        const at::Tensor a = coarse(left), b = coarse(top);
        // The output layer is affine and the shares sum to 1.
        const at::Tensor expected = (1 - a) * (1 - b) * attend(text(2), {}) +
                                    a * (1 - b) * attend(text(3), {}) + b * attend(text(4), {});
        QVERIFY(distance(mixed, expected) < 1e-5);
    }

    // The sites of a U-Net as deep as `down` and `up` say, in narrow blocks.
    static std::vector<CrossAttentionSite> sitesOf(const std::vector<std::vector<int64_t>> &down,
                                                   const std::vector<std::vector<int64_t>> &up)
    {
        UNetConfig c;
        const size_t blocks = down.size();
        c.channels.assign(blocks, 8);
        c.heads.assign(blocks, 1);
        c.contextDims.assign(blocks, 8);
        c.groups = 4;
        c.downDepths = down;
        c.upDepths = up;
        c.downAttention.clear();
        c.upAttention.clear();
        c.layers.clear();
        for (size_t i = 0; i < blocks; ++i) {
            c.layers.push_back(int64_t(down[i].size()));
            c.downAttention.push_back(down[i].front() > 0);
            c.upAttention.push_back(up[i].front() > 0);
        }
        return UNet2DConditionModel(c).sites();
    }

    // The names without layer and "attn2" of the sites where a role acts, each once.
    static QStringList placesOf(ReferenceRole role, const std::vector<CrossAttentionSite> &sites)
    {
        const auto scales = roleScales(role, sites);
        QStringList places;
        for (size_t i = 0; i < scales.size(); ++i) {
            const QString name =
                QString::fromStdString(sites[i].name).section(QStringLiteral(".transformer"), 0, 0);
            if (scales[i] == 1 && !places.contains(name))
                places << name;
        }
        return places;
    }

    // InstantStyle's blocks of SDXL, and their like elsewhere.
    void rolesActAtTheirSites()
    {
        using enum ReferenceRole;
        const auto sdxl = sitesOf({{0, 0}, {2, 2}, {10, 10}}, {{10, 10, 10}, {2, 2, 2}, {0, 0, 0}});
        QVERIFY(roleScales(Content, sdxl).empty());
        QCOMPARE(placesOf(Style, sdxl), QStringList{"up_blocks.0.attentions.1"});
        QCOMPARE(placesOf(Layout, sdxl), QStringList{"down_blocks.2.attentions.1"});
        const auto named = siteScales(
            nlohmann::json::parse(R"({"up": {"block_0": [0, 1, 0]}, "down": {"block_2": [0, 1]}})"),
            sdxl);
        QVERIFY(named);
        const auto style = roleScales(Style, sdxl), layout = roleScales(Layout, sdxl);
        for (size_t i = 0; i < sdxl.size(); ++i)
            QCOMPARE(style[i] + layout[i], (*named)[i]);

        const auto sd15 =
            sitesOf({{1, 1}, {1, 1}, {1, 1}, {0, 0}}, {{0, 0, 0}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}});
        QCOMPARE(placesOf(Style, sd15),
                 (QStringList{"up_blocks.2.attentions.0", "up_blocks.2.attentions.1",
                              "up_blocks.2.attentions.2", "up_blocks.3.attentions.0",
                              "up_blocks.3.attentions.1", "up_blocks.3.attentions.2"}));
        QCOMPARE(placesOf(Layout, sd15),
                 (QStringList{"down_blocks.2.attentions.0", "down_blocks.2.attentions.1"}));

        const auto builtIn = sitesOf({{0}, {1}, {1}}, {{1, 1}, {1, 1}, {0, 0}});
        QCOMPARE(placesOf(Style, builtIn),
                 (QStringList{"up_blocks.1.attentions.0", "up_blocks.1.attentions.1"}));
        QCOMPARE(placesOf(Layout, builtIn),
                 (QStringList{"down_blocks.1.attentions.0", "down_blocks.2.attentions.0"}));
        const auto narrow = sitesOf({{0}, {1}}, {{1, 1}, {0, 0}}); // one block is all there is
        QCOMPARE(placesOf(Style, narrow),
                 (QStringList{"up_blocks.0.attentions.0", "up_blocks.0.attentions.1"}));
        QCOMPARE(placesOf(Layout, narrow), QStringList{"down_blocks.1.attentions.0"});
        QVERIFY(placesOf(Style, {}).isEmpty());
    }

    void equalWeightsScaleTheWhole()
    {
        const at::NoGradGuard noGrad;
        const SmallScene scene;
        const at::Tensor two = scene.tokens(2);
        QVERIFY(distance(scene.paint(two, at::full({1, 2}, 0.4)), scene.paint(two, {}, {}, 0.4)) <
                1e-5);
    }

    void weightsActWithoutAJump()
    {
        const at::NoGradGuard noGrad;
        const SmallScene scene;
        const at::Tensor two = scene.tokens(2);
        const auto at = [&](double w) {
            return scene.paint(two, at::tensor({1.0, w}).view({1, 2}));
        };
        QVERIFY(distance(at(1), at(0.999)) < 0.01 * distance(at(1), at(0)));
        QVERIFY(distance(at(0.001), at(0)) < 0.05 * distance(at(1), at(0)));
    }

    void weightsOfEachSampleActOnItAlone()
    {
        const at::NoGradGuard noGrad;
        const SmallScene scene;
        const at::Tensor one = scene.tokens(1);
        const at::Tensor mixed = scene.paint(one, at::tensor({0.0f, 1.0f}).view({2, 1}));
        QVERIFY(distance(mixed[0], scene.paintWithout()[0]) < 1e-6);
        QVERIFY(distance(mixed[1], scene.paint(one)[1]) < 1e-5);
    }

    void masksOfEverythingAndNothingAreNoMasks()
    {
        const at::NoGradGuard noGrad;
        const SmallScene scene;
        const at::Tensor one = scene.tokens(1);
        QVERIFY(distance(scene.paint(one, {}, at::ones({1, 1, 8, 8})), scene.paint(one)) < 1e-5);
        QVERIFY(distance(scene.paint(one, {}, at::zeros({1, 1, 8, 8})), scene.paintWithout()) <
                1e-6);
    }

    void preparedConditioningPaintsTheSame()
    {
        const at::NoGradGuard noGrad;
        const SmallScene scene;
        const auto prepared = scene.unet->prepare(scene.text);
        QVERIFY(
            at::equal(scene.unet->forward(scene.sample, scene.t, prepared), scene.paintWithout()));
    }

    void everyParameterLearns()
    {
        const SmallScene scene;
        scene.paint(scene.tokens(2), at::tensor({1.0f, 0.5f, 0.0f, 1.0f}).view({2, 2}))
            .square()
            .mean()
            .backward();
        for (const auto &parameter : scene.unet->named_parameters())
            QVERIFY2(parameter.value().grad().defined(), parameter.key().c_str());
        for (const auto &parameter : scene.adapter->named_parameters()) {
            QVERIFY2(parameter.value().grad().defined(), parameter.key().c_str());
            QVERIFY2(parameter.value().grad().isfinite().all().item<bool>(),
                     parameter.key().c_str());
        }
    }

    void fp32WeightsWorkInTheSamplesDtype()
    {
        const at::NoGradGuard noGrad;
        const SmallScene scene;
        const at::Tensor exact = scene.paintWithout();
        UNetConditioning c;
        c.text = scene.text.text.to(at::kBFloat16);
        const at::Tensor fast = scene.unet->forward(scene.sample.to(at::kBFloat16), scene.t, c);
        QVERIFY(fast.scalar_type() == at::kBFloat16);
        QVERIFY(distance(fast.to(at::kFloat), exact) < 0.1 * exact.abs().max().item<double>());
    }

    void addsPooledTextAndPictures()
    {
        const at::NoGradGuard noGrad;
        UNetConfig config = smallUNet();
        config.added = AddedEmbedding::TextImage;
        const UNet2DConditionModel unet(config);
        SmallScene scene;
        scene.text.textEmbeds = normalNoise({2, 8}, 4);
        scene.text.imageEmbeds = at::zeros({2, 8});
        const at::Tensor without = unet.forward(scene.sample, scene.t, scene.text);
        scene.text.imageEmbeds = normalNoise({2, 8}, 5);
        QVERIFY(distance(unet.forward(scene.sample, scene.t, scene.text), without) > 1e-4);
    }

    void siteScalesChooseBlocks()
    {
        const auto sites = SmallScene().unet->sites();
        QCOMPARE(sites.size(), size_t(6)); // one down, four up, the middle
        QCOMPARE(sites[0].adapterKey, std::string("1"));
        QCOMPARE(sites[5].name, std::string("mid_block.attentions.0.transformer_blocks.0.attn2"));
        const auto scales = [&](const char *text) {
            return siteScales(nlohmann::json::parse(text), sites);
        };
        QCOMPARE(*scales(R"({"up": {"block_1": [0, 0.5]}, "mid": 2})"),
                 (std::vector<double>{0, 0, 0, 0, 0.5, 2}));
        QCOMPARE(*scales("0.3"), std::vector<double>(6, 0.3));
        for (const char *wrong : {R"({"up": {"block_7": 1}})", R"({"sideways": 1})",
                                  R"({"up": {"block_0": [1]}})", "[1]"})
            QCOMPARE(scales(wrong).error().code, ErrorCode::Invalid);
    }
};

QTEST_GUILESS_MAIN(UNetTest)
#include "UNetTest.moc"
