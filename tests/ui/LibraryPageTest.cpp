// The library's page: searching, importing, taking pictures out and putting them back.
#include "core/board/Board.h"
#include "tests/ui/WindowFixture.h"
#include "ui/shell/Workspace.h"

#include <algorithm>

using namespace moodloom;
using fake::world;

class LibraryPageTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

    QQuickItem *item(const char *name) const { return m_driver->item(QLatin1String(name)); }
    int shown() const { return item("libraryGrid")->property("count").toInt(); }
    QString toast() const
    {
        const QQuickItem *shown = item("toast");
        return shown ? shown->property("message").toString() : QString();
    }
    static bool has(library::AssetId id)
    {
        return std::any_of(world().assets.cbegin(), world().assets.cend(),
                           [id](const library::Asset &asset) { return asset.id == id; });
    }
    // By keys: the grid has them, at its first picture. Its id.
    library::AssetId goToTheFirstPicture()
    {
        m_driver->press(Qt::Key_2, Qt::AltModifier);
        if (!QTest::qWaitFor([this] { return item("libraryGrid") && shown() == 60; }))
            return 0;
        item("libraryGrid")->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_Home);
        m_driver->settle();
        return item("libraryGrid")->property("currentItem").value<QQuickItem *>()->property("asset").toLongLong();
    }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("librarypage")); }
    void init()
    {
        openWindow();
        QTRY_VERIFY(item("promptInput")->hasActiveFocus());
    }
    void cleanup() { closeWindow(); }

    void theLibraryPageSearchesAsOneTypes()
    {
        m_driver->click(m_driver->item(QStringLiteral("libraryButton")));
        QQuickItem *grid = nullptr;
        QTRY_VERIFY((grid = m_driver->item(QStringLiteral("libraryGrid"))));
        QTRY_COMPARE(grid->property("count").toInt(), 60);
        m_driver->click(m_driver->item(QStringLiteral("librarySearch")));
        m_driver->type(QStringLiteral("number 17"));
        QTRY_COMPARE(grid->property("count").toInt(), 1);
    }

    void anImportTellsHowItGoesAndCanBePaused()
    {
        m_driver->press(Qt::Key_2, Qt::AltModifier);
        session::ImportStatus &status = world().import;
        status.running = true;
        status.found = 18930;
        status.done = 1204;
        status.perSecond = 212;
        status.secondsLeft = 80;
        Q_EMIT m_session->library()->importStatusChanged();
        QQuickItem *text = nullptr;
        QTRY_VERIFY((text = m_driver->item(QStringLiteral("importText"))));
        QCOMPARE(text->property("text").toString(),
                 QStringLiteral("Indexing 1,204 of 18,930 · 212 a second · 1 min 20 s left"));
        m_driver->click(m_driver->item(QStringLiteral("pauseImport")));
        QVERIFY(status.paused);
        m_driver->click(m_driver->item(QStringLiteral("cancelImport")));
        QVERIFY(!status.running);
    }

    void aPictureThatWasTakenOutComesBackByTheMessage()
    {
        const library::AssetId first = goToTheFirstPicture();
        QVERIFY(first != 0);
        m_driver->press(Qt::Key_Delete);
        QTRY_COMPARE(shown(), 59);
        QVERIFY(!has(first));
        QVERIFY2(toast().contains(QStringLiteral("its file stays")), qPrintable(toast()));
        m_driver->click(item("toastAction"));
        QTRY_COMPARE(shown(), 60);
        QVERIFY(has(first));
    }

    void eachPictureThatWasTakenOutComesBackByKeys()
    {
        const library::AssetId first = goToTheFirstPicture();
        const QUuid frame = m_session->board()->addFrame({0, 0});
        m_driver->press(Qt::Key_Delete);
        QTRY_COMPARE(shown(), 59);
        m_driver->press(Qt::Key_Delete);
        QTRY_COMPARE(shown(), 58);
        QVERIFY(!has(first) && !has(first + 1));
        m_driver->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(has(first + 1));
        QVERIFY(!has(first));
        QVERIFY2(toast().contains(QStringLiteral("again")), qPrintable(toast()));
        m_driver->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(has(first));
        QTRY_COMPARE(shown(), 60);
        // There is nothing left here, and the board is out of sight.
        m_driver->press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_session->board()->item(frame));
        m_driver->press(Qt::Key_1, Qt::AltModifier);
        m_driver->press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!m_session->board()->item(frame));
    }
};

QTEST_MAIN(LibraryPageTest)
#include "LibraryPageTest.moc"
