// The document: intents do what their names say, every one can be undone, and what is on the disk is
// what is in memory.
#include "RandomEdits.h"
#include "core/board/Autosave.h"

#include <QBuffer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::board;
using test::picture;
using test::text;

class BoardTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

    std::unique_ptr<Board> fresh(QString *path = nullptr)
    {
        static int number = 0;
        const QString file = m_home.filePath(QStringLiteral("board%1.moodloom").arg(++number));
        if (path)
            *path = file;
        auto board = Board::create(file);
        Q_ASSERT(board);
        return std::move(*board);
    }

    static QImage image(QColor color, QSize size = {64, 48})
    {
        QImage image(size, QImage::Format_RGB888);
        image.fill(color);
        return image;
    }

    static void settle(Board &board)
    {
        QTRY_COMPARE(board.acknowledgedRevision(), board.revision());
    }

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void undoesEverythingAndRedoesEverything()
    {
        for (quint32 seed = 1; seed <= 12; ++seed) {
            const auto board = fresh();
            QRandomGenerator random(seed);
            for (int i = 0; i < 10; ++i)
                board->addPictures({picture(QString::number(i))}, QPointF(i * 50, 0));
            while (board->canUndo())
                board->undo();
            while (board->canRedo())
                board->redo();
            const QByteArray before = text(*board);
            int edits = 0;
            for (; edits < 150; ++edits)
                test::edit(*board, random);
            while (board->canRedo()) // the last edits may have been undos
                board->redo();
            const QByteArray after = text(*board);
            while (board->canUndo())
                board->undo();
            QVERIFY2(board->isEmpty(), qPrintable(QString::number(seed)));
            while (board->canRedo())
                board->redo();
            QCOMPARE(text(*board), after);
            QVERIFY(before != after);
        }
    }

    void reopensAsItWas()
    {
        QString path;
        QByteArray written;
        {
            const auto board = fresh(&path);
            QRandomGenerator random(7);
            for (int i = 0; i < 200; ++i)
                test::edit(*board, random);
            const ItemId frame = board->addFrame({0, 0});
            board->addTake({{}, frame, {{QStringLiteral("prompt"), QStringLiteral("长城")}}, {}, {}, {}, 1.5, true},
                           image(Qt::red));
            QVERIFY(board->takes(frame).isEmpty()); // never before the call has returned
            QTRY_COMPARE(board->takes(frame).size(), 1);
            board->setSetting(QStringLiteral("view"), QJsonArray{1, 2.5});
            written = text(*board);
        }
        QVERIFY(!QFile::exists(path + QStringLiteral("-wal"))); // one single file
        QVERIFY(!QFile::exists(path + QStringLiteral("-shm")));
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE(text(**again), written);
        QCOMPARE((*again)->setting(QStringLiteral("view")).toArray().at(1).toDouble(), 2.5);
        const QVector<FrameTake> takes = (*again)->takes((*again)->frames().first());
        QCOMPARE(takes.size(), 1);
        const auto pixels = (*again)->store()->picture(takes[0].hash, {}, 0).result();
        QVERIFY(pixels);
        QCOMPARE(pixels->pixelColor(3, 3), QColor(Qt::red));
    }

    void whatATakeShowsIsKeptAndNotUndone()
    {
        const QJsonObject grounding{{QStringLiteral("encoder"), QStringLiteral("e")}};
        QString path, id;
        ItemId frame;
        {
            const auto board = fresh(&path);
            frame = board->addFrame({0, 0});
            id = board->addTake({{}, frame, {}, {}, {}, {}, 1}, image(Qt::red));
            board->setTakeGrounding(id, grounding); // not here yet: nothing to know it of
            QTRY_VERIFY(board->take(id));
            QVERIFY(board->take(id)->grounding.isEmpty());
            QSignalSpy changed(board.get(), &Board::takesChanged);
            board->starTake(id, true);
            const QString step = board->undoName();
            board->setTakeGrounding(id, grounding);
            QCOMPARE(board->take(id)->grounding, grounding);
            QCOMPARE(changed.count(), 2);
            QCOMPARE(board->undoName(), step); // no step of its own
            board->undo();
            QVERIFY(!board->take(id)->starred);
            QCOMPARE(board->take(id)->grounding, grounding); // though the step knows nothing of it
            board->removeTake(id);
            board->undo();
            QCOMPARE(board->take(id)->grounding, grounding);
        }
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE((*again)->take(id)->grounding, grounding);
        (*again)->starTake(id, true);
        QCOMPARE((*again)->take(id)->grounding, grounding);
    }

    void mergesASlidersManyStepsIntoOneCommand()
    {
        const auto board = fresh();
        const QVector<ItemId> ids = board->addPictures({picture(QStringLiteral("a"))}, {});
        for (int i = 0; i < 30; ++i)
            board->setOpacity(ids, 1 - i / 100.0);
        QCOMPARE(board->item(ids[0])->opacity, 0.71);
        board->undo();
        QCOMPARE(board->item(ids[0])->opacity, 1.0);
        QCOMPARE(board->undoName(), QStringLiteral("Add pictures"));
    }

    void rollsBackATransactionThatIsNotCommitted()
    {
        const auto board = fresh();
        const QVector<ItemId> ids = board->addPictures({picture(QStringLiteral("a"))}, {});
        const QByteArray before = text(*board);
        {
            Board::Transaction transaction(board.get(), QStringLiteral("try"));
            board->move(ids, {10, 10});
            board->addNote(QStringLiteral("x"), {});
        }
        QCOMPARE(text(*board), before);
        QCOMPARE(board->undoName(), QStringLiteral("Add pictures"));
    }

    void keepsLockedItemsWhereTheyAre()
    {
        const auto board = fresh();
        const QVector<ItemId> ids = board->addPictures({picture(QStringLiteral("a"))}, {5, 5});
        board->setLocked(ids, true);
        board->move(ids, {10, 10});
        board->remove(ids);
        QCOMPARE(board->item(ids[0])->centre, QPointF(5, 5));
        board->setLocked(ids, false);
        board->remove(ids);
        QVERIFY(board->isEmpty());
    }

    void dropsOutOfSightButNotOutOfTheDocument()
    {
        const auto board = fresh();
        const QVector<ItemId> ids = board->addPictures({picture(QStringLiteral("a"))}, {});
        QSignalSpy dropped(board.get(), &Board::dropped);
        board->drop(ids);
        QCOMPARE(dropped.size(), 1);
        QVERIFY(!board->item(ids[0])->isVisible());
        board->placeReferences({picture(QStringLiteral("a")), picture(QStringLiteral("b"))});
        QVERIFY(!board->item(ids[0])->isVisible()); // a new search does not bring it back
        QCOMPARE(board->items().size(), 2);
        board->undo();
        board->undo();
        QVERIFY(board->item(ids[0])->isVisible());
    }

    void replacesUntouchedSuggestionsAndKeepsTheUsersOwn()
    {
        const auto board = fresh();
        const ItemId frame = board->addFrame({0, 0});
        board->placeReferences({picture(QStringLiteral("a")), picture(QStringLiteral("b")),
                                picture(QStringLiteral("c"))});
        const ItemId a = board->pictureOf(QStringLiteral("a"));
        const ItemId b = board->pictureOf(QStringLiteral("b"));
        const ItemId c = board->pictureOf(QStringLiteral("c"));
        QVERIFY(!boundingRect(*board->item(a)).intersects(boundingRect(*board->item(frame))));
        board->move({a}, {300, 0});
        board->setPinned({b}, true);
        const QPointF pinnedAt = board->item(b)->centre;
        board->placeReferences({picture(QStringLiteral("d")), picture(QStringLiteral("b"))});
        QVERIFY(board->item(a));
        QVERIFY(!board->item(c));
        QCOMPARE(board->item(b)->centre, pinnedAt);
        QVERIFY(!board->pictureOf(QStringLiteral("d")).isNull());
        QCOMPARE(board->items().size(), 4);
        board->undo();
        QVERIFY(board->item(c));
        QVERIFY(board->pictureOf(QStringLiteral("d")).isNull());
    }

    void embedsWhatTheUserBringsAndListsWhatCannotBeRead()
    {
        QString path;
        const auto board = fresh(&path);
        const QString good = m_home.filePath(QStringLiteral("red.png"));
        const QString bad = m_home.filePath(QStringLiteral("broken.jpg"));
        QVERIFY(image(Qt::red, {900, 600}).save(good));
        QFile broken(bad);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("not a picture");
        broken.close();
        QSignalSpy imported(board.get(), &Board::imported);
        board->importFiles({good, bad}, {10, 20});
        QTRY_COMPARE(imported.size(), 1);
        const auto ids = imported[0][1].value<QVector<QUuid>>();
        QCOMPARE(ids.size(), 1);
        QCOMPARE(imported[0][2].toStringList().size(), 1);
        QVERIFY(imported[0][2].toStringList().first().contains(QStringLiteral("broken.jpg")));
        const Picture added = *board->item(ids[0])->picture();
        QCOMPARE(added.size, QSize(900, 600));
        QCOMPARE(added.state, ReferenceState::Pinned);
        settle(*board);
        QVERIFY(QFile::remove(good)); // the board holds a copy
        const auto whole = board->store()->picture(added.hash, added.path, 0).result();
        QVERIFY(whole);
        QCOMPARE(whole->size(), QSize(900, 600));
        const auto small = board->store()->picture(added.hash, added.path, 128).result();
        QVERIFY(small);
        QCOMPARE(small->size(), QSize(128, 85));
        const auto file = board->store()->file(added.hash, added.path).result();
        QVERIFY(file);
        QVERIFY(*file != good);
        QCOMPARE(QImage(*file).size(), QSize(900, 600));
    }

    void keepsALinkedPicturesThumbnailWhenItsFileIsGone()
    {
        QString path;
        const QString linked = m_home.filePath(QStringLiteral("linked.png"));
        QVERIFY(image(Qt::blue, {800, 800}).save(linked));
        auto prepared = BoardStore().prepareFile(linked, false).result();
        QVERIFY(prepared);
        {
            const auto board = fresh(&path);
            Picture reference = picture(prepared->hash, {800, 800});
            reference.path = linked;
            board->placeReferences({reference});
            QSignalSpy acknowledged(board.get(), &Board::acknowledged);
            QTRY_COMPARE(board->acknowledgedRevision(), 2u); // the item, then its thumbnail
        }
        QVERIFY(QFile::remove(linked));
        const auto board = Board::open(path);
        QVERIFY(board);
        QVERIFY((*board)->store()->picture(prepared->hash, linked, 256).result());
        const auto whole = (*board)->store()->picture(prepared->hash, linked, 1024).result();
        QVERIFY(!whole);
        QCOMPARE(whole.error().code, ErrorCode::NotFound);
        // What paints with it is told the file, which people know, and what to do.
        const auto file = (*board)->store()->file(prepared->hash, linked).result();
        QVERIFY(!file);
        QCOMPARE(file.error().subject, linked.toStdString());
        QVERIFY(file.error().detail.find("bring the file back") != std::string::npos);
        QVERIFY(image(Qt::red, {800, 800}).save(linked));
        const auto other = (*board)->store()->file(prepared->hash, linked).result();
        QVERIFY(!other);
        QVERIFY(other.error().detail.find("has changed") != std::string::npos);
    }

    void embedsWhatIsPinned()
    {
        const QString file = m_home.filePath(QStringLiteral("pinned.png"));
        QVERIFY(image(Qt::green, {700, 500}).save(file));
        const auto prepared = BoardStore().prepareFile(file, false).result();
        const auto board = fresh();
        Picture reference = picture(prepared->hash, {700, 500});
        reference.path = file;
        board->placeReferences({reference});
        board->setPinned({board->pictureOf(prepared->hash)}, true);
        QTRY_COMPARE(board->acknowledgedRevision(), 4u);
        QVERIFY(QFile::remove(file));
        QVERIFY(board->store()->picture(prepared->hash, {}, 600).result());
    }

    void livesInTheAutosaveFolderUntilItIsSaved()
    {
        QString temporary;
        const QString chosen = m_home.filePath(QStringLiteral("Sunset wall.moodloom"));
        {
            Board board;
            QVERIFY(board.isUntitled());
            temporary = board.path();
            QVERIFY(isAutosave(temporary));
            board.addNote(QStringLiteral("before"), {});
            settle(board);
            QVERIFY(QFile::exists(temporary));
            QVERIFY(!recoverableBoards().contains(temporary)); // it is open
            QSignalSpy saved(&board, &Board::saved);
            board.saveAs(chosen);
            board.addNote(QStringLiteral("meanwhile"), {100, 0});
            QTRY_COMPARE(saved.size(), 1);
            board.addNote(QStringLiteral("after"), {200, 0});
            QCOMPARE(board.title(), QStringLiteral("Sunset wall"));
            QVERIFY(!QFile::exists(temporary));
        }
        const auto board = Board::open(chosen);
        QVERIFY(board);
        QCOMPARE((*board)->items().size(), 3);
    }

    void leavesNothingOfAnUntitledBoardThatStayedEmpty()
    {
        QString path;
        {
            Board board;
            path = board.path();
            QTRY_VERIFY(QFile::exists(path));
        }
        QVERIFY(!QFile::exists(path));
    }

    void findsUntitledBoardsAgain()
    {
        QString path;
        {
            Board board;
            path = board.path();
            board.addNote(QStringLiteral("kept"), {});
        }
        QVERIFY(recoverableBoards().contains(path));
        const auto again = Board::open(path);
        QVERIFY(again);
        QVERIFY((*again)->isUntitled());
        QCOMPARE((*again)->items().size(), 1);
    }

    void opensASecondTimeReadOnly()
    {
        QString path;
        const auto first = fresh(&path);
        const auto second = Board::open(path);
        QVERIFY(second);
        QVERIFY((*second)->isReadOnly());
        QSignalSpy refused(second->get(), &Board::refused);
        (*second)->addNote(QStringLiteral("x"), {});
        QCOMPARE(refused.size(), 1);
        QVERIFY((*second)->isEmpty());
    }

    void loadsInTheBackground()
    {
        QString path;
        fresh(&path)->addNote(QStringLiteral("x"), {});
        bool loaded = false;
        Board::load(path).then(this, [&](const Result<LoadedBoard> &file) {
            QVERIFY(file);
            const Board board(*file);
            loaded = board.items().size() == 1;
        });
        QTRY_VERIFY(loaded);
    }
};

QTEST_GUILESS_MAIN(BoardTest)
#include "BoardTest.moc"
