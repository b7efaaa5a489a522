// What a drawn loop takes hold of.
#include "core/board/Lasso.h"

#include <QTest>

using namespace moodloom::board;

class LassoTest : public QObject
{
    Q_OBJECT
    // An L: the upper right quarter of 0..100 is outside of it.
    const QPolygonF m_loop{
        QVector<QPointF>{{0, 0}, {50, 0}, {50, 50}, {100, 50}, {100, 100}, {0, 100}}};
    static QPolygonF square(double x, double y, double side)
    {
        return QVector<QPointF>{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}};
    }

private Q_SLOTS:
    void touchesWhatLiesInsideOrAcross()
    {
        QVERIFY(touches(m_loop, square(10, 10, 10)));
        QVERIFY(touches(m_loop, square(-5, 10, 10)));    // across its edge
        QVERIFY(touches(m_loop, square(-50, -50, 300))); // all around it
        QVERIFY(touches(m_loop, square(-10, 20, 200)));  // only edges cross
    }

    void leavesWhatIsInItsBoundsButOutside()
    {
        QVERIFY(!touches(m_loop, square(60, 10, 30)));
        QVERIFY(!touches(m_loop, square(200, 0, 10)));
        QVERIFY(!touches({}, square(0, 0, 10)));
    }

    void enclosesOnlyWhatIsWhollyInside()
    {
        QVERIFY(encloses(m_loop, square(10, 10, 10)));
        QVERIFY(!encloses(m_loop, square(45, 10, 10)));
        QVERIFY(!encloses(m_loop, square(-50, -50, 300)));
        // All corners inside, but the loop bends in between.
        const QPolygonF notched(
            QVector<QPointF>{{0, 0}, {40, 0}, {50, 60}, {60, 0}, {100, 0}, {100, 100}, {0, 100}});
        QVERIFY(!encloses(notched, square(10, 10, 80)));
    }
};

QTEST_GUILESS_MAIN(LassoTest)
#include "LassoTest.moc"
