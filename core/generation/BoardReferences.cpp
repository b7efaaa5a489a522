#include "core/generation/BoardReferences.h"

#include "core/board/Board.h"
#include "core/board/Regions.h"
#include "core/generation/Compose.h"
#include "core/prompt/FacetParser.h"

#include <QRegularExpression>
#include <QStringList>

namespace moodloom::generation {

QVector<BoardReference> boardReferences(const board::Board &board, board::ItemId frame,
                                        const QHash<board::ItemId, board::Item> &moved)
{
    QVector<BoardReference> all;
    QVector<double> weights;
    QVector<std::pair<QString, QRectF>> used; // what, and which part of it
    const auto add = [&](board::ItemId id, const RecipeReference &reference) {
        const std::pair shown(reference.hash, reference.part);
        if (reference.weight <= 0 || used.contains(shown))
            return;
        used.append(shown);
        all.append({id, reference});
        weights.append(reference.weight);
    };
    for (const board::FrameReference &placed : board::frameReferences(board, frame, moved))
        add(placed.item, {placed.path, placed.hash, placed.caption, placed.weight, placed.region,
                          placed.role, placed.steps, placed.part, placed.shape});
    for (const board::ItemId &id : board.items()) {
        const board::Item *item = board.item(id);
        const board::Picture *picture = item->picture();
        if (picture && item->isVisible() && picture->state == board::ReferenceState::Pinned)
            add(id, {picture->path,
                     picture->hash,
                     picture->caption,
                     picture->weight,
                     {},
                     picture->role,
                     picture->steps,
                     board::shownShare(*picture)});
    }
    QVector<BoardReference> acting;
    for (const qsizetype i : strongest(weights))
        acting.append(all[i]);
    return acting;
}

QVector<BoardText> boardTexts(const board::Board &board, board::ItemId frame,
                              const QHash<board::ItemId, board::Item> &moved)
{
    QVector<BoardText> texts;
    for (const board::FrameText &placed : board::frameTexts(board, frame, moved))
        if (const QString words = wordsOf(placed.text); !words.isEmpty())
            texts.append(
                {placed.item, {words, placed.weight, placed.shape, placed.steps}, placed.region});
    return texts;
}

QString wordsOf(const QString &note)
{
    static const QRegularExpression lineMarks(
        QStringLiteral(R"(^\s*(#{1,6}\s+|>\s*|[-*+]\s+(\[[ xX]\]\s+)?|\d+[.)]\s+)*)"));
    static const QRegularExpression link(QStringLiteral(R"(!?\[([^\]]*)\]\([^)]*\))"));
    static const QRegularExpression emphasis(QStringLiteral(R"(\*+|~~|`+|(?<!\w)_+|_+(?!\w))"));
    QStringList lines;
    for (QString line : note.split(QLatin1Char('\n'))) {
        line.remove(lineMarks);
        line.replace(link, QStringLiteral("\\1"));
        line.remove(emphasis);
        line = prompt::parsePrompt(line).clean.simplified();
        while (line.endsWith(QLatin1Char(',')) || line.endsWith(QLatin1Char('.')))
            line.chop(1);
        if (!line.isEmpty())
            lines.append(line);
    }
    return lines.join(QStringLiteral(", "));
}

} // namespace moodloom::generation
