#include "core/board/Stroke.h"

#include <QLineF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace moodloom::board {
namespace {

double rounded(double value)
{
    return std::round(value * 100) / 100;
}

double distance(QPointF point, QPointF a, QPointF b)
{
    const QPointF way = b - a;
    const double length = QPointF::dotProduct(way, way);
    const double share =
        length > 0 ? std::clamp(QPointF::dotProduct(point - a, way) / length, 0.0, 1.0) : 0;
    return QLineF(point, a + way * share).length();
}

double distanceToPath(QPointF point, const QVector<QPointF> &path)
{
    double least = QLineF(point, path.first()).length();
    for (qsizetype i = 1; i < path.size(); ++i)
        least = std::min(least, distance(point, path[i - 1], path[i]));
    return least;
}

} // namespace

double widthAt(double pressure)
{
    return 0.15 + 0.85 * std::clamp(pressure, 0.0, 1.0);
}

Item strokeItem(const QVector<StrokePoint> &points, const QColor &color, double width)
{
    QRectF bounds(points.first().at, QSizeF());
    for (const StrokePoint &point : points) {
        bounds.setLeft(std::min(bounds.left(), point.at.x()));
        bounds.setRight(std::max(bounds.right(), point.at.x()));
        bounds.setTop(std::min(bounds.top(), point.at.y()));
        bounds.setBottom(std::max(bounds.bottom(), point.at.y()));
    }
    Item item;
    item.centre = bounds.center();
    Stroke &stroke = item.content.emplace<Stroke>();
    stroke.color = QColor::fromRgb(color.rgb());
    stroke.width = std::max(0.01, rounded(width));
    // Room for the line's own width and a hair for rounding.
    stroke.size = {std::ceil(bounds.width() + width + 1), std::ceil(bounds.height() + width + 1)};
    for (const StrokePoint &point : points) {
        const QPointF own = point.at - item.centre;
        stroke.points.append(
            {{rounded(own.x()), rounded(own.y())}, rounded(std::clamp(point.pressure, 0.0, 1.0))});
    }
    return item;
}

QVector<StrokePoint> pointsOnBoard(const Item &item)
{
    const QTransform transform = toBoard(item);
    QVector<StrokePoint> points = item.stroke()->points;
    for (StrokePoint &point : points)
        point.at = transform.map(point.at);
    return points;
}

QVector<QVector<StrokePoint>> erased(const QVector<StrokePoint> &points, double halfWidth,
                                     const QVector<QPointF> &path, double radius)
{
    if (path.isEmpty() || points.isEmpty())
        return {points};
    // Fine enough that nothing slips between two points.
    const double step = std::max(0.05, radius / 3);
    QVector<StrokePoint> fine{points.first()};
    for (qsizetype i = 1; i < points.size(); ++i) {
        const StrokePoint &a = points[i - 1], &b = points[i];
        const int parts = std::clamp(int(std::ceil(QLineF(a.at, b.at).length() / step)), 1, 10000);
        for (int part = 1; part <= parts; ++part) {
            const double share = double(part) / parts;
            fine.append(
                {a.at + (b.at - a.at) * share, a.pressure + (b.pressure - a.pressure) * share});
        }
    }
    QVector<QVector<StrokePoint>> runs(1);
    bool touched = false;
    for (const StrokePoint &point : fine) {
        if (distanceToPath(point.at, path) > radius + halfWidth * widthAt(point.pressure)) {
            runs.last().append(point);
        } else {
            touched = true;
            if (!runs.last().isEmpty())
                runs.append(QVector<StrokePoint>());
        }
    }
    if (!touched)
        return {points};
    runs.removeIf([](const QVector<StrokePoint> &run) { return run.size() < 2; });
    return runs;
}

bool isOnStroke(const Item &item, QPointF point, double reach)
{
    const Stroke &stroke = *item.stroke();
    const QPointF own = toBoard(item).inverted().map(point);
    const double allowed = reach / item.scale;
    for (qsizetype i = 0; i < stroke.points.size(); ++i) {
        const StrokePoint &a = stroke.points[std::max<qsizetype>(0, i - 1)], &b = stroke.points[i];
        const double half = stroke.width / 2 * widthAt(std::max(a.pressure, b.pressure));
        if (distance(own, a.at, b.at) <= half + allowed)
            return true;
    }
    return false;
}

std::optional<QVector<Item>> erasedPieces(const Item &item, const QVector<QPointF> &path,
                                          double radius)
{
    QRectF reached(path.first(), QSizeF());
    for (const QPointF &at : path)
        reached |= QRectF(at - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
    if (!reached.intersects(boundingRect(item)))
        return std::nullopt;
    const QVector<StrokePoint> points = pointsOnBoard(item);
    const double width = item.stroke()->width * item.scale;
    const auto left = erased(points, width / 2, path, radius);
    if (left.size() == 1 && left.first() == points)
        return std::nullopt;
    QVector<Item> pieces;
    for (const QVector<StrokePoint> &run : left) {
        Item piece = strokeItem(run, item.stroke()->color, width);
        piece.id = ItemId::createUuid();
        piece.z = item.z;
        piece.opacity = item.opacity;
        piece.group = item.group;
        pieces.append(piece);
    }
    return pieces;
}

void paintStroke(QPainter &painter, const Stroke &stroke)
{
    if (stroke.points.isEmpty())
        return;
    QPen pen(stroke.color, stroke.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    const auto widthOf = [&](const StrokePoint &a, const StrokePoint &b) {
        return stroke.width * (widthAt(a.pressure) + widthAt(b.pressure)) / 2;
    };
    const QVector<StrokePoint> &points = stroke.points;
    if (points.size() == 1) {
        pen.setWidthF(stroke.width * widthAt(points[0].pressure));
        painter.setPen(pen);
        painter.drawPoint(points[0].at);
        return;
    }
    // Curves from middle to middle of the points, bent by the point between: smooth, and through
    // neither more nor less than what was drawn.
    QPointF from = points[0].at;
    for (qsizetype i = 1; i < points.size(); ++i) {
        const bool last = i + 1 == points.size();
        const QPointF to = last ? points[i].at : (points[i].at + points[i + 1].at) / 2;
        pen.setWidthF(widthOf(points[i - 1], points[i]));
        painter.setPen(pen);
        QPainterPath path(from);
        path.quadTo(points[i].at, to);
        painter.drawPath(path);
        from = to;
    }
}

} // namespace moodloom::board
