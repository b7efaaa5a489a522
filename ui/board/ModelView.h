// What the model sees of a frame: the masks of its references and notes as the painter makes them,
// and words about how each acts. Pure functions.
#pragma once

#include "core/generation/BoardReferences.h"

#include <QColor>
#include <QImage>
#include <QString>

namespace moodloom::ui {

// A reference or a note that acts on a frame's picture.
struct ActingItem
{
    board::ItemId item;
    QRectF region;          // its bounds in the frame, 0..1; empty = everywhere
    QVector<QPointF> shape; // in which it acts: a note's, a turned picture's; empty = the region
    QString use;            // useText()
    // What lies over another item of the same layer takes its place: notes, references of a role.
    int layer = 0;
    double weight = 1;
    bool isNote() const { return layer == noteLayer; }
    static constexpr int noteLayer = 3;
};
// References first, then notes; each in the order in which they act.
QVector<ActingItem> actingItems(const board::Board &board, board::ItemId frame,
                                const QHash<board::ItemId, board::Item> &moved = {});

// Where one of them acts, by its place, on the model's grid for a picture of `pixels`, whose latents are `factor`
// times smaller, in `ink`: as opaque as it acts there. Cells stay cells: each is several pixels of the
// image wide.
QImage maskImage(const QVector<ActingItem> &acting, qsizetype index, QSize pixels, int factor,
                 const QColor &ink);

// "“a red kite” · words · weight 1.00"
QString useText(const generation::RecipeText &text);
// "a red car · style · weight 0.80 · steps 0–50 %"
QString useText(const generation::RecipeReference &reference);
QString roleText(board::ReferenceRole role); // "style"
QString stepsText(board::StepRange steps);   // "0–50 %"

} // namespace moodloom::ui
