// Who works with the keyboard does not lose it: when what had it goes away (a button that was
// needed once, a card that was dropped), what took its place or stands beside it in the order of
// Tab gets it; when all of its place goes (a dialog), what had it before, else the page that the
// window calls its `page`. And its ring is seen whatever gave it the keyboard, as long as keys are
// what is used.
//
// UI thread; belongs to the window.
#pragma once

#include <QPointer>
#include <QQuickItem>
#include <QQuickWindow>
#include <QVector>

namespace moodloom::ui {

class FocusKeeper : public QObject
{
    Q_OBJECT
public:
    explicit FocusKeeper(QQuickWindow *window);

    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void remember(QQuickItem *item);
    void keepLater();
    void keep();
    void showByKeys();

    QQuickWindow *m_window;
    QPointer<QQuickItem> m_item;                // had the keyboard last
    QVector<QPointer<QQuickItem>> m_around;     // what it is in, from the inside
    QVector<QPointer<QQuickItem>> m_neighbours; // the nearest first
    QVector<QPointer<QQuickItem>> m_past;       // what had it before, the newest first
    bool m_byKeys = false;                      // the last that was done
};

} // namespace moodloom::ui
