// Writes a take to a file that the user chooses, in the background.
//
// UI thread; borrows the session, which outlives it.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <QUrl>

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
    // Where the last export went, else the user's pictures.
    Q_PROPERTY(QString folder READ folder NOTIFY folderChanged)
    // Why the last export failed, for people; empty = it did not, or that was dismissed.
    Q_PROPERTY(QString problem READ problem NOTIFY problemChanged)
public:
    enum class Format { Png, Psd };
    Q_ENUM(Format)

    explicit Exporter(session::Session *session, QObject *parent = nullptr);

    bool isBusy() const { return m_running > 0; }

    const QString &problem() const { return m_problem; }
    Q_INVOKABLE void dismissProblem() { setProblem({}); }

    QString folder() const;
    Q_INVOKABLE void setFolder(const QUrl &folder);

    // A file's name made of the prompt, without an extension.
    Q_INVOKABLE QString nameFor(const QString &prompt) const;
    // The path of what the user typed: a missing extension is added, an absolute path goes its own
    // way. Empty for an empty name.
    Q_INVOKABLE QString pathFor(const QString &folder, const QString &name,
                                moodloom::ui::Exporter::Format format) const;
    Q_INVOKABLE bool exists(const QString &path) const;
    // Replaces what is there. exported() follows, or failed() with `problem`.
    Q_INVOKABLE void write(const QString &take, const QString &path,
                           moodloom::ui::Exporter::Format format);
    // Opens the file's folder in the system's file manager.
    Q_INVOKABLE void showInFolder(const QString &path) const;

Q_SIGNALS:
    void busyChanged();
    void folderChanged();
    void problemChanged();
    void exported(const QString &path);
    void failed();

private:
    void setProblem(const QString &problem);
    QCoro::Task<void> run(QString take, QString path, Format format);

    session::Session *m_session;
    QString m_problem;
    int m_running = 0;
};

} // namespace moodloom::ui
