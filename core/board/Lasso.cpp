#include "core/board/Lasso.h"

#include <QLineF>

#include <algorithm>

namespace moodloom::board {
namespace {

bool edgesCross(const QPolygonF &a, const QPolygonF &b)
{
    const QRectF bounds = b.boundingRect();
    for (qsizetype i = 0; i < a.size(); ++i) {
        const QLineF edge(a[i], a[(i + 1) % a.size()]);
        if (std::max(edge.x1(), edge.x2()) < bounds.left() ||
            std::min(edge.x1(), edge.x2()) > bounds.right() ||
            std::max(edge.y1(), edge.y2()) < bounds.top() ||
            std::min(edge.y1(), edge.y2()) > bounds.bottom())
            continue;
        for (qsizetype j = 0; j < b.size(); ++j)
            if (edge.intersects(QLineF(b[j], b[(j + 1) % b.size()]), nullptr) ==
                QLineF::BoundedIntersection)
                return true;
    }
    return false;
}

} // namespace

bool touches(const QPolygonF &loop, const QPolygonF &shape)
{
    if (loop.isEmpty() || shape.isEmpty())
        return false;
    return loop.containsPoint(shape.first(), Qt::OddEvenFill) ||
           shape.containsPoint(loop.first(), Qt::OddEvenFill) || edgesCross(loop, shape);
}

bool encloses(const QPolygonF &loop, const QPolygonF &shape)
{
    return !loop.isEmpty() && std::all_of(shape.begin(), shape.end(), [&](QPointF corner) {
        return loop.containsPoint(corner, Qt::OddEvenFill);
    }) && !edgesCross(loop, shape);
}

} // namespace moodloom::board
