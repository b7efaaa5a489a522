// Cropping on the canvas: all of the picture is shown while it lasts. Its handles change the crop, a
// drag inside moves the picture below it; Return, Escape or a click beside it end it.
#include "ui/board/BoardCanvas.h"
#include "ui/board/CropHandles.h"

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

} // namespace moodloom::ui
