// The states that the gallery puts its window into. Each adds to what is there: "found takes
// viewer".
//
// UI thread.
#pragma once

#include "core/session/Session.h"
#include "ui/board/BoardCanvas.h"
#include "ui/shell/Workspace.h"

#include <QQuickItem>
#include <QQuickWindow>

#include <functional>
#include <map>

namespace moodloom::testing {
class FileServer;
}

namespace moodloom::gallery {

struct Stage
{
    session::Session &session;
    ui::Workspace &workspace;
    QQuickWindow &window;
    testing::FileServer &hub; // where models are fetched from
    bool chinese = false;

    QString say(const char *english, const char *chineseText) const
    {
        return QString::fromUtf8(chinese ? chineseText : english);
    }
    ui::BoardCanvas &canvas() const;
    QObject *object(const char *name) const;
    QQuickItem *item(const char *name) const; // the first that is shown
    QVector<QQuickItem *> items(const char *name) const;
    void trigger(const char *action) const;
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}, const QString &text = {}) const;
    void type(const QString &text) const;
    void point(QPointF at) const; // the pointer rests there
    void settle(int milliseconds = 60) const;
};

using State = std::function<void(Stage &)>;

void addBoardStates(std::map<QString, State> &states);
void addPanelStates(std::map<QString, State> &states);
void addPageStates(std::map<QString, State> &states);
const std::map<QString, State> &states();

// Puts the stage into these, one after the other. Returns the first that there is no state of, else
// nothing.
QString enter(Stage &stage, const QStringList &names);

} // namespace moodloom::gallery
