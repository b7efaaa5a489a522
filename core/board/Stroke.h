// Strokes: what is drawn by hand, as lines with the pressure of the pen.
//
// Pure functions, safe from any thread.
#pragma once

#include "core/board/Item.h"

#include <optional>

class QPainter;

namespace moodloom::board {

// How wide a line is at a pressure of 0..1, in shares of its full width.
double widthAt(double pressure);

// The item, without id and z, of a line through these points of the board; `width`: board units at
// full pressure. Requires: at least one point. Coordinates are kept to a hundredth of a unit.
Item strokeItem(const QVector<StrokePoint> &points, const QColor &color, double width);

// The points of a stroke on the board. Requires: item.stroke().
QVector<StrokePoint> pointsOnBoard(const Item &item);

// What an eraser of radius `radius` (board units) that went along `path` leaves: runs of points,
// none when nothing is left, the same points when it never touched the line. `halfWidth`: of the
// line.
QVector<QVector<StrokePoint>> erased(const QVector<StrokePoint> &points, double halfWidth,
                                     const QVector<QPointF> &path, double radius);

// The items that an eraser leaves of a stroke; nothing when it never touched the line. Pieces look
// as the stroke did and have ids of their own. Requires: item.stroke().
std::optional<QVector<Item>> erasedPieces(const Item &item, const QVector<QPointF> &path,
                                          double radius);

// The point of the board lies on the line, or no farther from it than `reach`.
bool isOnStroke(const Item &item, QPointF point, double reach);

// In the item's own coordinates.
void paintStroke(QPainter &painter, const Stroke &stroke);

} // namespace moodloom::board
