#include "app/cli/Commands.h"

#include "app/cli/Words.h"
#include "core/base/Machine.h"
#include "core/base/Worker.h"

#include <QCoreApplication>

#include <cstdio>

namespace moodloom::cli {
namespace {

struct Command
{
    const char *name;
    int (*run)(const QStringList &, Output &);
    const char *summary;
};

constexpr Command kCommands[] = {
    {"generate", generate,
     QT_TRANSLATE_NOOP("CommandLine", "find references for a prompt and paint a picture")},
    {"inspect", inspect,
     QT_TRANSLATE_NOOP("CommandLine", "say how a picture was made, by Moodloom or another program")},
    {"search", search, QT_TRANSLATE_NOOP("CommandLine", "find references in the library")},
    {"library", library, QT_TRANSLATE_NOOP("CommandLine", "add to, list or describe the library")},
    {"sample-library", sampleLibrary,
     QT_TRANSLATE_NOOP("CommandLine", "draw a library of captioned pictures to try things with")},
    {"board", board,
     QT_TRANSLATE_NOOP("CommandLine", "check a board file, or save what can be read of a damaged one")},
    {"models", models,
     QT_TRANSLATE_NOOP("CommandLine", "list or fetch models, say what one is and whether it is complete")},
    {"train", train,
     QT_TRANSLATE_NOOP("CommandLine", "teach a model your own captioned pictures")},
    {"benchmark", benchmark,
     QT_TRANSLATE_NOOP("CommandLine", "measure whether a model paints what its references show")},
};

const Command *find(const QString &name)
{
    for (const Command &command : kCommands)
        if (name == QLatin1String(command.name))
            return &command;
    return nullptr;
}

void printHelp()
{
    const auto print = [](const QString &text) { std::printf("%s\n", text.toUtf8().constData()); };
    print(Words::tr("Moodloom composes a picture from words and from pictures.") +
          QLatin1Char('\n'));
    print(QStringLiteral("  moodloom [BOARD.moodloom]      ") + Words::tr("open the studio"));
    for (const Command &command : kCommands)
        print(QStringLiteral("  moodloom %1 ").arg(QLatin1String(command.name), -21) +
              QCoreApplication::translate("CommandLine", command.summary));
    print(QLatin1Char('\n') +
          Words::tr("Every command takes --help, and --json for JSON lines instead of text.\n"
                    "Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."));
}

bool isOption(const QString &argument, const char *shortName, const char *longName)
{
    return argument == QLatin1String(shortName) || argument == QLatin1String(longName);
}

} // namespace

bool isCommand(const QStringList &arguments)
{
    if (arguments.isEmpty())
        return false;
    const QString &first = arguments.first();
    return find(first) || isOption(first, "-h", "--help") || isOption(first, "-v", "--version") ||
           (!first.startsWith(QLatin1Char('-')) && !first.contains(QLatin1Char('.')) &&
            !first.contains(QLatin1Char('/')));
}

int run(const QStringList &arguments)
{
    const QString name = arguments.first();
    if (isOption(name, "-h", "--help") || name == QLatin1String("help")) {
        printHelp();
        return Ok;
    }
    if (isOption(name, "-v", "--version")) {
        std::printf("moodloom %s\n", QCoreApplication::applicationVersion().toUtf8().constData());
        return Ok;
    }
    QStringList rest = arguments.mid(1);
    Output output(rest.removeAll(QStringLiteral("--json")) > 0);
    const Command *command = find(name);
    if (!command)
        return output.usage(Words::tr("there is no command \"%1\"; see moodloom --help").arg(name));
    useComputeThreads();
    if (const std::string advice = blasAdvice(); !advice.empty())
        output.notice(QString::fromStdString(advice));
    try {
        return command->run(rest, output);
    } catch (...) { // what libraries throw: no memory, above all
        return output.error(detail::currentException(name.toStdString()));
    }
}

} // namespace moodloom::cli
