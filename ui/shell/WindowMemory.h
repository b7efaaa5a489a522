// Puts a window where it was when the program last ended, if a screen is still there.
//
// UI thread; remembers in QSettings when the window is closed or changes.
#pragma once

#include <QPointer>
#include <QTimer>
#include <QWindow>
#include <QtQml/qqmlregistration.h>

namespace moodloom::ui {

class WindowMemory : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QWindow *window READ window WRITE setWindow NOTIFY windowChanged)
public:
    explicit WindowMemory(QObject *parent = nullptr);
    ~WindowMemory() override;

    QWindow *window() const { return m_window; }
    void setWindow(QWindow *window); // restores at once

Q_SIGNALS:
    void windowChanged();

private:
    void restore();
    void save() const;

    QPointer<QWindow> m_window;
    QTimer m_later;
};

} // namespace moodloom::ui
