#include "ui/board/BoardRuler.h"

#include <QLocale>
#include <QPainter>

#include <cmath>

namespace moodloom::ui {

double rulerStep(double zoom, double least)
{
    const double wanted = least / zoom;
    double step = std::pow(10.0, std::floor(std::log10(wanted)));
    for (const double times : {1.0, 2.0, 5.0, 10.0})
        if (step * times >= wanted * (1 - 1e-9))
            return step * times;
    return step * 10;
}

BoardRuler::BoardRuler(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton);
    connect(this, &BoardRuler::looksChanged, this, [this] {
        setCursor(m_orientation == Qt::Horizontal ? Qt::SplitVCursor : Qt::SplitHCursor);
        update();
    });
    setCursor(Qt::SplitVCursor);
}

void BoardRuler::mousePressEvent(QMouseEvent *event)
{
    if (m_canvas)
        m_canvas->beginGuide(m_orientation == Qt::Horizontal ? Qt::Vertical : Qt::Horizontal,
                             mapToItem(m_canvas, event->position()));
}

void BoardRuler::mouseMoveEvent(QMouseEvent *event)
{
    if (m_canvas)
        m_canvas->dragGuide(mapToItem(m_canvas, event->position()));
}

void BoardRuler::mouseReleaseEvent(QMouseEvent *)
{
    if (m_canvas)
        m_canvas->dropGuide();
}

void BoardRuler::mouseUngrabEvent()
{
    if (m_canvas)
        m_canvas->dropGuide();
}

void BoardRuler::setCanvas(BoardCanvas *canvas)
{
    if (m_canvas == canvas)
        return;
    if (m_canvas)
        m_canvas->disconnect(this);
    m_canvas = canvas;
    if (canvas) {
        // Items that move or are selected are seen with the next frame of the canvas.
        connect(canvas, &BoardCanvas::viewChanged, this, [this] { update(); });
        connect(canvas, &BoardCanvas::pointerMoved, this, [this] { update(); });
        if (BoardController *controller = canvas->controller()) {
            connect(controller, &BoardController::selectionChanged, this, [this] { update(); });
            connect(controller, &BoardController::currentChanged, this, [this] { update(); });
        }
    }
    Q_EMIT canvasChanged();
    update();
}

void BoardRuler::paint(QPainter *painter)
{
    if (!m_canvas)
        return;
    const bool lying = m_orientation == Qt::Horizontal;
    const double length = lying ? width() : height(), breadth = lying ? height() : width();
    const Viewport &view = m_canvas->view();
    // A stroke across the ruler: `from` is measured from its outer edge.
    const auto across = [&](double at, double from, double size, const QColor &color) {
        const QRectF line = lying ? QRectF(at, from, 1, size) : QRectF(from, at, size, 1);
        painter->fillRect(line, color);
    };
    painter->fillRect(QRectF(0, 0, width(), height()), m_groundColor);
    if (const BoardController *controller = m_canvas->controller();
        controller && controller->board()) {
        const QRectF chosen = controller->board()->extent(controller->selection());
        if (!chosen.isEmpty()) {
            const double from = along(view.toScreen(chosen.topLeft())),
                         to = along(view.toScreen(chosen.bottomRight()));
            painter->fillRect(lying ? QRectF(from, 0, to - from, breadth)
                                    : QRectF(0, from, breadth, to - from),
                              m_lineColor);
        }
    }
    QFont font = painter->font();
    font.setPixelSize(10);
    painter->setFont(font);
    QColor tickColor = m_textColor; // seen on the band of what is selected, too
    tickColor.setAlphaF(0.5f);
    const double step = rulerStep(view.zoom);
    const double first = std::floor(along(view.toBoard({0, 0})) / step) * step;
    const QLocale locale;
    for (double at = first; along(view.toScreen({at, at})) < length; at += step) {
        const double place = std::round(along(view.toScreen({at, at})));
        across(place, 2, breadth - 3, tickColor);
        for (int tenth = 1; tenth < 10; ++tenth)
            across(std::round(place + tenth * step * view.zoom / 10),
                   breadth - (tenth == 5 ? 6 : 4), tenth == 5 ? 5 : 3, tickColor);
        if (place + 3 < breadth) // half of it would lie under the corner of the two rulers
            continue;
        painter->setPen(m_textColor);
        const int decimals = step < 1 ? int(std::ceil(-std::log10(step))) : 0;
        QString text = locale.toString(std::abs(at), 'f', decimals);
        if (at < -step / 2)
            text.prepend(QChar(0x2212));
        // Between the focus ring and the ticks.
        if (lying) {
            painter->drawText(QPointF(place + 3, 12), text);
        } else {
            painter->save();
            painter->translate(5, place + 3);
            painter->rotate(90);
            painter->drawText(QPointF(0, 0), text);
            painter->restore();
        }
    }
    painter->fillRect(lying ? QRectF(0, breadth - 1, length, 1) : QRectF(breadth - 1, 0, 1, length),
                      m_lineColor);
    if (const QPointF pointer = m_canvas->pointer(); !pointer.isNull())
        across(std::round(along(pointer)), 0, breadth, m_markColor);
}

} // namespace moodloom::ui
