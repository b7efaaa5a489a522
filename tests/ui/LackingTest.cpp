// What a designer is told when the library has not what was asked for, and when files are gone.
#include "core/board/Board.h"
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"
#include "ui/shell/Workspace.h"

#include <QAccessible>
#include <QFile>

using namespace moodloom;
using fake::world;

class LackingTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

    QQuickItem *chip(int index) const
    {
        return m_driver->all(QStringLiteral("facetChip")).value(index);
    }
    static QQuickItem *inside(QQuickItem *place, const char *name)
    {
        return place ? fake::itemsNamed(place, QLatin1String(name)).value(0) : nullptr;
    }
    static QString description(QQuickItem *item)
    {
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(item);
        return accessible ? accessible->text(QAccessible::Description) : QString();
    }
    void findWithoutElephants()
    {
        world().lacking = {QStringLiteral("an elephant")};
        m_session->finder()->setPrompt(QStringLiteral("a red car, an elephant"));
        m_session->find();
        m_driver->settle();
    }
    QString lackingText() const
    {
        QQuickItem *label = m_driver->item(QStringLiteral("lacking"));
        return label ? label->property("text").toString() : QString();
    }
    ui::BoardCanvas *canvas() const
    {
        return qobject_cast<ui::BoardCanvas *>(m_driver->item(QStringLiteral("boardCanvas")));
    }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("lacking")); }
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void whatTheLibraryLacksIsSaidByTheGroupAndTheChip()
    {
        findWithoutElephants();
        QVERIFY2(lackingText().startsWith(QStringLiteral("Nothing in your library shows “an elephant”. The nearest")),
                 qPrintable(lackingText()));
        QCOMPARE(m_driver->all(QStringLiteral("lacking")).size(), 1);
        // Not counted as found, by sign, words and figures.
        QVERIFY(!inside(chip(0), "chipSign"));
        QVERIFY(inside(chip(1), "chipSign"));
        QCOMPARE(chip(0)->property("dots").toInt(), 6);
        QCOMPARE(chip(1)->property("dots").toInt(), 0);
        QVERIFY(description(chip(1)).startsWith(QStringLiteral("Nothing in your library shows")));
        QVERIFY(!description(chip(0)).contains(QStringLiteral("Nothing")));
        QVERIFY(m_interface->workspace()->references()->figures().startsWith(QStringLiteral("6 references")));
        QVERIFY(chip(1)->property("tip").toString().contains(QStringLiteral("an elephant")));
        chip(1)->forceActiveFocus(Qt::TabFocusReason);
        QTRY_VERIFY(m_driver->item(QStringLiteral("tip")));

        // A click pins the nearest: then the user has said what was meant.
        library::AssetId nearest = 0;
        for (const retrieval::Reference &reference : std::as_const(world().references))
            if (reference.nearest && nearest == 0)
                nearest = reference.asset.id;
        QQuickItem *card = m_driver->with("asset", double(nearest));
        QVERIFY(card);
        QVERIFY(card->property("nearest").toBool());
        m_driver->hover(card);
        m_driver->click(inside(card, "pin"));
        QTRY_VERIFY(lackingText().isEmpty());
        QVERIFY(!inside(chip(1), "chipSign"));
    }

    void aThingWithoutAnyPictureIsSaidToo()
    {
        findWithoutElephants();
        world().references.removeIf([](const auto &reference) { return reference.nearest; });
        Q_EMIT m_session->finder()->referencesChanged();
        QTRY_COMPARE(lackingText(), QStringLiteral("Nothing in your library shows “an elephant”."));
    }

    void aFolderThatIsAwayIsNamedWhereItMattersAndLocated()
    {
        world().watched = {QStringLiteral("/drive/pictures")};
        world().folders = {{QStringLiteral("/drive/pictures"), true, 212},
                           {QStringLiteral("/disk/other"), false, 0}};
        Q_EMIT m_session->library()->foldersChanged();
        const auto banner = [this](const char *place) {
            return inside(m_driver->item(QLatin1String(place)), "awayFolder");
        };
        QTRY_VERIFY(banner("referencesPanel"));
        const QString message = banner("referencesPanel")->property("message").toString();
        QVERIFY2(message.startsWith(QStringLiteral("/drive/pictures is not there: 212 pictures are out of reach.")),
                 qPrintable(message));
        QCOMPARE(m_driver->all(QStringLiteral("awayFolder")).size(), 1);
        QVERIFY(!inside(banner("referencesPanel"), "dismissProblem"));
        QVERIFY(inside(banner("referencesPanel"), "problemAction"));
        m_interface->workspace()->setPage(ui::Workspace::Page::Library);
        QTRY_VERIFY(banner("libraryPage"));
        m_interface->workspace()->setPage(ui::Workspace::Page::Settings);
        QTRY_VERIFY(m_driver->item(QStringLiteral("awayFolder")));

        ui::LibraryModel *library = m_interface->workspace()->library();
        ui::Notices *notices = m_interface->workspace()->notices();
        world().relocateError = Error{ErrorCode::NotFound, "/other", {}};
        library->locate(QStringLiteral("/drive/pictures"), QUrl::fromLocalFile(QStringLiteral("/other")));
        QTRY_COMPARE(notices->rowCount(), 1);
        QVERIFY(m_driver->item(QStringLiteral("awayFolder")));
        world().relocateError.reset();
        library->locate(QStringLiteral("/drive/pictures"), QUrl::fromLocalFile(QStringLiteral("/disk/pictures")));
        QTRY_COMPARE(notices->rowCount(), 2);
        QTRY_VERIFY(!m_driver->item(QStringLiteral("awayFolder")));
    }

    void filesAreLookedForWhenTheWindowComesToTheFront()
    {
        const int asked = world().filesAsked;
        Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationActive);
        QCOMPARE(world().filesAsked, asked + 1);
        Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationInactive);
        QCOMPARE(world().filesAsked, asked + 1);
    }

    void aLostPictureIsLocatedFromItsMenu()
    {
        board::Board &board = *m_session->board();
        board.setLinksFiles(true);
        const QString path = m_home.filePath(QStringLiteral("old.png"));
        QVERIFY(fake::picture(Qt::green, {64, 48}).save(path));
        QSignalSpy imported(&board, &board::Board::imported);
        board.importFiles({path}, {0, 0});
        QVERIFY(imported.wait());
        const auto ids = imported.first()[1].value<QVector<QUuid>>();
        canvas()->controller()->select(ids);
        canvas()->forceActiveFocus();
        QTRY_VERIFY(canvas()->controller()->storage().startsWith(QStringLiteral("Linked to")));
        QVERIFY(!canvas()->controller()->isLost());
        QSignalSpy asked(canvas()->controller(), &ui::BoardController::locateRequested);
        QSignalSpy noticed(canvas()->controller(), &ui::BoardController::notice);
        QVERIFY(canvas()->perform(QStringLiteral("board-locate"))); // it is there
        QTRY_COMPARE(noticed.size(), 1);

        const QString now = m_home.filePath(QStringLiteral("new.png"));
        QVERIFY(QFile::rename(path, now));
        m_driver->press(Qt::Key_Menu);
        QTRY_VERIFY(m_driver->item(QStringLiteral("boardLocate")));
        QVERIFY(canvas()->controller()->isLost());
        QVERIFY(canvas()->controller()->storage().startsWith(QStringLiteral("Its file is gone")));
        QCOMPARE(asked.size(), 0);
        m_driver->click(m_driver->item(QStringLiteral("boardLocate")));
        QTRY_COMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("old.png"));
        auto *dialog = m_driver->window()->findChild<QObject *>(QStringLiteral("locateDialog"));
        QVERIFY(dialog);
        QMetaObject::invokeMethod(dialog, "close");
        canvas()->controller()->locate(QUrl::fromLocalFile(now));
        QTRY_COMPARE(board.item(ids.first())->picture()->path, now);
        QTRY_VERIFY(!canvas()->controller()->isLost());
    }
};

QTEST_MAIN(LackingTest)
#include "LackingTest.moc"
