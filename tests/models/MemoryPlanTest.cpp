// Memory plans: exact about weights, larger for larger pictures, thriftier one after the other, and
// plain about what does not fit.
#include "core/models/MemoryPlan.h"
#include "core/base/Memory.h"
#include "core/base/SafeFile.h"
#include "core/nn/Load.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace moodloom;
using namespace moodloom::models;
using nlohmann::json;

class MemoryPlanTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    const std::vector<MemoryDevice> m_bf16{{PaintDevice::Cpu, PaintFormat::Bf16}};
    const std::vector<MemoryDevice> m_fp32{{PaintDevice::Cpu, PaintFormat::Fp32}};

    // Stable Diffusion 1.5 by its names and shapes alone: files of the real size that take no room.
    template <class Network, class Config>
    void write(const char *part, const char *file, const Config &config)
    {
        const QString folder = m_dir.filePath(QLatin1String(part));
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(writeFileSafely((folder + QStringLiteral("/config.json")).toStdString(),
                                config.toJson().dump()));
        const nn::UninitializedWeights unset;
        json header = json::object();
        uint64_t offset = 0;
        for (const auto &parameter : Network(config).named_parameters()) {
            const auto bytes = uint64_t(parameter.value().numel()) * 2;
            header[parameter.key()] = {{"dtype", "F16"},
                                       {"shape", parameter.value().sizes().vec()},
                                       {"data_offsets", {offset, offset + bytes}}};
            offset += bytes;
        }
        const std::string text = header.dump();
        QFile out(folder + QLatin1Char('/') + QLatin1String(file));
        QVERIFY(out.open(QIODevice::WriteOnly));
        for (size_t i = 0; i < 8; ++i)
            out.putChar(char(text.size() >> (8 * i) & 0xff));
        out.write(text.data(), qint64(text.size()));
        QVERIFY(out.resize(qint64(8 + text.size() + offset)));
    }

    std::vector<MemoryPlan> plans(int size, const std::vector<MemoryDevice> &devices,
                                  bool guided = true)
    {
        MemoryRequest request;
        request.model = m_dir.path().toStdString();
        request.width = request.height = size;
        request.guided = guided;
        const auto result = memoryPlans(request, devices);
        if (!result)
            qFatal("%s", errorText(result.error()).c_str());
        return *result;
    }

private Q_SLOTS:
    void initTestCase()
    {
        nn::ClipTextConfig text;
        text.encoder.hiddenSize = 768;
        text.encoder.intermediateSize = 3072;
        text.encoder.heads = 12;
        write<nn::ClipTextModel>("text_encoder", "model.safetensors", text);
        write<nn::AutoencoderKL>("vae", "diffusion_pytorch_model.safetensors",
                                 nn::AutoencoderConfig());
        write<nn::UNet2DConditionModel>("unet", "diffusion_pytorch_model.safetensors",
                                        nn::UNetConfig());
        QVERIFY(writeFileSafely(m_dir.filePath("model_index.json").toStdString(),
                                json{{"_class_name", "StableDiffusionPipeline"},
                                     {"unet", {"diffusers", "UNet2DConditionModel"}},
                                     {"vae", {"diffusers", "AutoencoderKL"}},
                                     {"text_encoder", {"transformers", "CLIPTextModel"}}}
                                    .dump()));
    }

    void theFirstPlanHoldsAllWeights()
    {
        const uint64_t unet = 859'520'964, others = 123'060'480 + 83'653'863;
        const MemoryPlan bf16 = plans(512, m_bf16).front(), fp32 = plans(512, m_fp32).front();
        QCOMPARE(bf16.format, PaintFormat::Bf16);
        QCOMPARE(bf16.thrift, Thrift::None);
        // Between the weights alone, and these with a quarter and 1.6 GB for the picture.
        QVERIFY(bf16.steps > unet * 2 + others * 4);
        QVERIFY(bf16.peak() < (unet * 2 + others * 4) / 4 * 5 + 1'600'000'000);
        QCOMPARE(fp32.load - bf16.load, unet * 2);
    }

    void eachPlanIsThriftierThanTheOneBefore()
    {
        for (const int size : {256, 512, 1024, 2048})
            for (const auto *devices : {&m_bf16, &m_fp32}) {
                const auto list = plans(size, *devices);
                QVERIFY(list.size() >= 3);
                for (size_t i = 1; i < list.size(); ++i) {
                    QVERIFY(list[i].peak() < list[i - 1].peak());
                    QVERIFY(list[i].thrift > list[i - 1].thrift);
                }
                QCOMPARE(list.back().thrift, Thrift::Files);
                // Weights in their files are not lost sight of.
                QVERIFY(list.back().inFiles > 1'700'000'000);
                QCOMPARE(list.front().inFiles, uint64_t(0));
            }
    }

    void picturesAndGuidanceTakeTheirShare()
    {
        const auto small = plans(512, m_fp32).front(), large = plans(1024, m_fp32).front();
        QCOMPARE(small.load, large.load);
        QVERIFY(large.steps > small.steps);
        QVERIFY(large.decode > small.decode + 2'000'000'000);
        QVERIFY(plans(512, m_fp32, false).front().steps < small.steps);
        QCOMPARE(plans(0, m_fp32).front(), small); // the model's own size
    }

    void largePicturesAreDecodedInTiles()
    {
        QCOMPARE(plans(1024, m_fp32).front().vaeTile, int64_t(0));
        QCOMPARE(plans(2048, m_fp32).front().vaeTile, int64_t(512));
        QCOMPARE(plans(2048, m_fp32).back().vaeTile, int64_t(256));
        // What is one tile is no tile.
        QCOMPARE(plans(256, m_fp32).back().vaeTile, int64_t(0));
    }

    void theProcessorComesAfterTheCard()
    {
        const auto list = plans(
            512, {{PaintDevice::Card, PaintFormat::Fp16}, {PaintDevice::Cpu, PaintFormat::Fp32}});
        QCOMPARE(list.front().device, PaintDevice::Card);
        QCOMPARE(list.front().format, PaintFormat::Fp16);
        QCOMPARE(list.back().device, PaintDevice::Cpu);
        MemoryRoom room{64ull << 30, 1 << 20}; // a card that is full
        QCOMPARE(firstFitting(list, room)->device, PaintDevice::Cpu);
        QCOMPARE(firstFitting(list, room)->thrift, Thrift::None);
    }

    void choosesTheQuickestThatFits()
    {
        const auto list = plans(512, m_fp32);
        for (size_t i = 0; i < list.size(); ++i) {
            QCOMPARE(firstFitting(list, {list[i].peak(), 0}) - list.data(), ptrdiff_t(i));
            QCOMPARE(firstFitting(list, {}), list.data()); // not known: everything fits
        }
        const MemoryRoom none{list.back().peak() - 1, 0};
        QVERIFY(!firstFitting(list, none));
        const Error error = noRoom(list.back(), none, "sd15");
        QCOMPARE(error.code, ErrorCode::OutOfMemory);
        QVERIFY(error.detail.find(memoryText(list.back().peak())) != std::string::npos);
        QVERIFY(error.detail.find("smaller picture") != std::string::npos);
    }

    void theLimitCountsTheWholeProcess()
    {
        const MemoryRoom before = memoryRoom();
        QVERIFY(before.main > 1'000'000);
        setMemoryLimit(ownMemory() + 300'000'000);
        const MemoryRoom limited = memoryRoom(), holding = memoryRoom(100'000'000);
        setMemoryLimit(0);
        QVERIFY(limited.main > 200'000'000 && limited.main < 400'000'000);
        // What painting holds may be taken again.
        QVERIFY(holding.main > limited.main + 50'000'000);
    }

    void readsSizes()
    {
        QCOMPARE(bytesFromText("6G"), std::optional<uint64_t>(6ull << 30));
        QCOMPARE(bytesFromText("512 MB"), std::optional<uint64_t>(512ull << 20));
        QCOMPARE(bytesFromText("1.5GiB"), std::optional<uint64_t>(3ull << 29));
        QCOMPARE(bytesFromText("4096"), std::optional<uint64_t>(4096));
        for (const char *wrong : {"", "much", "6X", "-1", "6Gx", "nan"})
            QVERIFY2(!bytesFromText(wrong), wrong);
    }

    void tellsPrograms()
    {
        const json told = toJson(plans(512, m_bf16).front());
        QCOMPARE(told["format"].get<std::string>(), std::string("bf16"));
        QCOMPARE(told["thrift"].get<std::string>(), std::string("none"));
        QVERIFY(told["bytes"]["peak"].get<uint64_t>() >= told["bytes"]["load"].get<uint64_t>());
    }

    void saysWhatIsNoModel()
    {
        MemoryRequest request;
        request.model = m_dir.filePath("nothing").toStdString();
        QCOMPARE(memoryPlans(request, m_fp32).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(MemoryPlanTest)
#include "MemoryPlanTest.moc"
