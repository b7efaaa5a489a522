// Starts the interface: fonts, image providers, language, the window.
//
// The composition root makes the Session and hands it in; everything here lives on the UI thread and
// ends before the Session.
#pragma once

#include "ui/shell/Workspace.h"

#include <QQmlApplicationEngine>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class Interface : public QObject
{
    Q_OBJECT
public:
    // Requires: a QGuiApplication. The session outlives the interface.
    explicit Interface(session::Session *session, QObject *parent = nullptr);
    ~Interface() override;

    // Shows the window. False when the QML could not be loaded (a broken installation); the reasons
    // are on the error stream.
    bool show();

    Workspace *workspace() { return &m_workspace; }
    QQmlApplicationEngine *engine() { return &m_engine; }

private:
    Workspace m_workspace;
    QQmlApplicationEngine m_engine; // goes first: its objects use the workspace
};

} // namespace moodloom::ui
