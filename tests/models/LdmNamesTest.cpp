// The names of single-file checkpoints against the folder layout's: every tensor of the reference
// data's key maps maps both ways, and none is left over.
#include "core/base/SafeFile.h"
#include "core/models/InferConfig.h"
#include "core/models/ModelFolder.h"
#include "core/nn/Load.h"

#include <QTest>

#include <set>

using namespace moodloom;
using namespace moodloom::models;
using nlohmann::json;

class LdmNamesTest : public QObject
{
    Q_OBJECT

    std::string m_root;

    json keyMap(const char *name) const
    {
        return *readJson(m_root + "/golden/keymap-" + name + ".json");
    }

    static std::string without(const std::string &prefix, const json &entry)
    {
        const std::string name = entry["single_file"];
        return name.starts_with(prefix) ? name.substr(prefix.size()) : "?" + name;
    }

    static Shapes ldmShapes(const std::string &prefix, const json &entries)
    {
        Shapes shapes;
        for (const json &entry : entries)
            shapes[without(prefix, entry)] = entry["shape"].get<std::vector<int64_t>>();
        return shapes;
    }

    // The names of a component's tensors in its folder.
    std::set<std::string> folderNames(const std::string &path) const
    {
        const auto files = openWeights(m_root + "/" + path);
        auto source = nn::TensorSource::from(*files);
        nn::modernizeAttentionNames(source);
        std::set<std::string> names;
        for (const auto &[name, entry] : source.tensors)
            if (!name.ends_with("position_ids"))
                names.insert(name);
        return names;
    }

    static void fixtures()
    {
        QTest::addColumn<QString>("map");
        QTest::addColumn<QString>("folder");
        QTest::newRow("sd15") << "sd15"
                              << "tiny-sd15";
        QTest::newRow("sdxl") << "sdxl"
                              << "tiny-sdxl";
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_root = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR").toStdString();
        if (m_root.empty() || !readFile(m_root + "/golden/keymap-sd15.json"))
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
    }

    void unetNamesMapBothWays_data() { fixtures(); }
    void unetNamesMapBothWays()
    {
        QFETCH(QString, map);
        QFETCH(QString, folder);
        const json entries = keyMap(map.toUtf8())["unet"];
        const std::string prefix = "model.diffusion_model.";
        const auto layout = layoutOf(ldmShapes(prefix, entries), "test");
        QVERIFY(layout);
        std::set<std::string> seen;
        for (const json &entry : entries) {
            const std::string ldm = without(prefix, entry), wanted = entry["folder"];
            QCOMPARE(unetFolderName(*layout, ldm).value_or("none"), wanted);
            QCOMPARE(unetLdmName(*layout, wanted).value_or("none"), ldm);
            seen.insert(wanted);
        }
        QVERIFY(seen == folderNames(folder.toStdString() + "/unet"));
    }

    void vaeNamesMapBothWays_data() { fixtures(); }
    void vaeNamesMapBothWays()
    {
        QFETCH(QString, map);
        QFETCH(QString, folder);
        const json entries = keyMap(map.toUtf8())["vae"];
        const std::string prefix = "first_stage_model.";
        const int64_t levels = countNumbered(ldmShapes(prefix, entries), "decoder.up.");
        QCOMPARE(levels, int64_t(4));
        std::set<std::string> seen;
        for (const json &entry : entries) {
            const std::string ldm = without(prefix, entry), wanted = entry["folder"];
            QCOMPARE(vaeFolderName(levels, ldm).value_or("none"), wanted);
            QCOMPARE(vaeLdmName(levels, wanted).value_or("none"), ldm);
            seen.insert(wanted);
        }
        QVERIFY(seen == folderNames(folder.toStdString() + "/vae"));
    }

    void openClipNamesMapBothWays()
    {
        const json entries = keyMap("sdxl")["text_encoder_2"];
        std::set<std::string> seen;
        for (const json &entry : entries) {
            const std::string name = without("conditioner.embedders.1.model.", entry);
            const json &folder = entry["folder"];
            const auto wanted = folder.is_array() ? folder.get<std::vector<std::string>>()
                                                  : std::vector<std::string>{folder};
            QVERIFY2(openClipFolderNames(name) == wanted, name.c_str());
            for (const std::string &part : wanted) {
                QCOMPARE(openClipName(part).value_or("none"), name);
                seen.insert(part);
            }
        }
        QVERIFY(seen == folderNames("tiny-sdxl/text_encoder_2"));
    }

    void numbersFollowTheBlockStructure()
    {
        const UNetLayout layout{{1, 3}, {false, true}}; // two levels, the lower one with attention
        for (const auto &[ldm, folder] :
             {std::pair{"input_blocks.2.0.op.bias", "down_blocks.0.downsamplers.0.conv.bias"},
              {"input_blocks.5.1.norm.weight", "down_blocks.1.attentions.2.norm.weight"},
              {"output_blocks.3.1.conv.bias", "up_blocks.0.upsamplers.0.conv.bias"},
              {"output_blocks.5.0.skip_connection.bias",
               "up_blocks.1.resnets.1.conv_shortcut.bias"}}) {
            QCOMPARE(unetFolderName(layout, ldm).value_or("none"), std::string(folder));
            QCOMPARE(unetLdmName(layout, folder).value_or("none"), std::string(ldm));
        }
        for (const char *name : {"input_blocks.6.0.op.bias", "input_blocks.x.0.op.bias",
                                 "output_blocks.6.0.in_layers.0.bias",
                                 "output_blocks.1.1.conv.bias", "input_blocks.1", "betas", ""})
            QVERIFY2(!unetFolderName(layout, name), name);
        for (const char *name :
             {"down_blocks.2.resnets.0.norm1.bias", "down_blocks.1.downsamplers.0.conv.bias",
              "up_blocks.1.upsamplers.0.conv.bias", "down_blocks.0.resnets.1.norm1.bias"})
            QVERIFY2(!unetLdmName(layout, name), name);
    }

    void controlNetNamesMapBothWays()
    {
        // The names of the reference's folder, there and back.
        std::set<std::string> ldm;
        const UNetLayout layout{{2, 2, 2, 2}, {}};
        for (const std::string &name : folderNames("tiny-sd15/controlnet")) {
            const auto single = unetLdmName(layout, name);
            QVERIFY2(single, name.c_str());
            QCOMPARE(unetFolderName(layout, *single).value_or("none"), name);
            ldm.insert(*single);
        }
        // As released: twelve zero convolutions, and eight convolutions for the hint.
        QVERIFY(ldm.count("zero_convs.11.0.weight") && !ldm.count("zero_convs.12.0.weight"));
        QVERIFY(ldm.count("input_hint_block.14.weight") && ldm.count("middle_block_out.0.weight"));
        QVERIFY(ldm.count("input_hint_block.0.weight") && ldm.count("input_hint_block.12.weight"));
    }
};

QTEST_GUILESS_MAIN(LdmNamesTest)
#include "LdmNamesTest.moc"
