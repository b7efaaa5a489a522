// Where in a frame something of a recipe acted, as a place on the board.
//
// Pure functions of the document, but for placeNote(); UI thread.
#pragma once

#include "core/board/Board.h"
#include "core/generation/Recipe.h"

namespace moodloom::session {

struct Placement
{
    QPointF centre; // board units
    QSizeF size;
    double degrees = 0; // clockwise
};

// Corners in 0..1 of the frame: top left, top right, bottom right, bottom left. Of another number
// of corners, the bounds.
Placement placementIn(const board::Item &frame, const QVector<QPointF> &corners);
QVector<QPointF> cornersOf(const QRectF &region);

// A note that says it where it acts in the frame; one that does so already, instead of a second
// one. Null where the board is read-only, or the place is empty.
board::ItemId placeNote(board::Board &board, board::ItemId frame,
                        const generation::RecipeText &text);

} // namespace moodloom::session
