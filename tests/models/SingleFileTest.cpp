// Checkpoints in one file: the reference data's folders written under single-file names load by
// what they contain, with the same weights and the same results.
#include "core/base/SafeFile.h"
#include "core/models/CheckpointFile.h"
#include "core/models/Pipeline.h"
#include "tests/models/SingleFileTensors.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::models;
using nlohmann::json;
using testing::Tensors;

class SingleFileTest : public QObject
{
    Q_OBJECT

    std::string m_root;
    QTemporaryDir m_dir;

    std::string at(const char *name) const { return m_dir.filePath(name).toStdString(); }

    Tensors singleFile(const std::string &map, const std::string &folder) const
    {
        return testing::singleFile(m_root, map, folder);
    }

    // What released files carry besides.
    static void addLeftovers(Tensors &tensors)
    {
        tensors["alphas_cumprod"] = at::rand({1000});
        tensors["model_ema.decay"] = at::ones({});
        tensors["model_ema.diffusion_modelinput_blocks00weight"] = at::rand({2, 2});
        tensors["cond_stage_model.logit_scale"] = at::ones({});
    }

    static void compareWeights(const torch::nn::Module &ours, const torch::nn::Module &theirs)
    {
        const auto a = ours.named_parameters(), b = theirs.named_parameters();
        QCOMPARE(a.size(), b.size());
        for (const auto &parameter : a) {
            const Tensor *other = b.find(parameter.key());
            QVERIFY2(other && at::equal(parameter.value(), *other), parameter.key().c_str());
        }
    }

    static Tensor unetOutput(const Pipeline &p)
    {
        at::manual_seed(3);
        nn::UNetConditioning conditioning;
        const auto &config = p.unet->config();
        conditioning.text = at::randn({1, 7, config.contextDims[0]});
        if (config.added == nn::AddedEmbedding::TextTime) {
            conditioning.textEmbeds =
                at::randn({1, config.addedInputDim - 6 * config.additionTimeDim});
            conditioning.timeIds = at::randint(100, {1, 6}).to(at::kFloat);
        }
        return p.unet->forward(at::randn({1, 4, 16, 16}), at::full({}, 500.0), conditioning);
    }

    static void compareOutputs(const Pipeline &ours, const Pipeline &theirs)
    {
        const at::NoGradGuard noGrad;
        QVERIFY(at::equal(unetOutput(ours), unetOutput(theirs)));
        const Tensor latents = at::full({1, 4, 4, 4}, 0.3);
        QVERIFY(at::equal(ours.vae->decode(latents), theirs.vae->decode(latents)));
        QCOMPARE(ours.vae->config().scalingFactor, theirs.vae->config().scalingFactor);
        QVERIFY(ours.tokenizer->encodePadded("a red fox") ==
                theirs.tokenizer->encodePadded("a red fox"));
        const Tensor ids =
            at::tensor(theirs.tokenizer->encodePadded("a red fox"), at::kLong).view({1, -1});
        const auto a = ours.text->forward(ids), b = theirs.text->forward(ids);
        QVERIFY(at::equal(a.lastHiddenState, b.lastHiddenState));
        QVERIFY(at::equal(a.pooled, b.pooled));
        QCOMPARE(bool(ours.text2), bool(theirs.text2));
        if (!ours.text2)
            return;
        QVERIFY(ours.tokenizer2->encodePadded("a red fox") ==
                theirs.tokenizer2->encodePadded("a red fox"));
        QVERIFY(
            at::equal(ours.text2->forward(ids).textEmbeds, theirs.text2->forward(ids).textEmbeds));
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_root = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR").toStdString();
        if (m_root.empty() || !readFile(m_root + "/golden/keymap-sd15.json"))
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
    }

    void loadsLikeItsFolder_data()
    {
        QTest::addColumn<QString>("map");
        QTest::addColumn<QString>("folder");
        QTest::newRow("sd15") << "sd15"
                              << "tiny-sd15";
        QTest::newRow("sdxl") << "sdxl"
                              << "tiny-sdxl";
    }
    void loadsLikeItsFolder()
    {
        QFETCH(QString, map);
        QFETCH(QString, folder);
        const std::string path = at("holiday pictures");
        const std::string model = m_root + "/" + folder.toStdString();
        Tensors tensors = singleFile(map.toStdString(), folder.toStdString());
        addLeftovers(tensors);
        QVERIFY(tensor::saveSafeTensors(path, tensors));

        PipelineOptions options;
        options.loadAdapter = false;
        const auto theirs = loadPipeline(model, options);
        QVERIFY(theirs);
        options.tokenizer = model + "/tokenizer";
        // The numbers of heads leave no trace in tensors this small.
        for (const char *component : {"text_encoder", "text_encoder_2"})
            if (const auto config = readJson(model + "/" + component + "/config.json"))
                options.configs[component] = {
                    {"num_attention_heads", (*config)["num_attention_heads"]}};
        if (map == "sdxl")
            options.configs["unet"] = {{"attention_head_dim", {2, 4, 8}}};
        const auto ours = loadPipeline(path, options);
        QVERIFY2(ours, ours ? "" : errorText(ours.error()).c_str());

        compareWeights(*(*ours)->unet, *(*theirs)->unet);
        compareWeights(*(*ours)->vae, *(*theirs)->vae);
        compareWeights(*(*ours)->text, *(*theirs)->text);
        if ((*theirs)->text2)
            compareWeights(*(*ours)->text2, *(*theirs)->text2);
        compareOutputs(**ours, **theirs);
    }

    void infersTheConfig()
    {
        QVERIFY(tensor::saveSafeTensors(at("xl"), singleFile("sdxl", "tiny-sdxl")));
        const auto file = CheckpointFile::open(at("xl"));
        QVERIFY(file);
        QCOMPARE(file->family(), BaseFamily::StableDiffusionXl);
        const json wanted = *readJson(m_root + "/tiny-sdxl/unet/config.json");
        for (const char *key :
             {"block_out_channels", "down_block_types", "up_block_types", "layers_per_block",
              "cross_attention_dim", "transformer_layers_per_block", "use_linear_projection",
              "norm_num_groups", "addition_embed_type", "addition_time_embed_dim",
              "projection_class_embeddings_input_dim", "in_channels", "out_channels"})
            QCOMPARE(file->config("unet")[key].dump(), wanted[key].dump());
        QCOMPARE(file->config("text_encoder_2")["hidden_act"].get<std::string>(),
                 std::string("gelu"));
        QCOMPARE(file->config("text_encoder")["hidden_act"].get<std::string>(),
                 std::string("quick_gelu"));
        QCOMPARE(file->scheduler()["prediction_type"].get<std::string>(), std::string("epsilon"));
    }

    void markersTellThePredictionType()
    {
        const auto prediction = [&](const char *marker,
                                    std::map<std::string, std::string> metadata) {
            Tensors tensors = singleFile("sdxl", "tiny-sdxl");
            if (*marker)
                tensors[marker] = at::ones({1});
            if (!tensor::saveSafeTensors(at("v"), tensors, metadata))
                return json();
            const auto file = CheckpointFile::open(at("v"));
            return file ? file->scheduler() : json();
        };
        QCOMPARE(prediction("v_pred", {})["prediction_type"].get<std::string>(),
                 std::string("v_prediction"));
        QCOMPARE(prediction("", {{"modelspec.prediction_type", "v"}})["prediction_type"]
                     .get<std::string>(),
                 std::string("v_prediction"));
        QCOMPARE(prediction("", {{"modelspec.prediction_type", "epsilon"}})["prediction_type"]
                     .get<std::string>(),
                 std::string("epsilon"));
        QVERIFY(prediction("ztsnr", {})["rescale_betas_zero_snr"].get<bool>());
        QVERIFY(!prediction("", {}).contains("rescale_betas_zero_snr"));
    }

    void sd2LeavesTheLastTextLayerOut()
    {
        // SD 2.x has one OpenCLIP encoder; here that of the XL fixture with the U-Net of the other.
        Tensors tensors;
        for (auto &[name, tensor] : singleFile("sdxl", "tiny-sdxl"))
            if (const std::string prefix = "conditioner.embedders.1."; name.starts_with(prefix))
                tensors["cond_stage_model." + name.substr(prefix.size())] = tensor;
        for (auto &[name, tensor] : singleFile("sd15", "tiny-sd15"))
            if (!name.starts_with("cond_stage_model."))
                tensors[name] = tensor;
        QVERIFY(tensor::saveSafeTensors(at("two"), tensors));
        const auto file = CheckpointFile::open(at("two"));
        QVERIFY2(file, file ? "" : errorText(file.error()).c_str());
        QCOMPARE(file->family(), BaseFamily::StableDiffusion2);
        QCOMPARE(file->config("text_encoder")["num_hidden_layers"].get<int>(), 3);
        QVERIFY(!file->tensors("text_encoder").tensors.count("text_projection.weight"));
        // Sixty-four channels a head; the tiny widths are no multiples.
        QCOMPARE(file->config("unet")["attention_head_dim"].get<int>(), 1);
        const auto pipeline = [&] {
            PipelineOptions options;
            options.tokenizer = m_root + "/tiny-sd15/tokenizer";
            return loadPipeline(at("two"), options);
        }();
        QVERIFY2(pipeline, pipeline ? "" : errorText(pipeline.error()).c_str());
        QCOMPARE((*pipeline)->tokenizer->padId(), int64_t(0));
    }

    void saysWhatIsMissingOrForeign()
    {
        const auto errorOf = [&](const Tensors &tensors, const std::string &tokenizer) {
            PipelineOptions options;
            options.tokenizer = tokenizer;
            if (!tensor::saveSafeTensors(at("bad"), tensors))
                return Error{};
            const auto pipeline = loadPipeline(at("bad"), options);
            return pipeline ? Error{} : pipeline.error();
        };
        const std::string tokenizer = m_root + "/tiny-sd15/tokenizer";
        Tensors tensors = singleFile("sd15", "tiny-sd15");
        QCOMPARE(errorOf(tensors, at("nowhere")).code, ErrorCode::NotFound);
        QVERIFY(errorOf(tensors, at("nowhere")).detail.find("vocab.json") != std::string::npos);

        Tensors strange = tensors;
        strange["model.diffusion_model.input_blocks.1.0.attention_gate.weight"] = at::rand({3});
        QVERIFY(errorOf(strange, tokenizer).detail.find("attention_gate") != std::string::npos);

        Tensors noVae = tensors;
        std::erase_if(noVae,
                      [](const auto &t) { return t.first.starts_with("first_stage_model."); });
        QVERIFY(errorOf(noVae, tokenizer).detail.find("vae") != std::string::npos);

        QCOMPARE(errorOf({{"weight", at::rand({2})}}, tokenizer).code, ErrorCode::Unsupported);
    }
};

QTEST_GUILESS_MAIN(SingleFileTest)
#include "SingleFileTest.moc"
