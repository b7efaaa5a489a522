// Drawing on the board with mouse and pen.
#include "BoardWindow.h"

#include "tests/ui/WindowDriver.h"

#include <QPointingDevice>
#include <QQmlExtensionPlugin>
#include <QQuickItem>
#include <QTabletEvent>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;
using Tool = ui::BoardCanvas::Tool;

class DrawingTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

    // As Qt tells of a pen: its own event, then the mouse's that it makes of it.
    static void pen(BoardWindow &w, QEvent::Type type, QPointF at, double pressure,
                    QPointingDevice::PointerType kind = QPointingDevice::PointerType::Pen)
    {
        static const QPointingDevice tip(QStringLiteral("pen"), 1, QInputDevice::DeviceType::Stylus,
                                         QPointingDevice::PointerType::Pen,
                                         QInputDevice::Capability::Pressure, 1, 1);
        static const QPointingDevice end(QStringLiteral("end"), 2, QInputDevice::DeviceType::Stylus,
                                         QPointingDevice::PointerType::Eraser,
                                         QInputDevice::Capability::Pressure, 1, 1);
        const QPointF to = w.screen(at);
        const bool held = type != QEvent::TabletRelease;
        QTabletEvent event(type, kind == QPointingDevice::PointerType::Pen ? &tip : &end, to,
                           w.view.mapToGlobal(to), pressure, 0, 0, 0, 0, 0, {}, Qt::LeftButton,
                           held ? Qt::LeftButton : Qt::NoButton);
        QCoreApplication::sendEvent(&w.view, &event);
        if (type == QEvent::TabletPress)
            w.press(at);
        else if (type == QEvent::TabletMove)
            w.moveTo(at);
        else
            w.release(at);
    }

    static const Stroke *stroke(const BoardWindow &w)
    {
        return w.board->items().isEmpty() ? nullptr
                                          : w.board->item(w.board->items().last())->stroke();
    }

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void drawsWithTheMouseAsOneCommand()
    {
        BoardWindow w;
        w.add(QStringLiteral("a"), {0, 0});
        w.key(Qt::Key_B);
        QCOMPARE(w.canvas->tool(), Tool::Pen);
        QVERIFY(qobject_cast<QQuickItem *>(w.child(QStringLiteral("penBar")))->isVisible());
        w.drag({{-200, 150}, {0, 150}, {0, -150}}); // over the picture, too: nothing moves
        QCOMPARE(w.board->items().size(), 2);
        QVERIFY(stroke(w));
        QCOMPARE(stroke(w)->points.first().pressure, 1.0);
        const QRectF bounds = boundingRect(*w.board->item(w.board->items().last()));
        QVERIFY(bounds.contains(QRectF(QPointF(-199, -149), QPointF(-1, 149))));
        QCOMPARE(w.board->undoName(), QStringLiteral("Draw"));
        QTRY_COMPARE(w.colorAt({-100, 150}), w.canvas->penColor());
        QVERIFY(w.colorAt({-100, 130}) != w.canvas->penColor());
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.board->items().size(), 1);
        w.key(Qt::Key_Escape);
        QCOMPARE(w.canvas->tool(), Tool::Select);
    }

    void showsTheLineWhileItGrows()
    {
        BoardWindow w;
        w.key(Qt::Key_B);
        w.press({-100, 0});
        w.moveTo({0, 0});
        w.moveTo({100, 0});
        QTRY_COMPARE(w.colorAt({50, 0}), w.canvas->penColor());
        w.key(Qt::Key_Escape); // thrown away
        w.release({100, 0});
        QVERIFY(w.board->isEmpty());
        QTRY_VERIFY(w.colorAt({50, 0}) != w.canvas->penColor());
    }

    void aPensPressureIsKept()
    {
        BoardWindow w;
        w.key(Qt::Key_B);
        pen(w, QEvent::TabletPress, {-100, 0}, 0.2);
        for (int i = 1; i <= 10; ++i)
            pen(w, QEvent::TabletMove, {-100 + 20.0 * i, 0}, 0.2 + 0.08 * i);
        pen(w, QEvent::TabletRelease, {100, 0}, 0);
        QVERIFY(stroke(w));
        QCOMPARE(stroke(w)->points.size(), 11);
        for (int i = 0; i <= 10; ++i)
            QVERIFY(qAbs(stroke(w)->points[i].pressure - (0.2 + 0.08 * i)) < 0.011);
        // The mouse after it presses fully again.
        w.drag({{-100, 100}, {100, 100}});
        QCOMPARE(stroke(w)->points.first().pressure, 1.0);
    }

    void thePensOtherEndErases()
    {
        BoardWindow w;
        w.key(Qt::Key_B);
        w.drag({{-200, 0}, {200, 0}});
        pen(w, QEvent::TabletPress, {0, -60}, 0.5, QPointingDevice::PointerType::Eraser);
        pen(w, QEvent::TabletMove, {0, 0}, 0.5, QPointingDevice::PointerType::Eraser);
        pen(w, QEvent::TabletMove, {0, 60}, 0.5, QPointingDevice::PointerType::Eraser);
        pen(w, QEvent::TabletRelease, {0, 60}, 0, QPointingDevice::PointerType::Eraser);
        QCOMPARE(w.board->items().size(), 2); // two pieces
        QCOMPARE(w.board->undoName(), QStringLiteral("Erase"));
    }

    void erasesAPieceAndUndoes()
    {
        BoardWindow w;
        w.key(Qt::Key_B);
        w.drag({{-200, 0}, {200, 0}});
        QTRY_COMPARE(w.colorAt({0, 0}), w.canvas->penColor());
        w.key(Qt::Key_E);
        QCOMPARE(w.canvas->tool(), Tool::Eraser);
        w.drag({{0, -80}, {0, 80}});
        QCOMPARE(w.board->items().size(), 2);
        QTRY_VERIFY(w.colorAt({0, 0}) != w.canvas->penColor());
        QCOMPARE(w.colorAt({-100, 0}), w.canvas->penColor());
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.board->items().size(), 1);
        QTRY_COMPARE(w.colorAt({0, 0}), w.canvas->penColor());
    }

    // What the eraser takes is gone at once; Esc brings it back, the document never changed.
    void whatIsErasedIsSeenWhileErasing()
    {
        BoardWindow w;
        w.key(Qt::Key_B);
        w.drag({{-200, 0}, {200, 0}});
        w.key(Qt::Key_E);
        w.press({0, -80});
        for (int y = -70; y <= 80; y += 10)
            w.moveTo({0, double(y)});
        QTRY_VERIFY(w.colorAt({0, 0}) != w.canvas->penColor());
        QCOMPARE(w.colorAt({-100, 0}), w.canvas->penColor());
        QCOMPARE(w.board->items().size(), 1);
        w.key(Qt::Key_Escape);
        QTRY_COMPARE(w.colorAt({0, 0}), w.canvas->penColor());
        w.release({0, 80});
        QCOMPARE(w.board->items().size(), 1);
    }

    void colorAndWidthAreChosenByClickAndKey()
    {
        BoardWindow w;
        w.key(Qt::Key_B);
        const QQuickItem *blue = fake::WindowDriver(&w.view).item(QStringLiteral("penColor3"));
        QVERIFY(blue);
        QTest::mouseClick(&w.view, Qt::LeftButton, {}, blue->mapToScene({11, 11}).toPoint());
        QCOMPARE(w.canvas->penColor(), QColor(0x3e, 0x8e, 0xf7));
        QVERIFY(w.board->isEmpty()); // nothing was drawn below the bar
        w.canvas->forceActiveFocus();
        const double before = w.canvas->penWidth();
        w.key(Qt::Key_Period);
        w.key(Qt::Key_Period);
        QVERIFY(w.canvas->penWidth() > before * 1.8);
        w.canvas->setZoom(0.5); // as wide on the screen as the pen is
        w.drag({{-200, 0}, {200, 0}});
        QVERIFY(qAbs(stroke(w)->width - w.canvas->penWidth() * 2) < 0.01);
        QCOMPARE(stroke(w)->color, QColor(0x3e, 0x8e, 0xf7));
        w.key(Qt::Key_Comma);
        QVERIFY(w.canvas->penWidth() < before * 1.5);
    }

    void aLineIsGraspedWhereItIs()
    {
        BoardWindow w;
        const ItemId below = w.add(QStringLiteral("a"), {0, 0});
        w.key(Qt::Key_B);
        w.drag({{-150, 150}, {150, 150}, {150, -150}}); // a corner around the picture
        w.key(Qt::Key_B);
        QCOMPARE(w.canvas->tool(), Tool::Select);
        const ItemId line = w.board->items().last();
        w.click({0, 0}); // inside the line's bounds, on the picture
        QCOMPARE(w.controller->selection(), QVector<ItemId>{below});
        w.click({0, 150});
        QCOMPARE(w.controller->selection(), QVector<ItemId>{line});
        QCOMPARE(w.controller->kind(), ui::BoardController::Kind::Stroke);
        QVERIFY(!w.controller->property("name").toString().isEmpty());
        const QPointF before = w.centre(line);
        w.drag({{0, 150}, {40, 190}}, {}, Qt::ControlModifier);
        QCOMPARE(w.centre(line), before + QPointF(40, 40));
        w.key(Qt::Key_Return); // has no text to edit
        QVERIFY(w.canvas->editing().isEmpty());
        w.key(Qt::Key_Delete);
        QVERIFY(!w.board->item(line));
    }
};

QTEST_MAIN(DrawingTest)
#include "DrawingTest.moc"
