// Downloads from servers that ask for tokens, lead elsewhere, refuse, and do not tell the truth.
#include "tests/download/FetchFixture.h"

using namespace moodloom;
using namespace moodloom::download;

class FetchServerTest : public QObject, protected FetchFixture
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { open(); }
    void cleanup() { close(); }

    void aTokenIsAskedForSentAndKeptToItself()
    {
        for (auto &served : m_server->files)
            served.token = "hf_secret";
        m_downloads->lookUp(kId, {});
        QTRY_COMPARE(m_downloads->state(), State::Idle);
        QVERIFY(m_downloads->error()->detail.find("set a token") != std::string::npos);
        m_tokens->token = QStringLiteral("hf_wrong");
        m_downloads->lookUp(kId, {});
        QTRY_VERIFY(m_downloads->state() == State::Idle && m_downloads->error());
        QVERIFY(m_downloads->error()->detail.find("does not accept the token") !=
                std::string::npos);
        m_tokens->token = QStringLiteral("hf_secret");
        lookUp();
        fetch();
        QCOMPARE(read("org/model/unet/diffusion_pytorch_model.safetensors"), m_weights);
    }

    void theEnvironmentsTokenComesFirst()
    {
        qputenv("HF_TOKEN", "hf_secret");
        m_tokens->token = QStringLiteral("hf_wrong");
        m_server->listing(kId).token = "hf_secret";
        lookUp();
        qunsetenv("HF_TOKEN");
        QCOMPARE(m_tokens->reads, 0);
    }

    void aRedirectToAnotherHostGetsNoToken()
    {
        m_tokens->token = QStringLiteral("hf_secret");
        // Another origin: the same machine under another name.
        m_server->files[QStringLiteral("/cdn")] = {.bytes = m_weights, .etag = "\"cdn\""};
        weights() = {
            .status = 302,
            .location =
                m_server->url(QStringLiteral("/cdn"), QStringLiteral("localhost")).toEncoded()};
        lookUp();
        fetch();
        QCOMPARE(read("org/model/unet/diffusion_pytorch_model.safetensors"), m_weights);
        QCOMPARE(
            m_server->askedFor(QStringLiteral("model.safetensors"))[0].headers["authorization"],
            QByteArray("Bearer hf_secret"));
        QCOMPARE(m_server->askedFor(QStringLiteral("/cdn")).size(), 1);
        QVERIFY(!m_server->askedFor(QStringLiteral("/cdn"))[0].headers.contains("authorization"));
    }

    void redirectsThatAreNotSafeOrDoNotEndAreRefused()
    {
        weights() = {.status = 302, .location = "file:///etc/passwd"};
        QVERIFY(failure().find("not safe") != std::string::npos);
        weights() = {.status = 307,
                     .location = "/org/model/resolve/cccccccccccccccccccccccccccccccccccccccc/"
                                 "unet/diffusion_pytorch_model.safetensors"};
        QVERIFY(failure().find("circle") != std::string::npos);
    }

    void sizesThatAreNotTrueAreFoundOut()
    {
        // Shorter than the list says, and honest about it; then not.
        weights().bytes = m_weights.left(200'000);
        QVERIFY(failure().find("300000 were stated") != std::string::npos);
        weights().chunked = true;
        QVERIFY(failure().find("ended after 200000 of 300000") != std::string::npos);
        weights().bytes = m_weights + "more";
        weights().ranges = false;
        QVERIFY(failure().find("more than the 300000") != std::string::npos);
        weights().chunked = false;
        QVERIFY(failure().find("300004 bytes and 300000") != std::string::npos);
        weights().bytes = m_weights;
        weights().stated = 300'001;
        QVERIFY(!failure().empty());
        QVERIFY(!QFile::exists(at("org")));
    }

    void aListThatLeadsOutOfTheFolderIsRefused()
    {
        m_server->addModel(QStringLiteral("bad/model"),
                           {{QStringLiteral("../../evil.safetensors"), m_weights}});
        m_downloads->lookUp(QStringLiteral("bad/model"), {});
        QTRY_VERIFY(m_downloads->state() == State::Idle && m_downloads->error());
        QCOMPARE(m_downloads->error()->code, ErrorCode::Corrupt);
        QVERIFY(!m_downloads->plan());
    }

    void whatTheServerRefusesSaysWhatToDo_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("extra");
        QTest::addColumn<QString>("said");
        QTest::newRow("licence") << 403 << QByteArray()
                                 << QStringLiteral("/org/model in a browser, accept the licence");
        QTest::newRow("missing") << 404 << QByteArray() << QStringLiteral("no such model");
        QTest::newRow("too many") << 429 << QByteArray("Retry-After: 30\r\n")
                                  << QStringLiteral("wait 30 s");
        QTest::newRow("fault") << 503 << QByteArray() << QStringLiteral("(503): try again later");
        QTest::newRow("odd") << 418 << QByteArray() << QStringLiteral("418");
    }

    void whatTheServerRefusesSaysWhatToDo()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, extra);
        QFETCH(QString, said);
        lookUp();
        weights().status = status;
        weights().extra = extra;
        m_downloads->start();
        QTRY_COMPARE(m_downloads->state(), State::Paused);
        QCOMPARE(m_downloads->error()->code, ErrorCode::Unreadable);
        QVERIFY2(QString::fromStdString(m_downloads->error()->detail).contains(said),
                 m_downloads->error()->detail.c_str());
        m_server->listing(kId).status = status;
        m_server->listing(kId).extra = extra;
        m_downloads->lookUp(kId, {});
        QTRY_VERIFY(m_downloads->state() == State::Idle && m_downloads->error());
        QVERIFY(QString::fromStdString(m_downloads->error()->detail).contains(said));
    }

    void aServerThatIsNotThereIsToldAtOnce()
    {
        const QString gone = plain(QStringLiteral("/a.safetensors"));
        m_server.reset();
        m_downloads->lookUp(gone, {});
        QTRY_VERIFY(m_downloads->state() == State::Idle && m_downloads->error());
        QVERIFY(m_downloads->error()->detail.find("cannot be reached") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(FetchServerTest)
#include "FetchServerTest.moc"
