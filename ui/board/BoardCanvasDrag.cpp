// What a drag on the canvas does: moving, scaling, turning, selecting; and what it snaps to.
#include "core/board/Lasso.h"
#include "ui/board/BoardCanvas.h"

#include <QSet>
#include <QSettings>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

constexpr double snapReach = 6;           // screen pixels
constexpr double snapNeighbourhood = 200; // screen pixels

QString snappingKey()
{
    return QStringLiteral("board/snapping");
}

} // namespace

bool BoardCanvas::wantsSnapping()
{
    return QSettings().value(snappingKey(), true).toBool();
}

void BoardCanvas::beginDrag(Qt::KeyboardModifiers modifiers)
{
    const Handle handle = handleAt(m_gesture.pressed);
    const ItemId under = itemAt(m_gesture.pressed);
    m_clicked = {};
    m_gesture.items = draggedItems();
    m_gesture.box = selectionBox(movableItems());
    if (m_controller->isReadOnly() && !under.isNull())
        m_gesture.kind = Gesture::Kind::Move; // shows nothing moving, but can be dragged out
    else if (handle.grip == Grip::Corner)
        m_gesture.kind = Gesture::Kind::Scale;
    else if (handle.grip == Grip::Turn)
        m_gesture.kind = Gesture::Kind::Rotate;
    else if (!under.isNull() && m_controller->isSelected(under) && !document()->item(under)->locked)
        m_gesture.kind = Gesture::Kind::Move;
    else if (m_tool == Tool::Lasso || (modifiers & Qt::AltModifier))
        m_gesture.kind = Gesture::Kind::Lasso;
    else
        m_gesture.kind = Gesture::Kind::Marquee;
    m_gesture.corner = handle.corner;
    if (m_controller->isReadOnly())
        m_gesture.items.clear();
    if (m_gesture.kind == Gesture::Kind::Move)
        prepareFiles();
    if (m_snapping &&
        (m_gesture.kind == Gesture::Kind::Move || m_gesture.kind == Gesture::Kind::Scale))
        gatherOthers();
}

void BoardCanvas::selectInside(const QPolygonF &loop, Qt::KeyboardModifiers modifiers)
{
    QVector<ItemId> touched;
    const QRectF bounds = loop.boundingRect().adjusted(-1e-3, -1e-3, 1e-3, 1e-3);
    for (const ItemId &id : visibleItems()) {
        const Item &item = *document()->item(id);
        if (item.locked || !bounds.intersects(board::boundingRect(item)))
            continue; // what is locked is a ground to work on: it is chosen by a click
        // A frame is a ground for other things: only all of it is meant.
        const QPolygonF shape = outline(item);
        if (item.frame() ? board::encloses(loop, shape) : board::touches(loop, shape))
            touched.append(id);
    }
    if (modifiers & (Qt::ShiftModifier | Qt::ControlModifier)) {
        const QSet<ItemId> now(touched.begin(), touched.end());
        for (const ItemId &id : m_controller->selection())
            if (!now.contains(id))
                touched.append(id);
    }
    m_controller->select(document()->withGroups(touched));
}

void BoardCanvas::setTool(Tool tool)
{
    if (m_tool == tool)
        return;
    if (m_gesture.kind != Gesture::Kind::None)
        cancelGesture();
    m_tool = tool;
    updateCursor();
    Q_EMIT toolChanged();
}

void BoardCanvas::gatherOthers()
{
    const QVector<ItemId> moving = m_gesture.ids();
    const QSet<ItemId> own(moving.begin(), moving.end());
    for (const ItemId &id : document()->items())
        if (const Item *item = document()->item(id);
            item->isVisible() && !item->stroke() && !own.contains(id))
            m_gesture.others.append(board::boundingRect(*item));
}

QVector<QRectF> BoardCanvas::snapTargets(const QRectF &own, Qt::KeyboardModifiers modifiers) const
{
    QVector<QRectF> targets;
    if (modifiers & Qt::ControlModifier)
        return targets;
    // Only what lies near: a line across the whole board would explain nothing.
    const double near = snapNeighbourhood / m_view.zoom;
    const QRectF area = own.adjusted(-near, -near, near, near) & m_view.visible();
    for (const QRectF &other : m_gesture.others)
        if (area.intersects(other))
            targets.append(other);
    return targets;
}

board::GuideLines BoardCanvas::snapLines(Qt::KeyboardModifiers modifiers) const
{
    const bool free = !m_snapping || !m_guidesShown || (modifiers & Qt::ControlModifier);
    return free ? board::GuideLines() : document()->guides();
}

void BoardCanvas::toggleSnapping()
{
    m_snapping = !m_snapping;
    QSettings().setValue(snappingKey(), m_snapping);
    Q_EMIT snappingChanged();
    Q_EMIT m_controller->notice(m_snapping ? tr("Items snap to their neighbors; Ctrl lets them go")
                                           : tr("Items no longer snap to their neighbors"));
}

void BoardCanvas::continueDrag(QPointF screen, Qt::KeyboardModifiers modifiers)
{
    const QPointF at = m_view.toBoard(screen);
    switch (m_gesture.kind) {
    case Gesture::Kind::Move: {
        if (!boundingRect().adjusted(-4, -4, 4, 4).contains(screen)) {
            dragOut();
            return;
        }
        const QRectF moved =
            m_gesture.box.corners().boundingRect().translated(at - m_gesture.start);
        m_gesture.lines = snapLines(modifiers);
        m_gesture.moveTo(at, snapTargets(moved, modifiers), snapReach / m_view.zoom,
                         modifiers & Qt::ShiftModifier);
        break;
    }
    case Gesture::Kind::Crop:
        m_gesture.cropTo(at);
        break;
    case Gesture::Kind::PanCrop:
        m_gesture.delta = at - m_gesture.start;
        break;
    case Gesture::Kind::Scale: {
        const QRectF scaled =
            m_gesture.box.corners().boundingRect() | QRectF(at, QSizeF(1e-9, 1e-9));
        m_gesture.lines = snapLines(modifiers);
        m_gesture.scaleTo(at, modifiers & Qt::AltModifier, snapTargets(scaled, modifiers),
                          snapReach / m_view.zoom);
        break;
    }
    case Gesture::Kind::Rotate:
        m_gesture.rotateTo(at, modifiers & Qt::ShiftModifier);
        break;
    case Gesture::Kind::Marquee:
        m_gesture.marqueeTo(at);
        selectInside(QPolygonF(m_gesture.marquee), modifiers);
        break;
    case Gesture::Kind::Draw:
    case Gesture::Kind::Erase:
        continueDrawing(at);
        break;
    case Gesture::Kind::Guide:
        dragGuide(screen);
        return;
    case Gesture::Kind::Lasso:
        m_gesture.lassoTo(at, 3 / m_view.zoom);
        selectInside(m_gesture.lasso, modifiers);
        break;
    default:
        break;
    }
    if (m_gesture.changesItems() || m_gesture.kind == Gesture::Kind::Erase)
        redraw();
    else
        redrawOverlay();
}

void BoardCanvas::finishDrag(QPointF screen)
{
    if (m_gesture.kind == Gesture::Kind::Guide) {
        dropGuide();
        return;
    }
    const Gesture gesture = std::exchange(m_gesture, {});
    ++m_dragSerial;
    board::Board *board = document();
    if (!board)
        return;
    switch (gesture.kind) {
    case Gesture::Kind::Move:
        if (gesture.items.isEmpty())
            break;
        if (const ItemId frame = shelfAt(screen); !frame.isNull() && !gesture.ids().contains(frame))
            board->setOnShelf(frame, gesture.ids(), true); // it stays where it was on the board
        else if (!gesture.delta.isNull())
            board->move(gesture.ids(), gesture.delta);
        break;
    case Gesture::Kind::Draw:
    case Gesture::Kind::Erase:
        finishDrawing(gesture);
        break;
    case Gesture::Kind::Crop:
        board->setCrop(gesture.items.first().id, gesture.crop);
        break;
    case Gesture::Kind::PanCrop:
        board->panCrop(gesture.items.first().id, gesture.delta);
        break;
    case Gesture::Kind::Scale:
        board->scale(gesture.ids(), gesture.factor, gesture.about);
        break;
    case Gesture::Kind::Rotate:
        board->rotate(gesture.ids(), gesture.degrees, gesture.about);
        break;
    default:
        break;
    }
    redraw();
}

void BoardCanvas::cancelGesture()
{
    m_gesture = {};
    ++m_dragSerial;
    m_button = Qt::NoButton;
    updateCursor();
    redraw();
}

} // namespace moodloom::ui
