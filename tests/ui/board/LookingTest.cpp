// Looking at a board: rulers, comparing two, presenting.
#include "BoardWindow.h"

#include "ui/board/BoardCompare.h"
#include "ui/board/BoardRuler.h"

#include <QQmlExtensionPlugin>
#include <QSettings>
#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using test::BoardWindow;
using ui::BoardCompare;

class LookingTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;

    QString file(const QString &name, const QColor &color, QSize size = {300, 300})
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(color);
        const QString path = m_home.filePath(name);
        image.save(path);
        return path;
    }

    // Two pictures of these colours, read and selected.
    QVector<ItemId> two(BoardWindow &w, const QColor &first, const QColor &second)
    {
        QVector<ItemId> ids;
        for (const QColor &color : {first, second}) {
            QSignalSpy arrived(w.board.get(), &Board::imported);
            w.board->importFiles({file(color.name().mid(1) + QStringLiteral(".png"), color)},
                                 {ids.isEmpty() ? -200.0 : 200.0, 0});
            if (!arrived.wait())
                qFatal("no picture");
            ids += arrived.first()[1].value<QVector<QUuid>>();
        }
        w.controller->select(ids);
        return ids;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("MOODLOOM_HOME", m_home.path().toUtf8());
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home.path());
    }

    void rulersNumberInRoundSteps()
    {
        for (double zoom = 0.02; zoom < 32; zoom *= 1.07) {
            const double step = ui::rulerStep(zoom);
            QVERIFY(step * zoom >= 56 * (1 - 1e-6) && step * zoom <= 56 * 2.5 * (1 + 1e-6));
            const double digit = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
            QVERIFY(qAbs(digit - 1) < 1e-6 || qAbs(digit - 2) < 1e-6 || qAbs(digit - 5) < 1e-6);
        }
        QCOMPARE(ui::rulerStep(1), 100.0);
    }

    void rulersShowWhereThePointerIs()
    {
        BoardWindow w;
        auto *ruler = qobject_cast<QQuickItem *>(w.child(QStringLiteral("boardTopRuler")));
        QVERIFY(ruler && !ruler->isVisible());
        w.key(Qt::Key_R, Qt::ShiftModifier);
        QVERIFY(ruler->isVisible());
        const auto markedAt = [&](int x) {
            const QColor seen = w.view.grabWindow().pixelColor(x, 4);
            return seen.red() - seen.blue() > 60;
        };
        QTest::mouseMove(&w.view, {311, 200});
        QTRY_VERIFY(markedAt(311));
        QTest::mouseMove(&w.view, {430, 200});
        QTRY_VERIFY(markedAt(430) && !markedAt(311));
        w.key(Qt::Key_R, Qt::ShiftModifier);
        QVERIFY(!ruler->isVisible());
    }

    // Dragged out of a ruler, moved, dragged back; each is one command.
    void guidesAreDraggedOutOfTheRulers()
    {
        BoardWindow w;
        const auto mouse = [&](QPoint from, QPoint to) {
            QTest::mousePress(&w.view, Qt::LeftButton, {}, from);
            for (int i = 1; i <= 8; ++i) {
                const QPointF at = QPointF(from) + QPointF(to - from) * i / 8;
                QMouseEvent event(QEvent::MouseMove, at, w.view.mapToGlobal(at), Qt::NoButton,
                                  Qt::LeftButton, {});
                QCoreApplication::sendEvent(&w.view, &event);
            }
            QTest::mouseRelease(&w.view, Qt::LeftButton, {}, to);
        };
        w.key(Qt::Key_R, Qt::ShiftModifier);
        const QPoint place = w.screen({150, 120});
        mouse({300, 9}, {300, place.y()}); // from the top ruler a level one
        QCOMPARE(w.board->guides().y, QVector<double>{120});
        mouse({9, 300}, {place.x(), 300}); // from the left ruler an upright one
        QCOMPARE(w.board->guides().x, QVector<double>{150});
        QCOMPARE(w.board->undoName(), QStringLiteral("Place guide"));
        const QColor ground = w.colorAt({-100, -100});
        QTRY_VERIFY(w.colorAt({-100, 120}) != ground);
        QVERIFY(w.colorAt({150, -100}) != ground);
        // An item rests at it.
        const ItemId id = w.add(QStringLiteral("a"), {0, 0}, {100, 100});
        w.drag({{0, 0}, {97, 0}});
        QCOMPARE(w.centre(id).x(), 100.0); // its right edge
        w.board->undo();
        w.controller->select({});
        mouse(place - QPoint(0, 60), place - QPoint(-50, 60)); // grasped where nothing lies
        QCOMPARE(w.board->guides().x, QVector<double>{200});
        QCOMPARE(w.board->undoName(), QStringLiteral("Move guide"));
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.board->guides().x, QVector<double>{150});
        mouse(place - QPoint(0, 60), {9, place.y() - 60});
        QVERIFY(w.board->guides().x.isEmpty());
        QCOMPARE(w.board->undoName(), QStringLiteral("Remove guide"));
        w.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.board->guides().x, QVector<double>{150});
        // Hidden with the rulers, and then nothing snaps to them.
        w.key(Qt::Key_R, Qt::ShiftModifier);
        QTRY_COMPARE(w.colorAt({-100, 120}), ground);
        w.drag({{0, 0}, {97, 0}});
        QCOMPARE(w.centre(id).x(), 97.0);
        QVERIFY(w.canvas->perform(QStringLiteral("board-guides-remove")));
        QVERIFY(w.board->guides().isEmpty());
        // They are in the board's file.
        w.board->undo();
        QTRY_COMPARE(w.board->saveState(), Board::SaveState::Saved);
        const auto copy = w.home.filePath(QStringLiteral("copy.moodloom"));
        QSignalSpy saved(w.board.get(), &Board::saved);
        w.board->saveAs(copy);
        QVERIFY(saved.wait());
        const auto again = Board::open(copy);
        QVERIFY(again);
        QCOMPARE((*again)->guides(), w.board->guides());
    }

    // A picture that is turned on the board is turned where it is compared.
    void comparesAsTurnedOnTheBoard()
    {
        BoardWindow w;
        QImage halves(300, 200, QImage::Format_RGB32);
        halves.fill(Qt::red);
        for (int y = 0; y < 200; ++y)
            for (int x = 150; x < 300; ++x)
                halves.setPixelColor(x, y, Qt::blue); // right half
        const QString path = m_home.filePath(QStringLiteral("halves.png"));
        halves.save(path);
        QVector<ItemId> ids = two(w, Qt::green, Qt::yellow);
        QSignalSpy arrived(w.board.get(), &Board::imported);
        w.board->importFiles({path}, {0, 400});
        QVERIFY(arrived.wait());
        const ItemId turned = arrived.first()[1].value<QVector<QUuid>>().first();
        w.board->rotate({turned}, 90, w.centre(turned)); // the right half is below now
        w.controller->select({turned, ids[0]});
        w.key(Qt::Key_X);
        auto *panel = qobject_cast<QQuickItem *>(w.child(QStringLiteral("comparePanel")));
        auto *compare = panel->findChild<BoardCompare *>();
        QVERIFY(compare);
        QTRY_VERIFY(compare->isComplete());
        const QRectF place = compare->placeOf(0);
        QVERIFY(place.height() > place.width() * 1.4);
        const auto at = [&](double x, double y) {
            const QPointF point(place.left() + place.width() * x, place.top() + place.height() * y);
            return w.view.grabWindow().pixelColor(compare->mapToScene(point).toPoint());
        };
        QTRY_COMPARE(at(0.25, 0.25), QColor(Qt::red));
        QCOMPARE(at(0.25, 0.75), QColor(Qt::blue));
    }

    void namesOfMoreLinesStayInTheirBarWhereTheyAreCompared()
    {
        BoardWindow w;
        const QString path = m_home.filePath(QStringLiteral("named.png"));
        QImage image(60, 40, QImage::Format_RGB32);
        image.fill(Qt::red);
        image.save(path);
        board::Picture picture;
        picture.hash = picture.path = path;
        picture.size = {60, 40};
        picture.caption = QStringLiteral("a long caption of many words ").repeated(9) +
                          QStringLiteral("\nand another line of it");
        const ItemId first = w.board->addPictures({picture}, {0, 0}).first();
        picture.hash += QStringLiteral("2");
        const ItemId second = w.board->addPictures({picture}, {200, 0}).first();
        w.controller->select({first, second});
        w.canvas->forceActiveFocus();
        w.key(Qt::Key_X);
        auto *panel = qobject_cast<QQuickItem *>(w.child(QStringLiteral("comparePanel")));
        QVERIFY(panel && panel->isVisible());
        int labels = 0;
        for (const QQuickItem *item : panel->findChildren<QQuickItem *>())
            if (item->property("text").toString().contains(QLatin1String("long caption"))) {
                ++labels;
                QCOMPARE(item->property("lineCount").toInt(), 1);
                QVERIFY(item->property("contentWidth").toDouble() <= item->width() + 1);
            }
        QCOMPARE(labels, 2);
    }

    void comparesTwoByAWipe()
    {
        BoardWindow w;
        two(w, Qt::red, Qt::blue);
        w.key(Qt::Key_X);
        auto *panel = qobject_cast<QQuickItem *>(w.child(QStringLiteral("comparePanel")));
        auto *view = qobject_cast<BoardCompare *>(w.child(QStringLiteral("boardCompare")));
        QVERIFY(panel && view && panel->isVisible());
        QTRY_VERIFY(view->isComplete());
        // Both fit in the same place, in the middle of the view.
        QCOMPARE(view->placeOf(0), view->placeOf(1));
        const auto colorAt = [&](double share) {
            const QRectF place = view->placeOf(0);
            const QPointF at =
                view->mapToScene({place.left() + share * place.width(), place.center().y() + 40});
            return w.view.grabWindow().pixelColor(at.toPoint());
        };
        QTRY_COMPARE(colorAt(0.25), QColor(Qt::red));
        QCOMPARE(colorAt(0.75), QColor(Qt::blue));
        // The divider follows the hand.
        const QPoint middle = view->mapToScene({view->width() / 2, 100}).toPoint();
        QTest::mousePress(&w.view, Qt::LeftButton, {}, middle);
        QTest::mouseMove(&w.view, middle - QPoint(60, 0));
        QTest::mouseMove(&w.view, {int(view->placeOf(0).left()), middle.y()});
        QTest::mouseRelease(&w.view, Qt::LeftButton, {},
                            {int(view->placeOf(0).left()), middle.y()});
        QTRY_COMPARE(colorAt(0.25), QColor(Qt::blue));
        // Exchanged, then back to the board with the keyboard.
        w.key(Qt::Key_X);
        QTRY_COMPARE(colorAt(0.25), QColor(Qt::red));
        w.key(Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(view->split() > 0.2);
        w.key(Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
        QVERIFY(!view->isComplete());
        QVERIFY(w.canvas->hasActiveFocus());
        QCOMPARE(w.controller->selectedCount(), 2);
    }

    void comparesSideBySideZoomedTogether()
    {
        BoardWindow w;
        two(w, Qt::green, Qt::yellow);
        w.key(Qt::Key_X);
        auto *view = qobject_cast<BoardCompare *>(w.child(QStringLiteral("boardCompare")));
        QTRY_VERIFY(view->isComplete());
        w.key(Qt::Key_S);
        QCOMPARE(view->property("mode").value<BoardCompare::Mode>(),
                 BoardCompare::Mode::SideBySide);
        QVERIFY(view->placeOf(0).right() < view->placeOf(1).left());
        const QPointF at = view->mapToScene({100, 150});
        QWheelEvent zoom(at, w.view.mapToGlobal(at), {}, {0, 480}, Qt::NoButton, {},
                         Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&w.view, &zoom);
        QVERIFY(view->zoom() > 2);
        // The same part of both is seen.
        const auto part = [&](int side) {
            const QRectF place = view->placeOf(side), pane = view->paneOf(side);
            return QPointF((pane.left() - place.left()) / place.width(),
                           (pane.top() - place.top()) / place.height());
        };
        QVERIFY(QLineF(part(0), part(1)).length() < 1e-9);
        w.key(Qt::Key_0);
        QCOMPARE(view->zoom(), 1.0);
    }

    void saysWhatToSelectForComparing()
    {
        BoardWindow w;
        const ItemId a = w.add(QStringLiteral("a"), {0, 0});
        w.controller->select({a});
        QSignalSpy notice(w.controller, &ui::BoardController::notice);
        w.key(Qt::Key_X);
        QCOMPARE(notice.count(), 1);
        QVERIFY(!qobject_cast<QQuickItem *>(w.child(QStringLiteral("comparePanel")))->isVisible());
    }

    void presentsOneByOneAndComesBack()
    {
        BoardWindow w;
        const ItemId b = w.add(QStringLiteral("b"), {300, 0});
        const ItemId a = w.add(QStringLiteral("a"), {-300, 0});
        const ItemId frame = w.board->addFrame({0, 600}, {400, 400});
        const ItemId inside = w.add(QStringLiteral("c"), {0, 600}, {100, 100});
        const ItemId hidden = w.add(QStringLiteral("d"), {-300, -400});
        w.board->setHidden({hidden}, true);
        w.controller->selectNone();
        w.canvas->setZoom(0.5);
        const QPointF before = w.canvas->viewCentre();
        w.key(Qt::Key_F5);
        QVERIFY(w.canvas->isPresenting());
        // Reading order; what lies in the frame is a part of it.
        QCOMPARE(w.canvas->slide(), a);
        QCOMPARE(w.canvas->viewCentre(), QPointF(-300, 0));
        QVERIFY(w.canvas->zoom() > 2);
        w.key(Qt::Key_Space);
        QCOMPARE(w.canvas->slide(), b);
        w.key(Qt::Key_Right);
        QCOMPARE(w.canvas->slide(), frame);
        w.key(Qt::Key_Right); // the last
        QCOMPARE(w.canvas->slide(), frame);
        QCOMPARE(w.canvas->slideText(), QStringLiteral("3 of 3"));
        w.key(Qt::Key_Home);
        QCOMPARE(w.canvas->slide(), a);
        QTest::mouseClick(&w.view, Qt::LeftButton, {}, {500, 300});
        QCOMPARE(w.canvas->slide(), b);
        QTest::mouseClick(&w.view, Qt::RightButton, {}, {500, 300});
        QCOMPARE(w.canvas->slide(), a);
        w.key(Qt::Key_Escape);
        QVERIFY(!w.canvas->isPresenting());
        QCOMPARE(w.canvas->zoom(), 0.5);
        QCOMPARE(w.canvas->viewCentre(), before);
        Q_UNUSED(inside)
    }

    void showsNothingButTheSlideAndChangesNothing()
    {
        BoardWindow w;
        const QVector<ItemId> ids = two(w, Qt::red, Qt::blue);
        w.board->move({ids[1]}, {-20, 0}); // beside it, near enough to be seen
        w.controller->select({ids[0]});
        const quint64 revision = w.board->revision();
        w.key(Qt::Key_F5);
        QCOMPARE(w.canvas->slide(), ids[0]); // begins at what is selected
        QTRY_COMPARE(w.view.grabWindow().pixelColor(500, 350), QColor(Qt::red));
        const QImage seen = w.view.grabWindow();
        for (int x = 0; x < seen.width(); x += 7)
            for (int y = 0; y < seen.height(); y += 7)
                QVERIFY(seen.pixelColor(x, y).blue() < 128);
        w.key(Qt::Key_Delete);
        w.key(Qt::Key_P);
        w.key(Qt::Key_T);
        QCOMPARE(w.board->revision(), revision);
        w.key(Qt::Key_F5); // the same key ends it
        QVERIFY(!w.canvas->isPresenting());
    }
};

QTEST_MAIN(LookingTest)
#include "LookingTest.moc"
