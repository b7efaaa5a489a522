#include "core/board/ColorOrder.h"

#include "core/image/OkLab.h"
#include "core/image/Palette.h"

#include <cmath>

namespace moodloom::board {

ColorPlace colorPlace(const QImage &image)
{
    constexpr float leastChroma = 0.04f;  // below it a colour looks grey
    constexpr double firstHue = 0.04;     // of the circle: a little before red, which is at 0.08
    ColorPlace place;
    double strongest = 0;
    for (const image::PaletteColor &part : image::dominantColors(image)) {
        const image::OkLab lab = image::toOkLab(part.color.rgb());
        place.lightness += part.share * lab.lightness;
        const float chroma = std::hypot(lab.a, lab.b);
        if (chroma < leastChroma || chroma * part.share <= strongest)
            continue;
        strongest = double(chroma) * part.share;
        const double turn = std::atan2(double(lab.b), double(lab.a)) / (2 * M_PI) - firstHue;
        place.hue = float(turn - std::floor(turn));
        place.grey = false;
    }
    return place;
}

} // namespace moodloom::board
