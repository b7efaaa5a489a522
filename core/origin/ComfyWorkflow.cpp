#include "core/origin/ComfyGraph.h"

#include <QHash>
#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <array>
#include <string_view>

namespace moodloom::origin {
namespace {

constexpr qsizetype kMostLinks = 100'000;

// Widgets have no names in a workflow: values stand in the order in which the node declares them.
// "*" is the editor's own "control after generate", which is there behind seeds, but not
// everywhere.
struct Widgets
{
    std::string_view type;
    std::string_view names;
};
constexpr std::array kWidgets{
    Widgets{"KSampler", "seed * steps cfg sampler_name scheduler denoise"},
    Widgets{"KSamplerAdvanced", "add_noise noise_seed * steps cfg sampler_name scheduler "
                                "start_at_step end_at_step return_with_leftover_noise"},
    Widgets{"SamplerCustom", "add_noise noise_seed * cfg"},
    Widgets{"KSamplerSelect", "sampler_name"},
    Widgets{"RandomNoise", "noise_seed *"},
    Widgets{"CFGGuider", "cfg"},
    Widgets{"BasicScheduler", "scheduler steps denoise"},
    Widgets{"KarrasScheduler", "steps sigma_max sigma_min rho"},
    Widgets{"ExponentialScheduler", "steps sigma_max sigma_min"},
    Widgets{"CLIPTextEncode", "text"},
    Widgets{"CLIPTextEncodeSDXL",
            "width height crop_w crop_h target_width target_height text_g text_l"},
    Widgets{"CheckpointLoaderSimple", "ckpt_name"},
    Widgets{"CheckpointLoader", "config_name ckpt_name"},
    Widgets{"unCLIPCheckpointLoader", "ckpt_name"},
    Widgets{"UNETLoader", "unet_name weight_dtype"},
    Widgets{"LoraLoader", "lora_name strength_model strength_clip"},
    Widgets{"LoraLoaderModelOnly", "lora_name strength_model"},
    Widgets{"EmptyLatentImage", "width height batch_size"},
    Widgets{"EmptySD3LatentImage", "width height batch_size"},
    Widgets{"LatentUpscale", "upscale_method width height crop"},
    Widgets{"LatentUpscaleBy", "upscale_method scale_by"},
    Widgets{"LoadImage", "image"},
    Widgets{"PrimitiveNode", "value *"},
    Widgets{"PrimitiveInt", "value *"},
    Widgets{"PrimitiveFloat", "value"},
    Widgets{"PrimitiveString", "value"},
    Widgets{"PrimitiveStringMultiline", "value"},
};

QStringList widgetsOf(const QString &type)
{
    for (const Widgets &known : kWidgets)
        if (type == QLatin1String(known.type.data(), qsizetype(known.type.size())))
            return QString::fromLatin1(known.names.data(), qsizetype(known.names.size()))
                .split(QLatin1Char(' '));
    return {};
}

bool isControl(const QJsonValue &value)
{
    static const QStringList words{QStringLiteral("fixed"), QStringLiteral("increment"),
                                   QStringLiteral("decrement"), QStringLiteral("randomize")};
    return value.isBool() || words.contains(value.toString());
}

QJsonObject valuesOf(const QString &type, const QJsonValue &widgets)
{
    if (widgets.isObject())
        return widgets.toObject(); // by their names, as some nodes write them
    QJsonObject values;
    const QJsonArray list = widgets.toArray();
    qsizetype at = 0;
    for (const QString &name : widgetsOf(type)) {
        if (at >= list.size())
            break;
        if (name != QLatin1String("*"))
            values.insert(name, list[at++]);
        else if (isControl(list[at]))
            ++at;
    }
    return values;
}

enum class Mode { Runs = 0, Muted = 2, Bypassed = 4 };

struct End
{
    QString node;
    int slot = 0;
};

class Workflow
{
public:
    explicit Workflow(const QJsonObject &json)
    {
        for (const QJsonValue node : json[QLatin1String("nodes")].toArray()) {
            if (m_nodes.size() >= kMostGraphNodes)
                break;
            if (const QString id = idOf(node[QLatin1String("id")]); !id.isEmpty())
                m_nodes.insert(id, node.toObject());
        }
        // [id, from node, from slot, to node, to slot, type], or an object of these.
        for (const QJsonValue link : json[QLatin1String("links")].toArray()) {
            if (m_links.size() >= kMostLinks)
                break;
            const bool named = link.isObject();
            const QString id = idOf(named ? link[QLatin1String("id")] : link[0]);
            const QString from = idOf(named ? link[QLatin1String("origin_id")] : link[1]);
            const QJsonValue slot = named ? link[QLatin1String("origin_slot")] : link[2];
            if (!id.isEmpty() && m_nodes.contains(from))
                m_links.insert(id, {from, slot.toInt()});
        }
    }

    QJsonObject graph() const
    {
        QJsonObject all;
        for (auto it = m_nodes.begin(); it != m_nodes.end(); ++it) {
            if (modeOf(*it) != Mode::Runs)
                continue;
            const QString type = (*it)[QLatin1String("type")].toString();
            QJsonObject inputs = valuesOf(type, (*it)[QLatin1String("widgets_values")]);
            for (const QJsonValue input : (*it)[QLatin1String("inputs")].toArray())
                if (const auto from = sourceOf(input))
                    inputs.insert(input[QLatin1String("name")].toString(),
                                  QJsonArray{from->node, from->slot});
            all.insert(it.key(), QJsonObject{{QStringLiteral("class_type"), type},
                                             {QStringLiteral("inputs"), inputs}});
        }
        return all;
    }

private:
    // Ids are numbers, within subgraphs texts.
    static QString idOf(const QJsonValue &id) { return id.toVariant().toString(); }

    static Mode modeOf(const QJsonObject &node)
    {
        const int mode = node[QLatin1String("mode")].toInt();
        return mode == int(Mode::Muted) || mode == int(Mode::Bypassed) ? Mode(mode) : Mode::Runs;
    }

    // The running node at the other end of an input.
    std::optional<End> sourceOf(const QJsonValue &input) const
    {
        QJsonValue now = input;
        for (int depth = 0; depth < kDeepestGraph; ++depth) {
            const auto link = m_links.constFind(idOf(now[QLatin1String("link")]));
            if (link == m_links.cend())
                break;
            const QJsonObject &node = *m_nodes.constFind(link->node);
            const Mode mode = modeOf(node);
            if (mode == Mode::Runs)
                return *link;
            if (mode == Mode::Muted)
                break;
            now = handedOn(node, link->slot);
        }
        return std::nullopt;
    }

    // The input that a bypassed node hands on at this output: of its kind, best at the same place.
    static QJsonValue handedOn(const QJsonObject &node, int slot)
    {
        const auto typeOf = [](const QJsonValue &end) {
            return end[QLatin1String("type")].toString();
        };
        const QString wanted = typeOf(node[QLatin1String("outputs")].toArray().at(slot));
        const QJsonArray inputs = node[QLatin1String("inputs")].toArray();
        if (typeOf(inputs.at(slot)) == wanted)
            return inputs.at(slot);
        const auto same = std::find_if(inputs.begin(), inputs.end(), [&](const QJsonValue &input) {
            return typeOf(input) == wanted;
        });
        return same == inputs.end() ? QJsonValue() : QJsonValue(*same);
    }

    QHash<QString, QJsonObject> m_nodes;
    QHash<QString, End> m_links;
};

} // namespace

QJsonObject graphOfWorkflow(const QJsonObject &workflow)
{
    return Workflow(workflow).graph();
}

} // namespace moodloom::origin
