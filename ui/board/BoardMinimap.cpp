#include "ui/board/BoardMinimap.h"

#include <QPainter>

#include <algorithm>

namespace moodloom::ui {

BoardMinimap::BoardMinimap(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton);
    setFillColor(Qt::transparent);
    connect(this, &BoardMinimap::colorsChanged, this, [this] { update(); });
}

void BoardMinimap::setCanvas(BoardCanvas *canvas)
{
    if (m_canvas == canvas)
        return;
    if (m_canvas)
        m_canvas->disconnect(this);
    m_canvas = canvas;
    if (canvas) {
        connect(canvas, &BoardCanvas::viewChanged, this, &BoardMinimap::viewRectChanged);
        connect(canvas, &BoardCanvas::controllerChanged, this, &BoardMinimap::followController);
    }
    Q_EMIT canvasChanged();
    followController();
}

void BoardMinimap::followController()
{
    if (m_controller)
        m_controller->disconnect(this);
    m_controller = m_canvas ? m_canvas->controller() : nullptr;
    if (m_controller) {
        connect(m_controller, &BoardController::contentChanged, this, &BoardMinimap::contentChanged);
        connect(m_controller, &BoardController::boardChanged, this, &BoardMinimap::contentChanged);
        connect(m_controller, &BoardController::selectionChanged, this, [this] { update(); });
    }
    contentChanged();
}

void BoardMinimap::contentChanged()
{
    m_stale = true;
    polish(); // thousands of changes may come together
}

void BoardMinimap::updatePolish()
{
    update();
    Q_EMIT viewRectChanged();
}

const QRectF &BoardMinimap::extent() const
{
    if (m_stale) {
        const board::Board *document = m_controller ? m_controller->board() : nullptr;
        m_extent = document ? document->extent(document->items()) : QRectF();
        m_stale = false;
    }
    return m_extent;
}

void BoardMinimap::geometryChange(const QRectF &geometry, const QRectF &old)
{
    QQuickPaintedItem::geometryChange(geometry, old);
    Q_EMIT viewRectChanged();
}

QTransform BoardMinimap::fromBoard() const
{
    const QRectF all = extent();
    if (all.isEmpty() || width() <= 0 || height() <= 0)
        return {};
    const double scale = std::min(width() / all.width(), height() / all.height()) * 0.9;
    QTransform transform = QTransform::fromTranslate(width() / 2, height() / 2);
    transform.scale(scale, scale);
    transform.translate(-all.center().x(), -all.center().y());
    return transform;
}

QRectF BoardMinimap::viewRect() const
{
    if (!m_canvas)
        return {};
    const QRectF seen = fromBoard().mapRect(m_canvas->view().visible());
    return seen.intersected(boundingRect().adjusted(3, 3, -3, -3)); // off the frame around it
}

void BoardMinimap::paint(QPainter *painter)
{
    const BoardController *controller = m_controller;
    if (!controller || !controller->board())
        return;
    const board::Board &document = *controller->board();
    const QTransform transform = fromBoard();
    for (const board::ItemId &id : document.items()) {
        const board::Item &item = *document.item(id);
        if (!item.isVisible())
            continue;
        QRectF rect = transform.mapRect(board::boundingRect(item));
        rect.setSize(rect.size().expandedTo({1, 1}));
        const QColor color = controller->isSelected(id) ? m_selectionColor
                             : item.note()              ? item.note()->color
                             : item.stroke()            ? item.stroke()->color
                             : item.frame()             ? m_frameColor
                                                        : m_pictureColor;
        painter->fillRect(rect, color);
    }
}

void BoardMinimap::mousePressEvent(QMouseEvent *event)
{
    mouseMoveEvent(event);
}

void BoardMinimap::mouseMoveEvent(QMouseEvent *event)
{
    if (m_canvas && !extent().isEmpty())
        m_canvas->centerOn(fromBoard().inverted().map(event->position()));
}

} // namespace moodloom::ui
