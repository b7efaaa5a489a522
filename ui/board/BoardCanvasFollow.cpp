// The view goes to what arrives on the board, where it would not be seen.
#include "ui/board/BoardCanvas.h"

#include <algorithm>

namespace moodloom::ui {

void BoardCanvas::prepareGlide()
{
    constexpr int milliseconds = 140;
    m_glide.setStartValue(0.0);
    m_glide.setEndValue(1.0);
    m_glide.setDuration(milliseconds);
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_glide, &QVariantAnimation::valueChanged, this, [this](const QVariant &share) {
        if (m_glide.state() != QAbstractAnimation::Running)
            return;
        const Viewport view = between(m_glideFrom, m_glideTo, share.toDouble());
        m_view.centre = view.centre;
        m_view.zoom = view.zoom;
        tellView();
    });
}

void BoardCanvas::glideTo(const Viewport &view)
{
    m_glide.stop();
    if (m_reducedMotion) {
        m_view = view;
        tellView();
        return;
    }
    m_glideFrom = m_view;
    m_glideTo = view;
    m_glide.start();
}

bool BoardCanvas::isBusy() const
{
    return isPresenting() || m_gesture.kind != Gesture::Kind::None || !m_editing.isNull() ||
           isCropping() || m_dropHovering;
}

// More than a few of them: each by half of it, or as far as it fills half of the view.
bool BoardCanvas::showsEnough(const QVector<QUuid> &ids) const
{
    constexpr int few = 5; // one in so many
    const auto areaOf = [](const QRectF &rect) { return rect.width() * rect.height(); };
    const QRectF visible = m_view.visible();
    const auto seen = std::count_if(ids.cbegin(), ids.cend(), [&](const QUuid &id) {
        const QRectF bounds = document()->extent({id});
        const double shown = areaOf(bounds & visible);
        return shown > 0 && shown >= std::min(areaOf(bounds), areaOf(visible)) / 2;
    });
    return seen > 0 && seen * few >= ids.size();
}

void BoardCanvas::followArrivals(const QVector<QUuid> &ids)
{
    // Else the view is the user's; and one that was never chosen shows all of the board (keepInView).
    if (!m_chosen || isBusy() || showsEnough(ids))
        return;
    Viewport view = m_view;
    // Never nearer than it is, but for one that shows pictures as specks.
    view.fit(document()->extent(ids), 48, std::clamp(m_view.zoom, 0.25, 1.0));
    glideTo(view);
}

} // namespace moodloom::ui
