// Takes and pictures of the board on the clipboard, in the form that was asked for; and a take that
// comes back as a file.
#include "core/board/Board.h"
#include "core/export/ExportTake.h"
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>

using namespace moodloom;
using fake::world;

class CopyTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

    QQuickItem *item(const char *name) const { return m_driver->item(QLatin1String(name)); }
    ui::BoardCanvas *canvas() const { return qobject_cast<ui::BoardCanvas *>(item("boardCanvas")); }
    static const QMimeData *clipboard() { return QGuiApplication::clipboard()->mimeData(); }
    QString toast() const
    {
        for (const QQuickItem *shown : m_driver->all(QStringLiteral("toast")))
            return shown->property("message").toString();
        return {};
    }

    QQuickItem *takeCard()
    {
        m_session->paint();
        fake::finishTake(m_session.get());
        QQuickItem *star = nullptr;
        [&] { QTRY_VERIFY((star = m_driver->with("takeId", world().takes.last().id))); }();
        m_driver->settle();
        return star;
    }
    void chooseFromMenu(QQuickItem *card, const char *entry)
    {
        QTest::mouseClick(m_driver->window(), Qt::RightButton, Qt::NoModifier,
                          m_driver->centre(card));
        QTRY_VERIFY(item(entry));
        m_driver->click(item(entry));
    }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("copy")); }
    void init()
    {
        openWindow();
        QTRY_VERIFY(item("promptInput")->hasActiveFocus());
        QGuiApplication::clipboard()->clear();
    }
    void cleanup() { closeWindow(); }

    void aTakeIsCopiedAsAFileByItsMenuAndByKeys()
    {
        QQuickItem *card = takeCard();
        chooseFromMenu(card, "copyTakeFile");
        QTRY_VERIFY(clipboard() && clipboard()->hasUrls());
        const QString file = clipboard()->urls().value(0).toLocalFile();
        QVERIFY(!QImage(file).isNull());
        QVERIFY(clipboard()
                    ->data(QStringLiteral("x-special/gnome-copied-files"))
                    .startsWith("copy\nfile:///"));
        QVERIFY(!clipboard()->hasImage());
        QGuiApplication::clipboard()->clear();
        card->forceActiveFocus(Qt::TabFocusReason);
        m_driver->press(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(clipboard() && clipboard()->hasUrls());
        m_driver->press(Qt::Key_F10, Qt::ShiftModifier);
        QTRY_VERIFY(item("copyTakePixels"));
        m_driver->press(Qt::Key_Escape);
    }

    void aTakeIsCopiedAsPixelsAndAsARecipe()
    {
        QQuickItem *card = takeCard();
        chooseFromMenu(card, "copyTakePixels");
        QTRY_VERIFY(clipboard() && clipboard()->hasImage());
        QCOMPARE(qvariant_cast<QImage>(clipboard()->imageData()).size(),
                 world().takes.last().image.size());
        QVERIFY(!clipboard()->hasUrls());
        QTRY_VERIFY(!item("copyTakePixels"));
        chooseFromMenu(card, "copyTakeRecipe");
        QTRY_VERIFY(clipboard()->text().contains(QStringLiteral("Steps: ")));
        QVERIFY(clipboard()->hasFormat(QStringLiteral("application/x-moodloom-recipe+json")));
    }

    void aPictureOfTheBoardIsCopiedInEachForm()
    {
        generation::Take take;
        take.recipe.prompt = QStringLiteral("a hill");
        take.image = fake::picture(Qt::green, {64, 48});
        const QString path = m_home.filePath(QStringLiteral("hill.png"));
        QVERIFY(exporting::exportPng(take, path));
        board::Board &board = *m_session->board();
        board.importFiles({path}, {0, 0});
        QTRY_COMPARE(board.items().size(), 1);
        canvas()->controller()->select(board.items());
        canvas()->forceActiveFocus();
        m_driver->press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(clipboard() && clipboard()->hasUrls());
        QCOMPARE(clipboard()->urls().value(0).toLocalFile(), path);
        m_driver->press(Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(clipboard()->hasImage());
        QCOMPARE(qvariant_cast<QImage>(clipboard()->imageData()).size(), QSize(64, 48));
        m_driver->press(Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(clipboard()->text().startsWith(QStringLiteral("a hill")));
    }

    void aTakeThatComesBackIsShownInItsFrame()
    {
        board::Board &board = *m_session->board();
        const board::ItemId frame = board.addFrame({0, 0}, {256, 256});
        generation::Take first, second;
        for (auto [take, color] :
             {std::pair(&first, QColor(Qt::red)), std::pair(&second, QColor(Qt::blue))}) {
            take->recipe.prompt = color.name();
            take->image = fake::picture(color, {64, 64}).convertToFormat(QImage::Format_RGB888);
            board::FrameTake kept;
            kept.id = color.name();
            kept.frame = frame;
            kept.recipe = generation::toJson(take->recipe);
            board.addTake(kept, take->image);
            QTRY_COMPARE(board.item(frame)->frame()->shownTake, color.name());
        }
        const QString path = m_home.filePath(QStringLiteral("back.png"));
        QVERIFY(exporting::exportPng(first, path));
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(path)});
        const QPoint where = m_driver->centre(canvas());
        const auto drop = [&] {
            QDragEnterEvent enter(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(m_driver->window(), &enter);
            QDropEvent event(where, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
            QCoreApplication::sendEvent(m_driver->window(), &event);
        };
        drop();
        QTRY_COMPARE(board.item(frame)->frame()->shownTake, QColor(Qt::red).name());
        QCOMPARE(board.items().size(), 1);
        // Painted over in another program, it is a picture of its own.
        first.image.fill(Qt::yellow);
        QVERIFY(exporting::exportPng(first, path));
        drop();
        QTRY_COMPARE(board.items().size(), 2);
    }
};

QTEST_MAIN(CopyTest)
#include "CopyTest.moc"
