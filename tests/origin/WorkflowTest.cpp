// What pictures tell that carry only the graph of ComfyUI's editor.
#include "core/origin/Formats.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::origin;
using generation::Sampler;
using Kind = Leftover::Kind;

namespace {

// The graph that ComfyUI opens with, as its editor writes it down. `model`: where the sampler's
// model comes from; `more`: nodes and links behind the others.
QString workflow(const QString &moreNodes = {}, const QString &moreLinks = {},
                 const QString &sampler = QStringLiteral(
                     R"([156680208700286, "randomize", 25, 8, "euler_ancestral", "normal", 1])"),
                 const QString &seedInput = {})
{
    return QStringLiteral(
               R"({"last_node_id": 9, "last_link_id": 9, "version": 0.4, "groups": [], "extra": {}, "nodes": [
  {"id": 7, "type": "CLIPTextEncode", "mode": 0, "inputs": [{"name": "clip", "type": "CLIP", "link": 5}],
   "outputs": [{"name": "CONDITIONING", "type": "CONDITIONING", "links": [6], "slot_index": 0}], "widgets_values": ["text, watermark"]},
  {"id": 6, "type": "CLIPTextEncode", "mode": 0, "inputs": [{"name": "clip", "type": "CLIP", "link": 3}],
   "outputs": [{"name": "CONDITIONING", "type": "CONDITIONING", "links": [4]}], "widgets_values": ["scenery in a bottle, glass"]},
  {"id": 5, "type": "EmptyLatentImage", "outputs": [{"name": "LATENT", "type": "LATENT", "links": [2]}], "widgets_values": [512, 640, 1]},
  {"id": 3, "type": "KSampler", "inputs": [{"name": "model", "type": "MODEL", "link": 1}, {"name": "positive", "type": "CONDITIONING", "link": 4},
    {"name": "negative", "type": "CONDITIONING", "link": 6}, {"name": "latent_image", "type": "LATENT", "link": 2}%4],
   "outputs": [{"name": "LATENT", "type": "LATENT", "links": [7]}], "widgets_values": %3},
  {"id": 8, "type": "VAEDecode", "inputs": [{"name": "samples", "type": "LATENT", "link": 7}, {"name": "vae", "type": "VAE", "link": 8}],
   "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [9]}]},
  {"id": 9, "type": "SaveImage", "inputs": [{"name": "images", "type": "IMAGE", "link": 9}], "widgets_values": ["ComfyUI"]},
  {"id": 4, "type": "CheckpointLoaderSimple", "outputs": [{"name": "MODEL", "type": "MODEL"}, {"name": "CLIP", "type": "CLIP"}, {"name": "VAE", "type": "VAE"}],
   "widgets_values": ["v1-5-pruned-emaonly.ckpt"]}%1],
  "links": [%2[2, 5, 0, 3, 3, "LATENT"], [3, 4, 1, 6, 0, "CLIP"], [4, 6, 0, 3, 1, "CONDITIONING"], [5, 4, 1, 7, 0, "CLIP"],
   [6, 7, 0, 3, 2, "CONDITIONING"], [7, 3, 0, 8, 0, "LATENT"], [8, 4, 2, 8, 1, "VAE"], [9, 8, 0, 9, 0, "IMAGE"]]})")
        .arg(moreNodes,
             moreLinks.isEmpty() ? QStringLiteral(R"([1, 4, 0, 3, 0, "MODEL"], )") : moreLinks,
             sampler, seedInput);
}

QStringList nodes(const Origin &origin)
{
    QStringList found;
    for (const Leftover &leftover : origin.leftovers)
        if (leftover.kind == Kind::Node)
            found << leftover.what;
    return found;
}

// A LoRA between checkpoint and sampler, in a mode of the editor: 0 runs, 2 muted, 4 bypassed.
QString withLora(int mode)
{
    return workflow(
        QStringLiteral(
            R"(, {"id": 10, "type": "LoraLoader", "mode": %1, "inputs": [{"name": "clip", "type": "CLIP", "link": 21}, {"name": "model", "type": "MODEL", "link": 20}],
            "outputs": [{"name": "MODEL", "type": "MODEL", "links": [1]}, {"name": "CLIP", "type": "CLIP"}], "widgets_values": ["style/ink.safetensors", 0.7, 1]})")
            .arg(mode),
        QStringLiteral(
            R"([1, 10, 0, 3, 0, "MODEL"], [20, 4, 0, 10, 1, "MODEL"], [21, 4, 1, 10, 0, "CLIP"], )"));
}

} // namespace

class WorkflowTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

private Q_SLOTS:
    void aPictureWithNothingElseTellsHowItWasMade()
    {
        QImage image(16, 24, QImage::Format_RGB32);
        image.fill(Qt::red);
        image.setText(QStringLiteral("workflow"), workflow());
        const QString path = m_folder.filePath(QStringLiteral("comfy.png"));
        QVERIFY(image.save(path));
        const auto origin = readOrigin(path);
        QVERIFY(origin);
        QCOMPARE(origin->program, QStringLiteral("ComfyUI"));
        QCOMPARE(*origin->prompt, QStringLiteral("scenery in a bottle, glass"));
        QCOMPARE(*origin->negativePrompt, QStringLiteral("text, watermark"));
        QCOMPARE(origin->model->name, QStringLiteral("v1-5-pruned-emaonly.ckpt"));
        QCOMPARE(*origin->seed, 156680208700286ULL);
        QCOMPARE(*origin->steps, 25);
        QCOMPARE(*origin->guidance, 8.0);
        QCOMPARE(*origin->size, QSize(512, 640));
        QVERIFY(origin->sampler == Sampler::EulerAncestral);
        QVERIFY(origin->leftovers.isEmpty());
        QCOMPARE(readOriginText(path), workflow());
    }

    void whatRanIsTakenBeforeWhatTheEditorShows()
    {
        const auto origin = originOf(
            {{"workflow", workflow()},
             {"prompt",
              QStringLiteral(
                  R"({"1": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 7, "cfg": 2,
                 "sampler_name": "euler", "scheduler": "normal", "latent_image": ["2", 0]}}})")}});
        QCOMPARE(*origin->steps, 7);
        QVERIFY(originOf({{"Make", QStringLiteral("Workflow:") + workflow()}}));
    }

    void editorsWithoutTheWordBehindTheSeedAreReadToo()
    {
        const auto origin = fromComfyWorkflow(
            workflow({}, {}, QStringLiteral(R"([5, 25, 8, "euler", "normal", 1])")));
        QCOMPARE(*origin->seed, 5ULL);
        QCOMPARE(*origin->steps, 25);
        QVERIFY(origin->sampler == Sampler::Euler);
    }

    void seedsOf64BitsKeepAllTheirDigits()
    {
        const auto read = [](const char *seed) {
            return fromComfyWorkflow(
                workflow({}, {},
                         QStringLiteral(R"([%1, "fixed", 25, 8, "euler", "normal", 1])")
                             .arg(QLatin1String(seed))));
        };
        QCOMPARE(*read("18446744073709551557")->seed, 18446744073709551557ULL);
        QCOMPARE(*read("9007199254740993")->seed, 9007199254740993ULL);
        QVERIFY(!read("1e300")->seed);
    }

    void aLoraActsUnlessItIsBypassed()
    {
        const auto runs = fromComfyWorkflow(withLora(0));
        QCOMPARE(runs->loras,
                 (QVector<NamedWeights>{{QStringLiteral("style/ink.safetensors"), {}, 0.7}}));
        QCOMPARE(runs->model->name, QStringLiteral("v1-5-pruned-emaonly.ckpt"));
        const auto bypassed = fromComfyWorkflow(withLora(4));
        QVERIFY(bypassed->loras.isEmpty());
        QCOMPARE(bypassed->model->name, QStringLiteral("v1-5-pruned-emaonly.ckpt"));
        const auto muted = fromComfyWorkflow(withLora(2));
        QVERIFY(muted->loras.isEmpty() && !muted->model);
        QCOMPARE(*muted->steps, 25);
    }

    void valuesComeAlongLinks()
    {
        const auto origin = fromComfyWorkflow(workflow(
            QStringLiteral(
                R"(, {"id": 30, "type": "PrimitiveNode", "outputs": [{"name": "INT", "type": "INT"}], "widgets_values": [77, "fixed"]},
              {"id": 31, "type": "Reroute", "inputs": [{"name": "", "type": "*", "link": 32}], "outputs": [{"name": "", "type": "INT"}]})"),
            QStringLiteral(
                R"([1, 4, 0, 3, 0, "MODEL"], [32, 30, 0, 31, 0, "INT"], {"id": 33, "origin_id": 31, "origin_slot": 0, "target_id": 3, "target_slot": 4, "type": "INT"}, )"),
            QStringLiteral(R"([5, "fixed", 25, 8, "euler", "normal", 1])"),
            QStringLiteral(
                R"(, {"name": "seed", "type": "INT", "widget": {"name": "seed"}, "link": 33})")));
        QCOMPARE(*origin->seed, 77ULL);
        QCOMPARE(*origin->steps, 25);
    }

    void valuesByTheirNamesAreReadOfAnyNode()
    {
        const auto origin = fromComfyWorkflow(workflow(
            {}, {},
            QStringLiteral(
                R"({"seed": 9, "steps": 12, "cfg": 3, "sampler_name": "euler", "scheduler": "karras"})")));
        QCOMPARE(*origin->seed, 9ULL);
        QCOMPARE(*origin->steps, 12);
    }

    // Of a node whose widgets are not known nothing is guessed: it is named, and the rest is read.
    void anUnknownNodeIsNamed()
    {
        QString text = workflow();
        text.replace(QLatin1String("{\"id\": 6, \"type\": \"CLIPTextEncode\""),
                     QLatin1String("{\"id\": 6, \"type\": \"FancyPrompt\""));
        const auto origin = fromComfyWorkflow(text);
        QCOMPARE(*origin->prompt, QString());
        QVERIFY(nodes(*origin).contains(QStringLiteral("FancyPrompt")));
        QCOMPARE(*origin->negativePrompt, QStringLiteral("text, watermark"));
        QCOMPARE(*origin->steps, 25);
    }

    void whatIsNoWorkflowIsNone()
    {
        for (
            const char *text :
            {"", "{}", "[]", "a red car", R"({"nodes": []})", R"({"nodes": {}, "links": 5})",
             R"({"nodes": [5, null, [], {"id": [1]}, {"type": "KSampler"}], "links": [null, 5, []]})",
             R"({"nodes": [{"id": 1, "type": "Note", "widgets_values": ["KSampler"]}]})"})
            QVERIFY2(!fromComfyWorkflow(QString::fromLatin1(text)), text);
    }

    // Bypassed nodes that hand on to each other, links to themselves, slots that are not there.
    void circlesEnd()
    {
        QString text = withLora(4);
        text.replace(QLatin1String("[20, 4, 0, 10, 1, \"MODEL\"]"),
                     QLatin1String("[20, 10, 0, 10, 1, \"MODEL\"]"));
        const auto origin = fromComfyWorkflow(text);
        QVERIFY(origin && !origin->model);
        text.replace(QLatin1String("[1, 10, 0, 3"), QLatin1String("[1, 10, -70000, 3"));
        QVERIFY(fromComfyWorkflow(text));
        text.replace(QLatin1String("[2, 5, 0, 3, 3, \"LATENT\"]"),
                     QLatin1String("[2, 3, 0, 3, 3, \"LATENT\"]"));
        QCOMPARE(*fromComfyWorkflow(text)->steps, 25);
    }

    // A hundred thousand nodes, links and values end soon, and so does a chain of bypassed ones.
    void largeOnesEnd()
    {
        QString nodes, links;
        for (int i = 0; i < 30'000; ++i) {
            nodes +=
                QStringLiteral(
                    R"(, {"id": %1, "type": "Reroute", "mode": 4, "inputs": [{"name": "", "type": "MODEL", "link": %1}],
                "outputs": [{"name": "", "type": "MODEL"}]})")
                    .arg(100 + i);
            links += QStringLiteral("[%1, %2, 0, %1, 0, \"MODEL\"], ").arg(100 + i).arg(101 + i);
        }
        links += QStringLiteral("[1, 100, 0, 3, 0, \"MODEL\"], ");
        const auto origin = fromComfyWorkflow(workflow(nodes, links));
        QVERIFY(origin && !origin->model);
        QCOMPARE(*origin->steps, 25);
        QVERIFY(!fromComfyWorkflow(QStringLiteral("{\"nodes\": [").repeated(100'000)));
    }
};

QTEST_GUILESS_MAIN(WorkflowTest)
#include "WorkflowTest.moc"
