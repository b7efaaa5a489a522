// A file is either the old one or the new one, never half of one.
#include "core/base/SafeFile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace moodloom;

class SafeFileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void replacesTheContent()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("a")).toStdString();
        QVERIFY(writeFileSafely(path, std::string("one")));
        QVERIFY(writeFileSafely(path, std::string("two")));
        QCOMPARE(*readFile(path), std::string("two"));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
    }

    void keepsTheOldFileWhenProducingFails()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("a")).toStdString();
        QVERIFY(writeFileSafely(path, std::string("old")));
        const auto result = writeFileSafely(path, [](const ByteSink &sink) -> Result<void> {
            const std::byte half[4] = {};
            sink(half);
            return fail(ErrorCode::Invalid, "x");
        });
        QVERIFY(!result);
        QCOMPARE(*readFile(path), std::string("old"));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
    }

    void keepsTheOldFileWhenTheDiskIsFull()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("a")).toStdString();
        QVERIFY(writeFileSafely(path, std::string("old")));
        // A file-size limit makes write() fail half-way, as a full disk does.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before;
        getrlimit(RLIMIT_FSIZE, &before);
        rlimit small{1 << 16, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const auto result = writeFileSafely(path, std::string(1 << 20, 'x'));
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::DiskFull);
        QCOMPARE(*readFile(path), std::string("old"));
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
    }

    void saysWhatIsNotThere()
    {
        QCOMPARE(readFile("/nonexistent/file").error().code, ErrorCode::NotFound);
        QCOMPARE(writeFileSafely("/nonexistent/file", std::string("x")).error().code,
                 ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(SafeFileTest)
#include "SafeFileTest.moc"
