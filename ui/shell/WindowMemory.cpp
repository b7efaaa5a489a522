#include "ui/shell/WindowMemory.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>

namespace moodloom::ui {

static const auto geometryKey = QStringLiteral("window/geometry");
static const auto maximizedKey = QStringLiteral("window/maximized");

WindowMemory::WindowMemory(QObject *parent) : QObject(parent)
{
    m_later.setSingleShot(true);
    m_later.setInterval(500);
    connect(&m_later, &QTimer::timeout, this, &WindowMemory::save);
}

WindowMemory::~WindowMemory()
{
    if (m_later.isActive())
        save();
}

void WindowMemory::setWindow(QWindow *window)
{
    if (m_window == window)
        return;
    m_window = window;
    if (window) {
        restore();
        const auto remember = [this] { m_later.start(); };
        connect(window, &QWindow::widthChanged, this, remember);
        connect(window, &QWindow::heightChanged, this, remember);
        connect(window, &QWindow::xChanged, this, remember);
        connect(window, &QWindow::yChanged, this, remember);
        connect(window, &QWindow::windowStateChanged, this, remember);
    }
    Q_EMIT windowChanged();
}

void WindowMemory::restore()
{
    const QSettings settings;
    const QRect geometry = settings.value(geometryKey).toRect();
    const QScreen *screen = geometry.isValid() ? QGuiApplication::screenAt(geometry.center())
                                               : nullptr;
    if (screen)
        m_window->setGeometry(geometry.intersected(screen->availableGeometry()));
    if (settings.value(maximizedKey, false).toBool())
        m_window->setWindowStates(Qt::WindowMaximized);
}

void WindowMemory::save() const
{
    if (!m_window)
        return;
    QSettings settings;
    const bool maximized = m_window->windowStates() & Qt::WindowMaximized;
    settings.setValue(maximizedKey, maximized);
    if (!maximized && !(m_window->windowStates() & Qt::WindowFullScreen))
        settings.setValue(geometryKey, m_window->geometry());
}

} // namespace moodloom::ui
