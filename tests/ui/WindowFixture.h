// The window on a fake session, opened afresh for each test; its QML warnings fail the test.
#pragma once

#include "core/image/Start.h"
#include "tests/ui/QmlWarnings.h"
#include "tests/ui/WindowDriver.h"
#include "tests/ui/fake/FakeWorld.h"
#include "ui/shell/Interface.h"
#include "ui/theme/Theme.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <memory>

namespace moodloom::fake {

class WindowFixture
{
protected:
    // Once, before any window: neither the user's settings nor the user's files.
    void prepare(const QString &name)
    {
        QVERIFY(image::startDecoders()); // as the program does
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("moodloom-tests"));
        QCoreApplication::setApplicationName(name);
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
        qputenv("MOODLOOM_LANGUAGE", "en");
    }

    void openWindow()
    {
        QSettings().clear();
        ui::Theme::instance()->setMode(ui::Theme::Mode::Dark);
        reset();
        m_warnings = std::make_unique<QmlWarnings>();
        m_session = std::make_unique<session::Session>(session::Session::Options{});
        m_interface = std::make_unique<ui::Interface>(m_session.get());
        QVERIFY(m_interface->show());
        auto *window = qobject_cast<QQuickWindow *>(m_interface->engine()->rootObjects().constFirst());
        QVERIFY(window);
        window->resize(1440, 900);
        window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window));
        m_driver = std::make_unique<WindowDriver>(window);
    }

    void closeWindow()
    {
        m_driver.reset();
        m_interface.reset();
        m_session.reset();
        const QStringList warnings = m_warnings->take();
        m_warnings.reset();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
    }

    QTemporaryDir m_home;
    std::unique_ptr<QmlWarnings> m_warnings;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ui::Interface> m_interface;
    std::unique_ptr<WindowDriver> m_driver;
};

} // namespace moodloom::fake
