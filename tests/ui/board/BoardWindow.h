// A board in a window of its own, for tests that drive it with real mouse and keys. One object a test
// function; the board's file lives as long as it.
#pragma once

#include "ui/board/BoardCanvas.h"
#include "ui/controls/IconProvider.h"

#include <QMimeData>
#include <QQmlEngine>
#include <QQuickView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace moodloom::test {

// A picture that no file holds.
inline board::Picture picture(const QString &hash, QSize size)
{
    board::Picture picture;
    picture.hash = hash;
    picture.size = size;
    picture.caption = hash;
    return picture;
}

class BoardWindow
{
public:
    BoardWindow()
    {
        board = std::move(*board::Board::create(home.filePath(QStringLiteral("a.moodloom"))));
        view.engine()->addImageProvider(QStringLiteral("icon"), new ui::IconProvider);
        view.engine()->addImportPath(QStringLiteral("qrc:/qt/qml"));
        view.setResizeMode(QQuickView::SizeRootObjectToView);
        view.resize(1000, 700);
        view.setInitialProperties({{QStringLiteral("board"), QVariant::fromValue(board.get())}});
        view.setSource(QUrl(QStringLiteral("qrc:/qt/qml/Moodloom/Board/BoardView.qml")));
        if (view.status() != QQuickView::Ready)
            qFatal("%s", qPrintable(view.errors().value(0).toString()));
        view.show();
        if (!QTest::qWaitForWindowExposed(&view))
            qFatal("no window");
        canvas = view.rootObject()->property("canvas").value<ui::BoardCanvas *>();
        controller = view.rootObject()->property("controller").value<ui::BoardController *>();
        canvas->forceActiveFocus();
        canvas->setZoom(1);
    }

    // A picture of `size` board units; without a file when `path` is empty.
    board::ItemId add(const QString &hash, QPointF centre, QSize size = {200, 200}, const QString &path = {})
    {
        board::Picture picture = test::picture(hash, size);
        picture.path = path;
        const board::ItemId id = board->addPictures({picture}, centre, false).first();
        board->scale({id}, 1 / board->item(id)->scale, centre);
        return id;
    }

    QPoint screen(QPointF at) const { return canvas->mapToScene(canvas->view().toScreen(at)).toPoint(); }
    QPointF centre(board::ItemId id) const { return board->item(id)->centre; }

    void key(int code, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view, Qt::Key(code), modifiers); }
    void click(QPointF at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(&view, Qt::LeftButton, modifiers, screen(at));
    }
    // Through these points of the board; `held` from the first movement on.
    void drag(const QVector<QPointF> &way, Qt::KeyboardModifiers pressed = {}, Qt::KeyboardModifiers held = {})
    {
        press(way.first(), pressed);
        for (qsizetype i = 1; i < way.size(); ++i)
            for (int step = 1; step <= 8; ++step)
                moveTo(way[i - 1] + (way[i] - way[i - 1]) * step / 8, held);
        release(way.last(), held);
    }
    void press(QPointF at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(&view, Qt::LeftButton, modifiers, screen(at));
    }
    void moveTo(QPointF at, Qt::KeyboardModifiers modifiers = {})
    {
        const QPointF to = screen(at);
        QMouseEvent event(QEvent::MouseMove, to, view.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(&view, &event);
    }
    void release(QPointF at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseRelease(&view, Qt::LeftButton, modifiers, screen(at));
    }

    // Between points of the window, in one line.
    void dragOnScreen(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mousePress(&view, button, {}, from);
        for (int i = 1; i <= 8; ++i)
            QTest::mouseMove(&view, from + (to - from) * i / 8);
        QTest::mouseRelease(&view, button, {}, to);
    }
    void wheel(QPointF at, int notches, Qt::KeyboardModifiers modifiers = {})
    {
        const QPointF there = screen(at);
        QWheelEvent event(there, view.mapToGlobal(there), {}, {0, 120 * notches}, Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &event);
    }
    // As a program drops it that would also move the files.
    void drop(const QMimeData &mime, QPointF at)
    {
        const QPoint there = screen(at);
        QDragEnterEvent enter(there, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&view, &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(there, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&view, &move);
        QDropEvent event(there, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&view, &event);
        QVERIFY(event.isAccepted());
        QCOMPARE(event.dropAction(), Qt::CopyAction);
    }
    // A file of one colour beside the board.
    QString file(const QString &name, const QColor &color, QSize size = {300, 200}) const
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(color);
        const QString path = home.filePath(name);
        image.save(path);
        return path;
    }

    QObject *childOfType(const char *type) const
    {
        for (QObject *object : view.rootObject()->findChildren<QObject *>())
            if (QByteArray(object->metaObject()->className()).startsWith(type))
                return object;
        return nullptr;
    }
    // What is on the screen, those that a Repeater made, too.
    QQuickItem *shown(const QString &name, QQuickItem *within = nullptr) const
    {
        QQuickItem *root = within ? within : qobject_cast<QQuickItem *>(view.rootObject());
        if (!root->isVisible() || root->objectName() == name)
            return root->isVisible() ? root : nullptr;
        for (QQuickItem *item : root->childItems())
            if (QQuickItem *found = shown(name, item))
                return found;
        return nullptr;
    }
    QObject *child(const QString &name) const { return view.rootObject()->findChild<QObject *>(name); }
    QColor colorAt(QPointF at) { return view.grabWindow().pixelColor(screen(at)); }

    QTemporaryDir home;
    std::unique_ptr<board::Board> board; // outlives the view
    QQuickView view;
    ui::BoardCanvas *canvas = nullptr;
    ui::BoardController *controller = nullptr;
};

} // namespace moodloom::test
