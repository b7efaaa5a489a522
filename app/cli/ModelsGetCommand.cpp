// moodloom models get ID_OR_URL [--to DIR] [--sha256 HEX] [--yes]
#include "app/cli/Commands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"
#include "core/base/Paths.h"
#include "core/download/Fetcher.h"
#include "core/download/TokenStore.h"

#include <QDir>
#include <QEventLoop>
#include <QJsonArray>
#include <QProcessEnvironment>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

namespace moodloom::cli {
namespace {

using download::Fetcher;
using download::FetchProgress;
using download::Plan;

QString size(qint64 bytes)
{
    if (bytes < 0)
        return Words::tr("size not known");
    if (bytes >= 1'000'000'000)
        return QStringLiteral("%1 GB").arg(double(bytes) / 1e9, 0, 'f', 2);
    if (bytes >= 100'000)
        return QStringLiteral("%1 MB").arg(double(bytes) / 1e6, 0, 'f', 1);
    return QStringLiteral("%1 kB").arg(double(bytes) / 1e3, 0, 'f', 1);
}

QString describe(const Plan &plan, const QString &folder, qint64 free)
{
    QStringList lines{plan.title};
    for (const download::PlannedFile &file : plan.files)
        lines.append(QStringLiteral("  %1  %2").arg(size(file.bytes), 12).arg(file.path));
    lines.append(QStringLiteral("  ") +
                 Words::tr("%1 in all, into %2 (%3 free)")
                     .arg(size(plan.bytes()), folder, free < 0 ? QStringLiteral("?") : size(free)));
    return lines.join(QLatin1Char('\n'));
}

QJsonObject fields(const Plan &plan, const QString &folder, qint64 free)
{
    QJsonArray files;
    for (const download::PlannedFile &file : plan.files)
        files.append(QJsonObject{{QStringLiteral("path"), file.path},
                                 {QStringLiteral("bytes"), file.bytes},
                                 {QStringLiteral("sha256"), file.sha256}});
    return {{QStringLiteral("title"), plan.title},
            {QStringLiteral("files"), files},
            {QStringLiteral("bytes"), plan.bytes()},
            {QStringLiteral("to"), folder},
            {QStringLiteral("free"), free}};
}

void show(const FetchProgress &progress, Output &output)
{
    const QString name = progress.file.section(QLatin1Char('/'), -1);
    const int percent =
        progress.total > 0 ? int(100.0 * double(progress.bytes) / double(progress.total)) : 0;
    QString text = progress.checking ? Words::tr("checking what is there of %1").arg(name)
                                     : Words::tr("%1 of %2 (%3 %), %4")
                                           .arg(size(progress.bytes), size(progress.total))
                                           .arg(percent)
                                           .arg(name);
    if (progress.rate > 0)
        text += Words::tr(", %1 a second").arg(size(qint64(progress.rate)));
    if (progress.secondsLeft >= 0)
        text += Words::tr(", %1 s left").arg(qRound64(progress.secondsLeft));
    output.progress(QStringLiteral("fetching"),
                    {{QStringLiteral("file"), progress.file},
                     {QStringLiteral("done"), progress.done},
                     {QStringLiteral("files"), progress.files},
                     {QStringLiteral("bytes"), progress.bytes},
                     {QStringLiteral("total"), progress.total},
                     {QStringLiteral("rate"), progress.rate}},
                    text);
}

// Turns the event loop until `done` is set, or Ctrl+C asks to stop; then stop() once.
template <class Done, class Stop> void turnUntil(const Done &done, const Stop &stop)
{
    const std::stop_token interrupt = stopOnInterrupt();
    bool stopped = false;
    QEventLoop loop;
    QTimer wake; // a signal does not wake the loop
    wake.start(100);
    while (!done()) {
        loop.processEvents(QEventLoop::WaitForMoreEvents);
        if (interrupt.stop_requested() && !std::exchange(stopped, true))
            stop();
    }
}

// Of the environment, else of the keyring if one was kept there by the studio.
QString findToken()
{
    QString token = download::tokenOfEnvironment();
    download::KeyringTokenStore store;
    if (!token.isEmpty() || !store.isKept())
        return token;
    bool answered = false, given = false;
    store.read([&](const Result<QString> &found) {
        token = found.value_or(QString());
        answered = true;
    });
    turnUntil([&] { return answered || given; }, [&] { given = true; });
    return token;
}

bool agreed()
{
    std::fprintf(stderr, "%s ", qUtf8Printable(Words::tr("Fetch this? [y/N]")));
    std::fflush(stderr);
    char answer[16] = {};
    return std::fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

} // namespace

int getModel(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Fetches a model from Hugging Face by its id, or one file by its address. What "
                  "was fetched before is taken up where it ended; sums are checked.\n"
                  "HF_TOKEN is the token for what needs one, HF_ENDPOINT another hub."));
    parser.addPositionalArgument(QStringLiteral("get"), Words::tr("fetch a model"));
    parser.addPositionalArgument(
        QStringLiteral("MODEL"),
        Words::tr("ORGANISATION/NAME[/PATH][@REVISION], or https://.../FILE"));
    parser.addOption({QStringLiteral("to"),
                      Words::tr("folder to put it in (default: models in the user's data)"),
                      QStringLiteral("DIR")});
    parser.addOption({QStringLiteral("sha256"), Words::tr("the sum that one file must have"),
                      QStringLiteral("HEX")});
    parser.addOption({QStringLiteral("yes"), Words::tr("fetch without asking")});
    if (auto ok = parse(parser, QStringLiteral("models"), arguments); !ok)
        return output.error(ok.error());
    const QStringList rest = parser.positionalArguments();
    if (rest.size() != 2)
        return output.usage(Words::tr("name one model: moodloom models get ORGANISATION/NAME"));
    const bool yes = parser.isSet(QStringLiteral("yes"));
    const bool canAsk = !output.isJson() && isatty(STDIN_FILENO);

    Fetcher::Options options;
    options.endpoint = download::hubEndpoint(QProcessEnvironment::systemEnvironment());
    const auto request =
        download::parseRequest(rest[1], parser.value(QStringLiteral("sha256")), options.endpoint);
    if (!request)
        return output.error(request.error());
    const QString to = parser.value(QStringLiteral("to"));
    const QString folder = QDir::cleanPath(to.isEmpty() ? dataFolder() + QStringLiteral("/models")
                                                        : QDir::current().absoluteFilePath(to));

    Fetcher fetcher(options);
    const QString token = findToken();
    std::optional<Result<Plan>> plan;
    QObject::connect(&fetcher, &Fetcher::planned,
                     [&plan](const download::PlanAnswer &answer) { plan = answer.plan; });
    fetcher.lookUp(*request, token);
    turnUntil([&plan] { return plan.has_value(); }, [&fetcher] { fetcher.stop(); });
    if (!*plan)
        return output.error(plan->error());
    const qint64 free = fetcher.freeBytes(folder);
    output.result(QStringLiteral("plan"), fields(**plan, folder, free),
                  describe(**plan, folder, free));
    if (!yes && (!canAsk || !agreed())) {
        output.notice(canAsk ? Words::tr("nothing was fetched")
                             : Words::tr("nothing was fetched; give --yes to fetch it"));
        return Ok;
    }

    std::optional<Result<QString>> path;
    QObject::connect(&fetcher, &Fetcher::fetched,
                     [&path](const download::FetchAnswer &answer) { path = answer.path; });
    QObject::connect(&fetcher, &Fetcher::progressed,
                     [&output](const FetchProgress &progress) { show(progress, output); });
    fetcher.fetch(**plan, folder, token, stopOnInterrupt());
    turnUntil([&path] { return path.has_value(); }, [&fetcher] { fetcher.stop(); });
    if (!*path) {
        if (path->error().code == ErrorCode::Cancelled)
            output.notice(Words::tr("what was fetched is kept: the same command goes on with it"));
        return output.error(path->error());
    }
    output.result(QStringLiteral("fetched"), {{QStringLiteral("path"), **path}}, **path);
    return Ok;
}

} // namespace moodloom::cli
