#include "tests/ui/gallery/States.h"

#include "tests/ui/ShownItems.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QTimer>

namespace moodloom::gallery {

ui::BoardCanvas &Stage::canvas() const
{
    return *window.findChild<ui::BoardCanvas *>(QStringLiteral("boardCanvas"));
}

QObject *Stage::object(const char *name) const
{
    return window.findChild<QObject *>(QString::fromLatin1(name));
}

QVector<QQuickItem *> Stage::items(const char *name) const
{
    return fake::itemsNamed(window.contentItem(), QString::fromLatin1(name));
}

QQuickItem *Stage::item(const char *name) const
{
    const QVector<QQuickItem *> found = items(name);
    if (found.isEmpty())
        qFatal("gallery: %s is not shown", name);
    return found.first();
}

void Stage::trigger(const char *action) const
{
    workspace.actions()->trigger(QString::fromLatin1(action));
}

void Stage::press(Qt::Key key, Qt::KeyboardModifiers modifiers, const QString &text) const
{
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, modifiers, text);
        QCoreApplication::sendEvent(&window, &event);
    }
    settle(20);
}

void Stage::type(const QString &text) const
{
    for (const QChar letter : text) {
        QKeyEvent event(QEvent::KeyPress, 0, Qt::NoModifier, QString(letter));
        QCoreApplication::sendEvent(&window, &event);
    }
    settle(20);
}

void Stage::point(QPointF at) const
{
    for (const QPointF &place : {at - QPointF(2, 2), at}) {
        QMouseEvent event(QEvent::MouseMove, place, window.mapToGlobal(place), Qt::NoButton,
                          Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &event);
        settle(20);
    }
}

void Stage::settle(int milliseconds) const
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

const std::map<QString, State> &states()
{
    static const std::map<QString, State> all = [] {
        std::map<QString, State> made;
        addBoardStates(made);
        addPanelStates(made);
        addPageStates(made);
        return made;
    }();
    return all;
}

QString enter(Stage &stage, const QStringList &names)
{
    for (const QString &name : names) {
        const auto found = states().find(name);
        if (found == states().end())
            return name;
        found->second(stage);
    }
    return {};
}

} // namespace moodloom::gallery
