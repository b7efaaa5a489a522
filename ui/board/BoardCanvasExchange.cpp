// Drops, clipboard and dragging out: how pictures come onto the canvas and leave it.
#include "ui/board/BoardCanvas.h"
#include "ui/board/BoardMime.h"
#include "ui/board/NoteText.h"

#include <QClipboard>
#include <QDrag>
#include <QGuiApplication>
#include <QQuickWindow>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

// A browser may say what the picture is called.
QString captionOf(const Arrival &arrival, const QString &caption)
{
    return !caption.isEmpty() || arrival.links.isEmpty() ? caption : arrival.links.first().title;
}

} // namespace

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
    const ItemId shelf = shelfAt(event->position());
    const QMimeData &mime = *event->mimeData();
    if (event->source() != this || m_draggedBoard != document())
        take(arrivalFrom(mime), captionFrom(mime), at, shelf);
    else if (!shelf.isNull() && !m_draggedOut.contains(shelf)) // out and back again
        document()->setOnShelf(shelf, m_draggedOut, true);
    else
        document()->move(m_draggedOut, at - m_draggedFrom);
    event->setDropAction(Qt::CopyAction);
    event->accept();
    forceActiveFocus(Qt::OtherFocusReason);
}

void BoardCanvas::take(const Arrival &arrival, const QString &caption, QPointF at, ItemId shelf)
{
    board::Board &board = *document();
    if (!shelf.isNull() && (arrival.hasPicture() || !arrival.items.isEmpty())) {
        // What comes onto a shelf lies below its frame, not on the shelf's thumbnails.
        const QRectF frame = board::boundingRect(*board.item(shelf));
        at = {frame.center().x(), frame.bottom() + frame.height() / 3};
    }
    if (const ItemId known = pictureOfAsset(arrival.assetId); !known.isNull()) {
        // It came with the search: the hand puts it where it belongs.
        board::Board::Transaction transaction(
            &board, QT_TRANSLATE_NOOP("moodloom::board::Board", "Place reference"));
        if (shelf.isNull())
            board.move({known}, at - board.item(known)->centre);
        else
            board.setOnShelf(shelf, {known}, true);
        board.setPinned({known}, true);
        board.raise({known});
        transaction.commit();
        m_controller->select({known});
        return;
    }
    int job = 0;
    if (!arrival.items.isEmpty()) {
        const QVector<ItemId> ids = board.paste(arrival.items, at);
        if (!shelf.isNull())
            board.setOnShelf(shelf, ids, true);
        m_controller->select(ids);
    } else if (arrival.files.size() == 1 && arrival.assetId == 0 && shelf.isNull()) {
        importUnlessTake(arrival.files.first(), at);
    } else if (!arrival.files.isEmpty()) {
        job = board.importFiles(arrival.files, at, arrival.assetId);
    } else if (!arrival.encoded.isEmpty()) {
        job = board.importBytes(arrival.encoded, captionOf(arrival, caption), at, arrival.source());
    } else if (!arrival.image.isNull()) {
        job = board.importImage(arrival.image, captionOf(arrival, caption), at, arrival.source());
    } else if (!arrival.links.isEmpty()) {
        addCards(arrival.links, at);
    } else if (!arrival.text.isEmpty()) {
        m_controller->select(
            {board.addNote(arrival.text, at, QSizeF(0, paperFor(arrival.text, board::Note().size.width())))});
    }
    if (job != 0 && !shelf.isNull())
        m_forShelf.insert(job, shelf);
}

// Addresses become cards that offer to fetch the pictures there; nothing is asked of them now.
void BoardCanvas::addCards(const QVector<WebLink> &links, QPointF at)
{
    QVector<board::WebPicture> pictures;
    QVector<double> heights;
    for (const WebLink &link : links) {
        pictures.append({link.address, link.title});
        const QString text =
            link.title.isEmpty() ? link.address.toString(QUrl::FullyEncoded) : link.title;
        heights.append(paperFor(text, board::webCardWidth) + webHeadingHeight);
    }
    m_controller->select(document()->addWebCards(pictures, at, heights));
}

ItemId BoardCanvas::pictureOfAsset(qint64 asset) const
{
    if (asset != 0)
        for (const ItemId &id : document()->items()) {
            const Item *item = document()->item(id);
            if (item->isVisible() && !item->locked && item->picture() &&
                item->picture()->assetId == asset)
                return id;
        }
    return {};
}

QRectF BoardCanvas::selectedCards() const
{
    QRectF all;
    if (document() && m_controller->web()->cards() > 0 && !isPresenting() && m_editing.isNull()) {
        const QHash<ItemId, Item> moved = m_gesture.preview();
        for (const ItemId &id : m_controller->selection())
            if (const Item *item = document()->item(id); item && isWebCard(*item))
                all |= board::boundingRect(moved.value(id, *item));
    }
    return all.isNull() ? QRectF()
                        : QRectF(m_view.toScreen(all.topLeft()), all.size() * m_view.zoom);
}

void BoardCanvas::finishArrival(int job, const QVector<QUuid> &ids)
{
    if (const ItemId shelf = m_forShelf.take(job); !shelf.isNull() && document()->item(shelf))
        document()->setOnShelf(shelf, ids, true);
}

void BoardCanvas::addFiles(const QList<QUrl> &files)
{
    DropContent content;
    for (const QUrl &file : files)
        if (file.isLocalFile())
            content.files.append(file.toLocalFile());
    add(content);
}

void BoardCanvas::add(const DropContent &content)
{
    if (document() && content.hasPicture())
        take({content, {}}, {}, m_view.centre);
}

void BoardCanvas::addItems(const QString &json)
{
    QMimeData mime;
    mime.setData(QLatin1String(itemsMimeType), json.toUtf8());
    if (document() && !m_controller->isReadOnly())
        take(arrivalFrom(mime), {}, m_view.centre);
}

void BoardCanvas::paste()
{
    if (const QMimeData *mime = QGuiApplication::clipboard()->mimeData(); mime && document())
        take(arrivalFrom(*mime), captionFrom(*mime), pastePoint());
}

// -- Out

void BoardCanvas::copy()
{
    if (!document() || m_controller->selection().isEmpty())
        return;
    // At once with what is in memory; the files follow when the disk has given them.
    const QVector<Item> items = copiedItems();
    QGuiApplication::clipboard()->setMimeData(mimeFor(items, {}, {}).release());
    prepareFiles();
    const quint64 serial = m_dragSerial;
    const auto finished = [this, items, serial] {
        if (serial != m_dragSerial || (m_dragFiles.isEmpty() && m_dragImage.isNull()))
            return;
        QGuiApplication::clipboard()->setMimeData(
            mimeFor(withFiles(items), m_dragFiles, m_dragImage).release());
    };
    connect(this, &BoardCanvas::filesPrepared, this, finished, Qt::SingleShotConnection);
}

// Another board takes the pixels from there: pasted pictures have no file of their own.
QVector<Item> BoardCanvas::withFiles(QVector<Item> items) const
{
    for (Item &item : items)
        if (board::Picture *picture = item.picture())
            picture->path = m_dragPaths.value(picture->hash, picture->path);
    return items;
}

void BoardCanvas::cut()
{
    copy();
    QVector<ItemId> ids;
    for (const Item &item : copiedItems())
        ids.append(item.id);
    m_controller->select(ids);
    m_controller->remove();
}

void BoardCanvas::prepareFiles()
{
    m_dragFiles.clear();
    m_dragPaths.clear();
    m_dragImage = {};
    const quint64 serial = ++m_dragSerial;
    struct Source
    {
        QString hash, path;
    };
    QVector<Source> sources;
    for (const Item &item : m_gesture.items.isEmpty() ? copiedItems() : m_gesture.items) {
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
        store->file(source.hash, source.path).then(this, [this, serial, done, hash = source.hash](const Result<QString> &file) {
            if (file && serial == m_dragSerial) {
                m_dragFiles.append(*file);
                m_dragPaths.insert(hash, *file);
            }
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
    drag->setMimeData(mimeFor(withFiles(m_gesture.items), m_dragFiles, m_dragImage).release());
    if (!m_dragImage.isNull()) {
        const double ratio = window() ? window()->effectiveDevicePixelRatio() : 1;
        const int side = qRound(128 * ratio);
        QPixmap pixmap = QPixmap::fromImage(
            m_dragImage.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation));
        pixmap.setDevicePixelRatio(ratio);
        drag->setPixmap(pixmap);
    }
    m_draggedOut = m_gesture.ids();
    m_draggedFrom = m_gesture.start;
    m_draggedBoard = document();
    cancelGesture(); // on the board nothing moves
    ungrabMouse();
    drag->exec(Qt::CopyAction);
    m_draggedOut.clear();
}

} // namespace moodloom::ui
