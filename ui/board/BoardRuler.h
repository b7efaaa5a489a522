// A ruler along the top or the left edge of the canvas, in board units, with a mark where the
// pointer is and a band as long as what is selected. Guides are dragged out of it: from the top one
// level ones, from the left one upright ones.
//
// An item of the UI thread beside a BoardCanvas that outlives it or goes first.
#pragma once

#include "ui/board/BoardCanvas.h"

#include <QColor>
#include <QQuickPaintedItem>

namespace moodloom::ui {

// The distance of two numbers of a ruler: 1, 2 or 5 times a power of ten board units, the least
// that takes at least `least` pixels.
double rulerStep(double zoom, double least = 56);

class BoardRuler : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        moodloom::ui::BoardCanvas *canvas READ canvas WRITE setCanvas NOTIFY canvasChanged REQUIRED)
    Q_PROPERTY(Qt::Orientation orientation MEMBER m_orientation NOTIFY looksChanged)
    Q_PROPERTY(QColor groundColor MEMBER m_groundColor NOTIFY looksChanged)
    Q_PROPERTY(QColor lineColor MEMBER m_lineColor NOTIFY looksChanged)
    Q_PROPERTY(QColor textColor MEMBER m_textColor NOTIFY looksChanged)
    Q_PROPERTY(QColor markColor MEMBER m_markColor NOTIFY looksChanged)
public:
    explicit BoardRuler(QQuickItem *parent = nullptr);

    BoardCanvas *canvas() const { return m_canvas; }
    void setCanvas(BoardCanvas *canvas);
    void paint(QPainter *painter) override;

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseUngrabEvent() override;

Q_SIGNALS:
    void canvasChanged();
    void looksChanged();

private:
    double along(QPointF point) const
    {
        return m_orientation == Qt::Horizontal ? point.x() : point.y();
    }

    QPointer<BoardCanvas> m_canvas;
    Qt::Orientation m_orientation = Qt::Horizontal;
    QColor m_groundColor, m_lineColor, m_textColor, m_markColor;
};

} // namespace moodloom::ui
