// Overlapping squares of a picture: a thing may fill only a part of it, and an encoder tells best
// what fills its picture. Pure functions.
#pragma once

#include <QImage>
#include <QRectF>
#include <QSize>

#include <vector>

namespace moodloom::retrieval {

// A square whose side is `share` of the picture's mean side, no larger than the picture, as near to
// a place in 0..1 as it fits. In 0..1 of the picture.
QRectF cropAround(const QSize &picture, double share, const QPointF &centre);

// Those at the corners, the edges and the middle; fewer where some would be the same.
std::vector<QRectF> overlappingCrops(const QSize &picture, double share);

void addOnce(std::vector<QRectF> &crops, const QRectF &crop);

// Requires: part in 0..1.
QImage cut(const QImage &picture, const QRectF &part);

} // namespace moodloom::retrieval
