// Which pictures and notes of a board act on a frame's next take, and how: the same for painting and for what
// the board shows of it.
//
// Pure functions of the document.
#pragma once

#include "core/board/Item.h"
#include "core/generation/Recipe.h"

#include <QHash>

namespace moodloom::board {
class Board;
}

namespace moodloom::generation {

struct BoardReference
{
    board::ItemId item;
    RecipeReference reference; // without a region: acts everywhere
};

// What lies in the frame or on its shelf (board::frameReferences()), then what is pinned anywhere,
// which acts everywhere; nothing that is hidden or dropped. The same picture acts once; of too many the
// strongest act. `moved`: items as they would lie, in place of the document's. Empty: no picture of the
// board acts, and what a search found is left to act (actingReferences()).
QVector<BoardReference> boardReferences(const board::Board &board, board::ItemId frame,
                                        const QHash<board::ItemId, board::Item> &moved = {});

struct BoardText
{
    board::ItemId item;
    RecipeText text;
    QRectF region; // the bounds of its shape in the frame, 0..1
};

// The words of notes that act on a frame's next take (board::frameTexts()).
QVector<BoardText> boardTexts(const board::Board &board, board::ItemId frame,
                              const QHash<board::ItemId, board::Item> &moved = {});

// What a text encoder should read of a note, and what counts more or less in it: without Markdown's marks and
// links' addresses, its lines as parts of one sentence.
struct NoteWords
{
    QString text;
    QVector<prompt::Emphasis> emphasis;
};
NoteWords wordsOf(const QString &note);

} // namespace moodloom::generation
