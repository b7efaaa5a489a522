// Which references and words act on a frame's picture, and where: what you place where inside a frame is what
// you get where.
//
// Pure functions of the document.
#pragma once

#include "core/board/Item.h"

#include <QHash>

namespace moodloom::board {

class Board;

struct FrameReference
{
    ItemId item;
    QString hash;
    QString path;
    QString caption;
    double weight = 1;   // > 0
    ReferenceRole role = ReferenceRole::Content;
    StepRange steps;
    QRectF region;       // inside the frame, 0..1; empty = the whole picture (on the shelf)
    QRectF part;         // of its own picture that is shown, 0..1; empty = all of it
    bool pinned = false;
    // Where it is turned in the frame: its corners there, 0..1, or beyond. Empty: it acts in `region`.
    QVector<QPointF> shape{};
};

// Where a picture acts in a frame: the bounds, in the frame's own coordinates (0..1, also when it is
// rotated), of what the two oriented rectangles share. Empty when that is less than a quarter of the
// smaller of them: a picture that only touches the edge lies beside the frame.
QRectF regionInFrame(const Item &picture, const Item &frame);

// The pictures on the frame's shelf, in its order, then those placed inside, from the back to the
// front. Dropped and hidden pictures and those of weight 0 do not act. Empty when `frame` is no frame. `moved`:
// items as they would lie, in place of the document's.
QVector<FrameReference> frameReferences(const Board &board, ItemId frame,
                                        const QHash<ItemId, Item> &moved = {});

// A note whose words act where it lies.
struct FrameText
{
    ItemId item;
    QString text;           // as written: Markdown, with attention syntax
    double weight = 1;      // > 0
    QRectF region;          // its bounds inside the frame, 0..1
    QVector<QPointF> shape; // its corners in the frame, 0..1, or beyond where it reaches over the edge
    StepRange steps;        // the part of the run that it acts in
};

// Notes inside a frame that are no comments and say something, from the back to the front; not hidden
// ones, nor those of weight 0. `moved` as above.
QVector<FrameText> frameTexts(const Board &board, ItemId frame, const QHash<ItemId, Item> &moved = {});

// The topmost frame that a picture or note acts in, or null.
ItemId frameAt(const Board &board, const Item &item);

} // namespace moodloom::board
