// moodloom models list [DIR...]
#include "app/cli/Commands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"
#include "core/generation/Generator.h"
#include "core/base/Paths.h"
#include "core/shelf/ExtraModelPaths.h"
#include "core/shelf/Fitness.h"
#include "core/shelf/ModelShelf.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace moodloom::cli {

namespace {

using shelf::ShelfEntry;

QString size(qint64 bytes)
{
    return bytes >= 1'000'000'000 ? QStringLiteral("%1 GB").arg(double(bytes) / 1e9, 0, 'f', 1)
                                  : QStringLiteral("%1 MB").arg(double(bytes) / 1e6, 0, 'f', 1);
}

QString describe(const ShelfEntry &entry, const std::optional<QString> &reason)
{
    QStringList facts{QLatin1String(models::modelKindName(entry.kind))};
    for (const QString &fact : {entry.family, entry.variant})
        if (!fact.isEmpty())
            facts.append(fact);
    facts.append(size(entry.bytes));
    QStringList lines{entry.title, QStringLiteral("  ") + facts.join(QStringLiteral(", "))};
    if (!entry.words.isEmpty())
        lines.append(QStringLiteral("  ") + Words::tr("words: %1").arg(entry.words.join(QStringLiteral(", "))));
    if (reason)
        lines.append(QStringLiteral("  ") + Words::tr("cannot be used: %1").arg(*reason));
    lines.append(QStringLiteral("  ") + entry.path);
    return lines.join(QLatin1Char('\n'));
}

QJsonObject fields(const ShelfEntry &entry, const std::optional<QString> &reason)
{
    QJsonObject json{{QStringLiteral("path"), entry.path},
                     {QStringLiteral("title"), entry.title},
                     {QStringLiteral("from"), QLatin1String(shelf::folderKindName(entry.from))},
                     {QStringLiteral("kind"), QLatin1String(models::modelKindName(entry.kind))},
                     {QStringLiteral("family"), entry.family},
                     {QStringLiteral("variant"), entry.variant},
                     {QStringLiteral("bytes"), entry.bytes},
                     {QStringLiteral("needs"), QJsonArray::fromStringList(entry.needs)},
                     {QStringLiteral("words"), QJsonArray::fromStringList(entry.words)},
                     {QStringLiteral("usable"), !reason}};
    if (!entry.preview.isEmpty())
        json[QStringLiteral("preview")] = entry.preview;
    if (reason)
        json[QStringLiteral("reason")] = *reason;
    return json;
}

// Those given, else those of other programs on this machine. Errors: NotFound.
Result<QVector<shelf::ShelfFolder>> foldersOf(const QStringList &given)
{
    if (given.isEmpty())
        return shelf::foundFolders(QProcessEnvironment::systemEnvironment(), QDir::homePath());
    QVector<shelf::ShelfFolder> folders;
    for (const QString &text : given) {
        const QString path = QDir::current().absoluteFilePath(text);
        if (QFileInfo(path).isFile() && shelf::isExtraModelPaths(path)) {
            if (const auto extra = shelf::readExtraModelPaths(path); !extra)
                return fail(extra.error());
        } else if (!QFileInfo(path).isDir())
            return fail(ErrorCode::NotFound, path.toStdString(),
                        Words::tr("there is no such folder").toStdString());
        folders.append({path, shelf::folderKind(path)});
    }
    return folders;
}

} // namespace

int listModels(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Lists the models in folders, or in those of ComfyUI, A1111, Forge and Hugging "
                  "Face's cache where none is named. Nothing is copied."));
    parser.addPositionalArgument(QStringLiteral("list"), Words::tr("all models below folders"));
    parser.addPositionalArgument(QStringLiteral("DIR"), Words::tr("folders to look in, or ComfyUI's extra_model_paths.yaml"),
                                 QStringLiteral("[DIR...]"));
    parser.addOption({QStringLiteral("search"),
                      Words::tr("only those with all of these words in title, kind, family or trigger words"),
                      QStringLiteral("WORDS")});
    parser.addOption({QStringLiteral("with"),
                      Words::tr("say what does not go with this model"), QStringLiteral("DIR|FILE")});
    if (auto ok = parse(parser, QStringLiteral("models"), arguments); !ok)
        return output.error(ok.error());
    const auto folders = foldersOf(parser.positionalArguments().mid(1));
    if (!folders)
        return output.error(folders.error());
    ShelfEntry base;
    if (const QString with = parser.value(QStringLiteral("with")); !with.isEmpty()) {
        const auto report =
            models::inspectModel(QDir::current().absoluteFilePath(with).toStdString());
        if (!report)
            return output.error(report.error());
        base.family = QString::fromStdString(report->family);
    }

    shelf::ScanOptions options;
    options.memory = cacheFolder() + QStringLiteral("/shelf.json");
    options.progress = [&output](int done, int total, const QString &title) {
        output.progress(QStringLiteral("inspecting"),
                        {{QStringLiteral("done"), done}, {QStringLiteral("total"), total}},
                        Words::tr("looking at %1 of %2: %3").arg(done + 1).arg(total).arg(title));
    };
    const auto entries = shelf::scanShelf(*folders, options, stopOnInterrupt());
    if (!entries)
        return output.error(entries.error());

    const QString wanted = parser.value(QStringLiteral("search"));
    int shown = 0;
    for (const ShelfEntry &entry : *entries) {
        if (!shelf::matches(entry, wanted))
            continue;
        auto reason = shelf::unusable(entry, generation::Generator::room().main);
        if (!reason)
            reason = shelf::misfit(entry, base);
        output.result(QStringLiteral("model"), fields(entry, reason), describe(entry, reason));
        ++shown;
    }
    if (shown == 0)
        output.notice(folders->isEmpty()
                          ? Words::tr("no folder of models was found; name one: moodloom models list DIR")
                          : Words::tr("no models there"));
    return Ok;
}

} // namespace moodloom::cli
