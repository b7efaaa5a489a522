// Drawing and erasing with mouse or pen. A pen's pressure comes with events of its own, before the
// mouse event that Qt makes of each; its other end erases.
#include "ui/board/BoardCanvas.h"

#include <QQuickWindow>
#include <QTabletEvent>

#include <algorithm>

namespace moodloom::ui {

namespace {

constexpr double detail = 1.5; // screen pixels between two points of a stroke

} // namespace

bool BoardCanvas::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::TabletPress:
    case QEvent::TabletMove: {
        const auto *pen = static_cast<QTabletEvent *>(event);
        m_stylus.down = event->type() == QEvent::TabletPress || m_stylus.down;
        m_stylus.pressure = pen->pressure();
        m_stylus.erasing = pen->pointerType() == QPointingDevice::PointerType::Eraser;
        break;
    }
    case QEvent::TabletRelease: // the mouse's release still comes
        m_stylus.down = false;
        break;
    default:
        break;
    }
    return QQuickItem::eventFilter(watched, event);
}

void BoardCanvas::followWindow(QQuickWindow *window)
{
    if (m_window)
        m_window->removeEventFilter(this);
    m_window = window;
    if (window)
        window->installEventFilter(this);
}

bool BoardCanvas::beginDrawing(QPointF screen)
{
    const bool drawing = m_tool == Tool::Pen || m_tool == Tool::Eraser;
    if (m_controller->isReadOnly() || !drawing)
        return false;
    const QPointF at = m_view.toBoard(screen);
    m_controller->select({});
    if (m_tool == Tool::Eraser || (m_stylus.down && m_stylus.erasing)) {
        m_gesture.kind = Gesture::Kind::Erase;
        m_gesture.trail = {at};
    } else {
        m_gesture.kind = Gesture::Kind::Draw;
        m_gesture.stroke = {{at, pressure()}};
    }
    m_gesture.ink = m_penColor;
    m_gesture.width =
        (m_gesture.kind == Gesture::Kind::Erase ? eraserWidth() : m_penWidth) / m_view.zoom;
    if (m_gesture.kind == Gesture::Kind::Erase) {
        eraseUnderTrail();
        redraw();
    }
    redrawOverlay();
    return true;
}

double BoardCanvas::pressure() const
{
    return m_stylus.down ? m_stylus.pressure : 1;
}

void BoardCanvas::continueDrawing(QPointF board)
{
    const qsizetype before = m_gesture.trail.size();
    m_gesture.drawTo(board, pressure(), detail / m_view.zoom);
    if (m_gesture.trail.size() > before)
        eraseUnderTrail();
}

void BoardCanvas::eraseUnderTrail()
{
    for (const board::ItemId &id : visibleItems())
        if (const board::Item &item = *document()->item(id); item.stroke() && !item.locked)
            m_gesture.erase(item);
}

void BoardCanvas::finishDrawing(const Gesture &gesture)
{
    if (gesture.kind == Gesture::Kind::Draw)
        document()->addStroke(gesture.stroke, gesture.ink, gesture.width);
    else
        document()->eraseStrokes(gesture.trail, gesture.width / 2);
}

void BoardCanvas::setPenColor(const QColor &color)
{
    if (!color.isValid() || color == m_penColor)
        return;
    m_penColor = color;
    Q_EMIT penChanged();
}

void BoardCanvas::setPenWidth(double width)
{
    width = std::clamp(width, leastPen, mostPen);
    if (width == m_penWidth)
        return;
    m_penWidth = width;
    Q_EMIT penChanged();
}

} // namespace moodloom::ui
