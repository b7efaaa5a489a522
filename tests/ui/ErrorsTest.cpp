// What fails stands where it happened, says why, and can be copied, tried again and dismissed.
#include "core/base/Problems.h"
#include "core/board/Board.h"
#include "core/session/BoardSet.h"
#include "core/session/FailedTakes.h"
#include "core/session/GroundingDesk.h"
#include "tests/ui/WindowFixture.h"
#include "ui/board/BoardCanvas.h"
#include "ui/shell/Workspace.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>

using namespace moodloom;
using fake::world;

class ErrorsTest : public QObject, protected fake::WindowFixture
{
    Q_OBJECT

    static Error noMemory() { return {ErrorCode::OutOfMemory, "1536 × 1536", {}}; }
    int notices() const { return m_interface->workspace()->notices()->rowCount(); }
    QQuickItem *focus() const { return m_driver->window()->activeFocusItem(); }
    // A picture is asked for by keys, and comes to nothing.
    void paintInVain(const Error &error = noMemory())
    {
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!world().jobs.isEmpty());
        fake::failTake(m_session.get(), error);
    }
    QVector<QQuickItem *> failed() const
    {
        QVector<QQuickItem *> cards;
        for (QQuickItem *button : m_driver->all(QStringLiteral("dismissFailure")))
            cards.append(button->parentItem()->parentItem());
        return cards;
    }
    static QQuickItem *inside(QQuickItem *place, const char *name)
    {
        return fake::itemsNamed(place, QLatin1String(name)).value(0);
    }
    static QVector<QQuickItem *> problemsIn(QQuickItem *place)
    {
        return fake::itemsNamed(place, QStringLiteral("problem"));
    }
    void tabTo(const QQuickItem *item)
    {
        for (int i = 0; i < 80 && focus() != item; ++i)
            m_driver->press(Qt::Key_Tab);
        QCOMPARE(focus(), item);
    }
    QUuid addFrame(QPointF at)
    {
        const QUuid frame = m_session->board()->addFrame(at);
        auto *canvas =
            qobject_cast<ui::BoardCanvas *>(m_driver->item(QStringLiteral("boardCanvas")));
        canvas->controller()->select({frame});
        return frame;
    }

private Q_SLOTS:
    void initTestCase() { prepare(QStringLiteral("errors")); }
    void init()
    {
        openWindow();
        m_session->finder()->setPrompt(QStringLiteral("a red car"));
    }
    void cleanup() { closeWindow(); }

    void aPictureThatFailedStandsAmongTheTakes()
    {
        paintInVain();
        QTRY_COMPARE(failed().size(), 1);
        QCOMPARE(notices(), 0);
        const QQuickItem *message = m_driver->item(QStringLiteral("failureMessage"));
        QVERIFY(message->property("text").toString().contains(QStringLiteral("Not enough memory")));
        m_driver->click(m_driver->item(QStringLiteral("copyFailure")));
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(QStringLiteral("1 picture not painted\nNot enough memory")),
                 qPrintable(copied));
        m_driver->click(m_driver->item(QStringLiteral("tryAgain")));
        QTRY_VERIFY(failed().isEmpty());
        QCOMPARE(world().paints, 2);
        fake::finishTake(m_session.get());
        QCOMPARE(m_session->takes().size(), 1);
        QVERIFY(failed().isEmpty());
    }

    void theKeyboardTriesAgainCopiesAndDismisses()
    {
        paintInVain();
        QTRY_COMPARE(failed().size(), 1);
        tabTo(failed().first());
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(failed().first());
        QCOMPARE(spoken->role(), QAccessible::AlertMessage);
        QVERIFY(spoken->text(QAccessible::Name).contains(QStringLiteral("Not enough memory")));
        m_driver->press(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("Not enough memory")));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(failed().isEmpty());
        QCOMPARE(world().paints, 2);
        fake::failTake(m_session.get(), noMemory());
        QTRY_COMPARE(failed().size(), 1);
        tabTo(failed().first());
        m_driver->press(Qt::Key_Delete);
        QTRY_VERIFY(failed().isEmpty());
        QCOMPARE(world().paints, 2);
        QVERIFY(focus()); // the keyboard is not lost with it
    }

    // The path would fill it. Who works by keys reads the whole of it in a tip.
    void aFailedPictureLeavesRoomForWhatToDo()
    {
        const QString advice = QStringLiteral("it was cut off, get it again");
        const QString path = QStringLiteral(
            "/somewhere/pictures and models/of a long name/unet/model.safetensors");
        paintInVain({ErrorCode::Corrupt, path.toStdString(), advice.toStdString()});
        QTRY_COMPARE(failed().size(), 1);
        const QQuickItem *message = m_driver->item(QStringLiteral("failureMessage"));
        QVERIFY(message->property("text").toString().startsWith(
            QStringLiteral("unet/model.safetensors is damaged")));
        QVERIFY(message->property("text").toString().contains(advice));
        QVERIFY(!message->property("truncated").toBool());
        QVERIFY(!m_driver->item(QStringLiteral("tip")));
        tabTo(failed().first());
        QQuickItem *tip = nullptr;
        QTRY_VERIFY((tip = m_driver->item(QStringLiteral("tip"))));
        const auto labels = fake::itemsOf(tip, "Label");
        QVERIFY(!labels.isEmpty());
        QVERIFY(labels.first()->property("text").toString().contains(path));
        const QRectF place = tip->mapRectToScene(tip->boundingRect());
        QVERIFY(m_driver->window()->contentItem()->boundingRect().contains(place));
        const auto *card = failed().first();
        QVERIFY(!place.intersects(card->mapRectToScene(card->boundingRect())));
    }

    void whatFailsAlikeIsOneAndIsTriedAgainTogether()
    {
        for (int i = 0; i < 3; ++i)
            m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(world().jobs.size(), 3);
        fake::failTake(m_session.get(), noMemory());
        fake::failTake(m_session.get(), noMemory());
        fake::failTake(m_session.get(), {ErrorCode::NotFound, "__place__", {}});
        QTRY_COMPARE(failed().size(), 2);
        QCOMPARE(failed().first()->property("title").toString(),
                 QStringLiteral("1 picture not painted")); // the newest first
        QCOMPARE(failed().last()->property("title").toString(),
                 QStringLiteral("2 pictures not painted"));
        const QQuickItem *list = m_driver->item(QStringLiteral("failedTakes"));
        for (const QQuickItem *card : failed()) { // side by side, whole
            const QRectF place = card->mapRectToItem(list, card->boundingRect());
            QVERIFY(list->boundingRect().adjusted(-0.5, -0.5, 0.5, 0.5).contains(place));
        }
        m_driver->click(m_driver->all(QStringLiteral("tryAgain")).last());
        QTRY_COMPARE(world().jobs.size(), 2);
        QTRY_COMPARE(failed().size(), 1); // of the other nothing was said
        world().jobs.clear();
    }

    void paintingAnewTakesAwayWhatFailedBefore()
    {
        paintInVain();
        QTRY_COMPARE(failed().size(), 1);
        m_driver->press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(failed().isEmpty());
        world().jobs.clear();
    }

    // It is seen in its own frame's strip alone, in each frame on the board, and on its board's
    // tab.
    void aFailureStaysAtItsFrameAndItsBoard()
    {
        const QUuid first = addFrame({0, 0});
        QTRY_COMPARE(m_session->activeFrame(), first);
        paintInVain();
        QTRY_COMPARE(failed().size(), 1);
        const QUuid second = addFrame({800, 0});
        QTRY_COMPARE(m_session->activeFrame(), second);
        QTRY_VERIFY(failed().isEmpty());
        const QVariantMap troubles = m_interface->workspace()->takes()->failures()->byFrame();
        QCOMPARE(troubles.keys(), QStringList{first.toString()});
        auto *canvas =
            qobject_cast<ui::BoardCanvas *>(m_driver->item(QStringLiteral("boardCanvas")));
        QCOMPARE(canvas->troubles(), troubles);

        m_driver->press(Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(m_session->boards()->boards().size(), 2);
        QTRY_COMPARE(m_driver->all(QStringLiteral("boardTabTrouble")).size(), 1);
        QVERIFY(canvas->troubles().isEmpty());
        QVERIFY(failed().isEmpty());
        m_driver->press(Qt::Key_Tab, Qt::ControlModifier);
        canvas->controller()->select({first});
        QTRY_COMPARE(failed().size(), 1);
        m_driver->click(m_driver->item(QStringLiteral("dismissFailure")));
        QTRY_VERIFY(m_driver->all(QStringLiteral("boardTabTrouble")).isEmpty());
    }

    void aSearchThatFailedStandsInTheReferences()
    {
        world().searchError = Error{ErrorCode::Unreadable, "library.db", {}};
        m_driver->press(Qt::Key_Return);
        QQuickItem *panel = m_driver->item(QStringLiteral("referencesPanel"));
        QTRY_COMPARE(problemsIn(panel).size(), 1);
        QCOMPARE(notices(), 0);
        m_driver->click(inside(panel, "copyProblem"));
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("library.db cannot be read or written. Check its permissions and "
                                "its disk."));
        const int finds = world().finds;
        m_driver->click(inside(panel, "problemAction"));
        QCOMPARE(world().finds, finds + 1);
        QCOMPARE(problemsIn(panel).size(), 1); // the same once more is the same
        world().searchError.reset();
        tabTo(inside(panel, "problemAction"));
        m_driver->press(Qt::Key_Return);
        QTRY_VERIFY(problemsIn(panel).isEmpty());
        QVERIFY(!world().references.isEmpty());
    }

    // A picture that was given to a chip and cannot be read is told beside the references.
    void aPictureThatCannotBeBoundStandsInTheReferences()
    {
        world().adoptError = Error{ErrorCode::Corrupt, "broken.png", {}};
        ui::DropContent content;
        content.files = {QStringLiteral("/pictures/broken.png")};
        m_interface->workspace()->prompt()->bind(content, 0);
        QTRY_COMPARE(problemsIn(m_driver->item(QStringLiteral("referencesPanel"))).size(), 1);
        QCOMPARE(notices(), 0);
    }

    // Who is elsewhere sees at the rail where to look.
    void aFailureOfTheLibraryStandsOnItsPage()
    {
        m_session->library()->problems()->add({ErrorCode::DiskFull, "library.db", {}});
        QTRY_COMPARE(m_driver->all(QStringLiteral("railTrouble")).size(), 1);
        QCOMPARE(notices(), 0);
        QAccessibleInterface *button =
            QAccessible::queryAccessibleInterface(m_driver->item(QStringLiteral("libraryButton")));
        QVERIFY(!button->text(QAccessible::Description).isEmpty());
        m_driver->press(Qt::Key_2, Qt::AltModifier);
        QQuickItem *page = nullptr;
        QTRY_VERIFY((page = m_driver->item(QStringLiteral("libraryPage"))));
        QTRY_COMPARE(problemsIn(page).size(), 1);
        QVERIFY(m_driver->all(QStringLiteral("railTrouble")).isEmpty()); // it is seen here
        m_driver->click(inside(page, "dismissProblem"));
        QTRY_VERIFY(problemsIn(page).isEmpty());
        QVERIFY(m_session->library()->problems()->all().isEmpty());
    }

    // Where models are chosen: on their page, and beside the settings.
    void aModelThatCannotBeChosenIsToldWhereModelsAre()
    {
        m_session->modelProblems()->add({ErrorCode::NotFound, "paper.safetensors", {}});
        QQuickItem *inspector = m_driver->item(QStringLiteral("inspector"));
        QTRY_COMPARE(problemsIn(inspector).size(), 1);
        m_driver->press(Qt::Key_3, Qt::AltModifier);
        QQuickItem *page = nullptr;
        QTRY_VERIFY((page = m_driver->item(QStringLiteral("shelfPage"))));
        QTRY_COMPARE(problemsIn(page).size(), 1);
        tabTo(inside(page, "dismissProblem"));
        m_driver->press(Qt::Key_Space);
        QTRY_VERIFY(problemsIn(page).isEmpty());
        m_driver->press(Qt::Key_1, Qt::AltModifier);
        QVERIFY(problemsIn(inspector).isEmpty());
        m_session->startProblems()->add({ErrorCode::Corrupt, "sketch.png", {}});
        QTRY_COMPARE(problemsIn(inspector).size(), 1);
        QCOMPARE(notices(), 0);
    }

    void aCheckThatFailedStandsInTheTakesReport()
    {
        for (int i = 0; i < 2; ++i) {
            m_driver->press(Qt::Key_Return, Qt::ControlModifier);
            QTRY_VERIFY(!world().jobs.isEmpty());
            fake::finishTake(m_session.get());
        }
        const QString id = m_session->takes().last().id;
        m_interface->workspace()->takes()->setCurrent(id);
        m_session->grounding()->setProblem(id, Error{ErrorCode::OutOfMemory, "encoder", {}});
        QQuickItem *banner = nullptr;
        QTRY_VERIFY((banner = m_driver->item(QStringLiteral("groundingProblem"))));
        QCOMPARE(notices(), 0);
        m_interface->workspace()->takes()->setCurrent(m_session->takes().first().id);
        QTRY_VERIFY(!m_driver->item(QStringLiteral("groundingProblem"))); // is another's
        m_interface->workspace()->takes()->setCurrent(id);
        QTRY_VERIFY((banner = m_driver->item(QStringLiteral("groundingProblem"))));
        m_driver->click(inside(banner, "dismissProblem"));
        QTRY_VERIFY(!m_driver->item(QStringLiteral("groundingProblem")));
        QVERIFY(!m_session->grounding()->problem(id));
        m_session->grounding()->setProblem(id, Error{ErrorCode::OutOfMemory, "encoder", {}});
        m_session->checkTake(id); // tried again
        QTRY_VERIFY(!m_driver->item(QStringLiteral("groundingProblem")));
    }

    // A board that cannot be written where it should go says so itself, once.
    void aBoardThatCannotBeSavedSaysSoItself()
    {
        m_session->saveBoardAs(QStringLiteral("/nowhere/at all/board.moodloom"));
        QQuickItem *view = m_driver->item(QStringLiteral("boardView"));
        QTRY_VERIFY(inside(view, "dismissProblem"));
        QCOMPARE(notices(), 0);
        m_driver->click(inside(view, "dismissProblem"));
        QTRY_VERIFY(!inside(view, "dismissProblem"));
    }
};

QTEST_MAIN(ErrorsTest)
#include "ErrorsTest.moc"
