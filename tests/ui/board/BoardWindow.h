// A board in a window of its own, for tests that drive it with real mouse and keys. One object a test
// function; the board's file lives as long as it.
#pragma once

#include "ui/board/BoardCanvas.h"
#include "ui/controls/IconProvider.h"

#include <QQmlEngine>
#include <QQuickView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace moodloom::test {

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
        board::Picture picture;
        picture.hash = hash;
        picture.size = size;
        picture.caption = hash;
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

    QObject *child(const QString &name) const { return view.rootObject()->findChild<QObject *>(name); }
    QColor colorAt(QPointF at) { return view.grabWindow().pixelColor(screen(at)); }

    QTemporaryDir home;
    std::unique_ptr<board::Board> board; // outlives the view
    QQuickView view;
    ui::BoardCanvas *canvas = nullptr;
    ui::BoardController *controller = nullptr;
};

} // namespace moodloom::test
