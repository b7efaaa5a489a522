// A curve that grows to the right, in a frame that just holds it: how a loss falls.
//
// UI thread.
#pragma once

#include <QColor>
#include <QPointF>
#include <QQuickPaintedItem>

namespace moodloom::ui {

class LossCurve : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QList<QPointF> points READ points WRITE setPoints NOTIFY pointsChanged)
    Q_PROPERTY(QColor lineColor MEMBER m_lineColor NOTIFY looksChanged)
    Q_PROPERTY(QColor gridColor MEMBER m_gridColor NOTIFY looksChanged)
public:
    explicit LossCurve(QQuickItem *parent = nullptr);

    QList<QPointF> points() const { return m_points; }
    void setPoints(const QList<QPointF> &points);
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void pointsChanged();
    void looksChanged();

private:
    QList<QPointF> m_points;
    QColor m_lineColor, m_gridColor;
};

} // namespace moodloom::ui
