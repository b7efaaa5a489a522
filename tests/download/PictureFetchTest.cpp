// Pictures of the web, from a server in the test's own process: whole, led elsewhere, lied to, slow,
// and no picture at all.
#include "core/base/Text.h"
#include "core/download/ModelRequest.h"
#include "core/download/PictureFetcher.h"
#include "tests/support/FileServer.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace moodloom;
using namespace moodloom::download;
using namespace std::chrono_literals;
using testing::FileServer;
using testing::Served;

namespace {

const auto kPath = QStringLiteral("/kite.png");

PictureLimits small()
{
    PictureLimits limits;
    limits.bytes = 100'000;
    limits.quiet = 500ms;
    limits.whole = 20s;
    return limits;
}

// What fetching this address ends with.
Result<QByteArray> fetched(const QUrl &address, const PictureLimits &limits = small())
{
    PictureFetcher fetcher(limits);
    Result<QByteArray> result = fail(ErrorCode::Cancelled, "test", "no answer came");
    QSignalSpy answered(&fetcher, &PictureFetcher::fetched);
    QObject::connect(&fetcher, &PictureFetcher::fetched,
                     [&result](int, const PictureAnswer &answer) { result = answer.bytes; });
    fetcher.fetch(address);
    if (answered.isEmpty())
        answered.wait(30'000);
    return result;
}

} // namespace

class PictureFetchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksNothingBeforeItIsAsked()
    {
        FileServer server;
        PictureFetcher fetcher(small());
        QTest::qWait(50);
        QCOMPARE(server.connections, 0);
    }

    void fetchesTheBytes_data()
    {
        QTest::addColumn<bool>("chunked");
        QTest::newRow("of stated length") << false;
        QTest::newRow("of unknown length") << true;
    }

    void fetchesTheBytes()
    {
        QFETCH(bool, chunked);
        FileServer server;
        const QByteArray bytes(70'000, 'p');
        server.files[kPath] = Served{.bytes = bytes, .type = "image/png", .chunked = chunked};
        const auto result = fetched(server.url(kPath));
        QVERIFY(result);
        QCOMPARE(*result, bytes);
        QCOMPARE(server.asked.size(), 1);
        QVERIFY(server.asked[0].headers["accept"].startsWith("image/"));
        QVERIFY(!server.asked[0].headers.contains("cookie"));
        QVERIFY(!server.asked[0].headers.contains("authorization"));
        QVERIFY(!server.asked[0].headers.contains("referer"));
    }

    void tellsHowFarItIs()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = QByteArray(60'000, 'p')};
        PictureFetcher fetcher(small());
        QSignalSpy progressed(&fetcher, &PictureFetcher::progressed), answered(&fetcher, &PictureFetcher::fetched);
        const int job = fetcher.fetch(server.url(kPath));
        QTRY_COMPARE(answered.size(), 1);
        QVERIFY(!progressed.isEmpty());
        QCOMPARE(progressed.last(), QVariantList({job, 60'000, 60'000}));
        QVERIFY(!fetcher.isFetching(job));
    }

    void followsRedirects()
    {
        FileServer server;
        server.files[QStringLiteral("/a")] = Served{.status = 302, .location = "/b"};
        server.files[QStringLiteral("/b")] = Served{.status = 301, .location = server.url(kPath).toEncoded()};
        server.files[kPath] = Served{.bytes = "picture"};
        const auto result = fetched(server.url(QStringLiteral("/a")));
        QVERIFY(result);
        QCOMPARE(*result, QByteArray("picture"));
    }

    void stopsWhereRedirectsGoInACircle()
    {
        FileServer server;
        server.files[QStringLiteral("/a")] = Served{.status = 302, .location = "/b"};
        server.files[QStringLiteral("/b")] = Served{.status = 302, .location = "/a"};
        const auto result = fetched(server.url(QStringLiteral("/a")));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unreadable);
        QVERIFY(QString::fromStdString(result.error().detail).contains(QStringLiteral("circle")));
        QCOMPARE(server.asked.size(), small().redirects + 1);
    }

    void isNotLedToWhatIsNotTheWeb_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::newRow("file") << QByteArray("file:///etc/passwd");
        QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/kite.png");
        QTest::newRow("data") << QByteArray("data:image/png;base64,AAAA");
        QTest::newRow("script") << QByteArray("javascript:alert(1)");
        QTest::newRow("nowhere") << QByteArray("");
    }

    void isNotLedToWhatIsNotTheWeb()
    {
        QFETCH(QByteArray, location);
        FileServer server;
        server.files[kPath] = Served{.status = 302, .location = location, .extra = location.isEmpty() ? "Location: http:///\r\n" : ""};
        const auto result = fetched(server.url(kPath));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unreadable);
        QCOMPARE(server.asked.size(), 1);
    }

    void knowsWhereRedirectsMayLead_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<bool>("may");
        const auto row = [](const char *name, const char *from, const char *to, bool may) {
            QTest::newRow(name) << QString::fromLatin1(from) << QString::fromLatin1(to) << may;
        };
        row("to another host", "https://a.example/1", "https://b.example/2", true);
        row("to https", "http://a.example/1", "https://a.example/1", true);
        row("from https to http", "https://a.example/1", "http://a.example/1", false);
        row("to this machine", "https://a.example/1", "https://127.0.0.1/1", false);
        row("to this machine by name", "http://a.example/1", "http://localhost:8188/1", false);
        row("to this machine, 6", "http://a.example/1", "http://[::1]/1", false);
        row("to this machine, as 6", "http://a.example/1", "http://[::ffff:127.0.0.1]/1", false);
        row("to a router", "http://a.example/1", "http://192.168.1.1/1", false);
        row("to an office", "http://a.example/1", "http://10.1.2.3/1", false);
        row("to a neighbor", "http://a.example/1", "http://172.20.0.1/1", false);
        row("to a cloud's own", "http://a.example/1", "http://169.254.169.254/1", false);
        row("within the house", "http://192.168.1.2/1", "http://192.168.1.3/1", true);
        row("to any", "http://a.example/1", "http://0.0.0.0/1", false);
    }

    void knowsWhereRedirectsMayLead()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QTEST(mayLeadTo(QUrl(from), QUrl(to)), "may");
    }

    void tellsAPageFromAPicture_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("said") << QByteArray("<div>kites</div>") << QByteArray("text/html; charset=utf-8");
        QTest::newRow("not said") << QByteArray("\n<!-- hi --><!DOCTYPE HTML><title>kites</title>") << QByteArray("image/png");
        QTest::newRow("long") << "<html>" + QByteArray(90'000, 'x') << QByteArray("text/html");
    }

    void tellsAPageFromAPicture()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        FileServer server;
        server.files[kPath] = Served{.bytes = body, .type = type};
        const auto result = fetched(server.url(kPath));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Unsupported);
        QVERIFY(QString::fromStdString(result.error().detail).contains(QStringLiteral("drag the picture")));
    }

    void keepsAPictureThatIsCalledAPage()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = "\x89PNG...", .type = "text/html"};
        QVERIFY(fetched(server.url(kPath))); // the decoder has the last word
    }

    void tellsWhatIsWrong_data()
    {
        QTest::addColumn<Served>("served");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");
        const QByteArray some(5000, 'p');
        QTest::newRow("cut off") << Served{.bytes = some, .cutAfter = 2000} << ErrorCode::Unreadable << QStringLiteral("lost");
        QTest::newRow("slow") << Served{.bytes = some, .holdAfter = 2000} << ErrorCode::Unreadable << QStringLiteral("lost");
        QTest::newRow("too large") << Served{.bytes = some, .stated = qint64(5) << 30} << ErrorCode::Invalid << QStringLiteral("5120 MB");
        QTest::newRow("too large, unstated") << Served{.bytes = QByteArray(200'000, 'p'), .chunked = true} << ErrorCode::Invalid << QStringLiteral("larger");
        QTest::newRow("empty") << Served{} << ErrorCode::Unreadable << QStringLiteral("nothing");
        QTest::newRow("not there") << Served{.status = 404} << ErrorCode::Unreadable << QStringLiteral("no such picture");
        QTest::newRow("forbidden") << Served{.status = 403} << ErrorCode::Unreadable << QStringLiteral("browser");
        QTest::newRow("login") << Served{.status = 401} << ErrorCode::Unreadable << QStringLiteral("browser");
        QTest::newRow("broken") << Served{.status = 503} << ErrorCode::Unreadable << QStringLiteral("503");
    }

    void tellsWhatIsWrong()
    {
        QFETCH(Served, served);
        FileServer server;
        server.files[kPath] = served;
        const auto result = fetched(server.url(kPath));
        QVERIFY(!result);
        QTEST(result.error().code, "code");
        QFETCH(QString, says);
        QVERIFY2(QString::fromStdString(result.error().detail).contains(says), result.error().detail.c_str());
        QVERIFY(QString::fromStdString(result.error().subject).startsWith(QStringLiteral("127.0.0.1:")));
    }

    void givesUpOnAServerThatDripsForever()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = QByteArray(5000, 'p'), .holdAfter = 2000};
        PictureLimits limits = small();
        limits.quiet = 60s;
        limits.whole = 300ms;
        const auto result = fetched(server.url(kPath), limits);
        QVERIFY(!result);
        QVERIFY(QString::fromStdString(result.error().detail).contains(QStringLiteral("too slow")));
    }

    void tellsWhenNobodyAnswers()
    {
        QUrl nowhere;
        {
            FileServer server;
            nowhere = server.url(kPath);
        }
        const auto result = fetched(nowhere);
        QVERIFY(!result);
        QVERIFY(QString::fromStdString(result.error().detail).contains(QStringLiteral("cannot be reached")));
    }

    void stopsAndSaysNoMore()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = QByteArray(5000, 'p'), .holdAfter = 2000};
        server.files[QStringLiteral("/other")] = Served{.bytes = "other"};
        PictureLimits limits = small();
        limits.quiet = 60s;
        PictureFetcher fetcher(limits);
        QSignalSpy progressed(&fetcher, &PictureFetcher::progressed), answered(&fetcher, &PictureFetcher::fetched);
        const int job = fetcher.fetch(server.url(kPath));
        QTRY_VERIFY(!progressed.isEmpty());
        fetcher.stop(job);
        const int other = fetcher.fetch(server.url(QStringLiteral("/other")));
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered[0][0].toInt(), other);
        QTRY_COMPARE_WITH_TIMEOUT(server.openFor(kPath), 0, 30'000);
    }
};

QTEST_GUILESS_MAIN(PictureFetchTest)
#include "PictureFetchTest.moc"
