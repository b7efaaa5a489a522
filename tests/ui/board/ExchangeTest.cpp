// The clipboard and drops: to other programs, from them, and to other boards.
#include "BoardWindow.h"

#include "ui/board/BoardMime.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QQmlExtensionPlugin>
#include <QSignalSpy>
#include <QTcpServer>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;
using ui::BoardCanvas;

class ExchangeTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void copiesAndPastesItsOwnItems()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {0, 0});
        w.board->addNote(QStringLiteral("words"), {0, 300});
        w.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(w.controller->selectedCount(), 2);
        w.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("words"));
        w.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(w.board->items().size(), 4);
        QCOMPARE(w.controller->selectedCount(), 2);
    }

    void pastesInTheOrderOfTheBoard()
    {
        BoardWindow w;
        w.add(QStringLiteral("back"), {0, 0});
        w.add(QStringLiteral("front"), {40, 0});
        w.click({130, 0}); // first what lies in front
        w.click({-90, 0}, Qt::ShiftModifier);
        QCOMPARE(w.controller->selectedCount(), 2);
        w.key(Qt::Key_C, Qt::ControlModifier);
        w.key(Qt::Key_V, Qt::ControlModifier);
        const QVector<ItemId> items = w.board->items();
        QCOMPARE(items.size(), 4);
        QCOMPARE(w.board->item(items[2])->picture()->caption, QStringLiteral("back"));
        QCOMPARE(w.board->item(items[3])->picture()->caption, QStringLiteral("front"));
    }

    void cutsAFrameWithWhatLiesInIt()
    {
        BoardWindow w;
        const ItemId frame = w.board->addFrame({0, 0});
        w.add(QStringLiteral("a"), {-100, -100});
        w.controller->select({frame});
        w.key(Qt::Key_X, Qt::ControlModifier);
        QVERIFY(w.board->isEmpty());
        w.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(w.board->items().size(), 2);
        QCOMPARE(w.board->frames().size(), 1);
    }

    // Of an editor, a web page, a file manager: text that is a picture or names files.
    void pastesWhatIsAPictureInText_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QSize>("size");
        const QByteArray svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"60\">"
            "<rect width=\"120\" height=\"60\" fill=\"#c03\"/></svg>\n";
        QTest::newRow("SVG") << QStringLiteral("text/plain") << svg << QSize(120, 60);
        QTest::newRow("SVG with a head")
            << QStringLiteral("text/plain")
            << QByteArray("<?xml version=\"1.0\"?>\n<!-- drawn -->\n" + svg) << QSize(120, 60);
        QTest::newRow("SVG in a data URL")
            << QStringLiteral("text/plain")
            << QByteArray("data:image/svg+xml;base64," + svg.toBase64()) << QSize(120, 60);
        QTest::newRow("SVG of a drawing program")
            << QStringLiteral("image/svg+xml") << svg << QSize(120, 60);
    }

    void pastesWhatIsAPictureInText()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, text);
        BoardWindow w;
        auto *mime = new QMimeData;
        mime->setData(type, text);
        QGuiApplication::clipboard()->setMimeData(mime);
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.key(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(w.board->items().size(), 1);
        const Picture *picture = w.board->item(w.board->items().first())->picture();
        QVERIFY(picture);
        QTEST(picture->size, "size");
        QCOMPARE(w.view.rootObject()->property("trouble").toString(), QString());
    }

    void pastesFilesInTheFormOfAFileManager()
    {
        BoardWindow w;
        const QString name = w.file(QStringLiteral("揽巡 %20 #1.png"), Qt::red);
        auto *mime = new QMimeData;
        mime->setData(QStringLiteral("x-special/gnome-copied-files"),
                      "copy\n" + QUrl::fromLocalFile(name).toEncoded());
        QGuiApplication::clipboard()->setMimeData(mime);
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.key(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(w.board->item(w.board->items().first())->picture()->path, name);
    }

    // An address is text: nothing is fetched that nobody asked for.
    void anAddressBecomesANoteAndOpensNoConnection()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QString address =
            QStringLiteral("http://127.0.0.1:%1/kite.png").arg(server.serverPort());
        BoardWindow w;
        auto *mime = new QMimeData;
        mime->setText(address);
        mime->setUrls({QUrl(address)});
        mime->setHtml(QStringLiteral("<img src=\"%1\">").arg(address));
        QGuiApplication::clipboard()->setMimeData(mime);
        w.key(Qt::Key_V, Qt::ControlModifier);
        // An SVG that names pictures elsewhere, and a note that does.
        const QByteArray svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
            "width=\"90\" height=\"90\"><image width=\"90\" height=\"90\" xlink:href=\"" +
            address.toUtf8() + "\"/></svg>";
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.board->importBytes(svg, {}, {300, 0});
        w.board->addNote(QStringLiteral("![kite](%1)").arg(address), {-300, 0});
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(w.board->items().size(), 3);
        const Note *note = w.board->item(w.board->items().first())->note();
        QVERIFY(note);
        QCOMPARE(note->text, address);
        w.canvas->fitAll();
        w.view.grabWindow();
        QVERIFY(!server.waitForNewConnection(300));
        QVERIFY(!server.hasPendingConnections());
    }

    void pastesAPictureOfAnotherProgram()
    {
        BoardWindow w;
        QImage image(80, 60, QImage::Format_RGB32);
        image.fill(Qt::green);
        QGuiApplication::clipboard()->setImage(image);
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.key(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(w.board->items().size(), 1);
        const Item *item = w.board->item(w.board->items().first());
        QCOMPARE(item->picture()->size, QSize(80, 60));
        QVERIFY(w.controller->isSelected(item->id));
    }

    void copiesAPictureWithItsFileAndPixels()
    {
        BoardWindow w;
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.board->importFiles({w.file(QStringLiteral("out.png"), Qt::blue)}, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        w.key(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QGuiApplication::clipboard()->mimeData()->hasImage());
        const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(mime->urls().size(), 1);
        QCOMPARE(QImage(mime->urls().first().toLocalFile()).size(), QSize(300, 200));
        QCOMPARE(mime->imageData().value<QImage>().size(), QSize(300, 200));
        QVERIFY(mime->hasFormat(QLatin1String(ui::itemsMimeType)));
    }

    void takesDroppedFiles()
    {
        BoardWindow w;
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(w.file(QStringLiteral("red.png"), Qt::red)),
                      QUrl::fromLocalFile(w.file(QStringLiteral("blue.jpg"), Qt::blue)),
                      QUrl::fromLocalFile(w.home.filePath(QStringLiteral("nowhere.png")))});
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.drop(mime, {100, 50});
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(w.board->items().size(), 2);
        QVERIFY(QLineF(w.board->extent(w.board->items()).center(), {100, 50}).length() < 60);
        // What could not be read is told where it happened.
        QVERIFY(w.view.rootObject()->property("trouble").toString().contains(
            QStringLiteral("nowhere.png")));
        w.board->undo();
        QVERIFY(w.board->isEmpty());
    }

    void takesDroppedPixelsAndText()
    {
        BoardWindow w;
        QImage image(64, 64, QImage::Format_ARGB32);
        image.fill(Qt::magenta);
        QMimeData pixels;
        pixels.setImageData(image);
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.drop(pixels, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        QMimeData words;
        words.setText(QStringLiteral("长城 at dusk"));
        w.drop(words, {400, 0});
        QCOMPARE(w.board->items().size(), 2);
        QCOMPARE(w.board->item(w.board->items().last())->note()->text,
                 QStringLiteral("长城 at dusk"));
    }

    void takesADroppedFileOntoTheShelf()
    {
        BoardWindow w;
        const ItemId frame = w.board->addFrame({-100, 0}, {400, 400});
        const QPointF shelf = ui::shelfRect(*w.board->item(frame)).center() + w.centre(frame);
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(w.file(QStringLiteral("shelf.png"), Qt::red))});
        w.drop(mime, shelf);
        QTRY_COMPARE(w.board->item(frame)->frame()->shelf.size(), 1);
        const ItemId added = w.board->item(frame)->frame()->shelf.first();
        QVERIFY(
            !boundingRect(*w.board->item(added)).intersects(boundingRect(*w.board->item(frame))));
    }

    void aReferenceThatIsThereAlreadyMovesToWhereItIsDropped()
    {
        BoardWindow w;
        Picture known = test::picture(QStringLiteral("known"), {200, 200});
        known.assetId = 42;
        w.board->placeReferences({known});
        const ItemId id = w.board->items().first();
        w.canvas->setZoom(1);
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(w.file(QStringLiteral("known.png"), Qt::red))});
        mime.setData(QLatin1String(ui::assetMimeType), "42");
        w.drop(mime, w.canvas->viewCentre() + QPointF(120, 90));
        QCOMPARE(w.board->items().size(), 1);
        QCOMPARE(w.centre(id), w.canvas->viewCentre() + QPointF(120, 90));
        QCOMPARE(w.board->item(id)->picture()->state, ReferenceState::Pinned);
        w.board->undo(); // one command
        QCOMPARE(w.board->item(id)->picture()->state, ReferenceState::Suggested);
    }

    void carriesPixelsFromOneBoardToAnother()
    {
        BoardWindow w;
        QSignalSpy imported(w.board.get(), &Board::imported);
        QImage image(120, 80, QImage::Format_RGB32);
        image.fill(QColor(10, 200, 90));
        w.board->importImage(image, QStringLiteral("pasted"), {});
        QTRY_COMPARE(imported.size(), 1);
        QTRY_COMPARE(w.board->acknowledgedRevision(), w.board->revision());
        const QString hash = w.board->item(w.board->items().first())->picture()->hash;
        w.controller->selectAll();
        QSignalSpy prepared(w.canvas, &BoardCanvas::filesPrepared);
        w.key(Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(prepared.size(), 1);
        auto other = std::move(*Board::create(w.home.filePath(QStringLiteral("other.moodloom"))));
        w.view.rootObject()->setProperty("board", QVariant::fromValue(other.get()));
        w.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(other->items().size(), 1);
        QTRY_VERIFY(
            other->store()->bytes(hash, {}).result()); // its own copy, without the first board
        w.view.rootObject()->setProperty("board", QVariant::fromValue(w.board.get()));
    }
};

QTEST_MAIN(ExchangeTest)
#include "ExchangeTest.moc"
