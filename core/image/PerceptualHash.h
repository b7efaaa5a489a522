// 64 bits that stay nearly the same when a picture is scaled, recompressed or slightly recoloured.
// Pure functions.
#pragma once

#include <QImage>

namespace moodloom::image {

// pHash: the signs of the 8x8 lowest frequencies (without the constant) of the picture's lightness,
// against their median. Transparent pixels count as white.
quint64 perceptualHash(const QImage &image);

// Bits that differ, 0..64: up to about 6 is the same motif, above 20 another one.
int hashDistance(quint64 left, quint64 right);

} // namespace moodloom::image
