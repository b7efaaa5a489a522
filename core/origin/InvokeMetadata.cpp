#include "core/origin/Formats.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace moodloom::origin {
namespace {

// {"name": "dreamshaper-8", "hash": "blake3:..."}, or "model_name" before version 4. Its digests
// are of another kind than SHA-256 and tell nothing here.
NamedWeights weightsOf(const QJsonValue &model, double scale)
{
    for (const char *key : {"name", "model_name"})
        if (const QJsonValue name = model[QLatin1String(key)]; name.isString())
            return {name.toString(), {}, scale};
    return {model.toString(), {}, scale};
}

} // namespace

std::optional<Origin> fromInvokeMetadata(const QString &text)
{
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    const auto value = [&json](const char *key) { return json[QLatin1String(key)]; };
    if (!value("positive_prompt").isString())
        return std::nullopt;
    Origin origin;
    origin.program =
        QStringLiteral("InvokeAI %1").arg(value("app_version").toString()).trimmed().left(80);
    origin.prompt = value("positive_prompt").toString();
    origin.negativePrompt = value("negative_prompt").toString();
    if (value("steps").isDouble())
        takeSteps(origin, value("steps").toDouble());
    if (value("cfg_scale").isDouble())
        takeGuidance(origin, value("cfg_scale").toDouble());
    if (const double seed = value("seed").toDouble(-1);
        seed >= 0 && seed < 9e15 && seed == std::floor(seed))
        origin.seed = quint64(seed);
    if (value("width").isDouble())
        takeSize(origin, value("width").toDouble(), value("height").toDouble());
    if (const QString scheduler = value("scheduler").toString(); !scheduler.isEmpty())
        takeSampler(origin, scheduler, {});
    if (const NamedWeights model = weightsOf(value("model"), 1); !model.name.isEmpty())
        origin.model = model;
    for (const QJsonValue entry : value("loras").toArray()) {
        const double weight = entry[QLatin1String("weight")].toDouble(1);
        const QJsonValue file = entry[QLatin1String("model")].isUndefined()
                                    ? entry[QLatin1String("lora")]
                                    : entry[QLatin1String("model")];
        const NamedWeights lora = weightsOf(file, weight);
        if (!lora.name.isEmpty() && std::abs(weight) <= 4 && origin.loras.size() < 64)
            origin.loras.append(lora);
    }
    if (value("init_image").isString() || value("strength").isDouble())
        origin.leave(Leftover::Kind::StartPicture, {});
    if (const int skip = value("clip_skip").toInt(); skip > 0)
        origin.leave(Leftover::Kind::Setting, QStringLiteral("Clip skip: %1").arg(skip));
    for (const auto &[key, name] :
         {std::pair("controlnets", "ControlNet"), std::pair("ipAdapters", "IP-Adapter"),
          std::pair("t2iAdapters", "T2I-Adapter"), std::pair("vae", "VAE"),
          std::pair("refiner_model", "Refiner")})
        if (const QJsonValue used = value(key); (used.isArray() && !used.toArray().isEmpty()) ||
                                                (used.isObject() && !used.toObject().isEmpty()))
            origin.leave(Leftover::Kind::Setting, QLatin1String(name));
    leaveMarks(origin);
    return origin;
}

} // namespace moodloom::origin
