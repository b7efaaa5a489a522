// The neural core against reference tensors: every case of the groups named here runs; the
// reference data are found by MOODLOOM_CONFORMANCE_DIR. MOODLOOM_DEVICE=cuda runs them on the
// graphics card, and those with a network a second time in fp16.
#include "core/base/SafeFile.h"
#include "tests/parity/ControlNetCases.h"
#include "tests/parity/Flux2Cases.h"
#include "tests/parity/LoraCases.h"
#include "tests/parity/NetworkCases.h"
#include "tests/parity/RunCases.h"
#include "tests/parity/TinyAutoencoderCases.h"

#include <QDir>
#include <QTest>

#include <set>

using namespace moodloom;
using namespace moodloom::parity;
using nlohmann::json;

class ParityTest : public QObject
{
    Q_OBJECT

    std::string m_root;
    json m_cases = json::array();
    at::Device m_device = at::kCPU;

    void addCases(const std::set<std::string> &groups)
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<bool>("half");
        bool any = false;
        for (const bool half : {false, true}) {
            if (half && !m_device.is_cuda())
                continue;
            for (size_t i = 0; i < m_cases.size(); ++i) {
                const json &entry = m_cases[i];
                if (!groups.count(entry["group"]) || (half && !entry.contains("model")))
                    continue;
                const std::string id = entry["id"].get<std::string>() + (half ? ", fp16" : "");
                QTest::newRow(id.c_str()) << int(i) << half;
                any = true;
            }
        }
        if (!any)
            QSKIP("the reference data have no such cases");
    }

    void runCase(void (*run)(Golden &))
    {
        QFETCH(int, index);
        QFETCH(bool, half);
        const json &entry = m_cases[size_t(index)];
        auto golden = Golden::open(m_root + entry["folder"].get<std::string>(), entry,
                                   {m_device, half ? at::kHalf : at::kFloat});
        QVERIFY2(golden, golden ? "" : errorText(golden.error()).c_str());
        try {
            run(*golden);
        } catch (const std::exception &error) {
            golden->fail(std::string(error.what()).substr(0, 400));
        }
        std::string text;
        for (const std::string &problem : golden->problems())
            text += problem + "\n";
        QVERIFY2(text.empty(), text.c_str());
        qInfo("at %.2f of the tolerance", golden->worst());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_root = qEnvironmentVariable("MOODLOOM_CONFORMANCE_DIR").toStdString();
        if (m_root.empty() || !QDir(QString::fromStdString(m_root)).exists())
            QSKIP("no reference data: set MOODLOOM_CONFORMANCE_DIR");
        const auto device = deviceOfTests();
        QVERIFY2(device, device ? "" : errorText(device.error()).c_str());
        m_device = *device;
        qInfo("on %s", m_device.str().c_str());
        for (const auto &[folder, file] : {std::pair{"", "/golden/index.json"},
                                           {"", "/golden/flux2.json"},
                                           {"/taef2", "/golden/index.json"}}) {
            const auto text = readFile(m_root + folder + file);
            QVERIFY2(text, text ? "" : errorText(text.error()).c_str());
            const json index = json::parse(*text);
            for (json entry : index["cases"]) {
                entry["folder"] = folder;
                m_cases.push_back(entry);
            }
        }
    }

    void networkAgrees_data()
    {
        addCases({"timestep", "guidance", "text", "vision", "vae", "unet", "ip_adapter"});
    }
    void networkAgrees() { runCase(runNetworkCase); }

    void controlAgrees_data() { addCases({"controlnet"}); }
    void controlAgrees() { runCase(runControlNetCase); }

    void tinyAutoencoderAgrees_data() { addCases({"taef2"}); }
    void tinyAutoencoderAgrees() { runCase(runTinyAutoencoderCase); }

    void loraAgrees_data() { addCases({"lora"}); }
    void loraAgrees() { runCase(runLoraCase); }

    void flux2Agrees_data() { addCases({"flux2"}); }
    void flux2Agrees() { runCase(runFlux2Case); }

    void runAgrees_data() { addCases({"runs"}); }
    void runAgrees() { runCase(runWholeCase); }
};

QTEST_GUILESS_MAIN(ParityTest)
#include "ParityTest.moc"
