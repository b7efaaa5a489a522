// An order of pictures by colour: around the colour circle from red, then the greys from dark to light.
//
// A pure function: same picture, same place.
#pragma once

#include <QImage>

#include <compare>

namespace moodloom::board {

struct ColorPlace
{
    bool grey = true;     // nothing in it has a colour worth the name
    float hue = 0;        // 0..1 around OKLab's circle, red first
    float lightness = 0;  // 0..1
    auto operator<=>(const ColorPlace &) const = default;
};

// By the colour of the picture that is strongest and covers most. A thumbnail will do.
ColorPlace colorPlace(const QImage &image);

} // namespace moodloom::board
