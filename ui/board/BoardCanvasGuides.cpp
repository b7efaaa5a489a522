// Guides: lines dragged out of the rulers, moved on the canvas, and dragged back to be rid of them.
#include "ui/board/BoardCanvas.h"

#include <cmath>

namespace moodloom::ui {

namespace {

constexpr double reach = 3; // screen pixels on each side of a guide

} // namespace

void BoardCanvas::setGuidesShown(bool shown)
{
    if (m_guidesShown == shown)
        return;
    m_guidesShown = shown;
    Q_EMIT guidesShownChanged();
    redrawOverlay();
}

board::GuideLines BoardCanvas::shownGuides() const
{
    if (!m_guidesShown || !document())
        return {};
    if (m_gesture.kind != Gesture::Kind::Guide)
        return document()->guides();
    board::GuideLines lines = m_gesture.lines;
    if (m_gesture.guide)
        lines.along(m_gesture.axis).append(*m_gesture.guide);
    return lines;
}

BoardCanvas::GuideHit BoardCanvas::guideAt(QPointF screen) const
{
    if (!m_guidesShown || !document() || m_pointer.isNull())
        return {};
    const board::GuideLines lines = document()->guides();
    for (const Qt::Orientation axis : {Qt::Horizontal, Qt::Vertical})
        for (qsizetype i = 0; i < lines.along(axis).size(); ++i) {
            const double at = lines.along(axis)[i];
            const QPointF place = m_view.toScreen({at, at});
            if (std::abs(axis == Qt::Horizontal ? place.x() - screen.x()
                                                : place.y() - screen.y()) <= reach)
                return {axis, i};
        }
    return {};
}

void BoardCanvas::beginGuide(Qt::Orientation axis, QPointF screen)
{
    if (!document() || m_controller->isReadOnly() || m_gesture.kind != Gesture::Kind::None)
        return;
    m_gesture = {};
    m_gesture.kind = Gesture::Kind::Guide;
    m_gesture.axis = axis;
    m_gesture.lines = document()->guides();
    dragGuide(screen);
}

bool BoardCanvas::pressGuide(QPointF screen)
{
    const GuideHit hit = guideAt(screen);
    if (hit.index < 0 || m_controller->isReadOnly())
        return false;
    m_gesture.kind = Gesture::Kind::Guide;
    m_gesture.axis = hit.axis;
    m_gesture.lines = document()->guides();
    m_gesture.guide = m_gesture.lines.along(hit.axis).takeAt(hit.index);
    updateCursor();
    return true;
}

void BoardCanvas::dragGuide(QPointF screen)
{
    if (m_gesture.kind != Gesture::Kind::Guide)
        return;
    const bool upright = m_gesture.axis == Qt::Horizontal;
    const double place = upright ? screen.x() : screen.y();
    const QPointF at = m_view.toBoard(screen);
    // Back on its ruler it is gone. Whole units, where a pixel is not finer.
    const double wanted = upright ? at.x() : at.y();
    m_gesture.guide = place < rulerBreadth ? std::nullopt
                      : m_view.zoom > 4    ? std::optional(wanted)
                                           : std::optional(std::round(wanted));
    redrawOverlay();
}

void BoardCanvas::dropGuide()
{
    if (m_gesture.kind != Gesture::Kind::Guide)
        return;
    const board::GuideLines before = document()->guides(), lines = shownGuides();
    m_gesture = {};
    const auto count = [](const board::GuideLines &of) { return of.x.size() + of.y.size(); };
    if (count(lines) > count(before))
        document()->setGuides(lines, QT_TRANSLATE_NOOP("moodloom::board::Board", "Place guide"));
    else if (count(lines) < count(before))
        document()->setGuides(lines, QT_TRANSLATE_NOOP("moodloom::board::Board", "Remove guide"));
    else
        document()->setGuides(lines, QT_TRANSLATE_NOOP("moodloom::board::Board", "Move guide"));
    updateCursor();
    redrawOverlay();
}

void BoardCanvas::addGuideHere(Qt::Orientation axis)
{
    if (!document() || m_controller->isReadOnly())
        return;
    if (!m_guidesShown)
        Q_EMIT rulersRequested();
    const QPointF at = m_pointer.isNull() ? m_view.centre : m_view.toBoard(m_pointer);
    board::GuideLines lines = document()->guides();
    lines.along(axis).append(std::round(axis == Qt::Horizontal ? at.x() : at.y()));
    document()->setGuides(lines, QT_TRANSLATE_NOOP("moodloom::board::Board", "Place guide"));
}

void BoardCanvas::removeGuides()
{
    if (document() && !document()->guides().isEmpty())
        document()->setGuides({}, QT_TRANSLATE_NOOP("moodloom::board::Board", "Remove all guides"));
}

} // namespace moodloom::ui
