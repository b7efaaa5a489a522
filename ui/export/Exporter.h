// Writes a take to a file that the user chooses, in the background.
//
// UI thread; borrows the session, which outlives it. Errors reach the user through Session::failed.
#pragma once

#include <QObject>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <QCoroTask>

namespace moodloom::session {
class Session;
}

namespace moodloom::ui {

class Exporter : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Workspace owns it")
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
public:
    enum class Format { Png, Psd };
    Q_ENUM(Format)

    explicit Exporter(session::Session *session, QObject *parent = nullptr);

    bool isBusy() const { return m_running > 0; }

    // Where the last export went, with a name made of the prompt; the extension fits the format.
    Q_INVOKABLE QUrl suggestion(const QString &prompt, moodloom::ui::Exporter::Format format) const;
    // A missing extension is added. exported() follows, or Session::failed.
    Q_INVOKABLE void write(const QString &take, const QUrl &file,
                           moodloom::ui::Exporter::Format format);
    // Opens the file's folder in the system's file manager.
    Q_INVOKABLE void showInFolder(const QString &path) const;

Q_SIGNALS:
    void busyChanged();
    void exported(const QString &path);

private:
    QCoro::Task<void> run(QString take, QString path, Format format);

    session::Session *m_session;
    int m_running = 0;
};

} // namespace moodloom::ui
