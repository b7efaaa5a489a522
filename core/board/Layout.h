// Arranging rectangles: aligned, evenly spaced, of one size, packed, in a grid.
//
// Pure functions, the same answer for the same rectangles; the board turns the answers into commands.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QVector>

namespace moodloom::board {

enum class Alignment { Left, Center, Right, Top, Middle, Bottom };
enum class Measure { Height, Width, Area };

// How far each rectangle has to be moved so that all share an edge or a middle of their bounds.
QVector<QPointF> aligned(const QVector<QRectF> &rects, Alignment alignment);

// How far each has to be moved so that the gaps between them are equal, negative ones too. The first
// and the last, by their middles, stay.
QVector<QPointF> distributed(const QVector<QRectF> &rects, Qt::Orientation axis);

// The factor for each that makes the measure of all what it is on average.
QVector<double> normalized(const QVector<QSizeF> &sizes, Measure measure);

// Where the top left corners go so that the rectangles lie close together, at least `gap` apart, in
// a block of about `aspect` (width by height) from (0, 0); `extent` receives the block's size.
QVector<QPointF> packed(const QVector<QSizeF> &sizes, double gap, double aspect = 1.4,
                        QSizeF *extent = nullptr);

// The same in equal cells, row by row in the order given, each in the middle of its cell.
QVector<QPointF> gridded(const QVector<QSizeF> &sizes, double gap, double aspect = 1.4,
                         QSizeF *extent = nullptr);

} // namespace moodloom::board
