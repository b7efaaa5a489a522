// Drives the real window as a person would: finds items by name, points, clicks and types.
#pragma once

#include "tests/ui/ShownItems.h"

#include <QQuickWindow>
#include <QSignalSpy>
#include <QTest>

namespace moodloom::fake {

class WindowDriver
{
public:
    explicit WindowDriver(QQuickWindow *window) : m_window(window) {}

    QQuickWindow *window() const { return m_window; }

    // All shown items with this object name, in the order of the tree.
    QVector<QQuickItem *> all(const QString &name) const
    {
        return itemsNamed(m_window->contentItem(), name);
    }
    QQuickItem *item(const QString &name) const
    {
        const QVector<QQuickItem *> found = all(name);
        return found.isEmpty() ? nullptr : found.first();
    }
    // The first shown item of which `property` equals `value`.
    QQuickItem *with(const char *property, const QVariant &value) const
    {
        return search(m_window->contentItem(), property, value);
    }

    QPoint centre(const QQuickItem *item) const
    {
        return item->mapToScene({item->width() / 2, item->height() / 2}).toPoint();
    }
    void hover(const QQuickItem *item) const
    {
        QTest::mouseMove(m_window, centre(item) - QPoint(1, 1));
        QTest::mouseMove(m_window, centre(item));
        QCoreApplication::processEvents();
    }
    // Lets layouts take effect: they do before a frame is drawn.
    void settle() const
    {
        QSignalSpy drawn(m_window, &QQuickWindow::frameSwapped);
        m_window->update();
        drawn.wait();
    }
    void click(const QQuickItem *item) const
    {
        settle();
        hover(item);
        QTest::mouseClick(m_window, Qt::LeftButton, Qt::NoModifier, centre(item));
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(m_window, key, modifiers);
    }
    void type(const QString &text) const
    {
        for (const QChar letter : text)
            QTest::keyClick(m_window, letter.toLatin1());
    }

private:
    static QQuickItem *search(QQuickItem *item, const char *property, const QVariant &value)
    {
        if (!item->isVisible())
            return nullptr;
        if (item->property(property).isValid() && item->property(property) == value)
            return item;
        for (QQuickItem *child : item->childItems())
            if (QQuickItem *found = search(child, property, value))
                return found;
        return nullptr;
    }

    QQuickWindow *m_window;
};

} // namespace moodloom::fake
