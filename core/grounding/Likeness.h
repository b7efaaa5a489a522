// How far pictures are from each other, pixel by pixel and as collages. Pure functions.
#pragma once

#include "core/grounding/LabPicture.h"

#include <QImage>
#include <QRectF>

#include <span>

namespace moodloom::grounding {

// Mean distance of colours at equal places, in OkLab (0: the same; black and white are 1 apart).
double meanDifference(const QImage &left, const QImage &right);

struct RegionalChange
{
    double inside = 0, outside = 0; // mean differences
};
// Apart by region (0..1 of the picture); a border of `margin` around it counts as neither.
RegionalChange changeByRegion(const QImage &before, const QImage &after, const QRectF &region,
                              double margin);

// How much of `picture` could have been cut out of `source`, 0..1: the share of its patches,
// weighed by their detail, that are found somewhere in `source`, as it is or in a mirror, at
// slightly different scales. Bare areas, which are alike everywhere, count little.
double collageLikeness(const QImage &picture, const QImage &source);

// The same for the nearest of several sources; 0 without any.
double collageLikeness(const QImage &picture, std::span<const QImage> sources);

// What of that likeness the likeness of designs explains: its mean for `fresh`, drawings of the
// same that were made without looking at any reference. Copying is collageLikeness(picture,
// references) less this: near 0 for another fresh drawing, far above it for a collage. Requires:
// drawings.
double expectedLikeness(std::span<const QImage> fresh, std::span<const QImage> references);

} // namespace moodloom::grounding
