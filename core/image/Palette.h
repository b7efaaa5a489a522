// The few colours that a picture is made of. A pure function: same picture, same palette.
#pragma once

#include <QColor>
#include <QImage>
#include <QVector>

namespace moodloom::image {

struct PaletteColor
{
    QColor color;    // sRGB
    float share = 0; // of the visible area, 0..1; the shares sum to 1
};

// Up to six colours that look different, the largest share first: k-means in OKLab over a
// thumbnail. Transparent pixels do not count; an invisible picture has no palette.
QVector<PaletteColor> dominantColors(const QImage &image);

} // namespace moodloom::image
