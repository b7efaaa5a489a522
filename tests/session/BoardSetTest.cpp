// Several boards at once: their order, what closing keeps, and what arrives late.
#include "core/session/BoardSet.h"

#include "core/board/Autosave.h"
#include "core/board/Board.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using board::Board;
using session::BoardSet;

class BoardSetTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

    static Board *addTo(BoardSet &set)
    {
        auto board = std::make_unique<Board>();
        Board *const added = board.get();
        set.add(std::move(board), false);
        return added;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qRegisterMetaType<board::Board *>();
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
    }

    void aNewOneComesBesideTheShownOne()
    {
        BoardSet set;
        Board *a = addTo(set), *c = addTo(set);
        set.show(a);
        Board *b = addTo(set);
        QCOMPARE(set.boards(), (QVector<Board *>{a, b, c}));
        QCOMPARE(set.shown(), b);
        set.move(0, 2);
        QCOMPARE(set.boards(), (QVector<Board *>{b, c, a}));
        set.move(2, 0);
        QCOMPARE(set.boards(), (QVector<Board *>{a, b, c}));
    }

    void anUntouchedOneGivesItsPlaceUp()
    {
        BoardSet set;
        addTo(set);
        set.add(std::make_unique<Board>(), true);
        QCOMPARE(set.boards().size(), 1);
        set.shown()->addNote(QStringLiteral("a"), {0, 0});
        set.add(std::make_unique<Board>(), true);
        QCOMPARE(set.boards().size(), 2);
    }

    void closingTheLastLeavesANewOne()
    {
        BoardSet set;
        Board *a = addTo(set);
        QVERIFY(set.close(a));
        QCOMPARE(set.boards().size(), 1);
        QVERIFY(set.shown() != a && set.shown()->isEmpty());
        QVERIFY(!set.canReopen()); // it held nothing
    }

    // An untitled board that is closed is on the disk, whole, and nobody's.
    void whatWasClosedIsKept()
    {
        BoardSet set;
        addTo(set);
        Board *b = addTo(set);
        const auto note = b->addNote(QStringLiteral("kept"), {0, 0});
        const QString path = b->path();
        QSignalSpy gone(&set, &BoardSet::gone);
        QVERIFY(set.close(b));
        QCOMPARE(set.boards().size(), 1);
        QTRY_COMPARE(gone.size(), 1);
        QVERIFY(board::recoverableBoards().contains(path));
        QVERIFY(set.canReopen());
        QCOMPARE(set.reopen(), path);
        QVERIFY(!set.canReopen());
        const auto again = Board::open(path);
        QVERIFY(again);
        QVERIFY((*again)->item(note) && !(*again)->isReadOnly());
    }

    // Opened again before it has gone, it is the same board, with its undo.
    void whatIsLeavingComesBack()
    {
        BoardSet set;
        addTo(set);
        Board *b = addTo(set);
        b->addNote(QStringLiteral("kept"), {0, 0});
        set.hold(b); // a take is being painted
        QVERIFY(set.close(b));
        QCoreApplication::processEvents();
        QVERIFY(set.reopen().isEmpty());
        QCOMPARE(set.shown(), b);
        QVERIFY(b->canUndo());
        set.release(b);
        QCOMPARE(set.shown(), b);
    }

    void whatArrivesLateIsWaitedFor()
    {
        BoardSet set;
        addTo(set);
        Board *b = addTo(set);
        b->addNote(QStringLiteral("a"), {0, 0});
        set.hold(b);
        QSignalSpy gone(&set, &BoardSet::gone);
        set.close(b);
        b->store()->flush().waitForFinished();
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QVERIFY(gone.isEmpty());
        set.release(b);
        QTRY_COMPARE(gone.size(), 1);
    }
};

QTEST_GUILESS_MAIN(BoardSetTest)
#include "BoardSetTest.moc"
