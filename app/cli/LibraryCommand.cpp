// moodloom library add PATH... | list [WORDS] | info
#include "app/cli/Commands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/OpenIndex.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

namespace moodloom::cli {
namespace {

using library::Library;

QString progressText(const library::ImportProgress &p)
{
    const bool embedding = p.phase == library::ImportPhase::Embedding;
    QString text = embedding
                       ? Words::tr("Understanding %1 of %2").arg(p.counts.embedded).arg(p.toEmbed)
                       : Words::tr("Indexing %1 of %2").arg(p.counts.done).arg(p.counts.found);
    text += Words::tr(", %1 a second").arg(int(p.perSecond + 0.5));
    if (p.secondsLeft >= 0)
        text += Words::tr(", %1 s left").arg(int(p.secondsLeft + 0.5));
    return text;
}

int add(const QStringList &paths, const QString &folder, const QString &model, Output &output)
{
    if (paths.isEmpty())
        return output.usage(Words::tr("name files or folders: moodloom library add PATH..."));
    auto index = openIndex(folder, model, Library::Mode::ReadWrite, output);
    if (!index)
        return output.error(index.error());
    library::ImportOptions options;
    options.embedder = (*index)->embedder();
    library::Importer importer((*index)->library(), options);
    library::ImportRequest request;
    for (const QString &path : paths)
        request.paths.append(QDir::current().absoluteFilePath(path));
    const auto progress = [&output](const library::ImportProgress &p) {
        output.progress(QStringLiteral("progress"),
                        {{"phase", p.phase == library::ImportPhase::Embedding ? "embedding" : "importing"},
                         {"found", p.counts.found}, {"done", p.counts.done},
                         {"embedded", p.counts.embedded}, {"to_embed", p.toEmbed},
                         {"per_second", p.perSecond}, {"seconds_left", p.secondsLeft}},
                        progressText(p));
    };
    const auto report = importer.run(request, progress, stopOnInterrupt());
    if (!report)
        return output.error(report.error());
    if (auto fresh = (*index)->retriever().refresh(); !fresh)
        return output.error(fresh.error());
    // What changes in these folders later comes into the studio by itself.
    for (const QString &path : request.paths)
        if (!report->stoppedBy && QFileInfo(path).isDir())
            if (auto watched = (*index)->library().watchFolder(path); !watched)
                return output.error(watched.error());
    const auto failures = (*index)->library().failures(0, 1000);
    const library::ImportCounts &c = report->counts;
    if (failures && c.failed > 0)
        for (const library::FailedImport &failure : *failures)
            output.result(QStringLiteral("failed"),
                          {{"path", failure.path},
                           {"code", errorName(failure.error.code)},
                           {"detail", QString::fromStdString(failure.error.detail)}},
                          Words::tr("skipped: %1").arg(errorLine(failure.error)));
    output.result(QStringLiteral("imported"),
                  {{"found", c.found},
                   {"added", c.added},
                   {"updated", c.updated},
                   {"moved", c.moved},
                   {"duplicates", c.duplicates},
                   {"unchanged", c.unchanged},
                   {"failed", c.failed},
                   {"embedded", c.embedded},
                   {"seconds", report->seconds}},
                  Words::tr("%1 pictures found: %2 added, %3 updated, %4 duplicates, %5 unchanged, "
                            "%6 failed; %7 s")
                      .arg(c.found)
                      .arg(c.added)
                      .arg(c.updated)
                      .arg(c.duplicates)
                      .arg(c.unchanged)
                      .arg(c.failed)
                      .arg(report->seconds, 0, 'f', 1));
    if (report->stoppedBy)
        return output.error(*report->stoppedBy);
    return Ok;
}

int list(const QStringList &words, const QString &folder, int limit, Output &output)
{
    auto opened = Library::open(folder, Library::Mode::ReadOnly);
    if (!opened)
        return output.error(opened.error());
    library::AssetQuery query;
    query.text = words.join(QLatin1Char(' '));
    query.limit = limit;
    const auto assets = (*opened)->assets(query);
    if (!assets)
        return output.error(assets.error());
    for (const library::Asset &asset : *assets)
        output.result(QStringLiteral("asset"), assetFields(asset),
                      QStringLiteral("%1  %2x%3  %4").arg(asset.path).arg(asset.size.width())
                          .arg(asset.size.height())
                          .arg(asset.description.section(QLatin1Char('\n'), 0, 0)));
    return Ok;
}

int info(const QString &folder, Output &output)
{
    auto opened = Library::open(folder, Library::Mode::ReadOnly);
    if (!opened)
        return output.error(opened.error());
    const auto statistics = (*opened)->statistics();
    if (!statistics)
        return output.error(statistics.error());
    output.result(QStringLiteral("library"),
                  {{"folder", folder},
                   {"assets", statistics->assets},
                   {"missing", statistics->missing},
                   {"failures", statistics->failures},
                   {"keywords", statistics->keywords},
                   {"picture_bytes", statistics->pictureBytes},
                   {"database_bytes", statistics->databaseBytes}},
                  Words::tr("%1\n%2 pictures (%3 missing), %4 keywords, %5 failed imports")
                      .arg(folder)
                      .arg(statistics->assets)
                      .arg(statistics->missing)
                      .arg(statistics->keywords)
                      .arg(statistics->failures));
    return Ok;
}

} // namespace

int library(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(Words::tr("Adds to, lists or describes the library."));
    parser.addPositionalArgument(QStringLiteral("add|list|info"), Words::tr("what to do"));
    parser.addPositionalArgument(QStringLiteral("ARGUMENTS"),
                                 Words::tr("files and folders to add, or words to list by"),
                                 QStringLiteral("[ARGUMENTS...]"));
    addIndexOptions(parser);
    parser.addOption(
        {QStringLiteral("limit"), Words::tr("most assets to list (1000)"), QStringLiteral("N")});
    if (auto ok = parse(parser, QStringLiteral("library"), arguments); !ok)
        return output.error(ok.error());
    const auto limit = integer(parser, QStringLiteral("limit"), 1, 10'000'000, 1000);
    if (!limit)
        return output.error(limit.error());
    QStringList rest = parser.positionalArguments();
    const QString verb = rest.isEmpty() ? QString() : rest.takeFirst();
    const QString folder = libraryFolder(parser);
    if (verb == QLatin1String("add"))
        return add(rest, folder, modelFolder(parser), output);
    if (verb == QLatin1String("list"))
        return list(rest, folder, *limit, output);
    if (verb == QLatin1String("info"))
        return info(folder, output);
    return output.usage(Words::tr("say what to do: moodloom library add, list or info"));
}

} // namespace moodloom::cli
