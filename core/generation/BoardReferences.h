// Which pictures of a board act on a frame's next take, and how: the same for painting and for what
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

} // namespace moodloom::generation
