#include "ui/shell/FocusKeeper.h"

#include <algorithm>

namespace moodloom::ui {

static bool isUsable(const QQuickItem *item)
{
    return item && item->window() && item->isVisible() && item->isEnabled();
}

FocusKeeper::FocusKeeper(QQuickWindow *window) : QObject(window), m_window(window)
{
    window->installEventFilter(this);
    connect(window, &QQuickWindow::activeFocusItemChanged, this, [this] {
        QQuickItem *item = m_window->activeFocusItem();
        // Behind the event that tells the item why.
        QMetaObject::invokeMethod(this, &FocusKeeper::showByKeys, Qt::QueuedConnection);
        if (item && item->activeFocusOnTab())
            remember(item);
        else
            keepLater();
        if (!item || item == m_window->contentItem() || item->inherits("QQuickRootItem"))
            return;
        constexpr int most = 40; // more than a dialog has, which goes as a whole
        m_past.removeAll(item);
        m_past.prepend(item);
        m_past.resize(std::min<qsizetype>(m_past.size(), most));
    });
}

bool FocusKeeper::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress)
        m_byKeys = true;
    else if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::TouchBegin ||
             event->type() == QEvent::TabletPress)
        m_byKeys = false;
    return QObject::eventFilter(object, event);
}

// A control shows its ring only when Tab brought the keyboard; a menu that opens or closes, or a
// window that comes to the front, is no less by keys when a key was the last that was pressed.
void FocusKeeper::showByKeys()
{
    QQuickItem *item = m_window->activeFocusItem();
    if (m_byKeys && item && item->property("visualFocus").isValid() &&
        !item->property("visualFocus").toBool())
        item->setProperty("focusReason", Qt::TabFocusReason);
}

void FocusKeeper::remember(QQuickItem *item)
{
    constexpr int most = 4; // a whole row of buttons may go at once
    if (m_item)
        m_item->disconnect(this);
    m_item = item;
    // What is hidden keeps the keyboard, in Qt.
    connect(item, &QQuickItem::visibleChanged, this, &FocusKeeper::keepLater);
    connect(item, &QQuickItem::enabledChanged, this, &FocusKeeper::keepLater);
    m_around.clear();
    for (QQuickItem *above = item->parentItem(); above; above = above->parentItem())
        m_around.append(above);
    m_neighbours.clear();
    QQuickItem *next = item, *previous = item;
    for (int i = 0; i < most; ++i) {
        next = next ? next->nextItemInFocusChain(true) : nullptr;
        previous = previous ? previous->nextItemInFocusChain(false) : nullptr;
        m_neighbours << next << previous;
    }
}

// Behind what takes it away, which may care for it itself.
void FocusKeeper::keepLater()
{
    QMetaObject::invokeMethod(this, &FocusKeeper::keep, Qt::QueuedConnection);
}

void FocusKeeper::keep()
{
    QQuickItem *now = m_window->activeFocusItem();
    if (m_neighbours.isEmpty() || isUsable(m_item))
        return;
    // Somebody else took it on purpose.
    if (isUsable(now) && now != m_window->contentItem() && !m_around.contains(now))
        return;
    const auto give = [this](QQuickItem *item) {
        item->forceActiveFocus(m_byKeys ? Qt::TabFocusReason : Qt::OtherFocusReason);
    };
    // A button whose place another one takes (start, stop).
    if (const QQuickItem *row = m_item ? m_item->parentItem() : nullptr)
        for (QQuickItem *item : row->childItems())
            if (item != m_item && isUsable(item) && item->activeFocusOnTab() &&
                item->position() == m_item->position())
                return give(item);
    for (const auto *items : {&m_neighbours, &m_past})
        for (const QPointer<QQuickItem> &item : *items)
            if (isUsable(item))
                return give(item);
    if (auto *page = m_window->property("page").value<QQuickItem *>(); isUsable(page))
        give(page);
}

} // namespace moodloom::ui
