// What the model sees of a frame's references: the masks as the painter makes them, and words about
// how each acts. Pure functions.
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

// "a red car · style · weight 0.80 · steps 0–50 %"
QString useText(const generation::RecipeReference &reference);
QString roleText(board::ReferenceRole role); // "style"
QString stepsText(board::StepRange steps);   // "0–50 %"

} // namespace moodloom::ui
