#include "ui/controls/DropTarget.h"

#include <QDropEvent>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace moodloom::ui {

DropTarget::DropTarget(QQuickItem *parent) : QQuickItem(parent)
{
    setFlag(ItemAcceptsDrops);
}

bool DropTarget::welcomes(const QMimeData &mime) const
{
    if (!m_acceptsAssets && mime.hasFormat(QLatin1String(assetMimeType)))
        return false;
    if (m_acceptsText || mime.hasImage())
        return canDrop(mime);
    const QList<QUrl> urls = mime.urls();
    return std::any_of(urls.begin(), urls.end(), [](const QUrl &url) { return url.isLocalFile(); });
}

void DropTarget::setContainsDrag(bool contains)
{
    if (m_containsDrag == contains)
        return;
    m_containsDrag = contains;
    Q_EMIT containsDragChanged();
}

void DropTarget::dragEnterEvent(QDragEnterEvent *event)
{
    dragMoveEvent(event);
}

void DropTarget::dragMoveEvent(QDragMoveEvent *event)
{
    const bool welcome = welcomes(*event->mimeData());
    event->setAccepted(welcome);
    if (welcome && event->proposedAction() != Qt::CopyAction)
        event->setDropAction(Qt::CopyAction); // a file manager must not move the file away
    setContainsDrag(welcome);
}

void DropTarget::dragLeaveEvent(QDragLeaveEvent *)
{
    setContainsDrag(false);
}

void DropTarget::dropEvent(QDropEvent *event)
{
    setContainsDrag(false);
    const DropContent content = dropContentFrom(*event->mimeData());
    if (!welcomes(*event->mimeData()) || content.isEmpty() ||
        (!m_acceptsText && !content.hasPicture())) {
        event->ignore();
        return;
    }
    event->setDropAction(Qt::CopyAction);
    event->accept();
    Q_EMIT received(content);
}

} // namespace moodloom::ui
