// The pictures that a recipe names, read for painting: as they were when the recipe was made,
// upright, opaque, of the size that is painted.
//
// Pure functions over files; safe from any thread.
#pragma once

#include "core/generation/Recipe.h"

#include <QImage>

namespace moodloom::generation {

// RGB888; what is transparent becomes white paper. maxSide as in image::DecodeOptions. Errors: those
// of image::decode; Mismatch (the file's content is not the recipe's).
Result<QImage> readPicture(const RecipePicture &picture, int maxSide = 0);

// What of a reference's picture is used, with `maxSide` pixels at most.
Result<QImage> readReference(const RecipeReference &reference, int maxSide);

// The same, scaled evenly until it covers `size`, and cut off on both sides where it is too much.
Result<QImage> readCovering(const RecipePicture &picture, const QSize &size);

// What painting over a picture begins with.
struct StartPictures
{
    QImage picture; // RGB888, of the size that is painted
    QImage mask;    // Grayscale8 of the same size, 255 = painted, 0 = kept; null: all is painted
};
// A mask counts by its brightness and opacity, and may have another resolution than the picture: it
// is laid over the whole of it. Errors: those of readPicture; Invalid (a mask without any white).
Result<StartPictures> readStart(const RecipeStart &start, const QSize &size);

// What was painted where the mask is white, the picture where it is black, both in between.
QImage blended(const QImage &painted, const StartPictures &start);

} // namespace moodloom::generation
