// What the model sees of a frame: the masks of its references and notes as the painter makes them,
// and words about how each acts. Pure functions.
#pragma once

#include "core/generation/BoardReferences.h"

#include <QColor>
#include <QImage>
#include <QString>

namespace moodloom::ui {

// The mask of a region (0..1 of the picture; empty = everywhere) on the model's grid for a picture
// of `pixels`, whose latents are `factor` times smaller, in `ink`: as opaque as the reference acts
// there. Cells stay cells: each is several pixels of the image wide.
QImage maskImage(const QRectF &region, QSize pixels, int factor, const QColor &ink);

// The same for a shape, see shapeCoverage().
QImage maskImage(const QVector<QPointF> &shape, QSize pixels, int factor, const QColor &ink);

// A reference or a note that acts on a frame's picture.
struct ActingItem
{
    board::ItemId item;
    QRectF region;          // its bounds in the frame, 0..1; empty = everywhere
    QVector<QPointF> shape; // in which it acts: a note's, a turned picture's; empty = the region
    QString use;            // useText()
    bool isNote = false;
};
// References first, then notes; each in the order in which they act.
QVector<ActingItem> actingItems(const board::Board &board, board::ItemId frame,
                                const QHash<board::ItemId, board::Item> &moved = {});

// "“a red kite” · words · weight 1.00"
QString useText(const generation::RecipeText &text);
// "a red car · style · weight 0.80 · steps 0–50 %"
QString useText(const generation::RecipeReference &reference);
QString roleText(board::ReferenceRole role); // "style"
QString stepsText(board::StepRange steps);   // "0–50 %"

} // namespace moodloom::ui
