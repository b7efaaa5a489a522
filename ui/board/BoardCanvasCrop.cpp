// Cropping on the canvas: all of the picture is shown while it lasts. Its handles change the crop, a
// drag inside moves the picture below it; Return, Escape or a click beside it end it. By keys, Tab
// takes the next handle, after the eighth the picture inside, and the arrows move what is taken.
#include "ui/board/BoardCanvas.h"
#include "ui/board/CropHandles.h"

#include <algorithm>
#include <cmath>

namespace moodloom::ui {

using board::Item;

void BoardCanvas::toggleCropping()
{
    if (!m_cropping.isNull()) {
        finishCropping();
        return;
    }
    const Item *item = m_controller->selectedCount() == 1
                           ? document()->item(m_controller->selection().first())
                           : nullptr;
    if (!item || !item->picture() || item->locked || m_controller->isReadOnly())
        return;
    m_cropping = item->id;
    m_cropHandle = 0;
    Q_EMIT croppingChanged();
    redraw();
}

void BoardCanvas::finishCropping()
{
    if (m_cropping.isNull())
        return;
    m_cropping = {};
    Q_EMIT croppingChanged();
    redraw();
}

bool BoardCanvas::pressWhileCropping(QPointF screen)
{
    const Item *item = document()->item(m_cropping);
    if (!item || !item->picture() || !m_controller->isSelected(m_cropping)) {
        finishCropping();
        return false;
    }
    m_gesture.items = {*item};
    m_gesture.crop = item->picture()->crop;
    for (const CropHandle &handle : cropHandles(*item)) {
        const QPointF away = m_view.toScreen(handle.at) - screen;
        if (std::abs(away.x()) <= 9 && std::abs(away.y()) <= 9) {
            m_gesture.kind = Gesture::Kind::Crop;
            m_gesture.edges = handle.edges;
            m_gesture.cropTo(m_gesture.start);
            return true;
        }
    }
    if (outline(*item).containsPoint(m_gesture.start, Qt::OddEvenFill)) {
        m_gesture.kind = Gesture::Kind::PanCrop;
        return true;
    }
    m_gesture.items.clear();
    finishCropping();
    return false;
}

bool BoardCanvas::pressKeyWhileCropping(const QKeyEvent &event)
{
    const Item *item = document()->item(m_cropping);
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (!item || !item->picture() || (modifiers != Qt::NoModifier && modifiers != Qt::ShiftModifier))
        return false;
    const QVector<CropHandle> handles = cropHandles(*item);
    const int choices = int(handles.size()) + 1; // the last: the picture inside
    QPointF way;
    switch (event.key()) {
    case Qt::Key_Tab: m_cropHandle = (m_cropHandle + 1) % choices; break;
    case Qt::Key_Backtab: m_cropHandle = (m_cropHandle + choices - 1) % choices; break;
    case Qt::Key_Left: way = {-1, 0}; break;
    case Qt::Key_Right: way = {1, 0}; break;
    case Qt::Key_Up: way = {0, -1}; break;
    case Qt::Key_Down: way = {0, 1}; break;
    default: return false;
    }
    way *= (modifiers == Qt::ShiftModifier ? 10 : 1) / std::min(1.0, m_view.zoom); // as nudging does
    if (way.isNull()) {
        redrawOverlay();
    } else if (m_cropHandle == int(handles.size())) {
        document()->panCrop(m_cropping, way);
    } else {
        Gesture gesture;
        gesture.items = {*item};
        gesture.edges = handles[m_cropHandle].edges;
        gesture.cropTo(way);
        document()->setCrop(m_cropping, gesture.crop);
    }
    return true;
}

} // namespace moodloom::ui
