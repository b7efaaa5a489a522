#include "ui/shelf/LossCurve.h"

#include <QPainter>

#include <algorithm>

namespace moodloom::ui {

LossCurve::LossCurve(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
    connect(this, &LossCurve::looksChanged, this, [this] { update(); });
}

void LossCurve::setPoints(const QList<QPointF> &points)
{
    if (points == m_points)
        return;
    m_points = points;
    update();
    Q_EMIT pointsChanged();
}

void LossCurve::paint(QPainter *painter)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_gridColor, 1));
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = 0.5 + share * (height() - 1);
        painter->drawLine(QPointF(0, y), QPointF(width(), y));
    }
    if (m_points.size() < 2)
        return;
    const auto [least, most] =
        std::minmax_element(m_points.cbegin(), m_points.cend(),
                            [](const QPointF &a, const QPointF &b) { return a.y() < b.y(); });
    const double span = std::max(1e-9, most->y() - least->y());
    const double first = m_points.first().x(), length = std::max(1.0, m_points.last().x() - first);
    QPolygonF line;
    for (const QPointF &point : std::as_const(m_points))
        line << QPointF((point.x() - first) / length * width(),
                        2 + (most->y() - point.y()) / span * (height() - 4));
    painter->setPen(QPen(m_lineColor, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(line);
}

} // namespace moodloom::ui
