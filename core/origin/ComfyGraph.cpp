#include "core/origin/ComfyGraph.h"

#include "core/base/JsonText.h"
#include "core/origin/Formats.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace moodloom::origin {
namespace {

constexpr int kMostSteps = 50'000; // links that are followed in all
constexpr qsizetype kMostTexts = 32;

// A graph whose links are followed upstream; cycles and endless ones end.
class Graph
{
public:
    explicit Graph(const QJsonObject &nodes) : m_nodes(nodes) {}

    QString kind(const QString &node) const
    {
        return m_nodes[node][QLatin1String("class_type")].toString();
    }
    QJsonObject inputs(const QString &node) const
    {
        return m_nodes[node][QLatin1String("inputs")].toObject();
    }
    // The node at the other end of an input; empty when it is a plain value or leads nowhere.
    QString source(const QString &node, const QString &input) const
    {
        const QJsonArray link = inputs(node)[input].toArray();
        const QString to = link.size() == 2 ? link[0].toVariant().toString() : QString();
        return m_nodes.contains(to) ? to : QString();
    }
    int slot(const QString &node, const QString &input) const
    {
        return inputs(node)[input].toArray().at(1).toInt();
    }
    // All inputs that are links, with those of which the name begins so.
    QStringList links(const QString &node, const char *prefix = "") const
    {
        QStringList names;
        const QJsonObject all = inputs(node);
        for (auto it = all.begin(); it != all.end(); ++it)
            if (it.key().startsWith(QLatin1String(prefix)) && !source(node, it.key()).isEmpty())
                names << it.key();
        return names;
    }
    QStringList nodes() const { return m_nodes.keys(); }
    bool mayGoOn() { return ++m_steps < kMostSteps; }

private:
    const QJsonObject m_nodes;
    int m_steps = 0;
};

// A plain value behind an input: there, or in a node that holds one (a primitive, a seed).
QJsonValue valueOf(Graph &graph, QString node, QString input)
{
    for (int depth = 0; depth < kDeepestGraph && graph.mayGoOn(); ++depth) {
        const QJsonValue value = graph.inputs(node)[input];
        if (!value.isArray())
            return value;
        node = graph.source(node, input);
        if (node.isEmpty())
            break;
        const QJsonObject inputs = graph.inputs(node);
        QStringList holders;
        for (const char *key :
             {"value", "int", "float", "seed", "noise_seed", "number", "text", "string", "Value"})
            if (inputs.contains(QLatin1String(key)))
                holders << QLatin1String(key);
        if (holders.isEmpty() && inputs.size() == 1)
            holders << inputs.begin().key(); // a reroute
        if (holders.size() != 1)
            break; // it is computed
        input = holders.first();
    }
    return QJsonValue(QJsonValue::Undefined);
}

std::optional<double> numberOf(Graph &graph, const QString &node, const char *input, Origin &origin)
{
    if (!graph.inputs(node).contains(QLatin1String(input)))
        return std::nullopt;
    const QJsonValue value = valueOf(graph, node, QLatin1String(input));
    if (value.isDouble())
        return value.toDouble();
    origin.leave(Leftover::Kind::Unresolved, QLatin1String(input));
    return std::nullopt;
}

QString stringOf(Graph &graph, const QString &node, const char *input)
{
    return valueOf(graph, node, QLatin1String(input)).toString();
}

bool isSampler(const Graph &graph, const QString &node)
{
    const QJsonObject inputs = graph.inputs(node);
    const bool samples = inputs.contains(QLatin1String("latent_image"));
    return samples && (inputs.contains(QLatin1String("seed")) ||
                       inputs.contains(QLatin1String("noise_seed")) ||
                       inputs.contains(QLatin1String("noise")) ||
                       inputs.contains(QLatin1String("sampler_name")));
}

// -- Conditioning: to the texts

struct Texts
{
    QStringList found;
    QSet<QString> seen;
};

void followText(Graph &graph, const QString &node, int slot, int depth, Texts &texts,
                Origin &origin)
{
    if (node.isEmpty() || depth > kDeepestGraph || !graph.mayGoOn() || texts.seen.contains(node) ||
        texts.found.size() >= kMostTexts)
        return;
    texts.seen.insert(node);
    const QString kind = graph.kind(node);
    const QJsonObject inputs = graph.inputs(node);
    if (kind.contains(QLatin1String("ZeroOut")))
        return; // the empty text
    bool encodes = false;
    for (const char *key : {"text", "text_g", "text_l", "t5xxl", "clip_l", "prompt"}) {
        if (!inputs.contains(QLatin1String(key)))
            continue;
        encodes = true;
        const QJsonValue text = valueOf(graph, node, QLatin1String(key));
        if (!text.isString())
            origin.leave(Leftover::Kind::Unresolved, QLatin1String(key));
        else if (!text.toString().trimmed().isEmpty() && !texts.found.contains(text.toString()))
            texts.found << text.toString(); // both encoders of SDXL mostly read the same
    }
    if (encodes)
        return;
    // Nodes that take both texts hand them on in the order of their outputs.
    QStringList onward = graph.links(node, "conditioning");
    if (onward.isEmpty()) {
        const auto side = slot == 1 ? QStringLiteral("negative") : QStringLiteral("positive");
        if (!graph.source(node, side).isEmpty())
            onward << side;
    }
    if (onward.isEmpty() && graph.links(node).size() == 1)
        onward = graph.links(node); // a reroute
    if (onward.isEmpty()) {
        origin.leave(Leftover::Kind::Node, kind);
        return;
    }
    const bool hands =
        kind.startsWith(QLatin1String("Reroute")) || kind.endsWith(QLatin1String("Guider"));
    if (!hands)
        origin.leave(Leftover::Kind::Node, kind);
    for (const QString &input : onward)
        followText(graph, graph.source(node, input), graph.slot(node, input), depth + 1, texts,
                   origin);
}

std::optional<QString> textOf(Graph &graph, const QString &node, const QString &input,
                              Origin &origin)
{
    const QString source = graph.source(node, input);
    if (source.isEmpty())
        return std::nullopt;
    Texts texts;
    followText(graph, source, graph.slot(node, input), 0, texts, origin);
    return texts.found.join(QStringLiteral(", "));
}

// -- The model: through LoRAs to the checkpoint

void followModel(Graph &graph, QString node, Origin &origin)
{
    QSet<QString> seen;
    while (!node.isEmpty() && !seen.contains(node) && graph.mayGoOn()) {
        seen.insert(node);
        const QString kind = graph.kind(node);
        const QString lora = stringOf(graph, node, "lora_name");
        if (!lora.isEmpty()) {
            const double scale = numberOf(graph, node, "strength_model", origin).value_or(1);
            if (lora != QLatin1String("None") && std::abs(scale) <= 4)
                origin.loras.prepend({lora, {}, scale});
        }
        for (const char *key : {"ckpt_name", "unet_name", "model_name", "base_ckpt_name"})
            if (const QString name = stringOf(graph, node, key); !name.isEmpty()) {
                origin.model = NamedWeights{name, {}, 1};
                return;
            }
        const bool hands = !lora.isEmpty() || kind.startsWith(QLatin1String("Reroute"));
        QString next = graph.source(node, QStringLiteral("model"));
        if (next.isEmpty() && graph.links(node).size() == 1)
            next = graph.source(node, graph.links(node).first());
        if (!hands)
            origin.leave(Leftover::Kind::Node, kind);
        node = next;
    }
}

// -- The latent picture: back to where it begins

struct Beginning
{
    QString sampler;      // the first of those in the row
    QStringList samplers; // all, the last one first
};

Beginning followLatent(Graph &graph, const QString &last, Origin &origin)
{
    Beginning beginning{last, {last}};
    QSet<QString> seen{last};
    QString node = graph.source(last, QStringLiteral("latent_image"));
    Origin sizes;
    bool decoded = false;
    while (!node.isEmpty() && !seen.contains(node) && graph.mayGoOn()) {
        seen.insert(node);
        const QJsonObject inputs = graph.inputs(node);
        QString next;
        if (isSampler(graph, node)) {
            beginning.sampler = node;
            beginning.samplers << node;
            next = graph.source(node, QStringLiteral("latent_image"));
        } else {
            for (const char *key :
                 {"samples", "latent", "latent_image", "samples1", "pixels", "image", "images"})
                if (next.isEmpty()) {
                    next = graph.source(node, QLatin1String(key));
                    decoded = decoded || (!next.isEmpty() && std::string_view(key) == "pixels");
                }
            if (next.isEmpty() && graph.links(node).size() == 1 && inputs.size() == 1)
                next = graph.source(node, graph.links(node).first()); // a reroute
        }
        if (next.isEmpty()) {
            const auto width = numberOf(graph, node, "width", origin);
            const auto height = numberOf(graph, node, "height", origin);
            if (width && height && !graph.kind(node).contains(QLatin1String("LoadImage")))
                takeSize(origin, *width, *height);
            else if (decoded)
                origin.leave(Leftover::Kind::StartPicture, {});
        }
        node = next;
    }
    return beginning;
}

// The sampler that nothing samples after, of those the most nodes lead to.
QString lastSampler(const Graph &graph)
{
    QStringList samplers;
    for (const QString &node : graph.nodes())
        if (isSampler(graph, node))
            samplers << node;
    if (samplers.size() < 2)
        return samplers.value(0);
    // Walk back from what writes pictures, breadth first: the nearest sampler is the last.
    QStringList front;
    for (const QString &node : graph.nodes())
        if (graph.kind(node).contains(QLatin1String("SaveImage")) ||
            graph.kind(node).contains(QLatin1String("Image Save")) ||
            graph.kind(node).contains(QLatin1String("PreviewImage")))
            front << node;
    std::stable_sort(front.begin(), front.end(), [&](const QString &a, const QString &b) {
        return graph.kind(a).contains(QLatin1String("Save")) &&
               !graph.kind(b).contains(QLatin1String("Save"));
    });
    QSet<QString> seen(front.begin(), front.end());
    for (qsizetype i = 0; i < front.size(); ++i) {
        const QString node = front[i];
        if (isSampler(graph, node))
            return node;
        for (const QString &input : graph.links(node))
            if (const QString source = graph.source(node, input); !seen.contains(source)) {
                seen.insert(source);
                front << source;
            }
    }
    return samplers.first();
}

// Numbers of JSON are doubles here, and a seed has 64 bits: its digits as they stand in the text.
std::optional<quint64> digitsOf(double value, const QString &text)
{
    std::optional<quint64> found;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isDigit())
            continue;
        qsizetype end = i;
        while (end < text.size() && text[end].isDigit())
            ++end;
        bool ok = false;
        const quint64 number = QStringView(text).mid(i, end - i).toULongLong(&ok);
        i = end;
        if (!ok || double(number) != value)
            continue;
        if (found && *found != number)
            return std::nullopt; // another number that rounds to the same double
        found = number;
    }
    return found;
}

std::optional<quint64> seedOf(Graph &graph, const QString &node, const char *input,
                              const QString &text, Origin &origin)
{
    const auto value = numberOf(graph, node, input, origin);
    if (!value || *value < 0)
        return std::nullopt;
    if (*value < 9007199254740992.0)
        return quint64(*value);
    const auto seed = digitsOf(*value, text);
    if (!seed)
        origin.leave(Leftover::Kind::Unresolved, QLatin1String(input));
    return seed;
}

void takeSampling(Graph &graph, const QString &node, const QString &text, Origin &origin)
{
    const QString noise = graph.source(node, QStringLiteral("noise"));
    const QString guider = graph.source(node, QStringLiteral("guider"));
    const QString chooser = graph.source(node, QStringLiteral("sampler"));
    const QString sigmas = graph.source(node, QStringLiteral("sigmas"));
    for (const auto &[from, input] :
         {std::pair(node, "seed"), std::pair(node, "noise_seed"), std::pair(noise, "noise_seed")})
        if (!origin.seed && !from.isEmpty() && graph.inputs(from).contains(QLatin1String(input)))
            origin.seed = seedOf(graph, from, input, text, origin);
    for (const QString &from : {node, sigmas})
        if (!from.isEmpty() && !origin.steps)
            if (const auto steps = numberOf(graph, from, "steps", origin))
                takeSteps(origin, *steps);
    for (const QString &from : {node, guider})
        if (!from.isEmpty() && !origin.guidance)
            if (const auto cfg = numberOf(graph, from, "cfg", origin))
                takeGuidance(origin, *cfg);
    const QString own = stringOf(graph, node, "sampler_name");
    const QString name =
        own.isEmpty() && !chooser.isEmpty() ? stringOf(graph, chooser, "sampler_name") : own;
    QString schedule = stringOf(graph, node, "scheduler");
    if (schedule.isEmpty() && !sigmas.isEmpty()) {
        schedule = stringOf(graph, sigmas, "scheduler");
        if (schedule.isEmpty())
            schedule = graph.kind(sigmas).startsWith(QLatin1String("Karras"))
                           ? QStringLiteral("karras")
                           : graph.kind(sigmas);
    }
    if (!name.isEmpty())
        takeSampler(origin, name, schedule);
    else
        origin.leave(Leftover::Kind::Unresolved, QStringLiteral("sampler_name"));
    // The part of the steps that KSamplerAdvanced takes.
    const double start = graph.inputs(node)[QLatin1String("start_at_step")].toDouble(0);
    if (start > 0)
        origin.leave(Leftover::Kind::Setting, QStringLiteral("start_at_step: %1").arg(start));
}

} // namespace

std::optional<Origin> originOfGraph(const QJsonObject &nodes, const QString &text)
{
    if (nodes.isEmpty() || nodes.size() > kMostGraphNodes)
        return std::nullopt;
    Graph graph(nodes);
    const QString last = lastSampler(graph);
    if (last.isEmpty())
        return std::nullopt;
    Origin origin;
    origin.program = QStringLiteral("ComfyUI");
    const Beginning beginning = followLatent(graph, last, origin);
    if (beginning.samplers.size() > 1)
        origin.leave(Leftover::Kind::MorePasses, QString::number(beginning.samplers.size()));
    const QString node = beginning.sampler;
    takeSampling(graph, node, text, origin);
    // With a guider, texts and model hang on it.
    const QString guider = graph.source(node, QStringLiteral("guider"));
    const QString holder = guider.isEmpty() ? node : guider;
    origin.prompt = textOf(graph, holder, QStringLiteral("positive"), origin);
    if (!origin.prompt)
        origin.prompt = textOf(graph, holder, QStringLiteral("conditioning"), origin);
    origin.negativePrompt = textOf(graph, holder, QStringLiteral("negative"), origin);
    followModel(graph, graph.source(holder, QStringLiteral("model")), origin);
    if (origin.prompt)
        origin.prompt = withoutNetworks(*origin.prompt, origin);
    leaveMarks(origin);
    return origin;
}

static QJsonObject jsonOf(const QString &text)
{
    // Python's numbers that JSON does not have.
    return QJsonDocument::fromJson(QByteArray::fromStdString(standardJson(text.toStdString())))
        .object();
}

std::optional<Origin> fromComfyGraph(const QString &text)
{
    return originOfGraph(jsonOf(text), text);
}

std::optional<Origin> fromComfyWorkflow(const QString &text)
{
    return originOfGraph(graphOfWorkflow(jsonOf(text)), text);
}

} // namespace moodloom::origin
