// Addresses of the web on the board: cards that offer to fetch a picture, and fetch nothing by
// themselves. The server is this test's own.
#include "BoardWindow.h"
#include "tests/support/FileServer.h"

#include <QBuffer>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMimeData>
#include <QQmlExtensionPlugin>
#include <QSignalSpy>
#include <QStringEncoder>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;
using testing::FileServer;
using testing::Served;
using Formats = QVector<std::pair<QString, QByteArray>>;

namespace {

const auto kPath = QStringLiteral("/kite.png");

QByteArray png(QSize size = {300, 200})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(QColor(200, 40, 60));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray utf16(const QString &text)
{
    QStringEncoder encode(QStringEncoder::Utf16LE);
    return encode(text);
}

// A board in a window with one card at this address of the server, selected.
struct CardWindow : BoardWindow
{
    explicit CardWindow(const QUrl &address, const QString &title = {})
    {
        card = board->addWebCards({{address, title}}, {0, -100}).value(0);
        controller->select({card});
        canvas->forceActiveFocus();
    }
    const Item &item() const { return *board->item(card); }
    ui::WebPictures &web() const { return *controller->web(); }
    QString said() const { return shown(QStringLiteral("webText"))->property("text").toString(); }
    void press(const char *button)
    {
        QQuickItem *target = nullptr;
        QTRY_VERIFY((target = shown(QString::fromLatin1(button))));
        view.grabWindow(); // everything is where it belongs
        QTest::mouseClick(&view, Qt::LeftButton, {},
                          target->mapToScene({target->width() / 2, target->height() / 2}).toPoint());
    }

    ItemId card;
};

class Opened : public QObject
{
    Q_OBJECT
public:
    QList<QUrl> urls;
public Q_SLOTS:
    void open(const QUrl &url) { urls.append(url); }
};

} // namespace

class WebPicturesTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    // As browsers offer a picture without its pixels.
    void anAddressBecomesACard_data()
    {
        QTest::addColumn<Formats>("formats");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *name, const Formats &formats, const QString &title = {}) {
            QTest::newRow(name) << formats << title;
        };
        const auto uris = QStringLiteral("text/uri-list"), plain = QStringLiteral("text/plain"),
                   html = QStringLiteral("text/html"), mozilla = QStringLiteral("text/x-moz-url");
        row("URI list", {{uris, "%1\r\n"}});
        row("text", {{plain, "  %1\n"}});
        row("Firefox", {{mozilla, utf16(QStringLiteral("%1\nA red kite"))}}, QStringLiteral("A red kite"));
        row("Chromium", {{uris, "%1"}, {html, "<meta charset='utf-8'><img src=\"%1\" alt=\"A &quot;kite&quot;\"/>"}},
            QStringLiteral("A \"kite\""));
        row("markup alone", {{html, "<html><body>\n<!--StartFragment--><IMG class=x SRC='%1'><!--EndFragment-->\n</body></html>"}});
        // The picture itself, not the page that it leads to.
        row("picture in a link", {{uris, "https://pages.example/kites"},
                                  {mozilla, utf16(QStringLiteral("https://pages.example/kites\nKites"))},
                                  {html, "<a href=\"https://pages.example/kites\"><img src=\"%1\"></a>"}},
            QStringLiteral("Kites"));
        row("promised file", {{mozilla, utf16(QStringLiteral("https://pages.example/kites\nKites"))},
                              {QStringLiteral("application/x-moz-file-promise-url"), utf16(QStringLiteral("%1"))}},
            QStringLiteral("Kites"));
    }

    void anAddressBecomesACard()
    {
        QFETCH(Formats, formats);
        QFETCH(QString, title);
        FileServer server;
        server.files[kPath] = Served{.bytes = png(), .type = "image/png"};
        const QString address = server.url(kPath).toString();
        BoardWindow w;
        for (const bool dropped : {false, true}) {
            auto *mime = new QMimeData;
            for (auto [type, data] : formats) {
                const QByteArray mark = data.contains('\0') ? utf16(QStringLiteral("%1")) : "%1";
                mime->setData(type, data.replace(mark, data.contains('\0') ? utf16(address) : address.toUtf8()));
            }
            if (dropped) {
                w.drop(*mime, {0, 0});
                delete mime;
            } else {
                QGuiApplication::clipboard()->setMimeData(mime);
                w.key(Qt::Key_V, Qt::ControlModifier);
            }
            QCOMPARE(w.board->items().size(), 1);
            const Item item = *w.board->item(w.board->items().first());
            QVERIFY(isWebCard(item));
            QCOMPARE(item.source, address);
            QCOMPARE(item.note()->text, title.isEmpty() ? address : title);
            QVERIFY(!item.note()->acts);
            QVERIFY(w.controller->isSelected(item.id));
            QTRY_VERIFY(w.shown(QStringLiteral("webFetch")));
            QVERIFY(w.shown(QStringLiteral("webText"))->property("text").toString().contains(
                QStringLiteral("127.0.0.1:%1").arg(server.url().port())));
            w.view.grabWindow();
            w.board->undo();
            QVERIFY(w.board->isEmpty());
        }
        QCOMPARE(server.connections, 0);
    }

    void whatIsNoAddressStaysAText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("html");
        QTest::newRow("words around it") << QByteArray("see https://pictures.example/kite.png") << QByteArray();
        QTest::newRow("another scheme") << QByteArray("ftp://pictures.example/kite.png") << QByteArray();
        QTest::newRow("no host") << QByteArray("http:///kite.png") << QByteArray();
        QTest::newRow("markup alone") << QByteArray() << QByteArray("<p>Kites <b>fly</b>.</p>");
        QTest::newRow("a piece of a page") << QByteArray("Kites fly.")
                                           << QByteArray("<p>Kites <img src=\"https://pictures.example/kite.png\"> fly.</p>");
    }

    void whatIsNoAddressStaysAText()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, html);
        BoardWindow w;
        QMimeData mime;
        if (!text.isEmpty())
            mime.setData(QStringLiteral("text/plain"), text);
        if (!html.isEmpty())
            mime.setData(QStringLiteral("text/html"), html);
        w.drop(mime, {0, 0});
        QCOMPARE(w.board->items().size(), 1);
        const Item &item = *w.board->item(w.board->items().first());
        QCOMPARE(item.note()->text, text.isEmpty() ? QStringLiteral("Kites fly.") : QString::fromUtf8(text));
        QVERIFY(item.source.isEmpty());
        QVERIFY(!w.shown(QStringLiteral("webFetch")));
    }

    void aNameInAnAddressIsNeitherShownNorSent()
    {
        BoardWindow w;
        QMimeData mime;
        QUrl address(QStringLiteral("https://pictures.example/kite.png#top"));
        address.setUserName(QStringLiteral("bank.example"));
        address.setPassword(QStringLiteral("secret"));
        mime.setText(address.toString());
        w.drop(mime, {0, 0});
        QCOMPARE(w.board->item(w.board->items().first())->source, QStringLiteral("https://pictures.example/kite.png"));
        QCOMPARE(w.controller->web()->hosts(), QStringLiteral("pictures.example"));
    }

    void severalAddressesBecomeOneStep()
    {
        BoardWindow w;
        QMimeData mime;
        mime.setUrls({QUrl(QStringLiteral("https://a.example/1.png")), QUrl(QStringLiteral("https://b.example/2.png")),
                      QUrl(QStringLiteral("https://a.example/3.png"))});
        w.drop(mime, {0, 0});
        QCOMPARE(w.board->items().size(), 3);
        QCOMPARE(w.controller->web()->cards(), 3);
        QVERIFY(w.controller->web()->hosts().contains(QStringLiteral("a.example")));
        QVERIFY(w.controller->web()->hosts().contains(QStringLiteral("b.example")));
        for (const ItemId &a : w.board->items())
            for (const ItemId &b : w.board->items())
                QVERIFY(a == b || !boundingRect(*w.board->item(a)).intersects(boundingRect(*w.board->item(b))));
        w.board->undo();
        QVERIFY(w.board->isEmpty());
    }

    // Where the pixels are there, too, they come at once and the address is kept.
    void pixelsAreUsedAtOnceAndKeepTheirSource()
    {
        FileServer server;
        BoardWindow w;
        QMimeData mime;
        mime.setData(QStringLiteral("image/png"), png());
        mime.setUrls({QUrl(QStringLiteral("https://pages.example/kites"))});
        mime.setHtml(QStringLiteral("<img src=\"%1\" alt=\"A red kite\">").arg(server.url(kPath).toString()));
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.drop(mime, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(w.board->items().size(), 1);
        const Item &item = *w.board->item(w.board->items().first());
        QCOMPARE(item.picture()->size, QSize(300, 200));
        QCOMPARE(item.picture()->caption, QStringLiteral("A red kite"));
        QCOMPARE(item.source, server.url(kPath).toString());
        QCOMPARE(w.controller->source(), item.source);
        QCOMPARE(server.connections, 0);
    }

    void aPictureWithinMarkupNeedsNoServer()
    {
        BoardWindow w;
        QMimeData mime;
        mime.setHtml(QStringLiteral("<img src=\"data:image/png;base64,%1\">").arg(QString::fromLatin1(png().toBase64())));
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.drop(mime, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(w.board->item(w.board->items().first())->picture()->size, QSize(300, 200));
    }

    void fetchesWhenTheButtonIsPressed()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = png(), .type = "image/png"};
        CardWindow w(server.url(kPath), QStringLiteral("A red kite"));
        const qint64 z = w.item().z;
        w.press("webFetch");
        QTRY_VERIFY(w.item().picture());
        QCOMPARE(w.item().picture()->size, QSize(300, 200));
        QCOMPARE(w.item().picture()->caption, QStringLiteral("A red kite"));
        QCOMPARE(w.item().picture()->state, ReferenceState::Pinned);
        QCOMPARE(w.item().centre, QPointF(0, -100));
        QCOMPARE(w.item().z, z);
        QCOMPARE(w.item().source, server.url(kPath).toString());
        QCOMPARE(server.asked.size(), 1);
        QVERIFY(w.controller->isSelected(w.card));
        QTRY_VERIFY(!w.shown(QStringLiteral("webCardBar")));
        // It is in the board, as pasted pixels are.
        QTRY_COMPARE(w.board->acknowledgedRevision(), w.board->revision());
        QVERIFY(w.board->store()->bytes(w.item().picture()->hash, {}).result());
        w.board->undo(); // one step: the card is back
        QVERIFY(isWebCard(w.item()));
        QCOMPARE(w.item().note()->text, QStringLiteral("A red kite"));
        w.board->redo();
        QVERIFY(w.item().picture());
        QCOMPARE(server.asked.size(), 1);
    }

    void fetchesByKey()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = png()};
        CardWindow w(server.url(kPath));
        w.key(Qt::Key_Return);
        QTRY_VERIFY(w.item().picture());
        QCOMPARE(w.item().picture()->caption, QStringLiteral("kite"));
        QCOMPARE(w.canvas->editing(), QString());
    }

    void fetchesByCommandAndFromTheMenu()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = png()};
        CardWindow w(server.url(kPath));
        QVERIFY(w.canvas->perform(QStringLiteral("board-fetch")));
        QTRY_VERIFY(w.item().picture());
        w.board->undo();
        QTest::mouseClick(&w.view, Qt::RightButton, {}, w.screen({0, -100}));
        QObject *entry = w.child(QStringLiteral("menuFetch"));
        QVERIFY(entry);
        QTRY_VERIFY(entry->property("visible").toBool());
        QVERIFY(entry->property("text").toString().contains(QStringLiteral("127.0.0.1")));
        QMetaObject::invokeMethod(entry, "triggered");
        QTRY_VERIFY(w.item().picture());
        QCOMPARE(server.asked.size(), 2);
    }

    void editsTheTextOfACardByKey()
    {
        FileServer server;
        CardWindow w(server.url(kPath));
        w.key(Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(ItemId(w.canvas->editing()), w.card);
        w.canvas->finishEditing(QStringLiteral("the kite"));
        QVERIFY(isWebCard(w.item()));
        QCOMPARE(w.item().note()->text, QStringLiteral("the kite"));
        QCOMPARE(server.connections, 0);
    }

    void whatGoesWrongIsToldAndKeepsTheCard_data()
    {
        QTest::addColumn<Served>("served");
        QTest::addColumn<QString>("says");
        QTest::newRow("page") << Served{.bytes = "<!doctype html><p>kites", .type = "text/html"} << QStringLiteral("web page");
        QTest::newRow("not there") << Served{.status = 404} << QStringLiteral("no such picture");
        QTest::newRow("no picture") << Served{.bytes = "these are words", .type = "image/png"} << QString();
        QTest::newRow("damaged") << Served{.bytes = png().left(200), .type = "image/png"} << QString();
        QTest::newRow("cut off") << Served{.bytes = png(), .cutAfter = 100} << QStringLiteral("lost");
        QTest::newRow("huge") << Served{.bytes = png(), .stated = qint64(1) << 40} << QStringLiteral("MB");
    }

    void whatGoesWrongIsToldAndKeepsTheCard()
    {
        QFETCH(Served, served);
        QFETCH(QString, says);
        FileServer server;
        server.files[kPath] = served;
        CardWindow w(server.url(kPath));
        const QString undo = w.board->undoName();
        w.press("webFetch");
        QTRY_VERIFY(!w.web().problem().isEmpty());
        QTRY_VERIFY2(w.said().contains(says), qPrintable(w.said()));
        QVERIFY(w.said().contains(QStringLiteral("127.0.0.1")));
        QVERIFY(isWebCard(w.item()));
        QCOMPARE(w.board->undoName(), undo);
        // Once more, when it is well again.
        server.files[kPath] = Served{.bytes = png()};
        w.press("webFetch");
        QTRY_VERIFY(w.item().picture());
    }

    void aPageOpensInTheBrowser()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = "<html>", .type = "text/html"};
        CardWindow w(server.url(kPath));
        Opened opened;
        QDesktopServices::setUrlHandler(QStringLiteral("http"), &opened, "open");
        w.key(Qt::Key_Return);
        w.press("webOpen");
        QDesktopServices::unsetUrlHandler(QStringLiteral("http"));
        QCOMPARE(opened.urls, QList<QUrl>{server.url(kPath)});
    }

    void stopsWhenAsked()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = png(), .holdAfter = 50};
        CardWindow w(server.url(kPath));
        w.key(Qt::Key_Return);
        QTRY_VERIFY(w.web().progress() > 0);
        w.press("webStop");
        QVERIFY(!w.web().isFetching());
        QTRY_COMPARE(server.openFor(kPath), 0);
        QVERIFY(isWebCard(w.item()));
        QCOMPARE(w.web().problem(), QString());
    }

    void endsWithItsCard()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = png(), .holdAfter = 50};
        CardWindow w(server.url(kPath));
        w.key(Qt::Key_Return);
        QTRY_COMPARE(server.asked.size(), 1);
        w.key(Qt::Key_Delete);
        QVERIFY(w.board->isEmpty());
        QTRY_COMPARE(server.openFor(kPath), 0);
    }

    // It goes on while another board is shown, and lands where it belongs.
    void fetchesForABoardThatIsNotShown()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = png(), .holdAfter = 50};
        CardWindow w(server.url(kPath));
        w.key(Qt::Key_Return);
        QTRY_COMPARE(server.asked.size(), 1);
        auto other = std::move(*Board::create(w.home.filePath(QStringLiteral("other.moodloom"))));
        w.view.rootObject()->setProperty("board", QVariant::fromValue(other.get()));
        for (QTcpSocket *socket : server.findChildren<QTcpSocket *>()) {
            socket->write(png().mid(50));
            socket->disconnectFromHost();
        }
        QTRY_VERIFY(w.item().picture());
        QVERIFY(other->isEmpty());
        w.view.rootObject()->setProperty("board", QVariant::fromValue(w.board.get()));
    }

    void aLockedCardIsLeftAlone()
    {
        FileServer server;
        CardWindow w(server.url(kPath));
        w.board->setLocked({w.card}, true);
        w.key(Qt::Key_Return);
        QVERIFY(!w.web().isFetching());
        QTest::qWait(50);
        QCOMPARE(server.connections, 0);
    }

    // Opening, showing, copying and duplicating: no address is asked for anything.
    void opensNoConnectionByItself()
    {
        FileServer server;
        server.files[kPath] = Served{.bytes = png()};
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("cards.moodloom"));
        {
            auto board = std::move(*Board::create(path));
            board->addWebCards({{server.url(kPath), {}}, {server.url(kPath), QStringLiteral("![kite](%1)").arg(server.url(kPath).toString())}}, {0, 0});
        }
        BoardWindow w;
        auto opened = std::move(*Board::open(path));
        QCOMPARE(opened->items().size(), 2);
        w.view.rootObject()->setProperty("board", QVariant::fromValue(opened.get()));
        w.key(Qt::Key_A, Qt::ControlModifier);
        w.key(Qt::Key_C, Qt::ControlModifier);
        w.key(Qt::Key_V, Qt::ControlModifier);
        w.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(opened->items().size(), 6);
        w.canvas->fitAll();
        w.view.grabWindow();
        QTest::qWait(200);
        QCOMPARE(server.connections, 0);
        w.view.rootObject()->setProperty("board", QVariant::fromValue(w.board.get()));
    }
};

QTEST_MAIN(WebPicturesTest)
#include "WebPicturesTest.moc"
