// How the import goes: "Indexing 1,204 of 18,930 · 212 a second · 1 min 20 s left".
//
// UI thread; borrows the service, which outlives it.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace moodloom::session {
class LibraryService;
}

namespace moodloom::ui {

class ImportProgress : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("LibraryModel owns it")
    Q_PROPERTY(bool running READ isRunning NOTIFY changed)
    Q_PROPERTY(bool paused READ isPaused NOTIFY changed)
    Q_PROPERTY(double share READ share NOTIFY changed) // done of found, 0..1
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QString current READ current NOTIFY changed) // the file being read
public:
    explicit ImportProgress(session::LibraryService *library, QObject *parent = nullptr);

    bool isRunning() const;
    bool isPaused() const;
    double share() const;
    QString text() const;
    QString current() const;

    Q_INVOKABLE void pause();
    Q_INVOKABLE void resume();
    Q_INVOKABLE void cancel(); // what was done stays

    void retranslate() { Q_EMIT changed(); }

Q_SIGNALS:
    void changed();

private:
    session::LibraryService *m_library;
};

} // namespace moodloom::ui
