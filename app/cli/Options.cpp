#include "app/cli/Options.h"
#include "app/cli/Words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cstdio>
#include <cstdlib>

namespace moodloom::cli {
namespace {

Failure bad(const QString &option, const QString &text, const QString &expected)
{
    return fail(ErrorCode::Invalid, ("--" + option).toStdString(),
                Words::tr("\"%1\": expected %2").arg(text, expected).toStdString());
}

// Qt's text knows only the program, not the command: "Usage: moodloom search [options] PROMPT".
[[noreturn]] void showHelp(const QCommandLineParser &parser, const QString &command)
{
    QString text = parser.helpText();
    const QString program = QCoreApplication::arguments().constFirst();
    if (const qsizetype at = text.indexOf(program); at >= 0)
        text.replace(at, program.size(), QStringLiteral("moodloom ") + command);
    std::fputs(text.toLocal8Bit().constData(), stdout);
    std::exit(0);
}

} // namespace

Result<void> parse(QCommandLineParser &parser, const QString &command, const QStringList &arguments)
{
    parser.addHelpOption();
    if (!parser.parse(QStringList(QStringLiteral("moodloom ") + command) + arguments))
        return fail(ErrorCode::Invalid, command.toStdString(),
                    (parser.errorText() + QLatin1Char(' ') +
                     Words::tr("See: moodloom %1 --help").arg(command))
                        .toStdString());
    if (parser.isSet(QStringLiteral("help")))
        showHelp(parser, command);
    return {};
}

Result<int> integer(const QCommandLineParser &parser, const QString &option, int low, int high,
                    int fallback)
{
    if (!parser.isSet(option))
        return fallback;
    bool ok = false;
    const int value = parser.value(option).toInt(&ok);
    if (!ok || value < low || value > high)
        return bad(option, parser.value(option),
                   Words::tr("a whole number from %1 to %2").arg(low).arg(high));
    return value;
}

Result<double> real(const QCommandLineParser &parser, const QString &option, double low, double high,
                    double fallback)
{
    if (!parser.isSet(option))
        return fallback;
    bool ok = false;
    const double value = parser.value(option).toDouble(&ok);
    if (!ok || !(value >= low && value <= high))
        return bad(option, parser.value(option),
                   Words::tr("a number from %1 to %2").arg(low).arg(high));
    return value;
}

Result<quint64> seed(const QCommandLineParser &parser, const QString &option, quint64 fallback)
{
    if (!parser.isSet(option))
        return fallback;
    bool ok = false;
    const quint64 value = parser.value(option).toULongLong(&ok);
    if (!ok)
        return bad(option, parser.value(option), Words::tr("a whole number, 0 or larger"));
    return value;
}

Result<QSize> size(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,5})[xX×](\\d{1,5})$"));
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return bad(QStringLiteral("size"), text, Words::tr("WIDTHxHEIGHT in pixels, as 128x128"));
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

} // namespace moodloom::cli
