#include "core/generation/BoardReferences.h"

#include "core/board/Board.h"
#include "core/board/Regions.h"
#include "core/generation/Compose.h"
#include "core/prompt/FacetParser.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

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
        if (const NoteWords words = wordsOf(placed.text); !words.text.isEmpty())
            texts.append(
                {placed.item,
                 {words.text, placed.weight, placed.shape, placed.steps, words.emphasis},
                 placed.region});
    return texts;
}

NoteWords wordsOf(const QString &note)
{
    static const QRegularExpression lineMarks(
        QStringLiteral(R"(^\s*(#{1,6}\s+|>\s*|[-*+]\s+(\[[ xX]\]\s+)?|\d+[.)]\s+)*)"));
    static const QRegularExpression link(QStringLiteral(R"(!?\[([^\]]*)\]\([^)]*\))"));
    static const QRegularExpression emphasis(QStringLiteral(R"(\*+|~~|`+|(?<!\w)_+|_+(?!\w))"));
    prompt::Unmarked all;
    for (QString line : note.split(QLatin1Char('\n'))) {
        line.remove(lineMarks);
        line.replace(link, QStringLiteral("\\1"));
        line.remove(emphasis);
        const prompt::Unmarked words = prompt::readablePrompt(line);
        qsizetype end = words.text.size(); // without the sentence's end
        while (end > 0 && (words.text[end - 1].isSpace() || words.text[end - 1] == u',' ||
                           words.text[end - 1] == u'.'))
            --end;
        const auto append = [&](QChar c, float weight) {
            all.text += c;
            all.weight.append(weight);
        };
        bool begun = false, gap = false;
        for (qsizetype i = 0; i < end; ++i) {
            gap |= words.text[i].isSpace();
            if (words.text[i].isSpace())
                continue;
            if (!begun && !all.text.isEmpty()) {
                append(u',', 1);
                append(u' ', 1);
            } else if (begun && gap) {
                append(u' ', std::min(words.weight[i], all.weight.last()));
            }
            append(words.text[i], words.weight[i]);
            begun = true;
            gap = false;
        }
    }
    return {all.text, prompt::emphasisOf(all)};
}

} // namespace moodloom::generation
