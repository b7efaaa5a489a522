// moodloom board check FILE | repair FILE GOAL
#include "app/cli/Commands.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Options.h"
#include "app/cli/Words.h"
#include "core/board/BoardCare.h"

#include <QDir>
#include <QJsonArray>

namespace moodloom::cli {
namespace {

using moodloom::board::BoardHealth;

QString describe(const BoardHealth &health)
{
    QStringList lines{Words::tr("%1 items, %2 takes and %3 pictures are whole; %4 pictures are linked")
                          .arg(health.items).arg(health.takes).arg(health.pictures).arg(health.linked)};
    if (health.damagedPages)
        lines << Words::tr("pages of the file are damaged");
    if (health.lostRecords > 0)
        lines << Words::tr("%1 records cannot be read").arg(health.lostRecords);
    if (health.strayTakes > 0)
        lines << Words::tr("%1 takes belong to no frame").arg(health.strayTakes);
    for (const QString &hash : health.damagedPictures)
        lines << Words::tr("damaged picture: %1").arg(hash);
    for (const QString &path : health.missingFiles)
        lines << Words::tr("linked file gone or changed: %1").arg(path);
    return lines.join(QLatin1Char('\n'));
}

QJsonObject fields(const BoardHealth &health)
{
    return {{"whole", health.isWhole()},
            {"items", health.items},
            {"takes", health.takes},
            {"pictures", health.pictures},
            {"linked", health.linked},
            {"damaged_pages", health.damagedPages},
            {"lost_records", health.lostRecords},
            {"stray_takes", health.strayTakes},
            {"damaged_pictures", QJsonArray::fromStringList(health.damagedPictures)},
            {"missing_files", QJsonArray::fromStringList(health.missingFiles)}};
}

} // namespace

int board(const QStringList &arguments, Output &output)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Looks a board file over, or saves what can be read of a damaged one."));
    parser.addPositionalArgument(QStringLiteral("check"), Words::tr("say what is whole and what is not"));
    parser.addPositionalArgument(QStringLiteral("repair"),
                                 Words::tr("write what can be read of FILE to a new file GOAL"));
    parser.addPositionalArgument(QStringLiteral("FILE"), Words::tr("a board; it is only read"));
    parser.addPositionalArgument(QStringLiteral("GOAL"), Words::tr("the new file"));
    if (auto ok = parse(parser, QStringLiteral("board"), arguments); !ok)
        return output.error(ok.error());
    const QStringList rest = parser.positionalArguments();
    const bool check = rest.size() == 2 && rest.first() == QLatin1String("check");
    const bool repair = rest.size() == 3 && rest.first() == QLatin1String("repair");
    if (!check && !repair)
        return output.usage(Words::tr("say what to do: moodloom board check FILE, or repair FILE GOAL"));
    const QString file = QDir::current().absoluteFilePath(rest[1]);
    const auto health = check ? moodloom::board::checkBoard(file, stopOnInterrupt())
                              : moodloom::board::repairBoard(file, QDir::current().absoluteFilePath(rest[2]),
                                                   stopOnInterrupt());
    if (!health)
        return output.error(health.error());
    output.result(QStringLiteral("board"), fields(*health), describe(*health));
    return repair || health->isWhole() ? Ok : Failed;
}

} // namespace moodloom::cli
