// LoRAs on a loaded model: several at once, their scales, all styles of names, and what is refused.
#include "core/models/Lora.h"
#include "core/base/SafeFile.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::models;
using Tensors = std::map<std::string, Tensor>;

class LoraTest : public QObject
{
    Q_OBJECT

    std::string m_root;
    QTemporaryDir m_dir;
    std::unique_ptr<Pipeline> m_pipeline;

    std::string fixture(const char *name) const { return m_root + "/tiny-sd15/lora/" + name; }

    std::string saved(const char *name, const Tensors &tensors,
                      const std::map<std::string, std::string> &metadata = {}) const
    {
        const std::string path = m_dir.filePath(name).toStdString();
        return tensor::saveSafeTensors(path, tensors, metadata) ? path : std::string();
    }

    static constexpr const char *parameter =
        "mid_block.attentions.0.transformer_blocks.0.attn1.to_q.weight";

    // Of the U-Net, as it is now.
    Tensor weight(const char *name = parameter) const
    {
        return m_pipeline->unet->named_parameters()[name].clone();
    }

    Error errorOf(const std::string &file)
    {
        const auto merged = setLoras(*m_pipeline, {{file, 1}});
        return merged ? Error{} : merged.error();
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_root = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR").toStdString();
        if (m_root.empty() || !readFile(m_root + "/golden/index.json"))
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
        auto pipeline = loadPipeline(m_root + "/tiny-sd15");
        QVERIFY(pipeline);
        m_pipeline = *std::move(pipeline);
    }

    void init()
    {
        if (m_pipeline)
            QVERIFY(setLoras(*m_pipeline, {}));
    }

    void scalesAddUp()
    {
        const Tensor before = weight();
        const std::string file = fixture("lora_kohya.safetensors");
        QVERIFY(setLoras(*m_pipeline, {{file, 1}}));
        const Tensor change = weight() - before;
        QVERIFY(change.abs().max().item<double>() > 0.01);
        QVERIFY(setLoras(*m_pipeline, {{file, 0.25}, {fixture("lora_peft.safetensors"), 0.5}}));
        QVERIFY(at::allclose(weight(), before + 0.75 * change, 1e-4, 1e-5));
        QVERIFY(setLoras(*m_pipeline, {{file, 0}}));
        QVERIFY(at::equal(weight(), before));
        QVERIFY(setLoras(*m_pipeline, {{file, -1}}));
        QVERIFY(at::allclose(weight(), before - change, 1e-4, 1e-5));
        QVERIFY(setLoras(*m_pipeline, {}));
        QVERIFY(at::equal(weight(), before));
    }

    void everyStyleOfNamesMeansTheSame_data()
    {
        QTest::addColumn<QString>("module");
        QTest::addColumn<QString>("down");
        QTest::addColumn<QString>("up");
        const QString dotted = "mid_block.attentions.0.transformer_blocks.0.attn1.to_q";
        const QString flat = QString(dotted).replace('.', '_');
        const QString sgm = "middle_block.1.transformer_blocks.0.attn1.to_q";
        QTest::newRow("kohya") << "lora_unet_" + flat << ".lora_down.weight"
                               << ".lora_up.weight";
        QTest::newRow("kohya, SGM")
            << "lora_unet_" + QString(sgm).replace('.', '_') << ".lora_down.weight"
            << ".lora_up.weight";
        QTest::newRow("PEFT") << "unet." + dotted << ".lora_A.weight"
                              << ".lora_B.weight";
        QTest::newRow("bare PEFT") << "base_model.model." + dotted << ".lora_A.default.weight"
                                   << ".lora_B.default.weight";
        QTest::newRow("diffusers") << "unet." + dotted << ".lora.down.weight"
                                   << ".lora.up.weight";
        QTest::newRow("processors")
            << "unet.mid_block.attentions.0.transformer_blocks.0.attn1.processor.to_q"
            << "_lora.down.weight"
            << "_lora.up.weight";
        QTest::newRow("SGM PEFT") << "diffusion_model." + sgm << ".lora_A.weight"
                                  << ".lora_B.weight";
    }
    void everyStyleOfNamesMeansTheSame()
    {
        QFETCH(QString, module);
        QFETCH(QString, down);
        QFETCH(QString, up);
        const Tensor before = weight();
        at::manual_seed(5);
        const Tensor low = at::randn({2, 64}), high = at::randn({64, 2});
        const std::string file = saved(
            "style", {{(module + down).toStdString(), low}, {(module + up).toStdString(), high}});
        const auto merged = setLoras(*m_pipeline, {{file, 0.5}});
        QVERIFY2(merged, merged ? "" : errorText(merged.error()).c_str());
        QVERIFY(at::allclose(weight(), before + 0.5 * at::mm(high, low), 1e-4, 1e-5));
    }

    void alphaIsOverTheRank()
    {
        const Tensor before = weight();
        const std::string module =
            "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q";
        const Tensor low = at::ones({4, 64}), high = at::ones({64, 4});
        const auto file = saved("alpha", {{module + ".lora_down.weight", low},
                                          {module + ".lora_up.weight", high},
                                          {module + ".alpha", at::tensor(1.0)}});
        QVERIFY(setLoras(*m_pipeline, {{file, 1}}));
        QVERIFY(at::allclose(weight() - before, at::ones({64, 64}), 1e-4, 1e-5)); // 4 x 1/4

        // PEFT keeps it in the metadata.
        const std::string peft = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q";
        const auto stated =
            saved("peft", {{peft + ".lora_A.weight", low}, {peft + ".lora_B.weight", high}},
                  {{"lora_adapter_metadata", R"({"unet.lora_alpha": 8, "unet.r": 4})"}});
        QVERIFY(setLoras(*m_pipeline, {{stated, 1}}));
        QVERIFY(at::allclose(weight() - before, at::full({64, 64}, 8.0), 1e-4, 1e-4));
    }

    void tuckerKernelsAreBetweenTheHalves()
    {
        const char *name = "mid_block.resnets.0.conv1.weight"; // [64,64,3,3]
        const Tensor before = weight(name);
        at::manual_seed(6);
        const Tensor low = at::randn({2, 64, 1, 1}), core = at::randn({2, 2, 3, 3}),
                     high = at::randn({64, 2, 1, 1});
        const std::string module = "lora_unet_mid_block_resnets_0_conv1";
        const auto file = saved("tucker", {{module + ".lora_down.weight", low},
                                           {module + ".lora_mid.weight", core},
                                           {module + ".lora_up.weight", high}});
        QVERIFY(setLoras(*m_pipeline, {{file, 1}}));
        // The three convolutions, one after the other, are one convolution with the change.
        const Tensor x = at::randn({1, 64, 5, 5});
        const Tensor expected = at::conv2d(at::conv2d(at::conv2d(x, low), core), high);
        QVERIFY(at::allclose(at::conv2d(x, weight(name) - before), expected, 1e-3, 1e-3));
    }

    void refusesOtherFamiliesWithTheReason()
    {
        const Tensor before = weight();
        const Error xl = errorOf(m_root + "/tiny-sdxl/lora/lora_kohya_sgm.safetensors");
        QCOMPARE(xl.code, ErrorCode::Mismatch);
        QVERIFY2(xl.detail.find("SDXL") != std::string::npos ||
                     xl.detail.find("another base model") != std::string::npos,
                 xl.detail.c_str());
        const std::string flux = "transformer.single_transformer_blocks.0.attn.to_q";
        const Error other = errorOf(saved("flux", {{flux + ".lora_A.weight", at::ones({2, 8})},
                                                   {flux + ".lora_B.weight", at::ones({8, 2})}}));
        QCOMPARE(other.code, ErrorCode::Mismatch);
        QVERIFY2(other.detail.find("FLUX") != std::string::npos, other.detail.c_str());
        QVERIFY(at::equal(weight(), before));
    }

    void namesWhatFitsNothing()
    {
        Tensors tensors;
        for (const std::string module :
             {"lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q",
              "lora_unet_mid_block_attentions_9_proj_in"}) {
            tensors[module + ".lora_down.weight"] = at::ones({2, 64});
            tensors[module + ".lora_up.weight"] = at::ones({64, 2});
        }
        const Tensor before = weight();
        const Error unknown = errorOf(saved("unknown", tensors));
        QCOMPARE(unknown.code, ErrorCode::Mismatch);
        QVERIFY(unknown.detail.find("attentions_9_proj_in") != std::string::npos);
        QVERIFY(at::equal(weight(), before));

        tensors = {{"unet.mid_block.attentions.0.proj_in.lora_A.weight", at::ones({2, 64})}};
        QCOMPARE(errorOf(saved("half", tensors)).code, ErrorCode::Corrupt);
        tensors = {{"lora_unet_a.hada_w1_a", at::ones({2, 2})}};
        QVERIFY(errorOf(saved("loha", tensors)).detail.find("LoHa") != std::string::npos);
        QCOMPARE(errorOf(saved("none", {{"weight", at::ones({2})}})).code, ErrorCode::Unsupported);
        QCOMPARE(errorOf(m_dir.filePath("nowhere").toStdString()).code, ErrorCode::NotFound);
    }

    void aStoppedMergeLeavesTheModel()
    {
        const Tensor before = weight();
        std::stop_source stop;
        stop.request_stop();
        const auto merged =
            setLoras(*m_pipeline, {{fixture("lora_kohya.safetensors"), 1}}, stop.get_token());
        QVERIFY(!merged && merged.error().code == ErrorCode::Cancelled);
        QVERIFY(at::equal(weight(), before));
        QVERIFY(m_pipeline->loras.empty());
    }

    void loadsWithThePipeline()
    {
        PipelineOptions options;
        options.loras = {{fixture("lora_kohya.safetensors"), 0.75}};
        const auto pipeline = loadPipeline(m_root + "/tiny-sd15", options);
        QVERIFY(pipeline);
        QVERIFY(setLoras(*m_pipeline, options.loras));
        QVERIFY(at::equal((*pipeline)->unet->named_parameters()[parameter], weight()));
    }

    void knowsTriggerWords()
    {
        const Tensors tensors{{"lora_unet_a.lora_down.weight", at::ones({2, 4})},
                              {"lora_unet_a.lora_up.weight", at::ones({4, 2})}};
        const auto words = [&](const std::map<std::string, std::string> &metadata) {
            const auto lora = LoraFile::open(saved("words", tensors, metadata));
            return lora ? lora->triggerWords() : std::vector<std::string>{"?"};
        };
        QVERIFY(words({}).empty());
        QVERIFY(words({{"modelspec.trigger_phrase", "mdlm style"}}) ==
                std::vector<std::string>{"mdlm style"});
        QVERIFY(words({{"ss_tag_frequency",
                        R"({"10_a": {"mdlm": 40, "sky": 3}, "5_b": {"mdlm": 10, "cat": 9}})"}}) ==
                std::vector<std::string>{"mdlm"});
        QVERIFY(words({{"ss_tag_frequency", "[1, {"}}).empty());
    }
};

QTEST_GUILESS_MAIN(LoraTest)
#include "LoraTest.moc"
