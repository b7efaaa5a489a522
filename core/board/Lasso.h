// What a freely drawn loop takes hold of. Pure functions over polygons, closed by themselves.
#pragma once

#include <QPolygonF>

namespace moodloom::board {

// They share a point, be it that one lies inside the other.
bool touches(const QPolygonF &loop, const QPolygonF &shape);
// All of `shape` lies inside the loop.
bool encloses(const QPolygonF &loop, const QPolygonF &shape);

} // namespace moodloom::board
