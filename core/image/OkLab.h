// Björn Ottosson's OKLab: a colour space in which equal distances look equally different.
// Pure functions.
#pragma once

#include <QColor>

namespace moodloom::image {

struct OkLab
{
    float lightness = 0; // 0..1
    float a = 0;         // green to red
    float b = 0;         // blue to yellow
};

OkLab toOkLab(QRgb srgb);
QColor fromOkLab(const OkLab &color); // clipped to sRGB
// Squared Euclidean distance; 0.02 squared is barely seen.
float squaredDistance(const OkLab &left, const OkLab &right);

} // namespace moodloom::image
