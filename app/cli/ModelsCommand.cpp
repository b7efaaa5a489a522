// moodloom models inspect DIR
#include "app/cli/Commands.h"
#include "app/cli/Options.h"
#include "core/models/Inspect.h"

#include <QDir>
#include <QJsonDocument>

#include <nlohmann/json.hpp>

namespace moodloom::cli {

namespace {

using moodloom::models::ModelReport;

QString megabytes(uint64_t bytes)
{
    return QStringLiteral("%1 MB").arg(double(bytes) / 1e6, 0, 'f', 1);
}

QString describe(const ModelReport &report)
{
    QStringList lines;
    lines << QStringLiteral("%1: %2, %3 million parameters, %4 in memory (%5 with bf16)")
                 .arg(QString::fromStdString(report.folder),
                      QLatin1String(moodloom::models::modelKindName(report.kind)))
                 .arg(double(report.parameters) / 1e6, 0, 'f', 1)
                 .arg(megabytes(report.bytesFull), megabytes(report.bytesFast));
    for (const auto &part : report.components) {
        QString state = part.present ? megabytes(part.bytesOnDisk)
                                     : part.required ? QStringLiteral("MISSING") : QStringLiteral("none");
        if (part.problem)
            state += QStringLiteral(" - ") + QString::fromStdString(errorText(*part.problem));
        lines << QStringLiteral("  %1  %2").arg(QString::fromStdString(part.name), -20).arg(state);
    }
    for (const auto &adapter : report.adapters)
        lines << QStringLiteral("  %1  %2").arg(QStringLiteral("ip-adapter"), -20)
                     .arg(QString::fromStdString(adapter.kind + " " + adapter.file));
    if (report.nativeSize > 0)
        lines << QStringLiteral("  paints at %1 px in steps of %2, %3 tokens of text, %4, %5 references")
                     .arg(report.nativeSize).arg(report.sizeStep).arg(report.textLength)
                     .arg(QString::fromStdString(report.prediction),
                          report.takesReferences ? QStringLiteral("takes") : QStringLiteral("takes no"));
    lines << (report.problem ? QStringLiteral("  cannot be used: ") +
                                   QString::fromStdString(errorText(*report.problem))
                             : QStringLiteral("  complete"));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

int models(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Says what a model folder is and whether it is complete."));
    parser.addPositionalArgument(QStringLiteral("inspect"), QStringLiteral("look without loading"));
    parser.addPositionalArgument(QStringLiteral("DIR"), QStringLiteral("a folder with model_index.json"));
    if (auto ok = parse(parser, QStringLiteral("models"), arguments); !ok)
        return output.error(ok.error());
    const QStringList rest = parser.positionalArguments();
    if (rest.size() != 2 || rest.first() != QLatin1String("inspect"))
        return output.usage(QStringLiteral("name a folder: moodloom models inspect DIR"));
    const auto report = moodloom::models::inspectModel(QDir::current().absoluteFilePath(rest[1]).toStdString());
    if (!report)
        return output.error(report.error());
    const QByteArray json = QByteArray::fromStdString(report->toJson().dump());
    output.result(QStringLiteral("model"), QJsonDocument::fromJson(json).object(),
                  describe(*report));
    return Ok;
}

} // namespace moodloom::cli
