// Snapping: where a rectangle that is moved or scaled comes to rest beside others, and the guides
// that say why.
//
// Pure functions in board coordinates. An edge or the middle of the own rectangle comes onto an
// edge or the middle of another one, or the gap to a neighbour becomes the gap that is there
// already: between the neighbours on both sides, or between the next two of a row. What is nearest
// wins, each axis by itself; lines that the user has placed are like edges; nothing farther away than `reach` counts.
#pragma once

#include "core/board/GuideLines.h"

#include <QLineF>
#include <QPointF>
#include <QRectF>
#include <QVector>

namespace moodloom::board {

struct Guide
{
    enum class Kind { Line, Gap };
    QLineF line; // along the common coordinate, or across the gap; horizontal or vertical
    Kind kind = Kind::Line;
    bool operator==(const Guide &) const = default;
};

struct SnappedMove
{
    QPointF shift; // from `own` to where it rests; at most `reach` on each axis
    QVector<Guide> guides;
};

SnappedMove snappedMove(const QRectF &own, const QVector<QRectF> &others, double reach,
                        Qt::Orientations axes = Qt::Horizontal | Qt::Vertical,
                        const GuideLines &lines = {});

struct SnappedScale
{
    double factor = 1; // in place of the wanted one
    QVector<Guide> guides;
};

// `own` is scaled about `about` by `factor`: its edges that move snap, not its middle. Both sides
// keep their proportion, so one edge decides.
SnappedScale snappedScale(const QRectF &own, QPointF about, double factor,
                          const QVector<QRectF> &others, double reach,
                          const GuideLines &lines = {});

} // namespace moodloom::board
