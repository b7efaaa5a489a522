// Downloads that are cut off, paused, given up and gone on with.
#include "tests/download/FetchFixture.h"

using namespace moodloom;
using namespace moodloom::download;

class FetchAgainTest : public QObject, protected FetchFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { open(); }
    void cleanup() { close(); }

    void aCutConnectionIsTakenUpWhereItEnded()
    {
        m_retries = 2;
        start();
        weights().cutAfter = 100'000;
        lookUp();
        fetch();
        QCOMPARE(read("org/model/unet/diffusion_pytorch_model.safetensors"), m_weights);
        const auto asked = m_server->askedFor(QStringLiteral("model.safetensors"));
        QCOMPARE(asked.size(), 2);
        QVERIFY(!asked[0].headers.contains("range"));
        QCOMPARE(asked[1].headers["range"], QByteArray("bytes=100000-"));
        QCOMPARE(asked[1].headers["if-range"], weights().etag);
    }

    void itContinuesAfterARestart()
    {
        weights().cutAfter = 100'000;
        lookUp();
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QCOMPARE(m_downloads->error()->code, ErrorCode::Unreadable);
        QCOMPARE(QFileInfo(part()).size(), 100'000);
        const int before = m_server->connections;
        start(); // the program again
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QCOMPARE(m_downloads->progress().bytes, 100'000);
        QCOMPARE(m_downloads->folder(), m_dir->path());
        QCOMPARE(m_server->connections, before); // shown, not begun
        fetch();
        QCOMPARE(read("org/model/unet/diffusion_pytorch_model.safetensors"), m_weights);
        QCOMPARE(m_server->askedFor(QStringLiteral("model.safetensors")).last().headers["range"],
                 QByteArray("bytes=100000-"));
    }

    void aFileThatHasChangedStartsOver()
    {
        const QString name = QStringLiteral("/big.safetensors");
        m_server->files[name] = {.bytes = m_weights, .etag = "\"one\"", .cutAfter = 100'000};
        lookUp(plain(name));
        // The look-up asked for one byte, which was not cut: only now.
        m_server->files[name].cutAfter = 100'000;
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        const QByteArray other = noise(300'000, 7);
        m_server->files[name] = {.bytes = other, .etag = "\"two\""};
        fetch();
        QCOMPARE(read("big.safetensors"), other);
    }

    void aServerThatIgnoresTheConditionIsFoundOut()
    {
        const QString name = QStringLiteral("/big.safetensors");
        m_server->files[name] = {.bytes = m_weights, .etag = "\"one\""};
        lookUp(plain(name));
        m_server->files[name].cutAfter = 100'000;
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        // It answers with a range of a file that has another ETag.
        const QByteArray other = noise(300'000, 7);
        m_server->files[name] = {.bytes = other, .etag = "\"two\"", .conditions = false};
        fetch();
        QCOMPARE(read("big.safetensors"), other);
    }

    void aServerWithoutRangesStartsOver()
    {
        weights().cutAfter = 100'000;
        weights().ranges = false;
        lookUp();
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        fetch();
        QCOMPARE(read("org/model/unet/diffusion_pytorch_model.safetensors"), m_weights);
    }

    void pausedItWaitsAndContinues()
    {
        weights().holdAfter = 100'000;
        lookUp();
        m_downloads->start();
        QTRY_VERIFY(QFileInfo(part()).size() == 100'000);
        m_downloads->pause();
        QCOMPARE(m_downloads->state(), State::Paused);
        QVERIFY(!m_downloads->error());
        weights().holdAfter = -1;
        fetch();
        QCOMPARE(read("org/model/unet/diffusion_pytorch_model.safetensors"), m_weights);
        QCOMPARE(m_server->askedFor(QStringLiteral("model.safetensors")).last().headers["range"],
                 QByteArray("bytes=100000-"));
    }

    void cancelledNothingIsLeft()
    {
        weights().holdAfter = 100'000;
        lookUp();
        m_downloads->start();
        QTRY_VERIFY(QFileInfo(part()).size() == 100'000);
        m_downloads->cancel();
        QCOMPARE(m_downloads->state(), State::Idle);
        QTRY_VERIFY(!QFile::exists(at(".moodloom-download")));
        QTRY_VERIFY(!QFile::exists(at("download.json")));
        weights().holdAfter = -1;
        lookUp();
        fetch();
        QVERIFY(!m_server->askedFor(QStringLiteral("model.safetensors"))
                     .last()
                     .headers.contains("range"));
    }

    void aSilentServerIsNotWaitedForForEver()
    {
        m_timeout = std::chrono::milliseconds(200);
        start();
        m_timeout = std::chrono::seconds(30);
        weights().holdAfter = 1000;
        lookUp();
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QVERIFY(m_downloads->error()->detail.find("connection was lost") != std::string::npos);
        QCOMPARE(QFileInfo(part()).size(), 1000);
    }
};

QTEST_GUILESS_MAIN(FetchAgainTest)
#include "FetchAgainTest.moc"
