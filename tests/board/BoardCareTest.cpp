// Looking a file over, saving what can be read of a damaged one, gathering what it links to, and
// taking the air out of it.
#include "RandomEdits.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;
using namespace moodloom::board;

class BoardCareTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;
    int m_number = 0;

    QString fresh(const char *suffix = "moodloom")
    {
        return m_home.filePath(QStringLiteral("%1.%2").arg(++m_number).arg(QLatin1String(suffix)));
    }

    static QImage image(int seed)
    {
        QImage image(90, 60, QImage::Format_RGB32);
        QRandomGenerator random(quint32(seed) + 1); // noise does not compress: many pages
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                image.setPixel(x, y, random.generate() | 0xff000000);
        return image;
    }

    // Twelve embedded pictures, one linked to `file`, forty notes, and a take.
    QString written(const QString &file)
    {
        const QString path = fresh();
        auto board = std::move(*Board::create(path));
        QSignalSpy imported(board.get(), &Board::imported);
        for (int i = 0; i < 12; ++i)
            board->importImage(image(i), QStringLiteral("picture %1").arg(i), QPointF(i * 100, 0));
        imported.wait();
        while (imported.size() < 12 && imported.wait()) {
        }
        image(99).save(file);
        const auto linked = board->store()->prepareFile(file, false).result();
        Picture picture;
        picture.hash = linked->hash;
        picture.path = file;
        picture.size = linked->size;
        board->addPictures({picture}, {}, false);
        const quint64 added = board->revision(); // its thumbnail follows
        if (!QTest::qWaitFor([&] { return board->acknowledgedRevision() > added; }))
            qWarning("the linked file was not read");
        for (int i = 0; i < 40; ++i)
            board->addNote(QStringLiteral("note %1 ").arg(i) + QString(300, QLatin1Char('n')), QPointF(0, i * 50));
        const ItemId frame = board->addFrame({});
        board->addTake({{}, frame, {}, {}, {}, {}, 1, false}, image(50));
        QSignalSpy taken(board.get(), &Board::takesChanged);
        taken.wait();
        board->setSetting(QStringLiteral("view"), QJsonArray{1, 2, 3});
        return path;
    }

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void findsAWholeBoardWhole()
    {
        const QString file = fresh("png");
        const auto health = checkBoard(written(file));
        QVERIFY(health);
        QVERIFY(health->isWhole());
        QCOMPARE(health->items, 54);
        QCOMPARE(health->takes, 1);
        QCOMPARE(health->pictures, 13);
        QCOMPARE(health->linked, 1);
        QVERIFY(health->missingFiles.isEmpty());
    }

    void checksABoardWhileItIsOpen()
    {
        const auto board = Board::open(written(fresh("png")));
        (*board)->addNote(QStringLiteral("just now"), {});
        QTRY_COMPARE((*board)->acknowledgedRevision(), (*board)->revision());
        const auto health = (*board)->store()->check().result();
        QVERIFY(health && health->isWhole());
        QCOMPARE(health->items, 55);
    }

    void namesWhatIsDamagedAndRepairsTheRest()
    {
        const QString file = fresh("png");
        const QString path = written(file);
        {
            auto db = Database::open(path);
            QVERIFY((*db)->execute(QStringLiteral(
                "UPDATE item SET data = '{\"kind\":' WHERE rowid IN "
                "(SELECT rowid FROM item WHERE kind = 'note' LIMIT 4);"
                "UPDATE picture_part SET data = x'00' WHERE hash = (SELECT hash FROM item WHERE kind = 'picture' "
                "AND hash IN (SELECT hash FROM picture_part) LIMIT 1);"
                "INSERT INTO take VALUES('stray', 'nowhere', 'ff', '{}');"
                "PRAGMA journal_mode = DELETE")));
        }
        QVERIFY(!Board::open(path));
        const auto health = checkBoard(path);
        QVERIFY(health);
        QVERIFY(!health->isWhole());
        QCOMPARE(health->lostRecords, 4);
        QCOMPARE(health->strayTakes, 1);
        QCOMPARE(health->damagedPictures.size(), 1);
        const QString goal = fresh();
        const auto repaired = repairBoard(path, goal);
        QVERIFY(repaired);
        QCOMPARE(repaired->items, 50);
        const auto board = Board::open(goal);
        QVERIFY2(board, board ? "" : errorText(board.error()).c_str());
        QCOMPARE((*board)->items().size(), 50);
        QCOMPARE((*board)->setting(QStringLiteral("view")).toArray().size(), 3);
        QCOMPARE((*board)->takes((*board)->frames().first()).size(), 1);
        const auto again = checkBoard(goal);
        QVERIFY(again->isWhole());
        QCOMPARE(again->pictures, 12);
        QCOMPARE(again->linked, 2); // the damaged one keeps its thumbnail
        QVERIFY((*board)->store()->picture(health->damagedPictures.first(), {}, thumbnailSide).result());
    }

    void readsAroundDamagedPages()
    {
        const QString path = written(fresh("png"));
        const auto before = checkBoard(path);
        // A page of the items' table in the middle of the file.
        qint64 page = 0;
        {
            auto db = Database::open(path);
            page = (*db)->value(QStringLiteral("PRAGMA page_size"))->toLongLong();
            QVERIFY((*db)->execute(QStringLiteral("PRAGMA journal_mode = DELETE")));
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray all = file.readAll();
        const qint64 at = all.indexOf("note 20 ") / page * page;
        QVERIFY(at > page);
        file.seek(at);
        file.write(QByteArray(page, '\xa5'));
        file.close();
        const auto health = checkBoard(path);
        QVERIFY(health);
        QVERIFY(health->damagedPages);
        QVERIFY(health->items < before->items);
        const QString goal = fresh();
        QVERIFY(repairBoard(path, goal));
        const auto board = Board::open(goal);
        QVERIFY(board);
        // Only what stood on that page is gone: what came before it and after it is there.
        QStringList notes;
        for (const ItemId &id : (*board)->items())
            if (const Note *note = (*board)->item(id)->note())
                notes.append(note->text.section(QLatin1Char(' '), 1, 1));
        QVERIFY2(notes.size() >= 30, qPrintable(QString::number(notes.size())));
        QVERIFY(!notes.contains(QStringLiteral("20")));
        QVERIFY(checkBoard(goal)->isWhole());
    }

    void neverRepairsOverAFile()
    {
        const QString path = written(fresh("png"));
        const auto repaired = repairBoard(path, path);
        QVERIFY(!repaired);
        QCOMPARE(repaired.error().code, ErrorCode::Invalid);
        QVERIFY(checkBoard(path)->isWhole());
        const QString goal = fresh();
        QVERIFY(!repairBoard(m_home.filePath(QStringLiteral("none.moodloom")), goal));
        QVERIFY(!QFile::exists(goal));
    }

    void collectsLinkedFilesIntoTheBoard()
    {
        const QString file = fresh("png");
        const QString path = written(file);
        {
            const auto board = Board::open(path);
            QSignalSpy collected(board->get(), &Board::collected);
            (*board)->collectLinked();
            QTRY_COMPARE(collected.size(), 1);
            QCOMPARE(collected[0][0].toInt(), 1);
            QVERIFY(collected[0][1].toStringList().isEmpty());
            QTRY_COMPARE((*board)->acknowledgedRevision(), (*board)->revision());
            QVERIFY(QFile::remove(file));
            (*board)->collectLinked();
            QTRY_COMPARE(collected.size(), 2);
            QCOMPARE(collected[1][0].toInt(), 0);
        }
        const auto health = checkBoard(path);
        QCOMPARE(health->linked, 0);
        QCOMPARE(health->pictures, 14);
        QVERIFY(health->isWhole());
    }

    void namesLinkedFilesThatHaveGoneOrChanged()
    {
        const QString file = fresh("png");
        const QString path = written(file);
        image(7).save(file);
        QCOMPARE(checkBoard(path)->missingFiles, QStringList{file});
        const auto board = Board::open(path);
        QSignalSpy collected(board->get(), &Board::collected);
        (*board)->collectLinked();
        QTRY_COMPARE(collected.size(), 1);
        QCOMPARE(collected[0][0].toInt(), 0);
        QCOMPARE(collected[0][1].toStringList(), QStringList{file});
    }

    // What is brought is copied in or linked to, as the board says; and one can think again.
    void keepsFilesAsLinksWhereThatIsWanted()
    {
        const QString file = fresh("png"), path = fresh();
        QImage large({900, 700}, QImage::Format_RGB32);
        QRandomGenerator random(5);
        random.fillRange(reinterpret_cast<quint32 *>(large.bits()), large.sizeInBytes() / 4);
        QVERIFY(large.save(file));
        QString hash;
        {
            const auto board = std::move(*Board::create(path));
            board->setLinksFiles(true);
            QSignalSpy imported(board.get(), &Board::imported);
            board->importFiles({file}, {});
            QTRY_COMPARE(imported.size(), 1);
            hash = board->item(board->items().first())->picture()->hash;
            board->setPinned(board->items(), false);
            board->setPinned(board->items(), true); // copies nothing in, either
            QVERIFY(!*board->store()->isEmbedded(hash).result());
        }
        QVERIFY(QFileInfo(path).size() < 300000);
        {
            const auto board = std::move(*Board::open(path));
            QVERIFY(board->linksFiles());
            QSignalSpy kept(board.get(), &Board::filesKept);
            board->setEmbedded(board->items(), true);
            QTRY_COMPARE(kept.size(), 1);
            QCOMPARE(kept[0][1].toInt(), 1);
            QVERIFY(*board->store()->isEmbedded(hash).result());
        }
        QVERIFY(QFileInfo(path).size() > 1000000);
        QVERIFY(checkBoard(path)->isWhole());
        const auto board = std::move(*Board::open(path));
        QSignalSpy kept(board.get(), &Board::filesKept);
        board->setEmbedded(board->items(), false);
        QTRY_COMPARE(kept.size(), 1);
        QVERIFY(!*board->store()->isEmbedded(hash).result());
        QCOMPARE(board->store()->picture(hash, file, 0).result()->size(), QSize(900, 700));
        // The only copy is never given up.
        board->setEmbedded(board->items(), true);
        QTRY_COMPARE(kept.size(), 2);
        QVERIFY(QFile::remove(file));
        board->setEmbedded(board->items(), false);
        QTRY_COMPARE(kept.size(), 3);
        QCOMPARE(kept[2][1].toInt(), 0);
        QCOMPARE(kept[2][2].toStringList(), QStringList{file});
        QVERIFY(*board->store()->isEmbedded(hash).result());
    }

    void compactsAndKeepsEverything()
    {
        const QString path = written(fresh("png"));
        {
            const auto board = Board::open(path);
            QVector<ItemId> notes;
            for (int i = 0; i < 200; ++i)
                notes.append((*board)->addNote(QString(4000, QLatin1Char('x')), {}));
            // Written before they go: what is saved late is saved as it is then.
            QTRY_VERIFY(QFileInfo(path).size() + QFileInfo(path + QStringLiteral("-wal")).size() >
                        800'000);
            (*board)->remove(notes);
            const QByteArray before = test::text(**board);
            const auto freed = (*board)->store()->compact().result();
            QVERIFY2(freed, freed ? "" : errorText(freed.error()).c_str());
            QVERIFY(*freed > 500000);
            QCOMPARE(test::text(**board), before);
            (*board)->undo();
            QCOMPARE((*board)->items().size(), 254);
        }
        QVERIFY(checkBoard(path)->isWhole());
    }
};

QTEST_GUILESS_MAIN(BoardCareTest)
#include "BoardCareTest.moc"
