// The board on the screen, driven with real mouse, wheel, keys and drops.
#include "ui/board/BoardCanvas.h"
#include "ui/board/BoardMime.h"
#include "ui/controls/IconProvider.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QMimeData>
#include <QQmlEngine>
#include <QQmlExtensionPlugin>
#include <QQuickView>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

Q_IMPORT_QML_PLUGIN(Moodloom_ThemePlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Moodloom_BoardPlugin)

using namespace moodloom;
using namespace moodloom::board;
using ui::BoardCanvas;
using ui::BoardController;

class BoardViewTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_home;
    std::unique_ptr<Board> m_board;
    std::unique_ptr<QQuickView> m_view;
    BoardCanvas *m_canvas = nullptr;
    BoardController *m_controller = nullptr;
    int m_number = 0;

    static Picture picture(const QString &hash, QSize size)
    {
        Picture picture;
        picture.hash = hash;
        picture.size = size;
        picture.caption = hash;
        return picture;
    }

    // A picture of 200 x 200 board units.
    ItemId add(const QString &hash, QPointF centre)
    {
        const ItemId id = m_board->addPictures({picture(hash, {200, 200})}, centre).first();
        m_board->scale({id}, 1 / m_board->item(id)->scale, centre);
        return id;
    }

    QPoint screen(QPointF board) const
    {
        return m_canvas->mapToScene(m_canvas->view().toScreen(board)).toPoint();
    }
    QPointF centre(ItemId id) const { return m_board->item(id)->centre; }

    void click(QPointF board, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(m_view.get(), Qt::LeftButton, modifiers, screen(board));
    }

    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mousePress(m_view.get(), button, {}, from);
        for (int i = 1; i <= 8; ++i)
            QTest::mouseMove(m_view.get(), from + (to - from) * i / 8);
        QTest::mouseRelease(m_view.get(), button, {}, to);
    }

    void wheel(QPointF board, int notches, Qt::KeyboardModifiers modifiers = {})
    {
        const QPointF at = screen(board);
        QWheelEvent event(at, m_view->mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(m_view.get(), &event);
    }

    void key(int code, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_view.get(), Qt::Key(code), modifiers); }

    void drop(const QMimeData &mime, QPointF board)
    {
        const QPoint at = screen(board);
        QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_view.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(at, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_view.get(), &move);
        QDropEvent event(at, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_view.get(), &event);
        QVERIFY(event.isAccepted());
        QCOMPARE(event.dropAction(), Qt::CopyAction);
    }

    QString file(const QString &name, const QColor &color, QSize size = {300, 200})
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(color);
        const QString path = m_home.filePath(name);
        image.save(path);
        return path;
    }

    QObject *child(const char *type) const
    {
        for (QObject *object : m_view->rootObject()->findChildren<QObject *>())
            if (QByteArray(object->metaObject()->className()).startsWith(type))
                return object;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { qputenv("MOODLOOM_HOME", m_home.path().toUtf8()); }

    void init()
    {
        m_board = std::move(*Board::create(m_home.filePath(QStringLiteral("%1.moodloom").arg(++m_number))));
        m_view = std::make_unique<QQuickView>();
        m_view->engine()->addImageProvider(QStringLiteral("icon"), new ui::IconProvider);
        m_view->engine()->addImportPath(QStringLiteral("qrc:/qt/qml"));
        m_view->setResizeMode(QQuickView::SizeRootObjectToView);
        m_view->resize(1000, 700);
        m_view->setInitialProperties({{QStringLiteral("board"), QVariant::fromValue(m_board.get())}});
        m_view->setSource(QUrl(QStringLiteral("qrc:/qt/qml/Moodloom/Board/BoardView.qml")));
        QVERIFY2(m_view->status() == QQuickView::Ready, qPrintable(m_view->errors().value(0).toString()));
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_canvas = m_view->rootObject()->property("canvas").value<BoardCanvas *>();
        m_controller = m_view->rootObject()->property("controller").value<BoardController *>();
        QVERIFY(m_canvas && m_controller);
        m_canvas->forceActiveFocus();
        m_canvas->setZoom(1);
    }

    void cleanup()
    {
        m_view.reset();
        m_board.reset();
    }

    void pansWithTheMiddleButtonAndWithSpace()
    {
        const QPointF before = m_canvas->viewCentre();
        drag({500, 300}, {400, 350}, Qt::MiddleButton);
        QCOMPARE(m_canvas->viewCentre(), before + QPointF(100, -50));
        QTest::keyPress(m_view.get(), Qt::Key_Space);
        drag({400, 350}, {500, 300});
        QTest::keyRelease(m_view.get(), Qt::Key_Space);
        QCOMPARE(m_canvas->viewCentre(), before);
        QVERIFY(!m_board->canUndo());
    }

    void zoomsAtTheCursor()
    {
        const QPointF under(120, 80);
        const QPoint at = screen(under);
        wheel(under, 3);
        QVERIFY(m_canvas->zoom() > 1.5);
        QVERIFY((screen(under) - at).manhattanLength() <= 1);
        wheel(under, -6, Qt::ControlModifier);
        QVERIFY(m_canvas->zoom() < 1);
        QVERIFY((screen(under) - at).manhattanLength() <= 1);
    }

    void fitsAllAndTheSelection()
    {
        const ItemId a = add(QStringLiteral("a"), {-4000, 0});
        add(QStringLiteral("b"), {4000, 2000});
        key(Qt::Key_0, Qt::ControlModifier);
        QVERIFY(m_canvas->view().visible().contains(m_board->extent(m_board->items())));
        m_controller->select({a});
        key(Qt::Key_F);
        QVERIFY(m_canvas->zoom() > 1);
        QCOMPARE(m_canvas->viewCentre(), QPointF(-4000, 0));
    }

    void selectsByClickAndMarquee()
    {
        const ItemId a = add(QStringLiteral("a"), {-150, 0}), b = add(QStringLiteral("b"), {150, 0});
        click({-150, 0});
        QCOMPARE(m_controller->selection(), QVector<ItemId>{a});
        click({150, 0}, Qt::ShiftModifier);
        QCOMPARE(m_controller->selection(), (QVector<ItemId>{a, b}));
        click({150, 0}, Qt::ControlModifier);
        QCOMPARE(m_controller->selection(), QVector<ItemId>{a});
        click({0, 250});
        QVERIFY(m_controller->selection().isEmpty());
        drag(screen({-300, -200}), screen({300, 200}));
        QCOMPARE(m_controller->selectedCount(), 2);
        QCOMPARE(m_controller->kind(), BoardController::Kind::Picture);
    }

    void movesWithTheMouseAsOneCommand()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        drag(screen({0, 0}), screen({80, 40}));
        QCOMPARE(centre(a), QPointF(80, 40));
        QCOMPARE(m_board->undoName(), QStringLiteral("Move"));
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(centre(a), QPointF(0, 0));
        key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(centre(a), QPointF(80, 40));
    }

    void snapsOnlyWhenNear()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        add(QStringLiteral("b"), {300, 0});
        drag(screen({0, 0}), screen({4, 230})); // 4 away from where it began: nothing to snap to there
        QCOMPARE(centre(a).x(), 4.0);
        m_board->undo();
        drag(screen({0, 0}), screen({96, 230})); // its right edge comes near the other's left
        QCOMPARE(centre(a).x(), 100.0);
    }

    void scalesByACornerAboutTheOpposite()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        click({0, 0});
        drag(screen({100, 100}), screen({200, 200}));
        QCOMPARE(m_board->item(a)->scale, 1.5);
        const QPointF corner = outline(*m_board->item(a))[0];
        QVERIFY(QLineF(corner, {-100, -100}).length() < 1e-6);
    }

    void rotatesByTheHandle()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        click({0, 0});
        drag(screen({0, -124}), screen({124, 0}));
        QVERIFY(qAbs(m_board->item(a)->rotation - 90) < 1);
        QCOMPARE(centre(a), QPointF(0, 0));
    }

    void cancelsADragWithEscape()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        const QPoint from = screen({0, 0});
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, from);
        QTest::mouseMove(m_view.get(), from + QPoint(40, 40));
        key(Qt::Key_Escape);
        QTest::mouseMove(m_view.get(), from + QPoint(60, 60));
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, from + QPoint(60, 60));
        QCOMPARE(centre(a), QPointF(0, 0));
    }

    void pinsAndWeighsTheReferenceUnderTheCursor()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        click({0, 0});
        key(Qt::Key_P);
        QCOMPARE(m_board->item(a)->picture()->state, ReferenceState::Pinned);
        QVERIFY(m_controller->isPinned());
        wheel({0, 0}, 2, Qt::AltModifier);
        QCOMPARE(m_board->item(a)->picture()->weight, 1.2);
        QCOMPARE(m_canvas->zoom(), 1.0);
        key(Qt::Key_P);
        QCOMPARE(m_board->item(a)->picture()->state, ReferenceState::Suggested);
    }

    void givesAReferenceARoleWithAKey()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        click({0, 0});
        key(Qt::Key_R);
        QCOMPARE(m_board->item(a)->picture()->role, ReferenceRole::Style);
        QVERIFY(m_controller->role() == BoardController::Role::Style);
        key(Qt::Key_R);
        QCOMPARE(m_board->item(a)->picture()->role, ReferenceRole::Layout);
        key(Qt::Key_R);
        QCOMPARE(m_board->item(a)->picture()->role, ReferenceRole::Content);
        QVERIFY(m_canvas->perform(QStringLiteral("board-steps-early")));
        QCOMPARE(m_board->item(a)->picture()->steps, (StepRange{0, 0.5}));
        key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_board->item(a)->picture()->steps.isWhole());
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_board->item(a)->picture()->role, ReferenceRole::Layout);
    }

    // The masks are on the screen where they act, and nowhere else.
    void showsWhatTheModelSeesWithAKey()
    {
        const ItemId frame = m_board->addFrame({0, 0}, {400, 400});
        const ItemId inside = add(QStringLiteral("a"), {-90, 0}); // -190..10, -100..100
        const ItemId beside = add(QStringLiteral("b"), {330, 0});
        m_controller->select({frame});
        m_controller->selectNone();
        const auto colorAt = [&](QPointF board) { return m_view->grabWindow().pixelColor(screen(board)); };
        const auto blueish = [&](QPointF board) { // the first reference's ink
            const QColor seen = colorAt(board);
            return seen.blue() - seen.red() > 40;
        };
        QVERIFY(!blueish({-60, 60}));
        key(Qt::Key_W);
        QVERIFY(m_canvas->showsModelView());
        QTRY_VERIFY(blueish({-60, 60}));
        QVERIFY(!blueish({100, 60}) && !blueish({330, 60}));
        // What no longer acts is no longer shown; what moves is shown where it goes.
        m_board->setWeight({inside}, 0);
        QTRY_VERIFY(!blueish({-60, 60}));
        m_board->undo();
        QTRY_VERIFY(blueish({-60, 60}));
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, screen({-90, -60}));
        for (int i = 1; i <= 8; ++i)
            QTest::mouseMove(m_view.get(), screen({-90 + 20.0 * i, -60}));
        QTRY_VERIFY(blueish({140, 60}) && !blueish({-120, 60}));
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, screen({70, -60}));
        QTRY_VERIFY(blueish({140, 60}));
        m_controller->selectNone();
        // On the shelf it acts everywhere: no mask, but words.
        m_board->setOnShelf(frame, {inside}, true);
        QTRY_VERIFY(!blueish({140, 60}));
        Q_UNUSED(beside)
        key(Qt::Key_W);
        QVERIFY(!m_canvas->showsModelView());
    }

    void dropsAReferenceWithAToastThatUndoes()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        click({0, 0});
        key(Qt::Key_Delete);
        QVERIFY(!m_board->item(a)->isVisible());
        QVERIFY(m_controller->selection().isEmpty());
        QObject *toast = child("Toast_QMLTYPE");
        QVERIFY(toast && toast->property("visible").toBool());
        QVERIFY(QMetaObject::invokeMethod(toast, "activated"));
        QVERIFY(m_board->item(a)->isVisible());
    }

    void removesNotesAndFramesAltogether()
    {
        const ItemId note = m_board->addNote(QStringLiteral("x"), {0, 0});
        click({0, 0});
        QCOMPARE(m_controller->selection(), QVector<ItemId>{note});
        key(Qt::Key_Delete);
        QVERIFY(m_board->isEmpty());
    }

    void duplicatesAndOrders()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0}), b = add(QStringLiteral("b"), {20, 20});
        m_controller->select({a});
        key(Qt::Key_BracketRight);
        QCOMPARE(m_board->items().last(), a);
        key(Qt::Key_BracketLeft);
        QCOMPARE(m_board->items().last(), b);
        key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(m_board->items().size(), 3);
        QVERIFY(!m_controller->isSelected(a));
    }

    void copiesAndPastesItsOwnItems()
    {
        add(QStringLiteral("a"), {0, 0});
        m_board->addNote(QStringLiteral("words"), {0, 300});
        key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_controller->selectedCount(), 2);
        key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("words"));
        key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(m_board->items().size(), 4);
        QCOMPARE(m_controller->selectedCount(), 2);
    }

    void pastesAPictureOfAnotherProgram()
    {
        QImage image(80, 60, QImage::Format_RGB32);
        image.fill(Qt::green);
        QGuiApplication::clipboard()->setImage(image);
        QSignalSpy imported(m_board.get(), &Board::imported);
        key(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(m_board->items().size(), 1);
        const Item *item = m_board->item(m_board->items().first());
        QCOMPARE(item->picture()->size, QSize(80, 60));
        QVERIFY(m_controller->isSelected(item->id));
    }

    void copiesAPictureWithItsFileAndPixels()
    {
        QSignalSpy imported(m_board.get(), &Board::imported);
        m_board->importFiles({file(QStringLiteral("out.png"), Qt::blue)}, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        key(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QGuiApplication::clipboard()->mimeData()->hasImage());
        const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(mime->urls().size(), 1);
        QCOMPARE(QImage(mime->urls().first().toLocalFile()).size(), QSize(300, 200));
        QCOMPARE(mime->imageData().value<QImage>().size(), QSize(300, 200));
        QVERIFY(mime->hasFormat(QLatin1String(ui::itemsMimeType)));
    }

    void takesDroppedFiles()
    {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file(QStringLiteral("red.png"), Qt::red)),
                      QUrl::fromLocalFile(file(QStringLiteral("blue.jpg"), Qt::blue)),
                      QUrl::fromLocalFile(m_home.filePath(QStringLiteral("nowhere.png")))});
        QSignalSpy imported(m_board.get(), &Board::imported);
        drop(mime, {100, 50});
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(m_board->items().size(), 2);
        QVERIFY(QLineF(m_board->extent(m_board->items()).center(), {100, 50}).length() < 60);
        // What could not be read is told where it happened.
        QVERIFY(m_view->rootObject()->property("trouble").toString().contains(QStringLiteral("nowhere.png")));
        m_board->undo();
        QVERIFY(m_board->isEmpty());
    }

    void takesDroppedPixelsAndText()
    {
        QImage image(64, 64, QImage::Format_ARGB32);
        image.fill(Qt::magenta);
        QMimeData pixels;
        pixels.setImageData(image);
        QSignalSpy imported(m_board.get(), &Board::imported);
        drop(pixels, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        QMimeData words;
        words.setText(QStringLiteral("长城 at dusk"));
        drop(words, {400, 0});
        QCOMPARE(m_board->items().size(), 2);
        QCOMPARE(m_board->item(m_board->items().last())->note()->text, QStringLiteral("长城 at dusk"));
    }

    void makesAFrameByDoubleClickAndEditsItsPromptInPlace()
    {
        QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, screen({0, 0}));
        QCOMPARE(m_board->frames().size(), 1);
        const ItemId frame = m_board->frames().first();
        QCOMPARE(m_controller->activeFrame(), frame);
        QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, screen({0, 0}));
        QTRY_VERIFY(!m_canvas->editing().isEmpty());
        for (const char letter : QByteArray("a red kite"))
            QTest::keyClick(m_view.get(), letter);
        key(Qt::Key_Return);
        QCOMPARE(m_board->item(frame)->frame()->prompt, QStringLiteral("a red kite"));
        QVERIFY(m_canvas->hasActiveFocus());
    }

    void movesWhatLiesInAFrameWithIt()
    {
        const ItemId frame = m_board->addFrame({0, 0});
        const ItemId inside = add(QStringLiteral("a"), {-100, -100});
        drag(screen({150, 150}), screen({190, 130}));
        QCOMPARE(centre(frame), QPointF(40, -20));
        QCOMPARE(centre(inside), QPointF(-60, -120));
    }

    void putsAPictureOnTheShelf()
    {
        const ItemId frame = m_board->addFrame({-100, 0}, {400, 400});
        const ItemId a = add(QStringLiteral("a"), {350, 250});
        const QPointF shelf = ui::shelfRect(*m_board->item(frame)).center() + centre(frame);
        drag(screen({350, 250}), screen(shelf));
        QCOMPARE(m_board->item(frame)->frame()->shelf, QVector<ItemId>{a});
        QCOMPARE(centre(a), QPointF(350, 250));
    }

    void takesADroppedFileOntoTheShelf()
    {
        const ItemId frame = m_board->addFrame({-100, 0}, {400, 400});
        const QPointF shelf = ui::shelfRect(*m_board->item(frame)).center() + centre(frame);
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file(QStringLiteral("shelf.png"), Qt::red))});
        drop(mime, shelf);
        QTRY_COMPARE(m_board->item(frame)->frame()->shelf.size(), 1);
        const ItemId added = m_board->item(frame)->frame()->shelf.first();
        QVERIFY(
            !boundingRect(*m_board->item(added)).intersects(boundingRect(*m_board->item(frame))));
    }

    void aReferenceThatIsThereAlreadyMovesToWhereItIsDropped()
    {
        Picture known = picture(QStringLiteral("known"), {200, 200});
        known.assetId = 42;
        m_board->placeReferences({known});
        const ItemId id = m_board->items().first();
        m_canvas->setZoom(1);
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file(QStringLiteral("known.png"), Qt::red))});
        mime.setData(QLatin1String(ui::assetMimeType), "42");
        drop(mime, m_canvas->viewCentre() + QPointF(120, 90));
        QCOMPARE(m_board->items().size(), 1);
        QCOMPARE(centre(id), m_canvas->viewCentre() + QPointF(120, 90));
        QCOMPARE(m_board->item(id)->picture()->state, ReferenceState::Pinned);
        m_board->undo(); // one command
        QCOMPARE(m_board->item(id)->picture()->state, ReferenceState::Suggested);
    }

    void listensToTheKeysThatTheUserChose()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        click({0, 0});
        m_canvas->setShortcuts({{QStringLiteral("board-pin"), QStringLiteral("Ctrl+G")},
                                {QStringLiteral("board-front"), QString()}});
        key(Qt::Key_P);
        QCOMPARE(m_board->item(a)->picture()->state, ReferenceState::Suggested);
        key(Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(m_board->item(a)->picture()->state, ReferenceState::Pinned);
        QVERIFY(m_canvas->perform(QStringLiteral("board-pin"))); // by name, as the palette does
        QCOMPARE(m_board->item(a)->picture()->state, ReferenceState::Suggested);
        QVERIFY(!m_canvas->perform(QStringLiteral("board-nothing")));
    }

    void keysThatLookAlikeDoTheSame()
    {
        add(QStringLiteral("a"), {0, 0});
        key(Qt::Key_Equal, Qt::ControlModifier);
        const double once = m_canvas->zoom();
        QVERIFY(once > 1);
        key(Qt::Key_Plus, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_canvas->zoom() > once);
        click({0, 0});
        key(Qt::Key_Backspace);
        QVERIFY(m_controller->isEmpty());
    }

    void isReachableByKeyboard()
    {
        const ItemId a = add(QStringLiteral("a"), {-200, 0}), b = add(QStringLiteral("b"), {200, 0});
        key(Qt::Key_Tab);
        QCOMPARE(m_controller->selection(), QVector<ItemId>{a});
        QVERIFY(m_controller->currentName().contains(QStringLiteral("a")));
        key(Qt::Key_Tab);
        QCOMPARE(m_controller->selection(), QVector<ItemId>{b});
        key(Qt::Key_Right);
        key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(centre(b), QPointF(201, 10));
        key(Qt::Key_Tab); // beyond the last one the focus goes on
        QVERIFY(!m_canvas->hasActiveFocus());
    }

    void showsAllUntilTheUserMovesTheView()
    {
        auto other = std::move(*Board::create(m_home.filePath(QStringLiteral("other%1.moodloom").arg(m_number))));
        m_view->rootObject()->setProperty("board", QVariant::fromValue(other.get()));
        QCOMPARE(m_canvas->zoom(), 1.0);
        other->addPictures({picture(QStringLiteral("far"), {200, 200})}, {5000, 300});
        QTRY_VERIFY(m_canvas->view().visible().contains(other->extent(other->items())));
        drag({500, 300}, {450, 300}, Qt::MiddleButton);
        const QPointF chosen = m_canvas->viewCentre();
        other->addPictures({picture(QStringLiteral("farther"), {200, 200})}, {-9000, 0});
        QCOMPARE(m_canvas->viewCentre(), chosen);
        m_view->rootObject()->setProperty("board", QVariant::fromValue(m_board.get()));
    }

    void tidiesOnlyWhatHasNoPlaceInAFrame()
    {
        m_board->addFrame({0, 0});
        const ItemId inside = add(QStringLiteral("a"), {50, 60});
        const ItemId outside = add(QStringLiteral("b"), {700, 13}), other = add(QStringLiteral("c"), {760, 95});
        key(Qt::Key_A);
        QCOMPARE(centre(inside), QPointF(50, 60));
        QVERIFY(!boundingRect(*m_board->item(outside)).intersects(boundingRect(*m_board->item(other))));
    }

    void setsAFramesShapeAndKeepsItsArea()
    {
        const ItemId id = m_board->addFrame({0, 0});
        m_controller->select({id});
        m_controller->setFrameAspect(16, 9);
        const Frame *frame = m_board->item(id)->frame();
        QVERIFY(qAbs(frame->size.width() / frame->size.height() - 16.0 / 9) < 1e-9);
        QVERIFY(qAbs(frame->size.width() * frame->size.height() - 512 * 512) < 1);
        QCOMPARE(frame->pixels, QSize(336, 192));
    }

    void lookingAtATakeFadesWhatLiesOnIt()
    {
        const ItemId frame = m_board->addFrame({0, 0});
        QSignalSpy imported(m_board.get(), &Board::imported);
        m_board->importFiles({file(QStringLiteral("ref.png"), Qt::red)}, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        m_controller->selectNone();
        const auto shown = [&] { return m_view->grabWindow().pixelColor(screen({10, 10})); };
        QTRY_VERIFY(shown().red() > 240);
        QImage take(64, 64, QImage::Format_RGB888);
        take.fill(Qt::blue);
        m_board->addTake({{}, frame, {}, {}, {}, {}, 1, false}, take);
        QTRY_VERIFY(shown().blue() > 200);
        m_controller->select({m_board->items().last()}); // who selects it wants to see it
        QTRY_VERIFY(shown().red() > 240);
    }

    void showsPixelsAtTheLevelThatIsSeen()
    {
        QSignalSpy imported(m_board.get(), &Board::imported);
        m_board->importFiles({file(QStringLiteral("large.png"), QColor(10, 200, 30), {3000, 2000})}, {0, 0});
        QTRY_COMPARE(imported.size(), 1);
        m_controller->selectNone();
        const auto shown = [&] { return m_view->grabWindow().pixelColor(screen({30, 30})); };
        QTRY_VERIFY(qAbs(shown().green() - 200) < 12 && shown().red() < 30);
        QVERIFY(m_canvas->cache().bytes() < 4 * 600 * 600); // not the whole 24 MB
    }

    void refusesEditsOfAReadOnlyBoard()
    {
        add(QStringLiteral("a"), {0, 0});
        QTRY_COMPARE(m_board->acknowledgedRevision(), m_board->revision());
        auto second = std::move(*Board::open(m_board->path()));
        m_view->rootObject()->setProperty("board", QVariant::fromValue(second.get()));
        QVERIFY(m_controller->isReadOnly());
        QVERIFY(!m_controller->saveText().isEmpty());
        const ItemId id = second->items().first();
        const QPointF before = second->item(id)->centre;
        drag(screen(before), screen(before) + QPoint(50, 50));
        key(Qt::Key_Delete);
        QCOMPARE(second->item(id)->centre, before);
        QVERIFY(second->item(id)->isVisible());
        m_view->rootObject()->setProperty("board", QVariant::fromValue(m_board.get()));
    }

    void arrangesWithKeysAndUndoesIt()
    {
        const ItemId a = add(QStringLiteral("a"), {-200, -100}), b = add(QStringLiteral("b"), {60, 40});
        const ItemId c = add(QStringLiteral("c"), {250, 180});
        key(Qt::Key_A, Qt::ControlModifier);
        key(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(centre(b).x(), -200.0);
        QCOMPARE(centre(c).x(), -200.0);
        key(Qt::Key_Z, Qt::ControlModifier);
        key(Qt::Key_H, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(centre(b).x(), 25.0);
        QCOMPARE(centre(a).x(), -200.0);
        key(Qt::Key_Z, Qt::ControlModifier);
        key(Qt::Key_A, Qt::ShiftModifier);
        for (const auto &[one, other] : {std::pair(a, b), std::pair(a, c), std::pair(b, c)})
            QVERIFY(!boundingRect(*m_board->item(one)).intersects(boundingRect(*m_board->item(other))));
        QCOMPARE(m_board->undoName(), QStringLiteral("Pack"));
    }

    void selectsMovesAndDissolvesGroups()
    {
        const ItemId a = add(QStringLiteral("a"), {-150, 0}), b = add(QStringLiteral("b"), {150, 0});
        key(Qt::Key_A, Qt::ControlModifier);
        key(Qt::Key_G, Qt::ControlModifier);
        click({0, 300});
        click({-150, 0});
        QCOMPARE(m_controller->selectedCount(), 2);
        drag(screen({150, 0}), screen({150, 83}));
        QCOMPARE(centre(a), QPointF(-150, 83));
        QCOMPARE(centre(b), QPointF(150, 83));
        click({-150, 83}, Qt::AltModifier);
        QCOMPARE(m_controller->selection(), QVector<ItemId>{a});
        key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        click({150, 83});
        QCOMPARE(m_controller->selection(), QVector<ItemId>{b});
    }

    void hidesAndShowsAgain()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        click({0, 0});
        key(Qt::Key_H, Qt::ShiftModifier);
        QVERIFY(m_board->item(a)->hidden);
        QVERIFY(m_controller->selection().isEmpty());
        QVERIFY(m_canvas->itemAt(m_canvas->view().toScreen({0, 0})).isNull());
        key(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!m_board->item(a)->hidden);
        QCOMPARE(m_controller->selection(), QVector<ItemId>{a});
    }

    void cropsByAHandleAndPansInsideTheCrop()
    {
        const ItemId a = add(QStringLiteral("a"), {0, 0});
        const auto crop = [&] { return m_board->item(a)->picture()->crop; };
        click({0, 0});
        key(Qt::Key_C);
        QVERIFY(m_canvas->isCropping());
        drag(screen({100, 0}), screen({40, 10})); // the right side: only left and right count
        QCOMPARE(crop(), QRectF(0, 0, 140, 200));
        drag(screen({-100, -100}), screen({-60, -80}));
        QCOMPARE(crop(), QRectF(40, 20, 100, 180));
        QCOMPARE(boundingRect(*m_board->item(a)), QRectF(-60, -80, 100, 180)); // the pixels stay
        drag(screen({0, 0}), screen({25, 0}));
        QCOMPARE(crop(), QRectF(15, 20, 100, 180));
        QCOMPARE(boundingRect(*m_board->item(a)), QRectF(-60, -80, 100, 180)); // and now the frame
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(crop(), QRectF(40, 20, 100, 180));
        key(Qt::Key_Return);
        QVERIFY(!m_canvas->isCropping());
        drag(screen({0, 0}), screen({0, 150})); // moves again
        QCOMPARE(crop(), QRectF(40, 20, 100, 180));
        QCOMPARE(boundingRect(*m_board->item(a)).top(), 70.0);
        key(Qt::Key_C, Qt::ShiftModifier);
        QVERIFY(crop().isNull());
    }

    void endsCroppingByAClickBesideIt()
    {
        add(QStringLiteral("a"), {0, 0});
        click({0, 0});
        key(Qt::Key_C);
        click({300, 200});
        QVERIFY(!m_canvas->isCropping());
        QVERIFY(!m_board->item(m_board->items().first())->picture()->crop.isValid());
    }

    void showsTheCropAndGreyscaleOnTheScreen()
    {
        QImage halves(200, 200, QImage::Format_RGB32);
        halves.fill(Qt::red);
        for (int y = 0; y < 200; ++y)
            for (int x = 100; x < 200; ++x)
                halves.setPixelColor(x, y, Qt::blue);
        QSignalSpy imported(m_board.get(), &Board::imported);
        m_board->importImage(halves, {}, {});
        QTRY_COMPARE(imported.size(), 1);
        const ItemId id = m_board->items().first();
        m_board->scale({id}, 1 / m_board->item(id)->scale, {});
        m_controller->selectNone();
        const auto shows = [&](QPointF board, const QColor &color) {
            const QColor seen = m_view->grabWindow().pixelColor(screen(board));
            return std::abs(seen.red() - color.red()) + std::abs(seen.green() - color.green()) +
                       std::abs(seen.blue() - color.blue()) < 30;
        };
        QTRY_VERIFY(shows({-50, 0}, Qt::red));
        QVERIFY(shows({50, 0}, Qt::blue));
        m_board->setCrop(id, {100, 0, 100, 200});
        QTRY_VERIFY(!shows({-50, 0}, Qt::red));
        QVERIFY(shows({50, 0}, Qt::blue));
        m_board->panCrop(id, {100, 0});
        QTRY_VERIFY(shows({50, 0}, Qt::red)); // the other half, in the same place
        m_board->flip({id}, Qt::Horizontal);
        m_controller->select({id});
        key(Qt::Key_G);
        QVERIFY(m_board->item(id)->picture()->greyscale);
        const auto isGrey = [&] {
            const QColor seen = m_view->grabWindow().pixelColor(screen({50, 30}));
            return seen.red() > 60 && std::abs(seen.red() - seen.green()) < 4 &&
                   std::abs(seen.green() - seen.blue()) < 4;
        };
        QTRY_VERIFY(isGrey());
        m_board->undo();
        QTRY_VERIFY(shows({50, 30}, Qt::red)); // mirrored inside its crop
    }

    void offersArrangingInTheContextMenu()
    {
        const ItemId a = add(QStringLiteral("a"), {-100, 0}), b = add(QStringLiteral("b"), {150, 70});
        m_controller->select({a, b});
        QTest::mouseClick(m_view.get(), Qt::RightButton, {}, screen({150, 70}));
        QObject *align = nullptr;
        for (QObject *menu : m_view->rootObject()->findChildren<QObject *>())
            if (menu->property("title").toString() == QStringLiteral("Align"))
                align = menu;
        QVERIFY(align);
        QTRY_COMPARE(align->property("count").toInt(), 11);
        QQuickItem *first = nullptr;
        QMetaObject::invokeMethod(align, "itemAt", Q_RETURN_ARG(QQuickItem *, first), Q_ARG(int, 0));
        QVERIFY(first);
        QCOMPARE(first->property("text").toString(), QStringLiteral("Align left edges"));
        QMetaObject::invokeMethod(first, "triggered");
        QCOMPARE(centre(b).x(), -100.0);
    }

    void tellsWhatAllIsInTheFile()
    {
        add(QStringLiteral("a"), {0, 0});
        QSignalSpy notices(m_controller, &BoardController::notice);
        QVERIFY(m_canvas->perform(QStringLiteral("board-check")));
        QTRY_VERIFY(notices.size() + m_view->rootObject()->property("trouble").toString().size() > 0);
        QVERIFY(m_canvas->perform(QStringLiteral("board-compact")));
        QTRY_VERIFY(notices.size() >= 1);
    }

    void takesTheColorUnderThePointer()
    {
        QSignalSpy imported(m_board.get(), &Board::imported);
        QImage halves(200, 200, QImage::Format_RGB32);
        halves.fill(QColor(200, 30, 30));
        for (int y = 0; y < 200; ++y)
            for (int x = 100; x < 200; ++x)
                halves.setPixelColor(x, y, QColor(20, 40, 220));
        m_board->importImage(halves, {}, {});
        QTRY_COMPARE(imported.size(), 1);
        const QString hash = m_board->item(m_board->items().first())->picture()->hash;
        QTRY_VERIFY((m_view->grabWindow(), !m_canvas->cache().held(hash).isNull()));
        QTest::mouseMove(m_view.get(), screen({80, 10}));
        key(Qt::Key_I);
        const QColor right(QGuiApplication::clipboard()->text());
        QVERIFY(right.isValid() && right.blue() > 180 && right.red() < 80);
        m_board->flip(m_board->items(), Qt::Horizontal);
        key(Qt::Key_I);
        const QColor mirrored(QGuiApplication::clipboard()->text());
        QVERIFY(mirrored.isValid() && mirrored.red() > 150 && mirrored.blue() < 80);
    }

    void searchesTheOutlineAndGoesThere()
    {
        add(QStringLiteral("great wall"), {-3000, 0});
        const ItemId kite = add(QStringLiteral("a red kite"), {4000, 500});
        m_board->addNote(QStringLiteral("kites are red"), {0, 900});
        m_board->setHidden({kite}, true);
        m_canvas->forceActiveFocus();
        key(Qt::Key_O);
        auto *list = m_view->rootObject()->findChild<QQuickItem *>(QStringLiteral("outlineList"));
        QVERIFY(list);
        QTRY_COMPARE(list->property("count").toInt(), 3);
        for (const char letter : {'R', 'E', 'D', ' ', 'K', 'I', 'T', 'E'})
            key(letter == ' ' ? int(Qt::Key_Space) : int(Qt::Key_A + (letter - 'A')));
        QTRY_COMPARE(list->property("count").toInt(), 2); // the words, in any order
        key(Qt::Key_Down);
        key(Qt::Key_Return);
        QCOMPARE(m_controller->selection(), QVector<ItemId>{kite});
        QVERIFY(!m_board->item(kite)->hidden);
        QCOMPARE(m_canvas->viewCentre(), QPointF(4000, 500));
        key(Qt::Key_Escape);
        QVERIFY(m_canvas->hasActiveFocus());
        QCOMPARE(list->property("count").toInt(), 0);
    }

    void looksElsewhereThroughTheMinimap()
    {
        add(QStringLiteral("a"), {-2000, -1000});
        const ItemId b = add(QStringLiteral("b"), {2000, 1000});
        m_canvas->forceActiveFocus();
        key(Qt::Key_M);
        auto *map = m_view->rootObject()->findChild<QQuickItem *>(QStringLiteral("boardMinimap"));
        QVERIFY(map && map->isVisible());
        m_view->grabWindow();
        const QPointF corner = map->mapToScene({map->width() * 0.93, map->height() * 0.88});
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, corner.toPoint());
        QVERIFY2(m_canvas->view().visible().contains(centre(b)),
                 qPrintable(QString::number(m_canvas->viewCentre().x())));
        QVERIFY(map->property("viewRect").toRectF().center().x() > map->width() * 0.8);
    }

    void carriesPixelsFromOneBoardToAnother()
    {
        QSignalSpy imported(m_board.get(), &Board::imported);
        QImage image(120, 80, QImage::Format_RGB32);
        image.fill(QColor(10, 200, 90));
        m_board->importImage(image, QStringLiteral("pasted"), {});
        QTRY_COMPARE(imported.size(), 1);
        QTRY_COMPARE(m_board->acknowledgedRevision(), m_board->revision());
        const QString hash = m_board->item(m_board->items().first())->picture()->hash;
        m_controller->selectAll();
        QSignalSpy prepared(m_canvas, &BoardCanvas::filesPrepared);
        key(Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(prepared.size(), 1);
        auto other = std::move(*Board::create(m_home.filePath(QStringLiteral("other%1.moodloom").arg(m_number))));
        m_view->rootObject()->setProperty("board", QVariant::fromValue(other.get()));
        key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(other->items().size(), 1);
        QTRY_VERIFY(other->store()->bytes(hash, {}).result()); // its own copy, without the first board
        m_view->rootObject()->setProperty("board", QVariant::fromValue(m_board.get()));
    }
};

QTEST_MAIN(BoardViewTest)
#include "BoardViewTest.moc"
