// What pictures of Moodloom and of other programs tell about how they were made.
#include "core/export/ExportTake.h"
#include "core/export/TakeMetadata.h"
#include "core/origin/Formats.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::origin;
using generation::Sampler;
using Kind = Leftover::Kind;

namespace {

QStringList words(const Origin &origin, Kind kind)
{
    QStringList found;
    for (const Leftover &leftover : origin.leftovers)
        if (leftover.kind == kind)
            found << leftover.what;
    return found;
}

generation::Recipe sample()
{
    generation::Recipe recipe;
    recipe.prompt = QStringLiteral("大众揽巡飞跃长城, at sunset\nsecond line, with a comma");
    recipe.negativePrompt = QStringLiteral("blurry,\nlow contrast");
    recipe.model = QStringLiteral("/models/dream shaper.safetensors");
    recipe.loras = {{QStringLiteral("/loras/ink.safetensors"), 0.75}};
    recipe.references = {{QStringLiteral("/pictures/car.jpg"), QStringLiteral("abc"),
                          QStringLiteral("a car"), 1.25, QRectF(0.1, 0.2, 0.3, 0.4)}};
    recipe.seed = 18446744073709551615ULL;
    recipe.size = QSize(512, 768);
    recipe.steps = 28;
    recipe.guidance = 6.5;
    recipe.sampler = Sampler::DpmPP2MKarras;
    return recipe;
}

// The graph that ComfyUI opens with, and changes to it.
QString graph(const QString &more = {},
              const QString &sampler = QStringLiteral("\"model\": [\"4\", 0]"))
{
    return QStringLiteral(R"({
  "3": {"class_type": "KSampler", "inputs": {"seed": 156680208700286, "steps": 25, "cfg": 8.0,
    "sampler_name": "euler_ancestral", "scheduler": "normal", "denoise": 1.0, %2,
    "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0]}},
  "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "v1-5-pruned-emaonly.ckpt"}},
  "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 640, "batch_size": 1}},
  "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "scenery in a bottle, glass", "clip": ["4", 1]}},
  "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "text, watermark", "clip": ["4", 1]}},
  "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
  "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "ComfyUI", "images": ["8", 0]}, "is_changed": [NaN]}%1
})")
        .arg(more, sampler);
}

} // namespace

class OriginTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void anExportedTakeTellsItsWholeRecipe()
    {
        generation::Take take;
        take.recipe = sample();
        take.image = QImage(16, 24, QImage::Format_RGB32);
        take.image.fill(Qt::red);
        const QString path = m_folder.filePath(QStringLiteral("take.png"));
        QVERIFY(exporting::exportPng(take, path));
        const auto origin = readOrigin(path);
        QVERIFY(origin);
        QVERIFY(origin->program.startsWith(QLatin1String("Moodloom")));
        QVERIFY(origin->recipe == sample());
        QCOMPARE(*origin->seed, sample().seed);
        QVERIFY(origin->leftovers.isEmpty());
    }

    void aProgramThatKeepsOnlyXmpKeepsTheRecipe()
    {
        const QString xmp = QString::fromUtf8(exporting::recipeXmp(sample(), {}));
        const auto origin = originOf({{"XML:com.adobe.xmp", xmp}});
        QVERIFY(origin);
        QVERIFY(origin->recipe == sample());
        // Exiv2 writes simple properties as attributes.
        const QString json = exporting::recipeText(sample()).toHtmlEscaped();
        const auto rewritten = originOf(
            {{"XML:com.adobe.xmp",
              QStringLiteral("<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
                             "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                             "<rdf:Description rdf:about='' "
                             "xmlns:m='https://moodloom.invalid/ns/1.0/' m:recipe=\"%1\"/>"
                             "</rdf:RDF></x:xmpmeta>")
                  .arg(QString(json).replace(QLatin1String("\n"), QLatin1String("&#10;")))}});
        QVERIFY(rewritten);
        QVERIFY(rewritten->recipe == sample());
    }

    void ownParametersComeBackWithoutTheRecipe()
    {
        const auto origin = fromParameters(exporting::parametersText(sample()));
        QVERIFY(origin);
        QVERIFY(!origin->recipe);
        QCOMPARE(*origin->prompt, sample().prompt);
        QCOMPARE(*origin->negativePrompt, sample().negativePrompt);
        QCOMPARE(origin->loras, (QVector<NamedWeights>{{QStringLiteral("ink"), {}, 0.75}}));
        QCOMPARE(*origin->seed, sample().seed);
        QCOMPARE(*origin->size, sample().size);
        QCOMPARE(*origin->steps, 28);
        QCOMPARE(*origin->guidance, 6.5);
        QVERIFY(origin->sampler == Sampler::DpmPP2MKarras);
        QCOMPARE(origin->model->name, QStringLiteral("dream shaper.safetensors"));
    }

    void everySamplersTitleIsFoundAgain()
    {
        for (const Sampler sampler : generation::samplers()) {
            generation::Recipe recipe = sample();
            recipe.sampler = sampler;
            const auto origin = fromParameters(exporting::parametersText(recipe));
            QVERIFY(origin && origin->sampler == sampler);
        }
    }

    void readsWhatA1111Writes()
    {
        const auto origin = fromParameters(QStringLiteral(
            "(masterpiece:1.2), portrait of a woman,\nfreckles <lora:add_detail:0.6>, "
            "<lora:ink:1:0.5> <hypernet:old:1>\n"
            "Negative prompt: easynegative, (bad hands:1.4),\nworst quality\n"
            "Steps: 30, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 2965270340, Size: 512x768, "
            "Model hash: 879db523c3, Model: dreamshaper_8, VAE hash: 735e4c3a44, VAE: "
            "vae-ft-mse.safetensors, "
            "Clip skip: 2, ADetailer model: face_yolov8n.pt, ControlNet 0: \"Module: canny, "
            "Weight: 1, \\\"x\\\"\", "
            "Lora hashes: \"add_detail: 7c6bad76eb54, ink: 0123456789ab\", TI hashes: "
            "\"easynegative: c74b4e810b03\", Version: v1.6.0"));
        QVERIFY(origin);
        QCOMPARE(origin->program, QStringLiteral("Stable Diffusion WebUI v1.6.0"));
        QCOMPARE(*origin->prompt,
                 QStringLiteral("(masterpiece:1.2), portrait of a woman,\nfreckles ,"));
        QCOMPARE(*origin->negativePrompt,
                 QStringLiteral("easynegative, (bad hands:1.4),\nworst quality"));
        QCOMPARE(origin->loras,
                 (QVector<NamedWeights>{
                     {QStringLiteral("add_detail"), QStringLiteral("7c6bad76eb54"), 0.6},
                     {QStringLiteral("ink"), QStringLiteral("0123456789ab"), 1}}));
        QCOMPARE(*origin->model,
                 (NamedWeights{QStringLiteral("dreamshaper_8"), QStringLiteral("879db523c3"), 1}));
        QCOMPARE(*origin->steps, 30);
        QCOMPARE(*origin->guidance, 7.0);
        QCOMPARE(*origin->seed, 2965270340ULL);
        QCOMPARE(*origin->size, QSize(512, 768));
        QVERIFY(origin->sampler == Sampler::DpmPP2MKarras);
        QCOMPARE(words(*origin, Kind::Embedding), QStringList{QStringLiteral("easynegative")});
        QCOMPARE(words(*origin, Kind::Emphasis).size(), 1);
        const QStringList settings = words(*origin, Kind::Setting);
        QVERIFY(settings.contains(QStringLiteral("Clip skip: 2")));
        QVERIFY(settings.contains(QStringLiteral("VAE: vae-ft-mse.safetensors")));
        QVERIFY(settings.contains(QStringLiteral("ADetailer model: face_yolov8n.pt")));
        QVERIFY(settings.contains(QStringLiteral("ControlNet 0: Module: canny, Weight: 1, \"x\"")));
        QVERIFY(settings.contains(QStringLiteral("<hypernet:old:1>")));
        QCOMPARE(settings.size(), 5);
    }

    void readsForgesSchedules_data()
    {
        QTest::addColumn<QString>("sampler");
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<int>("ours");     // -1 = none
        QTest::addColumn<QString>("left"); // empty = nothing
        const auto row = [](const char *sampler, const char *schedule, int ours,
                            const char *left = "") {
            QTest::addRow("%s %s", sampler, schedule)
                << QString::fromLatin1(sampler) << QString::fromLatin1(schedule) << ours
                << QString::fromLatin1(left);
        };
        row("DPM++ 2M", "Karras", int(Sampler::DpmPP2MKarras));
        row("DPM++ 2M", "Automatic", int(Sampler::DpmPP2MKarras));
        row("DPM++ 2M", "", int(Sampler::DpmPP2M));
        row("DPM++ 2M SDE", "Karras", int(Sampler::DpmPP2MSdeKarras));
        row("DPM++ 2M SDE", "Exponential", int(Sampler::DpmPP2MSde), "Exponential");
        row("DPM++ 2M SDE Exponential", "", int(Sampler::DpmPP2MSde), "exponential");
        row("Euler a", "Automatic", int(Sampler::EulerAncestral));
        row("Euler", "SGM Uniform", int(Sampler::Euler), "SGM Uniform");
        row("LMS Karras", "", int(Sampler::Lms), "karras");
        row("PLMS", "", int(Sampler::Pndm));
        row("DPM++ SDE Karras", "", -1, "DPM++ SDE Karras");
        row("DPM++ 2S a", "Karras", -1, "DPM++ 2S a");
        row("dpmpp_2m", "karras", int(Sampler::DpmPP2MKarras));
        row("dpmpp_2m_sde_gpu", "normal", int(Sampler::DpmPP2MSde));
        row("uni_pc_bh2", "simple", int(Sampler::UniPc), "simple");
        row("dpmpp_3m_sde", "karras", -1, "dpmpp_3m_sde");
        row("dpmpp_2m_k", "", int(Sampler::DpmPP2MKarras));
        row("euler_a", "", int(Sampler::EulerAncestral));
        row("heun_k", "", int(Sampler::Heun), "karras");
    }
    void readsForgesSchedules()
    {
        QFETCH(QString, sampler);
        QFETCH(QString, schedule);
        QFETCH(int, ours);
        QFETCH(QString, left);
        Origin origin;
        takeSampler(origin, sampler, schedule);
        QCOMPARE(origin.sampler ? int(*origin.sampler) : -1, ours);
        QCOMPARE(origin.leftovers.size(), left.isEmpty() ? 0 : 1);
        if (!left.isEmpty()) {
            QCOMPARE(origin.leftovers[0].what, left);
            QCOMPARE(origin.leftovers[0].kind, ours < 0 ? Kind::Sampler : Kind::Schedule);
        }
    }

    void aPictureThatWasPaintedOverSaysSo()
    {
        const QString head = QStringLiteral(
            "a car\nSteps: 20, Sampler: Euler, CFG scale: 7, Denoising strength: 0.5");
        QCOMPARE(words(*fromParameters(head), Kind::StartPicture).size(), 1);
        const auto twice =
            fromParameters(head + QStringLiteral(", Hires upscale: 2, Hires upscaler: Latent"));
        QCOMPARE(words(*twice, Kind::StartPicture).size(), 0);
        QCOMPARE(words(*twice, Kind::MorePasses), QStringList{QStringLiteral("Hires fix")});
    }

    void whatIsBeyondTheRangeIsLeftOver()
    {
        const auto origin = fromParameters(QStringLiteral(
            "a car\nSteps: 900, Sampler: Euler, CFG scale: 0, Seed: -1, Size: 0x64"));
        QVERIFY(origin && !origin->steps && !origin->guidance && !origin->seed && !origin->size);
        QCOMPARE(words(*origin, Kind::OutOfRange),
                 (QStringList{QStringLiteral("Steps: 900"), QStringLiteral("CFG: 0"),
                              QStringLiteral("Seed: -1"), QStringLiteral("Size: 0x64")}));
    }

    void jsonBehindTheSettingsHurtsNothing()
    {
        const auto origin = fromParameters(QStringLiteral(
            "a car\nSteps: 20, Sampler: Euler, Seed: 5, Civitai resources: "
            "[{\"type\":\"checkpoint\",\"modelVersionId\":128713,\"name\":\"a, Steps: 3\"}], "
            "Civitai metadata: {\"remixOfId\":1}, CFG scale: 4"));
        QVERIFY(origin);
        QCOMPARE(*origin->steps, 20);
        QCOMPARE(*origin->guidance, 4.0);
        QVERIFY(origin->leftovers.isEmpty());
    }

    void aCaptionIsNoPrompt()
    {
        for (const char *text :
             {"a red car", "", "Steps: to the door", "Title: a, Author: b, Date: c"})
            QVERIFY(!fromParameters(QString::fromLatin1(text)));
        QCOMPARE(originOf({{"parameters", QStringLiteral("a red car")},
                           {"UserComment", QStringLiteral("hello")}})
                     .error()
                     .code,
                 ErrorCode::NotFound);
    }

    void readsSwarmUi()
    {
        const auto origin = fromParameters(QStringLiteral(
            R"({"sui_image_params":{"prompt":"a car <lora:ink:0.5>","negativeprompt":"blur","model":"OfficialStableDiffusion/sd_xl","seed":77,"steps":20,"cfgscale":7.0,"aspectratio":"1:1","width":1024,"height":768,"sampler":"dpmpp_2m","scheduler":"karras"}})"));
        QVERIFY(origin);
        QCOMPARE(origin->program, QStringLiteral("SwarmUI"));
        QCOMPARE(*origin->prompt, QStringLiteral("a car"));
        QCOMPARE(*origin->size, QSize(1024, 768));
        QVERIFY(origin->sampler == Sampler::DpmPP2MKarras);
    }

    void readsComfysFirstGraph()
    {
        const auto origin = fromComfyGraph(graph());
        QVERIFY(origin);
        QCOMPARE(*origin->prompt, QStringLiteral("scenery in a bottle, glass"));
        QCOMPARE(*origin->negativePrompt, QStringLiteral("text, watermark"));
        QCOMPARE(origin->model->name, QStringLiteral("v1-5-pruned-emaonly.ckpt"));
        QCOMPARE(*origin->seed, 156680208700286ULL);
        QCOMPARE(*origin->steps, 25);
        QCOMPARE(*origin->guidance, 8.0);
        QCOMPARE(*origin->size, QSize(512, 640));
        QVERIFY(origin->sampler == Sampler::EulerAncestral);
        QVERIFY(origin->leftovers.isEmpty());
    }

    void seedsOf64BitsKeepAllTheirDigits()
    {
        QString text = graph();
        text.replace(QLatin1String("156680208700286"), QLatin1String("18446744073709551557"));
        QCOMPARE(*fromComfyGraph(text)->seed, 18446744073709551557ULL);
    }

    void lorasStandOnTheWayToTheModel()
    {
        const auto origin = fromComfyGraph(graph(
            QStringLiteral(
                R"(, "10": {"class_type": "LoraLoader", "inputs": {"lora_name": "style/ink.safetensors", "strength_model": 0.7, "strength_clip": 1.0, "model": ["11", 0], "clip": ["4", 1]}},
                "11": {"class_type": "LoraLoaderModelOnly", "inputs": {"lora_name": "detail.safetensors", "strength_model": -0.5, "model": ["12", 0]}},
                "12": {"class_type": "ModelSamplingDiscrete", "inputs": {"sampling": "lcm", "zsnr": false, "model": ["4", 0]}})"),
            QStringLiteral("\"model\": [\"10\", 0]")));
        QCOMPARE(origin->loras,
                 (QVector<NamedWeights>{{QStringLiteral("detail.safetensors"), {}, -0.5},
                                        {QStringLiteral("style/ink.safetensors"), {}, 0.7}}));
        QCOMPARE(origin->model->name, QStringLiteral("v1-5-pruned-emaonly.ckpt"));
        QCOMPARE(words(*origin, Kind::Node), QStringList{QStringLiteral("ModelSamplingDiscrete")});
    }

    void theFirstOfTwoPassesIsTaken()
    {
        QString text = graph(QStringLiteral(
            R"(, "20": {"class_type": "LatentUpscale", "inputs": {"samples": ["3", 0], "width": 1024, "height": 1280, "upscale_method": "nearest-exact"}},
                "21": {"class_type": "KSampler", "inputs": {"seed": 5, "steps": 9, "cfg": 3.0, "sampler_name": "heun", "scheduler": "normal", "denoise": 0.5,
                "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["20", 0]}})"));
        text.replace(QLatin1String("\"samples\": [\"3\", 0], \"vae\""),
                     QLatin1String("\"samples\": [\"21\", 0], \"vae\""));
        const auto origin = fromComfyGraph(text);
        QCOMPARE(*origin->steps, 25);
        QCOMPARE(*origin->size, QSize(512, 640));
        QCOMPARE(words(*origin, Kind::MorePasses), QStringList{QStringLiteral("2")});
    }

    void controlNetsAndCombinedTextsAreFollowedAndTold()
    {
        QString text = graph(QStringLiteral(
            R"(, "30": {"class_type": "ControlNetApplyAdvanced", "inputs": {"positive": ["31", 0], "negative": ["7", 0], "control_net": ["33", 0], "image": ["34", 0], "strength": 1.0}},
                "31": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["6", 0], "conditioning_2": ["32", 0]}},
                "32": {"class_type": "CLIPTextEncode", "inputs": {"text": ["35", 0], "clip": ["4", 1]}},
                "33": {"class_type": "ControlNetLoader", "inputs": {"control_net_name": "canny.safetensors"}},
                "34": {"class_type": "LoadImage", "inputs": {"image": "edges.png"}},
                "35": {"class_type": "PrimitiveString", "inputs": {"value": "in the rain"}})"));
        text.replace(QLatin1String("\"positive\": [\"6\", 0], \"negative\": [\"7\", 0]"),
                     QLatin1String("\"positive\": [\"30\", 0], \"negative\": [\"30\", 1]"));
        const auto origin = fromComfyGraph(text);
        QCOMPARE(*origin->prompt, QStringLiteral("scenery in a bottle, glass, in the rain"));
        QCOMPARE(*origin->negativePrompt, QStringLiteral("text, watermark"));
        QVERIFY(words(*origin, Kind::Node).contains(QStringLiteral("ControlNetApplyAdvanced")));
        QVERIFY(words(*origin, Kind::Node).contains(QStringLiteral("ConditioningCombine")));
    }

    void readsTheCustomSampler()
    {
        const auto origin = fromComfyGraph(QStringLiteral(R"({
            "1": {"class_type": "SamplerCustomAdvanced", "inputs": {"noise": ["2", 0], "guider": ["3", 0], "sampler": ["4", 0], "sigmas": ["5", 0], "latent_image": ["6", 0]}},
            "2": {"class_type": "RandomNoise", "inputs": {"noise_seed": 42}},
            "3": {"class_type": "CFGGuider", "inputs": {"cfg": 4.5, "model": ["7", 0], "positive": ["8", 0], "negative": ["9", 0]}},
            "4": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "dpmpp_2m"}},
            "5": {"class_type": "KarrasScheduler", "inputs": {"steps": 18, "sigma_max": 14.6, "sigma_min": 0.03, "rho": 7.0}},
            "6": {"class_type": "EmptySD3LatentImage", "inputs": {"width": ["10", 0], "height": 512, "batch_size": 1}},
            "7": {"class_type": "UNETLoader", "inputs": {"unet_name": "sdxl_unet.safetensors", "weight_dtype": "default"}},
            "8": {"class_type": "CLIPTextEncodeSDXL", "inputs": {"text_g": "a lake", "text_l": "a lake", "width": 1024, "height": 1024, "clip": ["11", 0]}},
            "9": {"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["8", 0]}},
            "10": {"class_type": "PrimitiveInt", "inputs": {"value": 768}},
            "11": {"class_type": "CLIPLoader", "inputs": {"clip_name": "clip.safetensors"}}})"));
        QVERIFY(origin);
        QCOMPARE(*origin->prompt, QStringLiteral("a lake"));
        QCOMPARE(*origin->negativePrompt, QString());
        QCOMPARE(*origin->seed, 42ULL);
        QCOMPARE(*origin->steps, 18);
        QCOMPARE(*origin->guidance, 4.5);
        QVERIFY(origin->sampler == Sampler::DpmPP2MKarras);
        QCOMPARE(*origin->size, QSize(768, 512));
        QCOMPARE(origin->model->name, QStringLiteral("sdxl_unet.safetensors"));
    }

    void whatTheGraphComputesIsSaid()
    {
        QString text = graph(QStringLiteral(
            R"(, "40": {"class_type": "MathExpression", "inputs": {"expression": "a*2", "a": 10, "b": 3}})"));
        text.replace(QLatin1String("\"steps\": 25"), QLatin1String("\"steps\": [\"40\", 0]"));
        const auto origin = fromComfyGraph(text);
        QVERIFY(!origin->steps);
        QCOMPARE(words(*origin, Kind::Unresolved), QStringList{QStringLiteral("steps")});
    }

    void circlesEnd()
    {
        const auto origin = fromComfyGraph(QStringLiteral(R"({
            "1": {"class_type": "KSampler", "inputs": {"seed": ["2", 0], "steps": 5, "cfg": 2, "sampler_name": "euler", "scheduler": "normal",
                  "model": ["2", 0], "positive": ["3", 0], "negative": ["4", 0], "latent_image": ["1", 0]}},
            "2": {"class_type": "Reroute", "inputs": {"": ["2", 0]}},
            "3": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["4", 0], "conditioning_2": ["3", 0]}},
            "4": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["3", 0], "conditioning_2": ["4", 0]}}})"));
        QVERIFY(origin);
        QCOMPARE(*origin->steps, 5);
        QVERIFY(!origin->seed && !origin->model);
    }

    void readsInvokeAi()
    {
        const auto origin = fromInvokeMetadata(QStringLiteral(
            R"({"generation_mode":"sdxl_txt2img","positive_prompt":"a lighthouse","negative_prompt":"fog","width":832,"height":1216,"seed":1937243,"rand_device":"cpu","cfg_scale":7.5,"steps":30,"scheduler":"dpmpp_2m_sde_k",
               "model":{"key":"x","hash":"blake3:abc","name":"juggernaut-xl","base":"sdxl","type":"main"},"loras":[{"model":{"name":"ink"},"weight":0.75}],"controlnets":[{"control_weight":1}],"app_version":"5.0.1"})"));
        QVERIFY(origin);
        QCOMPARE(origin->program, QStringLiteral("InvokeAI 5.0.1"));
        QCOMPARE(*origin->prompt, QStringLiteral("a lighthouse"));
        QCOMPARE(origin->model->name, QStringLiteral("juggernaut-xl"));
        QCOMPARE(origin->loras, (QVector<NamedWeights>{{QStringLiteral("ink"), {}, 0.75}}));
        QVERIFY(origin->sampler == Sampler::DpmPP2MSdeKarras);
        QCOMPARE(words(*origin, Kind::Setting), QStringList{QStringLiteral("ControlNet")});
    }

    void theMostCompleteFormIsTaken()
    {
        const QVector<image::PictureText> texts{
            {"prompt", graph()},
            {"parameters", QStringLiteral("a hill\nSteps: 3, Sampler: Euler, CFG scale: 2")}};
        QCOMPARE(*originOf(texts)->prompt, QStringLiteral("a hill"));
        QCOMPARE(originOf({texts[0]})->program, QStringLiteral("ComfyUI"));
        QCOMPARE(originOf({{"Model", QStringLiteral("prompt:") + graph()}})->program,
                 QStringLiteral("ComfyUI"));
    }

    void aNewerRecipeFallsBackToItsParameters()
    {
        QJsonObject json = generation::toJson(sample());
        json[QStringLiteral("version")] = 999;
        const auto origin = originOf({{"moodloom", QString::fromUtf8(QJsonDocument(json).toJson())},
                                      {"parameters", exporting::parametersText(sample())}});
        QVERIFY(origin && !origin->recipe);
        QCOMPARE(*origin->steps, 28);
        QVERIFY(origin->leftovers.contains({Kind::Newer, {}}));
    }

    void everyLeftoverHasWords()
    {
        for (int kind = 0; kind <= int(Kind::Newer); ++kind)
            QVERIFY(!leftoverWords({Kind(kind), QStringLiteral("x")}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(OriginTest)
#include "OriginTest.moc"
