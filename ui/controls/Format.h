// Figures as people read them, in the interface's language: 1,204; 1 min 20 s; 3.4 MB.
//
// Stateless functions for C++ and the singleton `Format` for QML; UI thread.
#pragma once

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class Format : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    using QObject::QObject;

    Q_INVOKABLE static QString number(double value, int decimals = 0);
    // "40 s", "1 min 20 s", "2 h 5 min"; empty when negative (not known).
    Q_INVOKABLE static QString duration(double seconds);
    Q_INVOKABLE static QString bytes(double count);
    // "20 steps · seed 7" with each part kept on one line, where it is a short one; elsewhere
    // figures keep their units.
    Q_INVOKABLE static QString unbroken(const QString &text);
    // What the engine says, which it also says in the middle of a line, with a capital letter.
    Q_INVOKABLE static QString sentence(const QString &text);
    // The native spelling of a key sequence written portably: "Ctrl+Return" -> "Ctrl+↵".
    Q_INVOKABLE static QString keys(const QString &sequence);
    // A key press as a portable sequence, the keypad's keys as the others; empty for a modifier alone.
    Q_INVOKABLE static QString sequence(int key, int modifiers);
    // A path as the URL that other programs expect in a drag.
    Q_INVOKABLE static QString fileUrl(const QString &path);
    // The path of a file URL, as people read it.
    Q_INVOKABLE static QString localPath(const QUrl &url);
    // "~/Pictures" for what lies in the user's own folder; other paths as they are.
    Q_INVOKABLE static QString path(const QString &path);
};

} // namespace moodloom::ui
