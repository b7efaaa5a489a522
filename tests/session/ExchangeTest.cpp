// What a board gives to the files that leave it.
#include "core/session/Exchange.h"
#include "core/board/Board.h"

#include <QTemporaryDir>
#include <QTest>

using namespace moodloom;

class ExchangeTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void drawingsOverAFrameGoWithItsTake()
    {
        board::Board board;
        const board::ItemId frame = board.addFrame({1000, 0}, {400, 200}); // 800..1200, -100..100
        generation::Take take;
        take.image = QImage(200, 100, QImage::Format_RGB32);
        take.image.fill(Qt::white);
        QVERIFY(session::exportOf(take, &board, frame).drawing.isNull());
        board.addStroke({{{0, 0}, 1}, {{50, 0}, 1}}, Qt::blue, 10); // far from it
        QVERIFY(session::exportOf(take, &board, frame).drawing.isNull());
        board.addStroke({{{700, 50}, 1}, {{1000, 50}, 1}}, Qt::red, 20);
        const QImage drawing = session::exportOf(take, &board, frame).drawing;
        QCOMPARE(drawing.size(), QSize(200, 100));
        QCOMPARE(drawing.pixelColor(50, 75), QColor(Qt::red));
        QCOMPARE(drawing.pixelColor(50, 60).alpha(), 0);
        QCOMPARE(drawing.pixelColor(120, 75).alpha(), 0);
        // Turned with the frame, the same comes out.
        board.rotate(board.items(), 90, {0, 0});
        const QImage turned = session::exportOf(take, &board, frame).drawing;
        QCOMPARE(turned.pixelColor(50, 75), QColor(Qt::red));
        QCOMPARE(turned.pixelColor(120, 75).alpha(), 0);
        board.setHidden(board.items(), true);
        QVERIFY(session::exportOf(take, &board, frame).drawing.isNull());
    }
};

QTEST_GUILESS_MAIN(ExchangeTest)
#include "ExchangeTest.moc"
