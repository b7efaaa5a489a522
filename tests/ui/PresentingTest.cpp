// The window while the board is presented, and over all others.
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"

#include <QSettings>

using namespace moodloom;

class PresentingTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("presenting")); }

    void init() { openWindow(); }

    void cleanup() { closeWindow(); }

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
