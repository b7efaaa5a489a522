// A picture as the judge sees it: square, small, in OkLab. Plain value; pure functions.
#pragma once

#include "core/image/OkLab.h"

#include <QImage>

#include <vector>

namespace moodloom::grounding {

struct LabPicture
{
    int side = 0;
    std::vector<image::OkLab> pixels; // row-major, side * side

    const image::OkLab &at(int x, int y) const { return pixels[size_t(y * side + x)]; }
};

// `picture` stretched to side x side, areas averaged. Requires: not null.
LabPicture toLab(const QImage &picture, int side);
// The same at half the side. Requires: an even side.
LabPicture halved(const LabPicture &picture);
LabPicture mirrored(const LabPicture &picture);

// The part inside `box` (in pixels of `picture`, may reach over its edges, which are repeated) at
// side x side, sampled bilinearly.
LabPicture cropped(const LabPicture &picture, const QRectF &box, int side);

} // namespace moodloom::grounding
