// Drops, clipboard and dragging out: how pictures come onto the canvas and leave it.
#include "ui/board/BoardCanvas.h"
#include "ui/board/BoardMime.h"

#include <QClipboard>
#include <QDrag>
#include <QGuiApplication>
#include <QQuickWindow>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

// -- In

void BoardCanvas::dragEnterEvent(QDragEnterEvent *event)
{
    dragMoveEvent(event);
}

void BoardCanvas::dragMoveEvent(QDragMoveEvent *event)
{
    const bool welcome = document() && !m_controller->isReadOnly() && canArrive(*event->mimeData());
    event->setAccepted(welcome);
    if (welcome && event->proposedAction() != Qt::CopyAction)
        event->setDropAction(Qt::CopyAction); // a file manager must not move the file away
    if (m_dropHovering != welcome) {
        m_dropHovering = welcome;
        Q_EMIT dropHoveringChanged();
    }
}

void BoardCanvas::dragLeaveEvent(QDragLeaveEvent *)
{
    m_dropHovering = false;
    Q_EMIT dropHoveringChanged();
}

void BoardCanvas::dropEvent(QDropEvent *event)
{
    m_dropHovering = false;
    Q_EMIT dropHoveringChanged();
    if (!document() || m_controller->isReadOnly()) {
        event->ignore();
        return;
    }
    const QPointF at = m_view.toBoard(event->position());
    if (event->source() == this) // out and back again: a move
        document()->move(m_draggedOut, at - m_draggedFrom);
    else
        take(*event->mimeData(), at);
    event->setDropAction(Qt::CopyAction);
    event->accept();
    forceActiveFocus(Qt::OtherFocusReason);
}

void BoardCanvas::take(const QMimeData &mime, QPointF at)
{
    const Arrival arrival = arrivalFrom(mime);
    const QString caption = mime.hasText() && !mime.text().contains(QLatin1Char('\n')) &&
                                    mime.text().size() < 200 && !mime.text().contains(QStringLiteral("://"))
                                ? mime.text()
                                : QString();
    if (!arrival.items.isEmpty())
        m_controller->select(document()->paste(arrival.items, at));
    else if (!arrival.files.isEmpty())
        document()->importFiles(arrival.files, at, arrival.assetId);
    else if (!arrival.encoded.isEmpty())
        document()->importBytes(arrival.encoded, caption, at);
    else if (!arrival.image.isNull())
        document()->importImage(arrival.image, caption, at);
    else if (!arrival.text.isEmpty())
        m_controller->select({document()->addNote(arrival.text, at)});
}

void BoardCanvas::addFiles(const QList<QUrl> &files)
{
    QStringList paths;
    for (const QUrl &file : files)
        if (file.isLocalFile())
            paths.append(file.toLocalFile());
    if (document() && !paths.isEmpty())
        document()->importFiles(paths, m_view.centre);
}

void BoardCanvas::paste()
{
    if (const QMimeData *mime = QGuiApplication::clipboard()->mimeData(); mime && document())
        take(*mime, pastePoint());
}

// -- Out

void BoardCanvas::copy()
{
    if (!document() || m_controller->selection().isEmpty())
        return;
    // At once with what is in memory; the files follow when the disk has given them.
    const QVector<Item> items = selectedItems();
    QGuiApplication::clipboard()->setMimeData(mimeFor(items, {}, {}).release());
    prepareFiles();
    const quint64 serial = m_dragSerial;
    const auto finished = [this, items, serial] {
        if (serial == m_dragSerial && (!m_dragFiles.isEmpty() || !m_dragImage.isNull()))
            QGuiApplication::clipboard()->setMimeData(mimeFor(items, m_dragFiles, m_dragImage).release());
    };
    connect(this, &BoardCanvas::filesPrepared, this, finished, Qt::SingleShotConnection);
}

void BoardCanvas::cut()
{
    copy();
    m_controller->remove();
}

void BoardCanvas::prepareFiles()
{
    m_dragFiles.clear();
    m_dragImage = {};
    const quint64 serial = ++m_dragSerial;
    struct Source
    {
        QString hash, path;
    };
    QVector<Source> sources;
    for (const Item &item : m_gesture.items.isEmpty() ? selectedItems() : m_gesture.items) {
        if (item.picture())
            sources.append({item.picture()->hash, item.picture()->path});
        else if (item.frame())
            if (const board::FrameTake *take = document()->take(item.frame()->shownTake))
                sources.append({take->hash, {}});
    }
    auto waiting = std::make_shared<qsizetype>(sources.size() + (sources.size() == 1 ? 1 : 0));
    const auto done = [this, serial, waiting] {
        if (--*waiting == 0 && serial == m_dragSerial)
            Q_EMIT filesPrepared();
    };
    const auto &store = document()->store();
    for (const Source &source : sources)
        store->file(source.hash, source.path).then(this, [this, serial, done](const Result<QString> &file) {
            if (file && serial == m_dragSerial)
                m_dragFiles.append(*file);
            done();
        });
    if (sources.size() == 1)
        store->picture(sources[0].hash, sources[0].path, 0)
            .then(this, [this, serial, done](const Result<QImage> &image) {
                if (image && serial == m_dragSerial)
                    m_dragImage = *image;
                done();
            });
}

void BoardCanvas::dragOut()
{
    if (m_dragFiles.isEmpty() && m_dragImage.isNull())
        return; // still being read: the next movement asks again
    auto *drag = new QDrag(this);
    drag->setMimeData(mimeFor(m_gesture.items, m_dragFiles, m_dragImage).release());
    if (!m_dragImage.isNull())
        drag->setPixmap(QPixmap::fromImage(
            m_dragImage.scaled(128, 128, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    m_draggedOut = m_gesture.ids();
    m_draggedFrom = m_gesture.start;
    cancelGesture(); // on the board nothing moves
    ungrabMouse();
    drag->exec(Qt::CopyAction);
    m_draggedOut.clear();
}

} // namespace moodloom::ui
