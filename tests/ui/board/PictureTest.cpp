// How a picture is shown: its crop, without its colours, its colour under the pointer.
#include "BoardWindow.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QQmlExtensionPlugin>
#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;

class PictureTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void cropsByAHandleAndPansInsideTheCrop()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        const auto crop = [&] { return w.board->item(a)->picture()->crop; };
        w.click({0, 0});
        w.key(Qt::Key_C);
        QVERIFY(w.canvas->isCropping());
        w.dragOnScreen(w.screen({100, 0}),
                       w.screen({40, 10})); // the right side: only left and right count
        QCOMPARE(crop(), QRectF(0, 0, 140, 200));
        w.dragOnScreen(w.screen({-100, -100}), w.screen({-60, -80}));
        QCOMPARE(crop(), QRectF(40, 20, 100, 180));
        QCOMPARE(boundingRect(*w.board->item(a)), QRectF(-60, -80, 100, 180)); // the pixels stay
        w.dragOnScreen(w.screen({0, 0}), w.screen({25, 0}));
        QCOMPARE(crop(), QRectF(15, 20, 100, 180));
        QCOMPARE(boundingRect(*w.board->item(a)), QRectF(-60, -80, 100, 180)); // and now the frame
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(crop(), QRectF(40, 20, 100, 180));
        w.key(Qt::Key_Return);
        QVERIFY(!w.canvas->isCropping());
        w.dragOnScreen(w.screen({0, 0}), w.screen({0, 150})); // moves again
        QCOMPARE(crop(), QRectF(40, 20, 100, 180));
        QCOMPARE(boundingRect(*w.board->item(a)).top(), 70.0);
        w.key(Qt::Key_C, Qt::ShiftModifier);
        QVERIFY(crop().isNull());
    }

    void endsCroppingByAClickBesideIt()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {0, 0});
        w.click({0, 0});
        w.key(Qt::Key_C);
        w.click({300, 200});
        QVERIFY(!w.canvas->isCropping());
        QVERIFY(!w.board->item(w.board->items().first())->picture()->crop.isValid());
    }

    void showsTheCropAndGreyscaleOnTheScreen()
    {
        BoardWindow w;
        QImage halves(200, 200, QImage::Format_RGB32);
        halves.fill(Qt::red);
        for (int y = 0; y < 200; ++y)
            for (int x = 100; x < 200; ++x)
                halves.setPixelColor(x, y, Qt::blue);
        QSignalSpy imported(w.board.get(), &Board::imported);
        w.board->importImage(halves, {}, {});
        QTRY_COMPARE(imported.size(), 1);
        const ItemId id = w.board->items().first();
        w.board->scale({id}, 1 / w.board->item(id)->scale, {});
        w.controller->selectNone();
        const auto shows = [&](QPointF board, const QColor &color) {
            const QColor seen = w.view.grabWindow().pixelColor(w.screen(board));
            return std::abs(seen.red() - color.red()) + std::abs(seen.green() - color.green()) +
                       std::abs(seen.blue() - color.blue()) <
                   30;
        };
        QTRY_VERIFY(shows({-50, 0}, Qt::red));
        QVERIFY(shows({50, 0}, Qt::blue));
        w.board->setCrop(id, {100, 0, 100, 200});
        QTRY_VERIFY(!shows({-50, 0}, Qt::red));
        QVERIFY(shows({50, 0}, Qt::blue));
        w.board->panCrop(id, {100, 0});
        QTRY_VERIFY(shows({50, 0}, Qt::red)); // the other half, in the same place
        w.board->flip({id}, Qt::Horizontal);
        w.controller->select({id});
        w.key(Qt::Key_G);
        QVERIFY(w.board->item(id)->picture()->greyscale);
        const auto isGrey = [&] {
            const QColor seen = w.view.grabWindow().pixelColor(w.screen({50, 30}));
            return seen.red() > 60 && std::abs(seen.red() - seen.green()) < 4 &&
                   std::abs(seen.green() - seen.blue()) < 4;
        };
        QTRY_VERIFY(isGrey());
        w.board->undo();
        QTRY_VERIFY(shows({50, 30}, Qt::red)); // mirrored inside its crop
    }

    // What is seen there: transparent places show what lies below them.
    void takesTheColorThatIsSeenThroughATransparentPicture()
    {
        BoardWindow w;
        QSignalSpy imported(w.board.get(), &Board::imported);
        QImage hole(200, 200, QImage::Format_ARGB32);
        hole.fill(Qt::transparent);
        for (int y = 0; y < 200; ++y)
            for (int x = 100; x < 200; ++x)
                hole.setPixelColor(x, y, QColor(255, 0, 0, 128));
        QImage ground(200, 200, QImage::Format_RGB32);
        ground.fill(QColor(0, 0, 200));
        w.board->importImage(ground, {}, {});
        QTRY_COMPARE(imported.size(), 1);
        w.board->importImage(hole, {}, {});
        QTRY_COMPARE(imported.size(), 2);
        for (const ItemId &id : w.board->items())
            QTRY_VERIFY((w.view.grabWindow(),
                         !w.canvas->cache().held(w.board->item(id)->picture()->hash).isNull()));
        const auto near = [&](QPointF at, const QColor &color) {
            const QColor seen = w.canvas->colorAt(w.canvas->view().toScreen(at));
            return std::abs(seen.red() - color.red()) + std::abs(seen.green() - color.green()) +
                       std::abs(seen.blue() - color.blue()) <
                   12;
        };
        QVERIFY(near({-80, 0}, QColor(0, 0, 200)));
        QVERIFY(near({80, 0}, QColor(128, 0, 100)));
        QVERIFY(!w.canvas->colorAt(w.canvas->view().toScreen({900, 0})).isValid());
    }

    void takesTheColorUnderThePointer()
    {
        BoardWindow w;
        QSignalSpy imported(w.board.get(), &Board::imported);
        QImage halves(200, 200, QImage::Format_RGB32);
        halves.fill(QColor(200, 30, 30));
        for (int y = 0; y < 200; ++y)
            for (int x = 100; x < 200; ++x)
                halves.setPixelColor(x, y, QColor(20, 40, 220));
        w.board->importImage(halves, {}, {});
        QTRY_COMPARE(imported.size(), 1);
        const QString hash = w.board->item(w.board->items().first())->picture()->hash;
        QTRY_VERIFY((w.view.grabWindow(), !w.canvas->cache().held(hash).isNull()));
        QTest::mouseMove(&w.view, w.screen({80, 10}));
        w.key(Qt::Key_I);
        const QColor right(QGuiApplication::clipboard()->text());
        QVERIFY(right.isValid() && right.blue() > 180 && right.red() < 80);
        w.board->flip(w.board->items(), Qt::Horizontal);
        w.key(Qt::Key_I);
        const QColor mirrored(QGuiApplication::clipboard()->text());
        QVERIFY(mirrored.isValid() && mirrored.red() > 150 && mirrored.blue() < 80);
    }
};

QTEST_MAIN(PictureTest)
#include "PictureTest.moc"
