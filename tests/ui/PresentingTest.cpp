// The window while the board is presented, and over all others.
#include "tests/ui/fake/FakeWorld.h"
#include "tests/ui/QmlWarnings.h"
#include "tests/ui/WindowDriver.h"
#include "ui/board/BoardCanvas.h"
#include "ui/shell/Interface.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace moodloom;

class PresentingTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;
    std::unique_ptr<fake::QmlWarnings> m_warnings;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ui::Interface> m_interface;
    std::unique_ptr<fake::WindowDriver> m_driver;

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("moodloom-tests"));
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
        qputenv("MOODLOOM_LANGUAGE", "en");
    }

    void init()
    {
        QSettings().clear();
        fake::reset();
        m_warnings = std::make_unique<fake::QmlWarnings>();
        m_session = std::make_unique<session::Session>(session::Session::Options{});
        m_interface = std::make_unique<ui::Interface>(m_session.get());
        QVERIFY(m_interface->show());
        auto *window =
            qobject_cast<QQuickWindow *>(m_interface->engine()->rootObjects().constFirst());
        window->resize(1440, 900);
        window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window));
        m_driver = std::make_unique<fake::WindowDriver>(window);
    }

    void cleanup()
    {
        m_driver.reset();
        m_interface.reset();
        m_session.reset();
        const QStringList warnings = m_warnings->take();
        m_warnings.reset();
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
    }

    void presentingTakesTheWholeScreen()
    {
        auto *canvas =
            qobject_cast<ui::BoardCanvas *>(m_driver->item(QStringLiteral("boardCanvas")));
        QVERIFY(canvas);
        m_driver->settle();
        const QPoint middle = m_driver->centre(canvas);
        QTest::mouseClick(m_driver->window(), Qt::LeftButton, {}, middle - QPoint(0, 200));
        m_driver->press(Qt::Key_N);
        QCOMPARE(canvas->controller()->board()->frames().size(), 1);
        QVERIFY(m_driver->item(QStringLiteral("takesStrip")) &&
                m_driver->item(QStringLiteral("studioButton")));
        const auto before = m_driver->window()->visibility();
        m_driver->press(Qt::Key_F5);
        QVERIFY(canvas->isPresenting());
        QCOMPARE(m_driver->window()->visibility(), QWindow::FullScreen);
        QVERIFY(!m_driver->item(QStringLiteral("takesStrip")) &&
                !m_driver->item(QStringLiteral("studioButton")) &&
                !m_driver->item(QStringLiteral("referencesPanel")));
        QTRY_COMPARE(canvas->width(), double(m_driver->window()->width()));
        QTRY_COMPARE(canvas->height(), double(m_driver->window()->height()));
        m_driver->press(Qt::Key_Escape);
        QVERIFY(!canvas->isPresenting());
        QCOMPARE(m_driver->window()->visibility(), before);
        QVERIFY(m_driver->item(QStringLiteral("takesStrip")) &&
                m_driver->item(QStringLiteral("studioButton")));
    }

    void aKeyKeepsTheWindowOverAllOthers()
    {
        QVERIFY(!(m_driver->window()->flags() & Qt::WindowStaysOnTopHint));
        m_driver->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_driver->window()->flags() & Qt::WindowStaysOnTopHint);
        m_driver->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!(m_driver->window()->flags() & Qt::WindowStaysOnTopHint));
        QVERIFY(m_driver->window()->isVisible());
    }
};

QTEST_MAIN(PresentingTest)
#include "PresentingTest.moc"
