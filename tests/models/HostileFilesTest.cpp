// Files that lie about what they hold: whatever their names and shapes say, looking at them and
// loading them ends, with a report or with an Error.
#include "core/base/SafeFile.h"
#include "core/models/CheckpointFile.h"
#include "core/models/ImageEncoder.h"
#include "core/models/Inspect.h"
#include "core/models/LoraFile.h"
#include "core/models/PreviewDecoder.h"

#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <random>

using namespace moodloom;
using namespace moodloom::models;
using nlohmann::json;

class HostileFilesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    std::mt19937 m_random{20261123};

    uint32_t below(size_t n) { return uint32_t(m_random() % n); }

    // Header and, as a hole, as many bytes as the shapes ask for. False where they are too many.
    bool write(const Shapes &shapes, const std::string &path)
    {
        json header = json::object();
        uint64_t end = 0;
        for (const auto &[name, shape] : shapes) {
            uint64_t bytes = 2;
            for (int64_t extent : shape) {
                if (extent != 0 && bytes > (uint64_t(1) << 33) / uint64_t(extent))
                    return false;
                bytes *= uint64_t(extent);
            }
            header[name] = {
                {"dtype", "F16"}, {"shape", shape}, {"data_offsets", {end, end + bytes}}};
            end += bytes;
        }
        if (end > uint64_t(1) << 34)
            return false;
        const std::string text = header.dump();
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        for (int i = 0; i < 8; ++i)
            file.put(char(uint64_t(text.size()) >> (8 * i) & 0xff));
        file << text;
        file.close();
        std::error_code error;
        std::filesystem::resize_file(path, 8 + text.size() + end, error);
        return !error;
    }

    // The smallest of each kind, by names that its readers go by.
    static Shapes checkpoint()
    {
        const std::string unet = "model.diffusion_model.", vae = "first_stage_model.";
        const std::string text = "cond_stage_model.transformer.text_model.";
        return {{unet + "input_blocks.0.0.weight", {8, 4, 3, 3}},
                {unet + "time_embed.0.weight", {32, 8}},
                {unet + "input_blocks.1.0.in_layers.2.weight", {8, 8, 3, 3}},
                {unet + "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight", {8, 16}},
                {unet + "input_blocks.1.1.proj_in.weight", {8, 8, 1, 1}},
                {unet + "middle_block.1.transformer_blocks.0.attn2.to_k.weight", {8, 16}},
                {unet + "output_blocks.0.0.in_layers.2.weight", {8, 16, 3, 3}},
                {unet + "output_blocks.1.0.in_layers.2.weight", {8, 16, 3, 3}},
                {unet + "out.2.weight", {4, 8, 3, 3}},
                {vae + "encoder.conv_in.weight", {8, 3, 3, 3}},
                {vae + "decoder.conv_in.weight", {8, 4, 3, 3}},
                {vae + "decoder.conv_out.weight", {3, 8, 3, 3}},
                {vae + "decoder.up.0.block.0.conv1.weight", {8, 8, 3, 3}},
                {text + "embeddings.token_embedding.weight", {40, 16}},
                {text + "embeddings.position_embedding.weight", {12, 16}},
                {text + "encoder.layers.0.mlp.fc1.weight", {32, 16}}};
    }
    static Shapes controlNet()
    {
        return {{"controlnet_cond_embedding.conv_in.weight", {4, 3, 3, 3}},
                {"controlnet_cond_embedding.blocks.1.weight", {8, 4, 3, 3}},
                {"conv_in.weight", {8, 4, 3, 3}},
                {"time_embedding.linear_1.weight", {32, 8}},
                {"down_blocks.0.resnets.0.conv1.weight", {8, 8, 3, 3}},
                {"down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight", {8, 16}}};
    }
    static Shapes lora()
    {
        const std::string module = "lora_unet_down_blocks_0_attentions_0_proj_in.";
        return {{module + "lora_down.weight", {2, 8}},
                {module + "lora_up.weight", {8, 2}},
                {module + "alpha", {}}};
    }
    static Shapes adapter()
    {
        return {{"image_proj.proj.weight", {64, 16}},     {"image_proj.proj.bias", {64}},
                {"image_proj.norm.weight", {16}},         {"image_proj.latents", {1, 4, 16}},
                {"ip_adapter.1.to_k_ip.weight", {8, 16}}, {"ip_adapter.1.to_v_ip.weight", {8, 16}}};
    }
    static Shapes tiny()
    {
        return {{"1.weight", {8, 4, 3, 3}},
                {"3.conv.0.weight", {8, 8, 3, 3}},
                {"3.conv.4.weight", {8, 8, 3, 3}},
                {"18.weight", {3, 8, 3, 3}}};
    }
    static Shapes vision()
    {
        return {{"vision_model.embeddings.patch_embedding.weight", {16, 3, 4, 4}},
                {"vision_model.embeddings.position_embedding.weight", {10, 16}},
                {"vision_model.embeddings.class_embedding", {16}},
                {"vision_model.encoder.layers.0.mlp.fc1.weight", {32, 16}},
                {"visual_projection.weight", {16, 16}}};
    }

    // One lie: a name with another number or cut off, an extent of any size, a tensor less.
    void distort(Shapes &shapes)
    {
        auto victim = std::next(shapes.begin(), below(shapes.size()));
        std::string name = victim->first;
        std::vector<int64_t> shape = victim->second;
        static const int64_t extents[] = {0, 1, 3, 7, 1 << 16, int64_t(1) << 40, INT64_MAX};
        static const char *numbers[] = {"0", "1", "7", "4095", "4096", "99999999999999999999",
                                        "-1"};
        switch (below(6)) {
        case 0: // another number in its place
            if (const size_t at = name.find_first_of("0123456789"); at != std::string::npos)
                name.replace(at, 1, numbers[below(std::size(numbers))]);
            break;
        case 1:
            if (const size_t at = name.find_last_of("0123456789"); at != std::string::npos)
                name.replace(at, 1, numbers[below(std::size(numbers))]);
            break;
        case 2:
            name.resize(below(name.size()) + 1);
            break;
        case 3:
            if (!shape.empty()) // next to a zero, any size takes no byte of the file
                shape[below(shape.size())] = extents[below(std::size(extents))];
            break;
        case 4:
            if (shape.size() > 1) {
                shape[0] = extents[below(std::size(extents))];
                shape[1] = 0;
            }
            break;
        default:
            shape.assign(below(6), 2);
        }
        if (below(8) != 0) // else it is there twice
            shapes.erase(victim);
        if (below(8) != 0)
            shapes[name] = shape;
    }

    static void lookEverywhere(const std::string &path)
    {
        if (const auto report = inspectModel(path))
            report->toJson().dump(-1, ' ', true);
        if (const auto file = CheckpointFile::open(path))
            for (const char *component : {"unet", "vae", "text_encoder"})
                if (file->has(component))
                    for (const auto &[name, entry] : file->tensors(component).tensors)
                        entry.shape();
        (void)LoraFile::open(path);
        (void)PreviewDecoder::load(path, 4, 8);
        (void)loadImageEncoder(path);
    }

private Q_SLOTS:
    void whateverTheyClaim_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("checkpoint") << 0;
        QTest::newRow("controlnet") << 1;
        QTest::newRow("lora") << 2;
        QTest::newRow("ip-adapter") << 3;
        QTest::newRow("tiny autoencoder") << 4;
        QTest::newRow("image encoder") << 5;
    }
    void whateverTheyClaim()
    {
        QFETCH(int, kind);
        const Shapes honest = std::array{checkpoint(), controlNet(), lora(),
                                         adapter(),    tiny(),       vision()}[size_t(kind)];
        const std::string path = m_dir.filePath("claims").toStdString();
        QVERIFY(write(honest, path));
        lookEverywhere(path);
        int written = 0;
        for (int round = 0; round < 150; ++round) {
            Shapes shapes = honest;
            for (uint32_t i = 0, n = 1 + below(4); i < n && !shapes.empty(); ++i)
                distort(shapes);
            if (!write(shapes, path))
                continue;
            ++written;
            lookEverywhere(path);
        }
        QVERIFY(written > 75);
    }

    // One name must not ask for thousands of layers.
    void countsAreThoseOfTensorsThatAreThere()
    {
        QCOMPARE(countNumbered({{"layers.0.weight", {1}}, {"layers.4000.weight", {1}}}, "layers."),
                 int64_t(2));
        QCOMPARE(countNumbered({{"layers.0.weight", {1}}, {"layers.1.bias", {1}}}, "layers."),
                 int64_t(2));
        QCOMPARE(countNumbered({{"layers.0.weight", {1}}, {"layers.0.bias", {1}}}, "layers."),
                 int64_t(1));
    }

    void sizesBeyondAnyNetworkAreRefused()
    {
        Shapes shapes = vision();
        shapes["vision_model.embeddings.patch_embedding.weight"] = {int64_t(1) << 40, 0, 4, 4};
        const auto config = inferClipVision(shapes, "x");
        QVERIFY(!config);
        QCOMPARE(config.error().code, ErrorCode::Corrupt);
        QVERIFY(config.error().detail.find("patch_embedding") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(HostileFilesTest)
#include "HostileFilesTest.moc"
