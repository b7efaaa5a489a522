// Whatever stands in a file, reading ends soon and keeps to its bounds.
#include "core/origin/Formats.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace moodloom;
using namespace moodloom::origin;

namespace {

const QStringList kSeeds{
    QStringLiteral(
        "a car, (red:1.2)\nNegative prompt: blur\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: "
        "5, Size: 512x512, Model: x, Lora hashes: \"a: 1, b: 2\", Extra: {\"a\": [1]}"),
    QStringLiteral(
        R"({"1":{"class_type":"KSampler","inputs":{"seed":1,"steps":5,"cfg":2,"sampler_name":"euler","scheduler":"normal","model":["2",0],"positive":["3",0],"negative":["3",1],"latent_image":["4",0]}},"2":{"class_type":"CheckpointLoaderSimple","inputs":{"ckpt_name":"a"}},"3":{"class_type":"CLIPTextEncode","inputs":{"text":"a"}},"4":{"class_type":"EmptyLatentImage","inputs":{"width":64,"height":64}}})"),
    QStringLiteral(
        R"({"nodes":[{"id":1,"type":"KSampler","inputs":[{"name":"model","type":"MODEL","link":1},{"name":"positive","type":"C","link":2},{"name":"negative","type":"C","link":3},{"name":"latent_image","type":"L","link":4}],"widgets_values":[1,"fixed",5,2,"euler","normal",1]},{"id":2,"type":"CheckpointLoaderSimple","widgets_values":["a"]},{"id":3,"type":"CLIPTextEncode","mode":4,"inputs":[{"name":"c","type":"C","link":5}],"outputs":[{"type":"C"}],"widgets_values":["a"]},{"id":4,"type":"EmptyLatentImage","widgets_values":[64,64,1]},{"id":5,"type":"CLIPTextEncode","widgets_values":["b"]}],"links":[[1,2,0,1,0,"MODEL"],[2,3,0,1,1,"C"],[3,5,0,1,2,"C"],[4,4,0,1,3,"L"],[5,5,0,3,0,"C"]]})"),
    QStringLiteral(
        R"({"positive_prompt":"a","negative_prompt":"b","width":64,"height":64,"seed":3,"steps":5,"cfg_scale":2,"scheduler":"euler","model":{"name":"x"},"loras":[{"model":{"name":"l"},"weight":0.5}]})"),
    QStringLiteral(
        R"({"sui_image_params":{"prompt":"a <lora:b:1>","seed":1,"steps":2,"cfgscale":3}})"),
    QStringLiteral(
        R"({"version":1,"prompt":"a","negative_prompt":"","references":[],"model":"","seed":"1","width":64,"height":64,"steps":2,"guidance":3,"sampler":"euler"})")};

void readAll(const QString &text)
{
    for (const char *keyword : {"parameters", "prompt", "workflow", "invokeai_metadata", "moodloom",
                                "UserComment", "XML:com.adobe.xmp", "Model"}) {
        const auto origin = originOf({{keyword, text}});
        if (!origin)
            continue;
        QVERIFY(!origin->steps || (*origin->steps >= 1 && *origin->steps <= 200));
        QVERIFY(!origin->guidance || (*origin->guidance >= 1 && *origin->guidance <= 30));
        QVERIFY(!origin->size || !origin->size->isEmpty());
        QVERIFY(origin->leftovers.size() <= 64);
        for (const Leftover &leftover : origin->leftovers)
            QVERIFY(leftover.what.size() <= 200);
    }
}

} // namespace

class HostileTextsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyChangeOfARealTextIsRead()
    {
        QRandomGenerator random(7);
        static const QString pieces = QString::fromLatin1("\",:[]{}<>\\\n\0 09e-aSteps", 22);
        for (int round = 0; round < 6000; ++round) {
            QString text = kSeeds[int(random.bounded(kSeeds.size()))];
            const int edits = 1 + int(random.bounded(8));
            for (int edit = 0; edit < edits && !text.isEmpty(); ++edit) {
                const int at = int(random.bounded(text.size()));
                switch (random.bounded(4)) {
                case 0:
                    text.remove(at, 1 + int(random.bounded(20)));
                    break;
                case 1:
                    text.insert(at, pieces[int(random.bounded(pieces.size()))]);
                    break;
                case 2:
                    text[at] = QChar(ushort(random.bounded(0x10000)));
                    break;
                default:
                    text.insert(
                        at, text.mid(int(random.bounded(text.size())), int(random.bounded(40))));
                    break;
                }
            }
            readAll(text);
        }
    }

    // No depth overflows the stack and no length is squared: each of these is read in well under
    // the test's time.
    void longAndDeepTextsEnd()
    {
        readAll(QString(2'000'000, u'('));
        readAll(QString(2'000'000, u'['));
        readAll(QStringLiteral("a\nSteps: 1, B: c, ") + QString(2'000'000, u'"'));
        readAll(QStringLiteral("a\nSteps: 1, B: c, ") + QStringLiteral("x: ").repeated(500'000));
        readAll(QStringLiteral("Steps: 1, B: c\n").repeated(100'000));
        readAll(QStringLiteral("<lora:").repeated(300'000) +
                QStringLiteral("\nSteps: 1, Sampler: Euler, Seed: 1"));
        readAll(QStringLiteral("Negative prompt:").repeated(100'000) +
                QStringLiteral("\nSteps: 1, Sampler: Euler, Seed: 1"));
        readAll(QStringLiteral("{\"a\":").repeated(200'000));
        readAll(QStringLiteral("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
                               "\"&a;&a;&a;&a;&a;&a;\">]><a>&b;</a>"));
    }

    void aChainOfTenThousandNodesEnds()
    {
        QString text = kSeeds[1];
        text.chop(1);
        text.replace(QLatin1String("[\"3\",0]"), QLatin1String("[\"n0\",0]"));
        text.replace(QLatin1String("[\"2\",0]"), QLatin1String("[\"n0\",0]"));
        for (int i = 0; i < 10'000; ++i)
            text +=
                QStringLiteral(
                    R"(,"n%1":{"class_type":"C","inputs":{"conditioning_1":["n%2",0],"conditioning_2":["n%3",0],"model":["n%2",0]}})")
                    .arg(i)
                    .arg(i + 1)
                    .arg(i + 2);
        text += QStringLiteral("}");
        const auto origin = fromComfyGraph(text);
        QVERIFY(origin);
        QVERIFY(origin->leftovers.size() <= 64);
    }

    void seedsAndSizesOfAnyKindAreNumbersOrLeftOver()
    {
        for (const char *value : {"1e400", "-5", "\"7\"", "null", "[]", "[\"9\", 0]", "{}", "1.5",
                                  "true", "99999999999999999999999"}) {
            QString text = kSeeds[1];
            text.replace(QLatin1String("\"steps\":5"),
                         QStringLiteral("\"steps\":%1").arg(QLatin1String(value)));
            text.replace(QLatin1String("\"seed\":1"),
                         QStringLiteral("\"seed\":%1").arg(QLatin1String(value)));
            text.replace(QLatin1String("\"width\":64"),
                         QStringLiteral("\"width\":%1").arg(QLatin1String(value)));
            readAll(text);
        }
    }
};

QTEST_GUILESS_MAIN(HostileTextsTest)
#include "HostileTextsTest.moc"
