// The window over the real session, on a made-up machine with ComfyUI's folder and a server of
// models on it, all opened afresh for each test; QML warnings fail the test.
#pragma once

#include "core/session/Session.h"
#include "tests/support/FileServer.h"
#include "tests/support/WeightFiles.h"
#include "tests/ui/QmlWarnings.h"
#include "tests/ui/WindowDriver.h"
#include "ui/controls/Format.h"
#include "ui/shell/Interface.h"
#include "ui/theme/Theme.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <memory>

namespace moodloom::fake {

class ShelfFixture
{
protected:
    // Once, before any window.
    void prepare(const QString &name)
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("moodloom-tests"));
        QCoreApplication::setApplicationName(name);
        qputenv("MOODLOOM_LANGUAGE", "en");
        QSettings().clear(); // its place is found once, before there is another home
        for (const char *variable : {"HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME", "HF_TOKEN"})
            qunsetenv(variable);
        // No keyring, whatever desktop this runs on.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    }

    void openMachine()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("HOME", m_home->path().toUtf8());
        qputenv("MOODLOOM_HOME", m_home->filePath(QStringLiteral("moodloom")).toUtf8());
        QSettings().clear();
        ui::Theme::instance()->setMode(ui::Theme::Mode::Dark);
        QDir(m_home->path()).mkpath(QStringLiteral("ComfyUI/models/checkpoints"));
        write("ComfyUI/models/loras/talagon.safetensors",
              testing::loraFile(768, {{QStringLiteral("modelspec.trigger_phrase"),
                                       QStringLiteral("talagon suv")}}));
        QImage preview(64, 64, QImage::Format_RGB32);
        preview.fill(Qt::red);
        QVERIFY(preview.save(at("ComfyUI/models/loras/talagon.preview.png")));
        write("ComfyUI/models/loras/big.safetensors", testing::loraFile(2048));
        write("ComfyUI/models/checkpoints/broken.safetensors", "no weights at all");
        m_server = std::make_unique<testing::FileServer>();
        qputenv("HF_ENDPOINT", m_server->url().toEncoded());
        m_warnings = std::make_unique<fake::QmlWarnings>();
        QVERIFY(start());
    }

    void closeMachine()
    {
        end();
        const QStringList warnings = m_warnings->take();
        m_warnings.reset();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
    }

    bool start()
    {
        m_session = std::make_unique<session::Session>(session::Session::Options{});
        QObject::connect(m_session.get(), &session::Session::failed, m_session.get(),
                         [](const Error &error) { qWarning("%s", errorText(error).c_str()); });
        m_interface = std::make_unique<ui::Interface>(m_session.get());
        if (!m_interface->show())
            return false;
        auto *window =
            qobject_cast<QQuickWindow *>(m_interface->engine()->rootObjects().constFirst());
        window->resize(1440, 900);
        window->requestActivate();
        m_driver = std::make_unique<fake::WindowDriver>(window);
        return QTest::qWaitForWindowActive(window);
    }
    void end()
    {
        m_driver.reset();
        m_interface.reset();
        m_session.reset();
    }
    ui::ShelfModel *shelf() const { return m_interface->workspace()->shelf(); }
    QString at(const char *name) const { return m_home->filePath(QString::fromUtf8(name)); }
    QQuickItem *row(const char *name) const { return m_driver->with("path", at(name)); }
    void write(const char *name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(at(name)).path());
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<testing::FileServer> m_server;
    std::unique_ptr<fake::QmlWarnings> m_warnings;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ui::Interface> m_interface;
    std::unique_ptr<fake::WindowDriver> m_driver;
};

} // namespace moodloom::fake
