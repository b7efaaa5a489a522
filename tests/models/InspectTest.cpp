// What files are, by names and shapes: the reference data's, and those of released files' sizes.
#include "core/models/Inspect.h"
#include "core/base/SafeFile.h"
#include "core/models/Identify.h"
#include "tests/models/SingleFileTensors.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::models;
using testing::Tensors;

class InspectTest : public QObject
{
    Q_OBJECT

    std::string m_root;
    QTemporaryDir m_dir;

    std::string in(const char *name) const { return m_dir.filePath(name).toStdString(); }

    static std::string needs(const Identity &identity)
    {
        std::string all;
        for (const std::string &text : identity.needs)
            all += text + "; ";
        return all;
    }

    static Shapes baseAdapter(int64_t text, int64_t embedding)
    {
        return {{"image_proj.proj.weight", {4 * text, embedding}},
                {"image_proj.proj.bias", {4 * text}},
                {"image_proj.norm.weight", {text}},
                {"image_proj.norm.bias", {text}},
                {"ip_adapter.1.to_k_ip.weight", {320, text}},
                {"ip_adapter.1.to_v_ip.weight", {320, text}}};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_root = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR").toStdString();
        if (m_root.empty() || !readFile(m_root + "/golden/index.json"))
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
    }

    void knowsTheReferenceData_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("variant");
        const auto row = [](const char *path, const char *kind, const char *variant) {
            QTest::newRow(path) << path << kind << variant;
        };
        row("tiny-sd15", "stable-diffusion", "");
        row("tiny-sdxl", "stable-diffusion-xl", "");
        row("tiny-sd15/unet", "unet", "diffusers names");
        row("tiny-sd15/vae", "vae", "diffusers names, 4 latent channels");
        row("tiny-sd15/text_encoder", "text-encoder", "");
        row("tiny-sd15/image_encoder", "image-encoder", "");
        row("tiny-sd15/controlnet", "controlnet", "diffusers names");
        row("tiny-sd15/lora/lora_kohya.safetensors", "lora", "kohya names");
        row("tiny-sd15/lora/lora_peft.safetensors", "lora", "PEFT names");
        row("tiny-sdxl/lora/lora_kohya_sgm.safetensors", "lora", "kohya names, SGM block names");
        row("tiny-sd15/ip_adapter/ip-adapter_tiny.safetensors", "ip-adapter", "base");
        row("tiny-sd15/ip_adapter/ip-adapter-plus_tiny.safetensors", "ip-adapter", "plus");
        row("tiny-sd15/ip_adapter/ip-adapter-full_tiny.safetensors", "ip-adapter", "full");
        row("taef2/taef2_decoder.safetensors", "tiny-autoencoder", "decoder, 32 latent channels");
        row("taef2/taef2_encoder.safetensors", "tiny-autoencoder", "encoder");
        row("tiny-sdxl/lora/lora_peft.safetensors", "lora", "PEFT names");
        row("tiny-sdxl/ip_adapter/ip-adapter-plus_tiny.safetensors", "ip-adapter", "plus");
        row("tiny-flux2/vae", "vae", "diffusers names, 32 latent channels, FLUX.2");
    }
    void knowsTheReferenceData()
    {
        QFETCH(QString, path);
        QFETCH(QString, kind);
        QFETCH(QString, variant);
        const auto report = inspectModel(m_root + "/" + path.toStdString());
        QVERIFY2(report, report ? "" : errorText(report.error()).c_str());
        QVERIFY2(!report->problem, report->problem ? errorText(*report->problem).c_str() : "");
        QCOMPARE(QString(modelKindName(report->kind)), kind);
        QCOMPARE(QString::fromStdString(report->variant), variant);
        QVERIFY(report->parameters > 1000);
        QCOMPARE(report->bytesHalf * 2, report->bytesFull);
    }

    void saysThatFlux2IsNotPaintedWith()
    {
        for (const char *part : {"/tiny-flux2", "/tiny-flux2/transformer"}) {
            const auto report = inspectModel(m_root + part);
            const Error error = !report           ? report.error()
                                : report->problem ? *report->problem
                                                  : Error{};
            QCOMPARE(error.code, ErrorCode::Unsupported);
            QVERIFY2(error.detail.find("Stable Diffusion") != std::string::npos,
                     error.detail.c_str());
        }
    }

    void goesByContentNotByName()
    {
        const QString lora =
            QString::fromStdString(m_root) + "/tiny-sd15/lora/lora_kohya.safetensors";
        QVERIFY(QFile::copy(lora, m_dir.filePath("vae-ip-adapter.ckpt")));
        QCOMPARE(inspectModel(in("vae-ip-adapter.ckpt"))->kind, ModelKind::Lora);
    }

    void knowsACheckpointAndWhatItLacks()
    {
        Tensors tensors = testing::singleFile(m_root, "sdxl", "tiny-sdxl");
        QVERIFY(tensor::saveSafeTensors(in("whole"), tensors));
        const auto whole = inspectModel(in("whole"));
        QVERIFY(whole);
        QCOMPARE(whole->kind, ModelKind::StableDiffusionXl);
        QCOMPARE(whole->family, std::string("SDXL"));
        QCOMPARE(whole->prediction, std::string("epsilon"));
        QCOMPARE(whole->components.size(), size_t(4));
        QVERIFY2(!whole->problem, whole->problem ? errorText(*whole->problem).c_str() : "");
        int64_t elements = 0;
        for (const auto &[name, tensor] : tensors)
            elements += tensor.numel();
        QCOMPARE(whole->parameters, elements);

        Tensors inpainting = tensors;
        Tensor &first = inpainting["model.diffusion_model.input_blocks.0.0.weight"];
        first = at::cat({first, first, first.narrow(1, 0, 1)}, 1).contiguous();
        QVERIFY(tensor::saveSafeTensors(in("inpainting"), inpainting));
        const auto masked = inspectModel(in("inpainting"));
        QVERIFY(masked && !masked->problem);
        QVERIFY2(masked->variant.find("made for inpainting") != std::string::npos,
                 masked->variant.c_str());
        QVERIFY(whole->variant.find("inpainting") == std::string::npos);

        std::erase_if(tensors,
                      [](const auto &t) { return t.first.starts_with("first_stage_model."); });
        QVERIFY(tensor::saveSafeTensors(in("part"), tensors));
        const auto part = inspectModel(in("part"));
        QVERIFY(part && part->problem);
        QVERIFY2(part->problem->detail.find("vae") != std::string::npos,
                 part->problem->detail.c_str());
        QVERIFY(std::find(part->needs.begin(), part->needs.end(), "a VAE") != part->needs.end());
    }

    void saysWhichImageEncoderAnAdapterNeeds()
    {
        const Identity sd15 = identify(baseAdapter(768, 1024));
        QCOMPARE(sd15.kind, WeightsKind::IpAdapter);
        QCOMPARE(sd15.family, BaseFamily::StableDiffusion1);
        QVERIFY2(needs(sd15).find("ViT-H/14") != std::string::npos, needs(sd15).c_str());
        const Identity xl = identify(baseAdapter(2048, 1280));
        QCOMPARE(xl.family, BaseFamily::StableDiffusionXl);
        QVERIFY2(needs(xl).find("ViT-bigG/14") != std::string::npos, needs(xl).c_str());
    }

    void knowsFamiliesByTheirTextsWidth()
    {
        const auto lora = [](int64_t width) {
            const std::string module =
                "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";
            return identify({{module + ".lora_down.weight", {4, width}},
                             {module + ".lora_up.weight", {320, 4}}});
        };
        QCOMPARE(lora(768).family, BaseFamily::StableDiffusion1);
        QCOMPARE(lora(1024).family, BaseFamily::StableDiffusion2);
        QCOMPARE(lora(2048).family, BaseFamily::StableDiffusionXl);
        QCOMPARE(lora(99).family, BaseFamily::Unknown);
        const Identity control =
            identify({{"control_model.input_hint_block.0.weight", {16, 3, 3, 3}},
                      {"control_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight",
                       {320, 768}}});
        QCOMPARE(control.kind, WeightsKind::ControlNet);
        QCOMPARE(control.variant, std::string("LDM names"));
        QCOMPARE(control.family, BaseFamily::StableDiffusion1);
    }

    void knowsEmbeddings()
    {
        QCOMPARE(identify({{"emb_params", {4, 768}}}).kind, WeightsKind::Embedding);
        QCOMPARE(identify({{"emb_params", {4, 1024}}}).family, BaseFamily::StableDiffusion2);
        QCOMPARE(identify({{"string_to_param.*", {2, 768}}}).family, BaseFamily::StableDiffusion1);
        QCOMPARE(identify({{"clip_g", {2, 1280}}, {"clip_l", {2, 768}}}).family,
                 BaseFamily::StableDiffusionXl);
        QCOMPARE(identify({{"<my-cat>", {768}}}).kind, WeightsKind::Embedding);
        QCOMPARE(identify({{"weight", {768, 2}}}).kind, WeightsKind::Unknown);
    }

    void knowsOtherTinyAutoencodersAndVaes()
    {
        QCOMPARE(identify({{"decoder.layers.0.weight", {64, 4, 3, 3}},
                           {"decoder.layers.2.conv.0.weight", {64, 64, 3, 3}},
                           {"decoder.layers.2.conv.4.weight", {64, 64, 3, 3}}})
                     .variant,
                 std::string("encoder and decoder, 4 latent channels"));
        const Identity vae =
            identify({{"first_stage_model.decoder.conv_in.weight", {512, 16, 3, 3}},
                      {"first_stage_model.decoder.up.0.block.0.conv1.weight", {128, 128, 3, 3}}});
        QCOMPARE(vae.kind, WeightsKind::Vae);
        QCOMPARE(vae.variant, std::string("LDM names, 16 latent channels"));
    }

    void tellsWhetherItFits()
    {
        ModelReport report;
        QVERIFY(!report.plan());
        for (const uint64_t bytes : {400, 300, 200}) {
            MemoryPlan plan;
            plan.steps = bytes;
            plan.decode = bytes - 50;
            report.plans.push_back(plan);
        }
        for (const auto &[free, index] : {std::pair{400, 0}, {399, 1}, {299, 2}, {0, 0}}) {
            report.room.main = uint64_t(free); // 0: not known
            QCOMPARE(report.plan() - report.plans.data(), ptrdiff_t(index));
        }
        report.room.main = 199;
        QVERIFY(!report.plan());
    }

    void saysWhatIsUnknown()
    {
        QVERIFY(tensor::saveSafeTensors(in("strange"), {{"weight", at::ones({3})}}));
        QCOMPARE(inspectModel(in("strange")).error().code, ErrorCode::Unsupported);
        QVERIFY(writeFileSafely(in("text"), std::string("not a model")));
        QVERIFY(!inspectModel(in("text")));
    }
};

QTEST_GUILESS_MAIN(InspectTest)
#include "InspectTest.moc"
