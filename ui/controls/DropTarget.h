// A place where pictures and text can be dropped, from this program and from others.
//
// What it does not want goes on to what lies below it. UI thread.
#pragma once

#include "ui/controls/DropContent.h"

#include <QQuickItem>

namespace moodloom::ui {

class DropTarget : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool containsDrag READ containsDrag NOTIFY containsDragChanged)
    Q_PROPERTY(bool acceptsText MEMBER m_acceptsText NOTIFY acceptsChanged)
    Q_PROPERTY(
        bool acceptsAssets MEMBER m_acceptsAssets NOTIFY acceptsChanged) // of our own library
public:
    explicit DropTarget(QQuickItem *parent = nullptr);

    bool containsDrag() const { return m_containsDrag; }

Q_SIGNALS:
    void containsDragChanged();
    void acceptsChanged();
    void received(const moodloom::ui::DropContent &content);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    bool welcomes(const QMimeData &mime) const;
    void setContainsDrag(bool contains);

    bool m_acceptsText = true;
    bool m_acceptsAssets = true;
    bool m_containsDrag = false;
};

} // namespace moodloom::ui
