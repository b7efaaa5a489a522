// Outlines: small functions that make QPainterPaths. y grows downwards. Pure.
#pragma once

#include <QPainterPath>
#include <QPointF>

#include <initializer_list>
#include <vector>

namespace moodloom::world {

inline double lerp(double a, double b, double t)
{
    return a + (b - a) * t;
}

QPainterPath box(double x, double y, double width, double height, double radius = 0);
QPainterPath disc(double cx, double cy, double rx, double ry = -1); // ry < 0: a circle
// A closed polygon whose corners are rounded with `radius` (less where the sides are short).
QPainterPath polygon(const std::vector<QPointF> &corners, double radius = 0);
// A smooth closed curve through the points (Catmull-Rom).
QPainterPath blob(const std::vector<QPointF> &points);
// A smooth open curve through the points.
QPainterPath curve(const std::vector<QPointF> &points);
QPainterPath segment(QPointF from, QPointF to);
// The outline of a line of that width with round ends.
QPainterPath stroked(const QPainterPath &line, double width);

} // namespace moodloom::world
