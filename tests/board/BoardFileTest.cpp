// Files in trouble: made by a newer version, damaged, on a full disk. Nothing is lost, and the file
// on the disk stays as it was.
#include "RandomEdits.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace moodloom;
using namespace moodloom::board;

class BoardFileTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

    QString written(const QString &name)
    {
        const QString path = m_home.filePath(name);
        auto board = Board::create(path);
        (*board)->addNote(QStringLiteral("one"), {});
        for (int i = 0; i < 300; ++i)
            (*board)->addPictures({test::picture(QString::number(i))}, QPointF(i, 0));
        return path;
    }

    static QByteArray bytes(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void opensANewerVersionsFileReadOnlyAndLeavesItAlone()
    {
        const QString path = written(QStringLiteral("newer.moodloom"));
        {
            auto db = Database::open(path);
            QVERIFY((*db)->setSchemaVersion(BoardFile::schemaVersion + 1));
            QVERIFY((*db)->run(QStringLiteral("INSERT INTO item VALUES('x', 'hologram', 0, NULL, "
                                              "'{\"id\":\"x\",\"kind\":\"hologram\"}')")));
            QVERIFY((*db)->execute(QStringLiteral("PRAGMA journal_mode = DELETE")));
        }
        const QByteArray before = bytes(path);
        {
            const auto board = Board::open(path);
            QVERIFY(board);
            QCOMPARE((*board)->saveState(), Board::SaveState::ReadOnly);
            QCOMPARE((*board)->readOnlyReason()->code, ErrorCode::NewerVersion);
            QCOMPARE((*board)->items().size(), 301); // what is known of it
            (*board)->remove((*board)->items());
            QCOMPARE((*board)->items().size(), 301);
        }
        QCOMPARE(bytes(path), before);
    }

    void refusesDamagedFilesAndLeavesThemAlone_data()
    {
        QTest::addColumn<QString>("damage");
        for (const char *damage : {"cut", "zeros", "text", "record", "empty"})
            QTest::newRow(damage) << QString::fromLatin1(damage);
    }

    void refusesDamagedFilesAndLeavesThemAlone()
    {
        QFETCH(QString, damage);
        const QString path = written(damage + QStringLiteral(".moodloom"));
        if (damage == QStringLiteral("record")) {
            auto db = Database::open(path);
            QVERIFY((*db)->execute(QStringLiteral("UPDATE item SET data = '{\"kind\":' WHERE rowid = 3; "
                                                  "PRAGMA journal_mode = DELETE")));
        } else {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite));
            const qint64 size = file.size();
            if (damage == QStringLiteral("cut"))
                file.resize(size / 2);
            else if (damage == QStringLiteral("empty"))
                file.resize(0);
            else if (damage == QStringLiteral("text"))
                file.write("My shopping list: apples, a great wall, a balloon, and so on and on.....");
            else {
                file.seek(4096);
                file.write(QByteArray(size - 8192, '\0'));
            }
        }
        const QByteArray before = bytes(path);
        const auto board = Board::open(path);
        QVERIFY(!board);
        QCOMPARE(board.error().code, ErrorCode::Corrupt);
        QVERIFY(!board.error().detail.empty());
        QCOMPARE(bytes(path), before);
    }

    void refusesADatabaseThatIsNoBoard()
    {
        const QString path = m_home.filePath(QStringLiteral("other.db"));
        QVERIFY((*Database::open(path))->execute(QStringLiteral("CREATE TABLE t(x)")));
        const auto board = Board::open(path);
        QVERIFY(!board);
        QCOMPARE(board.error().code, ErrorCode::Unsupported);
        QCOMPARE(Board::open(m_home.filePath(QStringLiteral("none.moodloom"))).error().code,
                 ErrorCode::NotFound);
    }

    void reportsAFullDiskKeepsTheEditAndWritesItWhenThereIsRoom()
    {
        // A limit on file sizes stands in for the full disk: writes beyond it fail in the same way.
        std::signal(SIGXFSZ, SIG_IGN);
        const QString path = m_home.filePath(QStringLiteral("full.moodloom"));
        auto board = std::move(*Board::create(path));
        board->addNote(QStringLiteral("first"), {});
        QTRY_COMPARE(board->saveState(), Board::SaveState::Saved);
        rlimit limit{};
        getrlimit(RLIMIT_FSIZE, &limit);
        const rlimit unlimited = limit;
        limit.rlim_cur = 200000;
        setrlimit(RLIMIT_FSIZE, &limit);
        const ItemId large = board->addNote(QString(400000, QLatin1Char('x')), {});
        QTRY_COMPARE(board->saveState(), Board::SaveState::NotSaved);
        const ErrorCode code = board->saveError()->code;
        const ItemId later = board->addNote(QStringLiteral("later"), {});
        QTRY_VERIFY(board->acknowledgedRevision() < board->revision());
        const auto onDisk = [&]() -> qsizetype {
            const auto saved = Board::open(path);
            return saved ? (*saved)->items().size() : -1;
        }();
        setrlimit(RLIMIT_FSIZE, &unlimited);
        QCOMPARE(code, ErrorCode::DiskFull);
        QVERIFY(board->item(large) && board->item(later)); // kept in memory
        QCOMPARE(onDisk, 1);                               // and what the disk holds is whole
        board->retrySaving();
        QTRY_COMPARE(board->saveState(), Board::SaveState::Saved);
        QCOMPARE(board->acknowledgedRevision(), board->revision());
        board.reset();
        const auto again = Board::open(path);
        QVERIFY(again);
        QCOMPARE((*again)->items().size(), 3);
    }

    void keepsTheOldFileWhenSavingAsFails()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        const QString goal = written(QStringLiteral("goal.moodloom"));
        const QByteArray before = bytes(goal);
        const QString path = m_home.filePath(QStringLiteral("source.moodloom"));
        auto board = std::move(*Board::create(path));
        board->addNote(QString(400000, QLatin1Char('x')), {});
        QTRY_COMPARE(board->saveState(), Board::SaveState::Saved);
        rlimit limit{};
        getrlimit(RLIMIT_FSIZE, &limit);
        const rlimit unlimited = limit;
        limit.rlim_cur = 100000;
        setrlimit(RLIMIT_FSIZE, &limit);
        QSignalSpy failed(board.get(), &Board::saveFailed);
        board->saveAs(goal);
        const bool told = QTest::qWaitFor([&] { return failed.size() == 1; });
        setrlimit(RLIMIT_FSIZE, &unlimited);
        QVERIFY(told);
        QCOMPARE(bytes(goal), before);
        QVERIFY(!QFile::exists(goal + QStringLiteral(".part")));
        board->addNote(QStringLiteral("goes on where it was"), {});
        QTRY_COMPARE(board->saveState(), Board::SaveState::Saved);
        QCOMPARE(board->path(), path);
    }
};

QTEST_GUILESS_MAIN(BoardFileTest)
#include "BoardFileTest.moc"
