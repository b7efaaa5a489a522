// What was done can be undone after the board was closed, however long ago it was.
#include "core/base/Database.h"
#include "RandomEdits.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace moodloom;
using namespace moodloom::board;
using test::picture;
using test::text;

class HistoryTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;
    int m_number = 0;

    QString path() const
    {
        return m_home.filePath(QStringLiteral("history%1.moodloom").arg(m_number));
    }

    std::unique_ptr<Board> fresh()
    {
        ++m_number;
        return std::move(*Board::create(path()));
    }

    // When the last steps have been read, which nobody waits for.
    std::unique_ptr<Board> reopened() const
    {
        auto opened = Board::open(path());
        if (!opened)
            return nullptr;
        auto board = std::move(*opened);
        const bool read = QTest::qWaitFor([&board] {
            return (!board->canUndo() || !board->undoName().isEmpty()) &&
                   (!board->canRedo() || !board->redoName().isEmpty());
        });
        return read ? std::move(board) : nullptr;
    }

    static void settle(Board &board)
    {
        QTRY_COMPARE(board.acknowledgedRevision(), board.revision());
    }

    static QImage noise()
    {
        QImage image({600, 600}, QImage::Format_RGB32);
        QRandomGenerator random(3);
        random.fillRange(reinterpret_cast<quint32 *>(image.bits()), image.sizeInBytes() / 4);
        return image;
    }

    // A board that showed a picture, and its name.
    QString removePicture()
    {
        const auto board = fresh();
        QSignalSpy imported(board.get(), &Board::imported);
        board->importImage(noise(), QStringLiteral("noise"), {});
        if (!imported.wait())
            return {};
        const QString hash = board->item(board->items().first())->picture()->hash;
        board->remove(board->items());
        return hash;
    }

    // As a window in another language reads them.
    class Reversed : public QTranslator
    {
    public:
        bool isEmpty() const override { return false; }
        QString translate(const char *context, const char *text, const char *, int) const override
        {
            if (qstrcmp(context, "moodloom::board::Board") != 0)
                return {};
            if (qstrcmp(text, "Move") == 0)
                return QStringLiteral("evoM");
            return qstrcmp(text, "Use the settings of %1") == 0 ? QStringLiteral("%1 :esU")
                                                                : QString();
        }
    };

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    // Not in the language that they were made in.
    void stepsAreNamedInTheLanguageOfTheWindow()
    {
        Reversed translator;
        {
            const auto board = fresh();
            const ItemId note = board->addNote(QStringLiteral("a"), {});
            // As older versions wrote it.
            Frame frame;
            frame.prompt = QStringLiteral("a");
            board->setFrame(board->addFrame({}), frame, QString::fromUtf8("移动"));
            board->endStep();
            QCoreApplication::installTranslator(&translator);
            frame.prompt = QStringLiteral("b");
            board->setFrame(board->frames().first(), frame,
                            {"Use the settings of %1", {QStringLiteral("car.png")}});
            QCOMPARE(board->undoName(), QStringLiteral("car.png :esU"));
            board->move({note}, {5, 5});
            QCOMPARE(board->undoName(), QStringLiteral("evoM"));
            QCoreApplication::removeTranslator(&translator);
            QCOMPARE(board->undoName(), QStringLiteral("Move"));
            settle(*board);
        }
        const auto board = reopened();
        QVERIFY(board);
        QCOMPARE(board->undoName(), QStringLiteral("Move"));
        board->undo();
        QTRY_COMPARE(board->undoName(), QStringLiteral("Use the settings of car.png"));
        QCoreApplication::installTranslator(&translator);
        QCOMPARE(board->undoName(), QStringLiteral("car.png :esU"));
        board->undo();
        QTRY_COMPARE(board->redoName(), QStringLiteral("car.png :esU"));
        QTRY_COMPARE(board->undoName(), QString::fromUtf8("移动"));
        QCoreApplication::removeTranslator(&translator);
    }

    // At random, closed again and again on the way there and on the way back.
    void undoesWhatWasDoneBeforeItWasClosed()
    {
        for (quint32 seed = 1; seed <= 4; ++seed) {
            auto board = fresh();
            QRandomGenerator random(seed);
            for (int i = 0; i < 8; ++i)
                board->addPictures({picture(QString::number(i))}, QPointF(i * 50, 0));
            for (int i = 0; i < 120; ++i) {
                test::edit(*board, random);
                if (random.bounded(30) == 0) {
                    board.reset();
                    board = reopened();
                    QVERIFY(board);
                }
            }
            while (board->canRedo()) { // the last edits may have been undos
                board->redo();
                QCoreApplication::processEvents();
            }
            const QByteArray last = text(*board);
            while (board->canUndo()) {
                const QString name = board->undoName();
                board->undo();
                if (random.bounded(40) == 0) {
                    QTRY_VERIFY(board->redoName() == name || name.isEmpty());
                    const QByteArray here = text(*board);
                    board.reset();
                    board = reopened();
                    QCOMPARE(text(*board), here);
                    QTRY_COMPARE(board->redoName(), name);
                }
                QCoreApplication::processEvents(); // what is longer ago comes from the disk
            }
            QVERIFY2(board->isEmpty(), qPrintable(QString::number(seed)));
            board.reset();
            board = reopened();
            while (board->canRedo()) {
                board->redo();
                QCoreApplication::processEvents();
            }
            QCOMPARE(text(*board), last);
        }
    }

    void goesBackBeyondWhatIsReadAtOnce()
    {
        const int steps = 1000;
        {
            const auto board = fresh();
            const ItemId note = board->addNote(QString(), {});
            for (int i = 1; i < steps; ++i) {
                board->setNoteText(note, QString::number(i));
                board->endStep();
            }
        }
        const auto board = std::move(*Board::open(path()));
        QVERIFY(board->canUndo() && !board->canRedo());
        for (int i = 0; i < steps; ++i)
            board->undo(); // faster than the disk: none is lost
        QTRY_VERIFY(board->isEmpty());
        QVERIFY(!board->canUndo());
        for (int i = 0; i < steps; ++i)
            board->redo();
        QTRY_VERIFY(!board->canRedo());
        QCOMPARE(board->item(board->items().first())->note()->text, QString::number(steps - 1));
    }

    void aNewStepForgetsWhatCouldBeRedone()
    {
        {
            const auto board = fresh();
            board->addNote(QStringLiteral("first"), {});
            board->addNote(QStringLiteral("second"), {0, 300});
            board->undo();
        }
        {
            const auto board = reopened();
            QVERIFY(board->canRedo());
            board->addNote(QStringLiteral("third"), {0, 300});
            QVERIFY(!board->canRedo());
        }
        const auto board = reopened();
        QVERIFY(!board->canRedo());
        board->undo();
        QCOMPARE(board->items().size(), 1);
        board->redo();
        QCOMPARE(board->item(board->items().last())->note()->text, QStringLiteral("third"));
    }

    // What comes after reopening is a step of its own, however soon.
    void doesNotMergeAcrossClosing()
    {
        {
            const auto board = fresh();
            board->setOpacity({board->addNote(QStringLiteral("a"), {})}, 0.5);
        }
        const auto board = reopened();
        board->setOpacity(board->items(), 0.2);
        board->undo();
        QCOMPARE(board->item(board->items().first())->opacity, 0.5);
    }

    void bringsBackARemovedPictureWithItsPixels()
    {
        const QString hash = removePicture();
        QVERIFY(!hash.isEmpty());
        const auto board = reopened();
        QVERIFY(board->isEmpty());
        board->undo();
        QCOMPARE(board->pictureOf(hash), board->items().value(0));
        QVERIFY(board->store()->picture(hash, {}, 600).result());
    }

    void forgettingGivesTheRoomBack()
    {
        const QString hash = removePicture();
        QVERIFY(QFileInfo(path()).size() > 1000000);
        {
            const auto board = reopened();
            board->forgetHistory();
            QVERIFY(!board->canUndo() && !board->canRedo());
        }
        QVERIFY(QFileInfo(path()).size() < 200000);
        const auto board = reopened();
        QVERIFY(!board->canUndo());
        QVERIFY(!board->store()->picture(hash, {}, 600).result());
    }

    void aDamagedHistoryCostsOnlyUndo()
    {
        {
            const auto board = fresh();
            board->addNote(QStringLiteral("a"), {});
            board->addNote(QStringLiteral("b"), {});
        }
        {
            auto db = Database::open(path());
            QVERIFY(
                (*db)->execute(QStringLiteral("UPDATE history SET data = x'00' WHERE step = 1")));
        }
        {
            const auto board = reopened();
            QVERIFY(board);
            QCOMPARE(board->items().size(), 2);
            QVERIFY(!board->canUndo());
            board->addNote(QStringLiteral("c"), {});
        }
        const auto board = reopened();
        board->undo();
        QCOMPARE(board->items().size(), 2);
        QTRY_VERIFY(!board->canUndo()); // the steps of before are gone for good
    }

    void aCopyElsewhereCanBeUndoneToo()
    {
        const QString other = m_home.filePath(QStringLiteral("elsewhere.moodloom"));
        {
            const auto board = fresh();
            board->addNote(QStringLiteral("a"), {});
            QSignalSpy saved(board.get(), &Board::saved);
            board->saveAs(other);
            QTRY_COMPARE(saved.size(), 1);
        }
        const auto board = std::move(*Board::open(other));
        board->undo();
        QTRY_VERIFY(board->isEmpty());
    }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "HistoryTest.moc"
