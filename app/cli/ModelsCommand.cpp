// moodloom models inspect PATH, and the way to models list and models get
#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"
#include "core/generation/PaintMemory.h"
#include "core/models/Inspect.h"

#include <QDir>
#include <QJsonDocument>

#include <nlohmann/json.hpp>

namespace moodloom::cli {

namespace {

using moodloom::models::ModelReport;

QString size(uint64_t bytes)
{
    return bytes >= 1'000'000'000 ? QStringLiteral("%1 GB").arg(double(bytes) / 1e9, 0, 'f', 2)
                                  : QStringLiteral("%1 MB").arg(double(bytes) / 1e6, 0, 'f', 1);
}

QString texts(const std::vector<std::string> &list)
{
    QStringList result;
    for (const std::string &text : list)
        result << QString::fromStdString(text);
    return result.join(QStringLiteral(", "));
}

// What painting takes with each plan.
QStringList planLines(const ModelReport &report)
{
    QStringList lines;
    for (const auto &plan : report.plans)
        lines << Words::tr("%1: %2").arg(generation::memorySize(plan.peak()),
                                         generation::planWords(plan));
    return lines;
}

QString machineLine(const ModelReport &report)
{
    if (report.plans.empty())
        return {};
    const auto *plan = report.plan();
    return generation::memorySummary(
        {plan ? *plan : report.plans.back(), report.room, plan != nullptr, {}});
}

// One fact a line, the same names in the same order for every kind of file.
QString describe(const ModelReport &report)
{
    QStringList lines{QString::fromStdString(report.folder)};
    const auto line = [&lines](const char *name, const QString &text) {
        if (!text.isEmpty())
            lines << QStringLiteral("  %1 %2").arg(QLatin1String(name), -12).arg(text);
    };
    line("kind", QLatin1String(moodloom::models::modelKindName(report.kind)));
    line("family", QString::fromStdString(report.family));
    line("variant", QString::fromStdString(report.variant));
    line("parameters",
         Words::tr("%1 million").arg(double(report.parameters) / 1e6, 0, 'f', 1));
    for (const auto &part : report.components) {
        QString state = part.present    ? Words::tr("%1 on disk").arg(size(part.bytesOnDisk))
                        : part.required ? Words::tr("MISSING")
                                        : Words::tr("none");
        if (part.problem)
            state += QStringLiteral(" - ") + errorLine(*part.problem);
        line("part",
             QStringLiteral("%1 %2").arg(QString::fromStdString(part.name), -16).arg(state));
    }
    for (const auto &adapter : report.adapters)
        line("ip-adapter",
             QString::fromStdString(adapter.kind + " " + adapter.file) +
                 (adapter.problem
                      ? QStringLiteral(" - ") + errorLine(*adapter.problem)
                      : QString()));
    line("needs", texts(report.needs));
    line("words", texts(report.words));
    line("weights", Words::tr("%1 in fp32, %2 in 16 bits")
                        .arg(size(report.bytesFull), size(report.bytesHalf)));
    for (const QString &plan : planLines(report))
        line("memory", plan);
    line("machine", machineLine(report));
    if (report.nativeSize > 0)
        line("paints", (report.takesReferences
                            ? Words::tr("at %1 px in steps of %2, %3 tokens of text, %4, takes references")
                            : Words::tr("at %1 px in steps of %2, %3 tokens of text, %4, takes no references"))
                           .arg(report.nativeSize)
                           .arg(report.sizeStep)
                           .arg(report.textLength)
                           .arg(QString::fromStdString(report.prediction)));
    line("verdict", report.problem ? Words::tr("cannot be used: %1").arg(errorLine(*report.problem))
                                   : Words::tr("complete"));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

int models(const QStringList &arguments, Output &output)
{
    if (arguments.value(0) == QLatin1String("list"))
        return listModels(arguments, output);
    if (arguments.value(0) == QLatin1String("get"))
        return getModel(arguments, output);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Says what a model folder or a file of weights is, what it lacks and "
                  "whether it fits into memory."));
    parser.addPositionalArgument(QStringLiteral("inspect"), Words::tr("look without loading"));
    parser.addPositionalArgument(
        QStringLiteral("PATH"),
        Words::tr("a model folder, a checkpoint, VAE, LoRA, ControlNet, IP-Adapter, ..."));
    if (auto ok = parse(parser, QStringLiteral("models"), arguments); !ok)
        return output.error(ok.error());
    const QStringList rest = parser.positionalArguments();
    if (rest.size() != 2 || rest.first() != QLatin1String("inspect"))
        return output.usage(Words::tr("name a folder or file: moodloom models inspect PATH; or moodloom models list [DIR...], moodloom models get MODEL"));
    const auto report =
        moodloom::models::inspectModel(QDir::current().absoluteFilePath(rest[1]).toStdString());
    if (!report)
        return output.error(report.error());
    const QByteArray json = QByteArray::fromStdString(report->toJson().dump());
    output.result(QStringLiteral("model"), QJsonDocument::fromJson(json).object(),
                  describe(*report));
    return Ok;
}

} // namespace moodloom::cli
