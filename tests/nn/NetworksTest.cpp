// The networks beyond the reference tensors: references with weights, training, our own extensions
// and what loading says about files that do not fit.
#include "core/nn/Load.h"
#include "core/nn/SiteScales.h"
#include "core/tensor/Noise.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::nn;
using tensor::normalNoise;

class NetworksTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    static UNetConfig unetConfig()
    {
        UNetConfig c;
        c.channels = {16, 32};
        c.downAttention = {true, false};
        c.upAttention = {true, true};
        c.layers = {1, 1};
        c.heads = {2, 4};
        c.contextDims = {8, 8};
        c.downDepths = {{1}, {1}};
        c.upDepths = {{1, 1}, {1, 1}};
        c.groups = 8;
        return c;
    }

    struct Scene
    {
        std::shared_ptr<UNet2DConditionModel> unet;
        std::shared_ptr<IpAdapter> adapter;
        at::Tensor sample = normalNoise({2, 4, 8, 8}, 1), t = at::tensor({500.0, 20.0});
        UNetConditioning text;

        Scene()
        {
            at::manual_seed(3);
            unet = std::make_shared<UNet2DConditionModel>(unetConfig());
            adapter = std::make_shared<IpAdapter>(
                IpAdapterConfig::forSites(IpAdapterKind::Full, 12, unet->sites()));
            text.text = normalNoise({2, 5, 8}, 2);
        }

        // Tokens of `pictures` pictures, different in each row.
        at::Tensor tokens(int pictures) const
        {
            return adapter->imageTokens(normalNoise({2, pictures, 6, 12}, 3));
        }

        at::Tensor paint(const at::Tensor &tokens, const at::Tensor &weights = {},
                         const at::Tensor &masks = {}, double scale = 1) const
        {
            UNetConditioning c = text;
            ReferenceConditioning reference;
            reference.adapter = adapter;
            reference.tokens = tokens;
            reference.weights = weights;
            reference.masks = masks;
            reference.scale = scale;
            c.references = {reference};
            return unet->forward(sample, t, c);
        }

        at::Tensor paintWithout() const { return unet->forward(sample, t, text); }
    };

    static double distance(const at::Tensor &a, const at::Tensor &b)
    {
        return (a - b).abs().max().item<double>();
    }

    std::string write(const char *name, const std::map<std::string, at::Tensor> &tensors) const
    {
        const std::string path = m_dir.filePath(QString::fromLatin1(name)).toStdString();
        return tensor::saveSafeTensors(path, tensors) ? path : "not written";
    }

    static Result<std::shared_ptr<UNet2DConditionModel>> load(const std::string &path)
    {
        const auto file = tensor::SafeTensors::open(path);
        if (!file)
            return fail(file.error());
        return loadUNet(unetConfig(), TensorSource::from({*file}), {});
    }

private Q_SLOTS:
    void weightZeroIsAbsence()
    {
        const at::NoGradGuard noGrad;
        const Scene scene;
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
        const Scene scene;
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
        const Scene scene;
        const at::Tensor two = scene.tokens(2);
        QVERIFY(distance(scene.paint(two, at::full({1, 2}, 0.4)), scene.paint(two, {}, {}, 0.4)) <
                1e-5);
    }

    void weightsActWithoutAJump()
    {
        const at::NoGradGuard noGrad;
        const Scene scene;
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
        const Scene scene;
        const at::Tensor one = scene.tokens(1);
        const at::Tensor mixed = scene.paint(one, at::tensor({0.0f, 1.0f}).view({2, 1}));
        QVERIFY(distance(mixed[0], scene.paintWithout()[0]) < 1e-6);
        QVERIFY(distance(mixed[1], scene.paint(one)[1]) < 1e-5);
    }

    void masksOfEverythingAndNothingAreNoMasks()
    {
        const at::NoGradGuard noGrad;
        const Scene scene;
        const at::Tensor one = scene.tokens(1);
        QVERIFY(distance(scene.paint(one, {}, at::ones({1, 1, 8, 8})), scene.paint(one)) < 1e-5);
        QVERIFY(distance(scene.paint(one, {}, at::zeros({1, 1, 8, 8})), scene.paintWithout()) <
                1e-6);
    }

    void preparedConditioningPaintsTheSame()
    {
        const at::NoGradGuard noGrad;
        const Scene scene;
        const auto prepared = scene.unet->prepare(scene.text);
        QVERIFY(
            at::equal(scene.unet->forward(scene.sample, scene.t, prepared), scene.paintWithout()));
    }

    void everyParameterLearns()
    {
        const Scene scene;
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
        const Scene scene;
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
        UNetConfig config = unetConfig();
        config.added = AddedEmbedding::TextImage;
        const UNet2DConditionModel unet(config);
        Scene scene;
        scene.text.textEmbeds = normalNoise({2, 8}, 4);
        scene.text.imageEmbeds = at::zeros({2, 8});
        const at::Tensor without = unet.forward(scene.sample, scene.t, scene.text);
        scene.text.imageEmbeds = normalNoise({2, 8}, 5);
        QVERIFY(distance(unet.forward(scene.sample, scene.t, scene.text), without) > 1e-4);
    }

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

    // As transformers 5 saves a tower by itself.
    void clipTowersLoadWithoutTheirPrefix()
    {
        const at::NoGradGuard noGrad;
        ClipTextConfig text;
        text.encoder.hiddenSize = 16;
        text.encoder.intermediateSize = 32;
        text.encoder.layers = 2;
        text.encoder.heads = 2;
        text.vocabSize = 20;
        text.withProjection = true;
        text.maxPositions = 8;
        text.projectionDim = 12;
        ClipVisionConfig vision;
        vision.encoder = text.encoder;
        vision.imageSize = 16;
        vision.patchSize = 8;
        vision.projectionDim = 12;
        const ClipTextModel reader(text);
        const ClipVisionModel seer(vision);
        const auto saved = [this](const torch::nn::Module &network, const std::string &prefix) {
            std::map<std::string, at::Tensor> bare;
            for (const auto &[name, tensor] : parametersOf(network, at::kFloat))
                bare[name.starts_with(prefix) ? name.substr(prefix.size()) : name] = tensor;
            const std::string path = m_dir.filePath("tower.safetensors").toStdString();
            return tensor::saveSafeTensors(path, bare) ? path : std::string();
        };
        const auto source = [](const std::string &path) {
            return TensorSource::from({*tensor::SafeTensors::open(path)});
        };
        const at::Tensor ids = at::randint(1, 20, {2, 8}, at::kLong);
        const auto words = loadClipText(text, source(saved(reader, "text_model.")), {});
        QVERIFY2(words, words ? "" : errorText(words.error()).c_str());
        QCOMPARE(distance((*words)->forward(ids).textEmbeds, reader.forward(ids).textEmbeds), 0.0);
        const at::Tensor pixels = normalNoise({1, 3, 16, 16}, 1);
        const auto pictures = loadClipVision(vision, source(saved(seer, "vision_model.")), {});
        QVERIFY2(pictures, pictures ? "" : errorText(pictures.error()).c_str());
        QCOMPARE(
            distance((*pictures)->forward(pixels).imageEmbeds, seer.forward(pixels).imageEmbeds),
            0.0);
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

    void siteScalesChooseBlocks()
    {
        const auto sites = Scene().unet->sites();
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

    void loadsWhatItSaved()
    {
        const Scene scene;
        const auto loaded = load(write("unet", parametersOf(*scene.unet, at::kFloat)));
        QVERIFY(loaded);
        const at::NoGradGuard noGrad;
        QVERIFY(
            at::equal((*loaded)->forward(scene.sample, scene.t, scene.text), scene.paintWithout()));
    }

    void saysWhichTensorDoesNotFit()
    {
        auto tensors = parametersOf(*Scene().unet);
        const std::string name =
            "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight";
        tensors[name] = at::zeros({16, 9}, at::kHalf);
        const std::string path = write("shape", tensors);
        const auto result = load(path);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Mismatch);
        QCOMPARE(result.error().subject, path);
        for (const std::string &part :
             {name, std::string("expected [16, 8]"), std::string("found [16, 9]")})
            QVERIFY2(result.error().detail.find(part) != std::string::npos,
                     result.error().detail.c_str());
    }

    void saysWhichTensorsAreMissingOrUnexpected()
    {
        auto tensors = parametersOf(*Scene().unet);
        tensors.erase("conv_out.weight");
        const auto missing = load(write("missing", tensors));
        QVERIFY(!missing);
        QVERIFY(missing.error().detail.find("conv_out.weight") != std::string::npos);
        tensors = parametersOf(*Scene().unet);
        tensors["class_embedding.weight"] = at::zeros({2});
        const auto unexpected = load(write("unexpected", tensors));
        QVERIFY(!unexpected);
        QCOMPARE(unexpected.error().code, ErrorCode::Mismatch);
        QVERIFY(unexpected.error().detail.find("class_embedding.weight") != std::string::npos);
    }

    void refusesAdaptersOfOtherModels()
    {
        const Scene scene;
        const std::string path = write("adapter", parametersOf(*scene.adapter));
        const auto file = tensor::SafeTensors::open(path);
        const auto source = TensorSource::from({*file});
        QVERIFY(loadIpAdapter(source, scene.unet->sites(), {}));
        auto sites = scene.unet->sites();
        sites[2].channels = 48;
        const auto wider = loadIpAdapter(source, sites, {});
        QVERIFY(!wider);
        QCOMPARE(wider.error().code, ErrorCode::Mismatch);
        QVERIFY2(wider.error().detail.find("ip_adapter.5.to_k_ip.weight") != std::string::npos,
                 wider.error().detail.c_str());
        sites = scene.unet->sites();
        sites.pop_back();
        QVERIFY(!loadIpAdapter(source, sites, {}));
    }

    void stopsLoadingWhenAsked()
    {
        const std::string path = write("stop", parametersOf(*Scene().unet));
        const auto file = tensor::SafeTensors::open(path);
        std::stop_source stop;
        stop.request_stop();
        LoadOptions options;
        options.stop = stop.get_token();
        const auto result = loadUNet(unetConfig(), TensorSource::from({*file}), options);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(NetworksTest)
#include "NetworksTest.moc"
