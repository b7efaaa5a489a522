// Mouse, touchpad and keys of the canvas.
#include "ui/board/BoardActions.h"
#include "ui/board/BoardCanvas.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QKeySequence>
#include <QNativeGestureEvent>
#include <QStyleHints>

#include <cmath>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

bool BoardCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::NativeGesture) {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomAt(gesture->position(), 1 + gesture->value());
            return true;
        }
    }
    // Keys that mean something here are ours while the canvas has the focus, not a menu's.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
        if (plain && (key->key() == Qt::Key_Space || actionFor(*key))) {
            event->accept();
            return true;
        }
    }
    return QQuickItem::event(event);
}

// -- Mouse

void BoardCanvas::mousePressEvent(QMouseEvent *event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    movePointer(event->position());
    m_pointerUsed = true;
    m_chosen = true; // what is under the hand must not move away
    m_glide.stop();
    if (m_gesture.kind != Gesture::Kind::None || !document()) {
        event->accept();
        return;
    }
    if (isPresenting()) {
        if (event->button() != Qt::MiddleButton)
            showSlide(m_presentation.at + (event->button() == Qt::RightButton ? -1 : 1));
        return;
    }
    m_button = event->button();
    m_gesture = {};
    m_gesture.pressed = event->position();
    m_gesture.start = m_view.toBoard(event->position());
    if (m_button == Qt::MiddleButton || (m_button == Qt::LeftButton && m_spaceHeld)) {
        m_gesture.kind = Gesture::Kind::Pan;
        m_panned = event->position();
        updateCursor();
        return;
    }
    const ItemId under = itemAt(event->position());
    m_clicked = {};
    if (m_button == Qt::RightButton) {
        if (!under.isNull() && !m_controller->isSelected(under))
            m_controller->selectWithGroup(under);
        else if (under.isNull())
            m_controller->select({});
        Q_EMIT contextMenuRequested(event->position());
        return;
    }
    if (!m_cropping.isNull() && pressWhileCropping(event->position()))
        return;
    if (beginDrawing(event->position()))
        return;
    if (handleAt(event->position()).grip == Grip::None && pressGuide(event->position()))
        return;
    m_gesture.kind = Gesture::Kind::Press;
    if (handleAt(event->position()).grip != Grip::None)
        return; // decided when it is dragged
    const bool adding = event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier);
    if (under.isNull()) {
        if (!adding)
            m_controller->select({});
    } else if (adding) {
        m_controller->toggle(under);
    } else if (event->modifiers() & Qt::AltModifier) {
        m_controller->select({under}); // one of a group
    } else if (!m_controller->isSelected(under)) {
        m_controller->selectWithGroup(under);
    } else {
        m_clicked = under; // a click without a drag selects it alone
    }
}

void BoardCanvas::mouseMoveEvent(QMouseEvent *event)
{
    movePointer(event->position());
    switch (m_gesture.kind) {
    case Gesture::Kind::None: return;
    case Gesture::Kind::Pan:
        m_view.centre -= (event->position() - m_panned) / m_view.zoom;
        m_panned = event->position();
        viewMoved();
        return;
    case Gesture::Kind::Press: {
        const QPointF way = event->position() - m_gesture.pressed;
        if (std::hypot(way.x(), way.y()) < QGuiApplication::styleHints()->startDragDistance() / 2.0)
            return;
        beginDrag(event->modifiers());
        break;
    }
    default: break;
    }
    continueDrag(event->position(), event->modifiers());
}

void BoardCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    movePointer(event->position());
    if (event->button() != m_button)
        return;
    if (m_gesture.kind == Gesture::Kind::Press && !m_clicked.isNull())
        m_controller->selectWithGroup(m_clicked);
    finishDrag(event->position());
    m_button = Qt::NoButton;
    updateCursor();
}

void BoardCanvas::mouseUngrabEvent()
{
    if (m_gesture.kind != Gesture::Kind::None)
        cancelGesture();
}

void BoardCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    const bool drawing = m_tool == Tool::Pen || m_tool == Tool::Eraser;
    if (drawing && !isPresenting()) {
        mousePressEvent(event); // a second short stroke
        return;
    }
    if (event->button() != Qt::LeftButton || !document() || isPresenting())
        return;
    movePointer(event->position());
    m_pointerUsed = true;
    const ItemId under = itemAt(event->position());
    if (under.isNull()) {
        addFrameHere();
        return;
    }
    const Item *item = document()->item(under);
    if (isCropping())
        return; // the second click of a drag inside the crop
    m_controller->select({under});
    if (item->picture())
        fitSelection();
    else
        edit(under.toString(QUuid::WithoutBraces));
}

void BoardCanvas::wheelEvent(QWheelEvent *event)
{
    // Alt turns the wheel sideways on some systems: both directions count.
    const QPoint angle = event->angleDelta();
    const double notches = (angle.y() != 0 ? angle.y() : angle.x()) / 120.0;
    if ((event->modifiers() & Qt::AltModifier) && !isPresenting()) {
        changeWeight(notches);
    } else if (!event->pixelDelta().isNull() && !(event->modifiers() & Qt::ControlModifier)) {
        m_view.centre -= QPointF(event->pixelDelta()) / m_view.zoom; // two fingers
        viewMoved();
    } else if (event->modifiers() & Qt::ShiftModifier) {
        m_view.centre -= QPointF(notches * 80, 0) / m_view.zoom;
        viewMoved();
    } else {
        zoomAt(event->position(), std::pow(1.2, notches));
    }
    event->accept();
}

void BoardCanvas::changeWeight(double steps)
{
    if (!document())
        return;
    QVector<ItemId> ids = m_controller->selection();
    if (!m_hovered.isNull() && !ids.contains(m_hovered))
        ids = {m_hovered};
    for (const ItemId &id : ids)
        if (const Item *item = document()->item(id); item && (item->picture() || item->note())) {
            const double weight =
                (item->picture() ? item->picture()->weight : item->note()->weight) + steps * 0.1;
            document()->setWeight(ids, std::round(weight * 20) / 20);
            return;
        }
}

void BoardCanvas::hoverMoveEvent(QHoverEvent *event)
{
    movePointer(event->position());
    const ItemId under = itemAt(event->position());
    if (under != m_hovered) {
        m_hovered = under;
        redrawFaded();
    }
    updateCursor();
    QQuickItem::hoverMoveEvent(event);
}

void BoardCanvas::hoverLeaveEvent(QHoverEvent *event)
{
    movePointer({});
    m_hovered = {};
    redrawFaded();
    QQuickItem::hoverLeaveEvent(event);
}

void BoardCanvas::movePointer(QPointF screen)
{
    // A hover event comes also where something under a pointer that rests has moved or come.
    m_pointerUsed |= screen != m_pointer && !screen.isNull() && !m_pointer.isNull();
    m_pointer = screen;
    Q_EMIT pointerMoved();
}

void BoardCanvas::updateCursor()
{
    if (isPresenting()) {
        setCursor(Qt::BlankCursor);
        return;
    }
    if (m_gesture.kind == Gesture::Kind::Pan) {
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (m_spaceHeld) {
        setCursor(Qt::OpenHandCursor);
        return;
    }
    if (m_tool == Tool::Pen || m_tool == Tool::Eraser) {
        setCursor(Qt::CrossCursor);
        return;
    }
    if (m_tool == Tool::Lasso && itemAt(m_pointer).isNull()) {
        setCursor(Qt::CrossCursor);
        return;
    }
    const Handle handle = handleAt(m_pointer);
    if (handle.grip == Grip::Turn)
        setCursor(Qt::CrossCursor);
    else if (handle.grip == Grip::Corner)
        setCursor(handle.corner % 2 == 0 ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor);
    else if (const GuideHit hit = guideAt(m_pointer); hit.index >= 0)
        setCursor(hit.axis == Qt::Horizontal ? Qt::SplitHCursor : Qt::SplitVCursor);
    else
        unsetCursor();
}

// -- Keys

void BoardCanvas::setShortcuts(const QVariantMap &shortcuts)
{
    m_shortcuts.clear();
    m_keys.clear();
    for (const BoardAction &action : boardActions()) {
        const QString id = QLatin1String(action.id);
        const QString keys = shortcuts.value(id, QLatin1String(action.shortcut)).toString();
        m_shortcuts.insert(id, keys);
    }
    // A key that the user chose means that, whatever had it before.
    for (const bool chosen : {false, true})
        for (const BoardAction &action : boardActions()) {
            const QString keys = m_shortcuts.value(QLatin1String(action.id)).toString();
            if (!keys.isEmpty() && chosen == (keys != QLatin1String(action.shortcut)))
                m_keys.insert(keys, &action);
        }
    Q_EMIT shortcutsChanged();
}

const BoardAction *BoardCanvas::actionFor(const QKeyEvent &event) const
{
    const auto find = [this](int key, Qt::KeyboardModifiers modifiers) {
        return m_keys.value(
            QKeySequence(key | int(modifiers.toInt())).toString(QKeySequence::PortableText));
    };
    const Qt::KeyboardModifiers modifiers =
        event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    if (const BoardAction *action = find(event.key(), modifiers))
        return action;
    // Keys that people take for another one.
    switch (event.key()) {
    case Qt::Key_Enter:
        return find(Qt::Key_Return, modifiers);
    case Qt::Key_Backspace:
        return find(Qt::Key_Delete, modifiers);
    case Qt::Key_Equal:
    case Qt::Key_Plus:
        return find(Qt::Key_Plus, modifiers & ~Qt::ShiftModifier);
    default:
        return nullptr;
    }
}

bool BoardCanvas::perform(const QString &id)
{
    const BoardAction *action = boardAction(id);
    if (action && document() && (!isPresenting() || isOfPresenting(id)))
        action->perform(*this);
    return action;
}

QString BoardCanvas::actionText(const QString &id) const
{
    const BoardAction *action = boardAction(id);
    return action ? QCoreApplication::translate("Actions", action->text) : QString();
}

void BoardCanvas::nudge(double x, double y)
{
    const double step = 1 / std::min(1.0, m_view.zoom); // a screen pixel at least
    m_controller->nudge(x * step, y * step);
}

void BoardCanvas::extendSelection(bool backwards)
{
    m_controller->extendSelection(backwards);
    revealLastSelected();
}

void BoardCanvas::revealLastSelected()
{
    if (m_controller->selectedCount() == 0)
        return;
    const QRectF item = document()->extent({m_controller->selection().last()});
    if (m_view.visible().contains(item.center()))
        return;
    m_view.centre = item.center();
    viewMoved();
}

void BoardCanvas::keyPressEvent(QKeyEvent *event)
{
    event->setAccepted(pressKey(event));
}

bool BoardCanvas::pressKey(QKeyEvent *event)
{
    if (!document())
        return false;
    if (isPresenting() && pressWhilePresenting(event->key()))
        return true;
    BoardController &c = *m_controller;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (isCropping() && pressKeyWhileCropping(*event))
        return true;
    switch (event->key()) {
    case Qt::Key_Escape:
        if (m_gesture.kind != Gesture::Kind::None) { cancelGesture(); return true; }
        if (isCropping()) { finishCropping(); return true; }
        if (m_tool != Tool::Select) { setTool(Tool::Select); return true; }
        if (c.selectedCount() > 0) { c.selectNone(); return true; }
        return false;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isCropping()) { finishCropping(); return true; }
        break;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        if (isPresenting())
            return true; // there is nothing else on the screen
        if (modifiers != Qt::NoModifier && modifiers != Qt::ShiftModifier)
            return false;
        if (!c.selectNext(event->key() == Qt::Key_Backtab))
            return false; // beyond the last item the focus goes on: no trap for the keyboard
        m_pointerUsed = false;
        revealLastSelected();
        return true;
    case Qt::Key_Space:
        if (!event->isAutoRepeat()) {
            m_spaceHeld = true;
            updateCursor();
        }
        return true;
    default: break;
    }
    const BoardAction *action = actionFor(*event);
    const bool wasCropping = isCropping();
    const bool done = action && perform(QLatin1String(action->id));
    if (isCropping() && !wasCropping)
        Q_EMIT told(tr("Drag the handles, or Tab to the next one and move it by the arrow keys; Enter ends"));
    return done;
}

void BoardCanvas::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        updateCursor();
        event->accept();
        return;
    }
    QQuickItem::keyReleaseEvent(event);
}

void BoardCanvas::focusInEvent(QFocusEvent *event)
{
    QQuickItem::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        m_pointerUsed = false;
    redrawOverlay();
}

void BoardCanvas::focusOutEvent(QFocusEvent *event)
{
    QQuickItem::focusOutEvent(event);
    m_spaceHeld = false;
    redrawOverlay();
}

} // namespace moodloom::ui
