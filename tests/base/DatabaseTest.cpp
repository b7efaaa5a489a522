// The SQLite layer: values come back as they went in, failed transactions leave nothing, and what
// is not a database says so.
#include "core/base/Database.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;

class DatabaseTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void returnsWhatWasStored()
    {
        auto db = Database::open(QStringLiteral(":memory:"));
        QVERIFY(db);
        QVERIFY((*db)->execute(QStringLiteral("CREATE TABLE t(i, r, s, b, n)")));
        const QVariantList row{qint64(1) << 40, 0.25, QStringLiteral("揽巡 𠀀"),
                               QByteArray("a\0b", 3), QVariant()};
        QVERIFY((*db)->run(QStringLiteral("INSERT INTO t VALUES(?,?,?,?,?)"), row));
        auto statement = (*db)->prepare(QStringLiteral("SELECT * FROM t"));
        QVERIFY(statement);
        QVERIFY(*statement->step());
        QCOMPARE(statement->integer(0), qint64(1) << 40);
        QCOMPARE(statement->real(1), 0.25);
        QCOMPARE(statement->text(2), QStringLiteral("揽巡 𠀀"));
        QCOMPARE(statement->blob(3), QByteArray("a\0b", 3));
        QVERIFY(statement->isNull(4));
        QVERIFY(!*statement->step());
    }

    void undoesAFailedTransactionAndKeepsTheOuterOne()
    {
        auto opened = Database::open(QStringLiteral(":memory:"));
        Database &db = **opened;
        QVERIFY(db.execute(QStringLiteral("CREATE TABLE t(i)")));
        const auto outer = db.transaction([&]() -> Result<void> {
            (void)db.run(QStringLiteral("INSERT INTO t VALUES(1)"));
            const auto inner = db.transaction([&]() -> Result<void> {
                (void)db.run(QStringLiteral("INSERT INTO t VALUES(2)"));
                return fail(ErrorCode::Invalid, "inner");
            });
            return inner ? fail(ErrorCode::Internal, "inner succeeded") : Result<void>();
        });
        QVERIFY(outer);
        QCOMPARE(db.value(QStringLiteral("SELECT group_concat(i) FROM t"))->toString(),
                 QStringLiteral("1"));
    }

    void refusesAFileThatIsNoDatabase()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("x.moodloom"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        const auto db = Database::open(path);
        QVERIFY(!db);
        QCOMPARE(db.error().code, ErrorCode::Corrupt);
    }

    void reportsAFullDiskAndKeepsWhatWasThere()
    {
        QTemporaryDir dir;
        auto opened = Database::open(dir.filePath(QStringLiteral("full.db")));
        Database &db = **opened;
        QVERIFY(db.execute(QStringLiteral("CREATE TABLE t(b); INSERT INTO t VALUES('kept')")));
        QVERIFY(db.execute(QStringLiteral("PRAGMA max_page_count = 4")));
        const auto result = db.run(QStringLiteral("INSERT INTO t VALUES(?)"), {QByteArray(1 << 20, 'x')});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::DiskFull);
        QCOMPARE(db.value(QStringLiteral("SELECT group_concat(b) FROM t"))->toString(),
                 QStringLiteral("kept"));
    }
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "DatabaseTest.moc"
