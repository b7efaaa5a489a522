// moodloom inspect FILE...
#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/ReadReuse.h"
#include "app/cli/Words.h"

#include <QFileInfo>
#include <QJsonArray>

namespace moodloom::cli {
namespace {

using origin::Reuse;

QJsonObject fields(const Reuse &reuse)
{
    const origin::Origin &origin = reuse.origin;
    QJsonObject json{{"file", reuse.file},
                     {"program", origin.program},
                     {"own", origin.recipe.has_value()},
                     {"notes", QJsonArray::fromStringList(reuse.notes)}};
    if (origin.prompt)
        json["prompt"] = *origin.prompt;
    if (origin.negativePrompt)
        json["negative_prompt"] = *origin.negativePrompt;
    if (origin.model)
        json["model"] = QJsonObject{{"name", origin.model->name},
                                    {"hash", origin.model->hash},
                                    {"here", reuse.modelIsHere},
                                    {"path", reuse.modelIsHere ? reuse.settings.model : QString()}};
    QJsonArray loras, references;
    for (const origin::NamedWeights &lora : origin.loras)
        loras.append(QJsonObject{{"name", lora.name}, {"hash", lora.hash}, {"scale", lora.scale}});
    for (const origin::FoundReference &found : reuse.references)
        references.append(
            QJsonObject{{"path", found.reference.path}, {"weight", found.reference.weight}});
    if (!loras.isEmpty())
        json["loras"] = loras;
    if (!references.isEmpty())
        json["references"] = references;
    if (origin.seed)
        json["seed"] = QString::number(*origin.seed); // 64 bits do not fit a JSON number
    if (origin.size) {
        json["width"] = origin.size->width();
        json["height"] = origin.size->height();
    }
    if (origin.steps)
        json["steps"] = *origin.steps;
    if (origin.guidance)
        json["guidance"] = *origin.guidance;
    if (origin.sampler)
        json["sampler"] = generation::samplerName(*origin.sampler);
    return json;
}

QString describe(const Reuse &reuse)
{
    const origin::Origin &origin = reuse.origin;
    QStringList lines{reuse.file};
    const auto line = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines << QStringLiteral("  %1 %2").arg(name + QLatin1Char(':'), -16).arg(value);
    };
    line(Words::tr("program"), origin.program);
    line(Words::tr("prompt"), origin.prompt.value_or(QString()));
    line(Words::tr("not wanted"), origin.negativePrompt.value_or(QString()));
    if (origin.model)
        line(Words::tr("model"),
             origin.model->hash.isEmpty()
                 ? origin.model->name
                 : QStringLiteral("%1 [%2]").arg(origin.model->name, origin.model->hash));
    for (const origin::NamedWeights &lora : origin.loras)
        line(Words::tr("LoRA"), QStringLiteral("%1 %2").arg(lora.name).arg(lora.scale));
    if (origin.size)
        line(Words::tr("size"),
             QStringLiteral("%1x%2").arg(origin.size->width()).arg(origin.size->height()));
    if (origin.steps)
        line(Words::tr("steps"), QString::number(*origin.steps));
    if (origin.guidance)
        line(Words::tr("guidance"), QString::number(*origin.guidance));
    if (origin.sampler)
        line(Words::tr("sampler"), generation::samplerTitle(*origin.sampler));
    if (origin.seed)
        line(Words::tr("seed"), QString::number(*origin.seed));
    for (const origin::FoundReference &found : reuse.references)
        line(Words::tr("reference"),
             QStringLiteral("%1 %2").arg(found.reference.path).arg(found.reference.weight));
    for (const QString &note : reuse.notes)
        line(Words::tr("note"), note);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

int inspect(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Says how pictures were made, as Moodloom, A1111, Forge, ComfyUI, InvokeAI and "
                  "SwarmUI write it into them, and what of it Moodloom can repeat."));
    parser.addPositionalArgument(QStringLiteral("FILE"), Words::tr("PNG, JPEG, WebP, AVIF or TIFF"),
                                 QStringLiteral("FILE..."));
    if (auto ok = parse(parser, QStringLiteral("inspect"), arguments); !ok)
        return output.error(ok.error());
    if (parser.positionalArguments().isEmpty())
        return output.usage(Words::tr("name a picture: moodloom inspect FILE"));
    int code = Ok;
    for (const QString &path : parser.positionalArguments()) {
        const auto reuse = readReuse(path, output);
        if (!reuse) {
            code = output.error(reuse.error());
            if (code == Interrupted)
                return code;
            continue;
        }
        output.result(QStringLiteral("origin"), fields(*reuse), describe(*reuse));
    }
    return code;
}

} // namespace moodloom::cli
