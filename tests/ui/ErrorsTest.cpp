// What fails stands where it happened, says why, and can be copied, tried again and dismissed.
#include "core/board/Board.h"
#include "core/session/BoardSet.h"
#include "core/session/FailedTakes.h"
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
        for (int i = 0; i < 80 && focus() != failed().first(); ++i)
            m_driver->press(Qt::Key_Tab);
        QCOMPARE(focus(), failed().first());
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
        for (int i = 0; i < 80 && focus() != failed().first(); ++i)
            m_driver->press(Qt::Key_Tab);
        m_driver->press(Qt::Key_Delete);
        QTRY_VERIFY(failed().isEmpty());
        QCOMPARE(world().paints, 2);
        QVERIFY(focus()); // the keyboard is not lost with it
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
};

QTEST_MAIN(ErrorsTest)
#include "ErrorsTest.moc"
