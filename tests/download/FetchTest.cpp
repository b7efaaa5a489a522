// A model comes whole to its place, or nothing of it does.
#include "core/download/FetchMemory.h"
#include "tests/download/FetchFixture.h"
#include "tests/support/EventLoopWatch.h"

#include <QSignalSpy>

#include <csignal>
#include <sys/resource.h>

using namespace moodloom;
using namespace moodloom::download;

class FetchTest : public QObject, protected FetchFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { open(); }
    void cleanup() { close(); }

    void nothingIsConnectedBeforeItIsAskedFor()
    {
        start();
        QTest::qWait(50); // the network thread has turned
        QCOMPARE(m_server->connections, 0);
        QCOMPARE(m_downloads->state(), State::Idle);
        m_downloads->lookUp(QStringLiteral("no id"), {});
        QVERIFY(m_downloads->error());
        QTest::qWait(20);
        QCOMPARE(m_server->connections, 0);
    }

    void thePlanIsShownBeforeAnythingIsFetched()
    {
        lookUp();
        QCOMPARE(m_server->asked.size(), 1); // the list, no file
        QCOMPARE(m_downloads->plan()->files.size(), 3);
        QCOMPARE(m_downloads->plan()->bytes(), m_weights.size() + 10);
        QTRY_VERIFY(m_downloads->freeBytes() > 0);
        QVERIFY(!QFile::exists(at(".moodloom-download")));
        QVERIFY(!QFile::exists(at("org")));
    }

    void aModelComesWholeAndMovesToItsPlaceAtTheEnd()
    {
        lookUp();
        QSignalSpy finished(m_downloads.get(), &Downloads::finished);
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Finished);
        QCOMPARE(finished.size(), 1);
        QCOMPARE(m_downloads->path(), at("org/model"));
        QCOMPARE(read("org/model/unet/diffusion_pytorch_model.safetensors"), m_weights);
        QCOMPARE(read("org/model/model_index.json"), QByteArray("{}"));
        QVERIFY(!QFile::exists(at(".moodloom-download")));
        QVERIFY(!recallBegun(at("download.json")));
        // Once more: everything is there, nothing is fetched.
        const auto before = m_server->asked.size();
        lookUp();
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Finished);
        QCOMPARE(m_server->asked.size(), before + 1);
    }

    void aWrongSumIsNotKept()
    {
        QByteArray damaged = m_weights;
        damaged[1000] = char(damaged[1000] ^ 1);
        weights().bytes = damaged;
        lookUp();
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QCOMPARE(m_downloads->error()->code, ErrorCode::Corrupt);
        QVERIFY(m_downloads->error()->detail.find("SHA-256") != std::string::npos);
        QVERIFY(!QFile::exists(part()));
        QVERIFY(!QFile::exists(at("org")));
        // Small files have git's sum.
        weights().bytes = m_weights;
        m_server->file(kId, QStringLiteral("unet/config.json")).bytes = "{\"a\": 2}";
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QCOMPARE(m_downloads->error()->subject, std::string("unet/config.json"));
        QVERIFY(!QFile::exists(at("org")));
    }

    void theSumThatTheUserPastesIsChecked()
    {
        const QString name = QStringLiteral("/a.safetensors");
        m_server->files[name] = {.bytes = m_weights};
        lookUp(plain(name), QString(64, QLatin1Char('0')));
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QCOMPARE(m_downloads->error()->code, ErrorCode::Corrupt);
        lookUp(plain(name), testing::FileServer::sha256(m_weights).toUpper());
        fetch();
        QCOMPARE(m_downloads->path(), at("a.safetensors"));
    }

    void webPagesAndOtherFilesAreNoModels()
    {
        m_server->files[QStringLiteral("/m.safetensors")] = {.bytes = "<html>",
                                                             .type = "text/html; charset=utf-8"};
        m_downloads->lookUp(plain(QStringLiteral("/m.safetensors")), {});
        QTRY_VERIFY(m_downloads->state() == State::Idle && m_downloads->error());
        QVERIFY(m_downloads->error()->detail.find("web page") != std::string::npos);
        // A name that the server suggests counts where the address has none, as a name only.
        m_server->files[QStringLiteral("/download/12")] = {
            .bytes = m_weights,
            .extra = "Content-Disposition: attachment; filename=\"../../x.safetensors\"\r\n"};
        lookUp(plain(QStringLiteral("/download/12")));
        QCOMPARE(m_downloads->plan()->files[0].path, QStringLiteral("x.safetensors"));
    }

    void aFileOfTheUsersIsNeverReplaced()
    {
        write("org/model/unet/diffusion_pytorch_model.safetensors", "mine");
        lookUp();
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QCOMPARE(m_downloads->error()->code, ErrorCode::Invalid);
        QCOMPARE(read("org/model/unet/diffusion_pytorch_model.safetensors"), QByteArray("mine"));
        QCOMPARE(m_server->asked.size(), 1);
    }

    void tooSmallADiskIsToldBefore()
    {
        m_free = 50'000'000;
        start();
        lookUp();
        QTRY_COMPARE(m_downloads->freeBytes(), 50'000'000);
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QCOMPARE(m_downloads->error()->code, ErrorCode::DiskFull);
        QCOMPARE(m_server->asked.size(), 1);
    }

    void aDiskThatFillsUpKeepsWhatIsThere()
    {
        lookUp();
        // No file may grow beyond this: the very error of a full disk, from the system.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit old;
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
        rlimit tight = old;
        tight.rlim_cur = 150'000;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
        m_downloads->start();
        const bool paused =
            QTest::qWaitFor([this] { return m_downloads->state() == State::Paused; });
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
        QVERIFY(paused);
        QCOMPARE(m_downloads->error()->code, ErrorCode::DiskFull);
        QVERIFY(m_downloads->error()->detail.find("kept") != std::string::npos);
        QCOMPARE(QFileInfo(part()).size(), 150'000);
        fetch();
        QCOMPARE(read("org/model/unet/diffusion_pytorch_model.safetensors"), m_weights);
        QCOMPARE(m_server->askedFor(QStringLiteral("model.safetensors")).last().headers["range"],
                 QByteArray("bytes=150000-"));
    }

    void aFolderThatMayNotBeWrittenIsTold()
    {
        write("file", "x");
        m_downloads->setFolder(at("file/below"));
        lookUp();
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QCOMPARE(m_downloads->error()->code, ErrorCode::Unreadable);
    }

    void theUiThreadNeverStandsStill()
    {
        const QByteArray large = noise(40'000'000);
        m_server->addModel(QStringLiteral("big/one"), {{QStringLiteral("a.safetensors"), large}});
        lookUp(QStringLiteral("big/one"));
        m_server->file(QStringLiteral("big/one"), QStringLiteral("a.safetensors")).cutAfter =
            39'000'000;
        m_downloads->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_downloads->state(), State::Paused, 60'000);
        // Continuing reads 39 MB for the sum before it asks: not on this thread. The server, which
        // is on it, has one megabyte left to send.
        testing::EventLoopWatch watch;
        QSignalSpy shown(m_downloads.get(), &Downloads::progressChanged);
        fetch();
        qInfo("longest gap %lld ms, the machine's own %lld ms", watch.longestGap(),
              watch.machineDelay());
        QVERIFY(watch.longestGap() <= 100 + watch.machineDelay());
        QVERIFY(!shown.isEmpty());
        QCOMPARE(m_downloads->progress().bytes, large.size());
    }
};

QTEST_GUILESS_MAIN(FetchTest)
#include "FetchTest.moc"
