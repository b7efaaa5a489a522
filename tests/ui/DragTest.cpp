// Drops in the window, as other programs and our own cards send them: files, pixels, assets and words,
// onto chips, board and shelf. What a drag carries out is in ModelsTest.
#include "core/image/Start.h"
#include "tests/ui/fake/FakeWorld.h"
#include "tests/ui/QmlWarnings.h"
#include "tests/ui/WindowDriver.h"
#include "ui/board/BoardCanvas.h"
#include "ui/board/SceneBuilder.h"
#include "ui/controls/DropContent.h"
#include "ui/shell/Interface.h"

#include <QDropEvent>
#include <QMimeData>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace moodloom;
using fake::world;

class DragTest : public QObject
{
    Q_OBJECT

    void drop(const QMimeData &mime, QPoint where)
    {
        QDragEnterEvent enter(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &move);
        QDropEvent event(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_driver->window(), &event);
        QVERIFY(event.isAccepted());
        QCOMPARE(event.dropAction(), Qt::CopyAction);
    }

    QQuickItem *chip(const QString &words) const { return m_driver->with("words", words); }
    QQuickItem *canvas() const { return m_driver->item(QStringLiteral("boardCanvas")); }
    QPoint onBoard(double x, double y) const // shares of the canvas
    {
        return canvas()->mapToScene({canvas()->width() * x, canvas()->height() * y}).toPoint();
    }
    QString file(const QString &name, const QColor &color) const
    {
        const QString path = m_home.filePath(name);
        fake::picture(color, {120, 80}).save(path);
        return path;
    }
    void writePrompt()
    {
        m_driver->type(QStringLiteral("a car,at sunset"));
        QTRY_VERIFY(chip(QStringLiteral("at sunset")));
        m_driver->settle();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(image::startDecoders()); // as the program does
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("moodloom-tests"));
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
        qputenv("MOODLOOM_LANGUAGE", "en");
    }

    void init()
    {
        QSettings().clear();
        fake::reset();
        for (library::Asset &asset : world().assets)
            asset.path = file(QStringLiteral("car %1.png").arg(asset.id),
                              QColor::fromHsl(int(asset.id) * 5, 90, 90));
        m_warnings = std::make_unique<fake::QmlWarnings>();
        m_session = std::make_unique<session::Session>(session::Session::Options{});
        m_interface = std::make_unique<ui::Interface>(m_session.get());
        QVERIFY(m_interface->show());
        auto *window =
            qobject_cast<QQuickWindow *>(m_interface->engine()->rootObjects().constFirst());
        QVERIFY(window);
        window->resize(1440, 900);
        window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window));
        m_driver = std::make_unique<fake::WindowDriver>(window);
        QTRY_VERIFY(m_driver->item(QStringLiteral("promptInput"))->hasActiveFocus());
        m_driver->settle();
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

    void aFileOnAChipBecomesItsPinnedReference()
    {
        writePrompt();
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file(QStringLiteral("mine.png"), Qt::red))});
        drop(mime, m_driver->centre(chip(QStringLiteral("at sunset"))));
        QTRY_COMPARE(world().references.size(), 1);
        QCOMPARE(world().references[0].facet, 1);
        QVERIFY(world().references[0].state == retrieval::ReferenceState::Pinned);
        QVERIFY(world().imported.isEmpty()); // nor does what lies below the chip get it
        QVERIFY(m_session->board()->isEmpty());
    }

    void pixelsAndAnAssetOnAChip()
    {
        writePrompt();
        QMimeData pixels;
        pixels.setImageData(fake::picture(Qt::green, {50, 50}));
        drop(pixels, m_driver->centre(chip(QStringLiteral("a car"))));
        QTRY_COMPARE(world().adopted.size(), 1);
        QCOMPARE(world().adopted[0].image.size(), QSize(50, 50));
        QMimeData asset;
        asset.setUrls({QUrl::fromLocalFile(world().assets[3].path)});
        asset.setData(QLatin1String(ui::assetMimeType), "4");
        drop(asset, m_driver->centre(chip(QStringLiteral("a car"))));
        QTRY_COMPARE(world().references.last().asset.id, 4);
        QCOMPARE(world().references.last().facet, 0);
        QCOMPARE(world().adopted.size(), 1); // it is in the library already
    }

    void wordsOnAChipAreAddedToThePrompt()
    {
        writePrompt();
        QMimeData mime;
        mime.setText(QStringLiteral("with chrome"));
        drop(mime, m_driver->centre(chip(QStringLiteral("a car"))));
        QCOMPARE(world().prompt, QStringLiteral("a car with chrome,at sunset"));
        QCOMPARE(m_driver->item(QStringLiteral("promptInput"))->property("text").toString(),
                 world().prompt);
    }

    void aPictureOfABrowserIsTakenByItsPixels()
    {
        QMimeData mime; // the address alone would be of no use: the network is not used
        mime.setUrls({QUrl(QStringLiteral("https://example.org/kite.png"))});
        mime.setImageData(fake::picture(Qt::green, {50, 50}));
        drop(mime, {150, 600}); // on the references
        QTRY_COMPARE(world().adopted.size(), 1);
        QTRY_COMPARE(m_session->board()->items().size(), 1);
    }

    void textAndFilesOnTheBoard()
    {
        QMimeData words;
        words.setText(QStringLiteral("长城 at dusk"));
        drop(words, onBoard(0.3, 0.3));
        QTRY_COMPARE(m_session->board()->items().size(), 1);
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(file(QStringLiteral("dropped.png"), Qt::red))});
        drop(files, onBoard(0.7, 0.7));
        QTRY_COMPARE(m_session->board()->items().size(), 2);
    }

    void aFileOnTheShelfActsEverywhere()
    {
        board::Board *board = m_session->board();
        const auto frame = board->addFrame({0, 0}, {400, 400});
        m_driver->settle();
        const auto *view = qobject_cast<ui::BoardCanvas *>(canvas());
        QVERIFY(view);
        const QPointF shelf = ui::shelfRect(*board->item(frame)).center();
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file(QStringLiteral("shelf.png"), Qt::red))});
        drop(mime, canvas()->mapToScene(view->view().toScreen(shelf)).toPoint());
        QTRY_COMPARE(board->item(frame)->frame()->shelf.size(), 1);
    }

private:
    QTemporaryDir m_home;
    std::unique_ptr<fake::QmlWarnings> m_warnings;
    std::unique_ptr<session::Session> m_session;
    std::unique_ptr<ui::Interface> m_interface;
    std::unique_ptr<fake::WindowDriver> m_driver;
};

QTEST_MAIN(DragTest)
#include "DragTest.moc"
