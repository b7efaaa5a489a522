#include "core/world/Shapes.h"

#include <QLineF>
#include <QPainterPathStroker>

#include <algorithm>

namespace moodloom::world {

QPainterPath box(double x, double y, double width, double height, double radius)
{
    QPainterPath path;
    if (radius > 0)
        path.addRoundedRect(x, y, width, height, radius, radius);
    else
        path.addRect(x, y, width, height);
    return path;
}

QPainterPath disc(double cx, double cy, double rx, double ry)
{
    QPainterPath path;
    path.addEllipse(QPointF(cx, cy), rx, ry < 0 ? rx : ry);
    return path;
}

QPainterPath polygon(const std::vector<QPointF> &corners, double radius)
{
    QPainterPath path;
    const size_t n = corners.size();
    for (size_t i = 0; i < n; ++i) {
        const QPointF &before = corners[(i + n - 1) % n], &at = corners[i],
                      &after = corners[(i + 1) % n];
        const auto towards = [&](const QPointF &other) {
            const double length = QLineF(at, other).length();
            return length > 0 ? at + (other - at) * (std::min(radius, length / 2) / length) : at;
        };
        const QPointF in = towards(before), out = towards(after);
        if (i == 0)
            path.moveTo(in);
        else
            path.lineTo(in);
        if (radius > 0)
            path.quadTo(at, out);
    }
    path.closeSubpath();
    return path;
}

QPainterPath blob(const std::vector<QPointF> &points)
{
    QPainterPath path;
    const size_t n = points.size();
    path.moveTo(points[0]);
    for (size_t i = 0; i < n; ++i) {
        const QPointF &p0 = points[(i + n - 1) % n], &p1 = points[i];
        const QPointF &p2 = points[(i + 1) % n], &p3 = points[(i + 2) % n];
        path.cubicTo(p1 + (p2 - p0) / 6, p2 - (p3 - p1) / 6, p2);
    }
    path.closeSubpath();
    return path;
}

QPainterPath curve(const std::vector<QPointF> &points)
{
    QPainterPath path;
    const size_t n = points.size();
    path.moveTo(points[0]);
    for (size_t i = 0; i + 1 < n; ++i) {
        const QPointF &p0 = points[i > 0 ? i - 1 : 0], &p1 = points[i];
        const QPointF &p2 = points[i + 1], &p3 = points[std::min(i + 2, n - 1)];
        path.cubicTo(p1 + (p2 - p0) / 6, p2 - (p3 - p1) / 6, p2);
    }
    return path;
}

QPainterPath segment(QPointF from, QPointF to)
{
    QPainterPath path(from);
    path.lineTo(to);
    return path;
}

QPainterPath stroked(const QPainterPath &line, double width)
{
    QPainterPathStroker stroker;
    stroker.setWidth(width);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setJoinStyle(Qt::RoundJoin);
    return stroker.createStroke(line);
}

} // namespace moodloom::world
