// What is made and written on the canvas itself: a frame's prompt, a note's text.
#include "ui/board/BoardCanvas.h"
#include "ui/board/NoteText.h"

#include <QGuiApplication>

#include <algorithm>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

QString BoardCanvas::editing() const
{
    return m_editing.isNull() ? QString() : m_editing.toString(QUuid::WithoutBraces);
}

QRectF BoardCanvas::editingRect() const
{
    const Item *item = document() ? document()->item(m_editing) : nullptr;
    if (!item)
        return {};
    const QRectF bounds = board::boundingRect(*item);
    const QRectF screen(m_view.toScreen(bounds.topLeft()), bounds.size() * m_view.zoom);
    if (item->note())
        return screen;
    return {screen.left(), screen.top() - 32, std::max(240.0, screen.width()), 28};
}

void BoardCanvas::edit(const QString &id)
{
    const Item *item = document() ? document()->item(ItemId(id)) : nullptr;
    if (!item || !(item->note() || item->frame()) || m_controller->isReadOnly())
        return;
    if (item->note() && item->locked) { // what is typed could not be kept
        Q_EMIT told(tr("This note is locked"));
        return;
    }
    m_editing = item->id;
    m_controller->select({m_editing});
    Q_EMIT editingChanged();
    Q_EMIT editingRectChanged();
    redraw();
}

void BoardCanvas::finishEditing(const QString &text)
{
    const ItemId id = std::exchange(m_editing, {});
    if (const Item *item = document() ? document()->item(id) : nullptr) {
        if (item->note())
            document()->setNoteText(id, text, paperHeight(*item, text));
        else if (item->frame())
            document()->setFramePrompt(id, text.trimmed());
    }
    forgetEmptyNote();
    Q_EMIT editingChanged();
    redraw();
}

void BoardCanvas::cancelEditing()
{
    m_editing = {};
    forgetEmptyNote();
    Q_EMIT editingChanged();
    redraw();
}

// A note that was begun and left without a word.
void BoardCanvas::forgetEmptyNote()
{
    const ItemId id = std::exchange(m_newNote, {});
    const Item *item = document() ? document()->item(id) : nullptr;
    if (item && item->note() && item->note()->text.trimmed().isEmpty())
        document()->remove({id});
}

// One that was given another width was given its whole size, which says where its words act.
double BoardCanvas::paperHeight(const Item &note, const QString &text) const
{
    const QSizeF size = note.note()->size;
    if (isWebCard(note))
        return paperFor(text, size.width()) + webHeadingHeight;
    return size.width() == board::Note().size.width() ? paperFor(text, size.width()) : size.height();
}

double BoardCanvas::paperFor(const QString &text, double width) const
{
    return std::max(board::Note().size.height(),
                    noteHeight(text, noteFont(QGuiApplication::font()), width));
}

QPointF BoardCanvas::pastePoint() const
{
    return m_view.toBoard(isPointed() ? m_pointer : boundingRect().center());
}

QPointF BoardCanvas::freePlace(QSizeF size) const
{
    const auto isFree = [this](const QRectF &place) {
        const QVector<ItemId> items = document()->items();
        return std::none_of(items.begin(), items.end(), [&](const ItemId &id) {
            const Item &item = *document()->item(id);
            return item.isVisible() && board::boundingRect(item).intersects(place);
        });
    };
    QRectF place({}, size);
    place.moveCenter(m_view.centre);
    if (isFree(place))
        return place.center();
    constexpr double gap = 64;
    const QRectF all = document()->extent(document()->items());
    return {all.right() + gap + size.width() / 2, all.center().y()};
}

QPointF BoardCanvas::menuPlace() const
{
    const QRectF shown(QPointF(0, 0), size());
    const QRectF items = document() ? document()->extent(m_controller->selection()) : QRectF();
    const QPointF at = items.isEmpty() ? QPointF(width() / 2, 8) : m_view.toScreen(items.center());
    return {std::clamp(at.x(), shown.left(), shown.right()), std::clamp(at.y(), shown.top(), shown.bottom())};
}

void BoardCanvas::addFrameHere()
{
    if (!document())
        return;
    const QSizeF size(512, 512);
    const ItemId id = document()->addFrame(isPointed() ? pastePoint() : freePlace(size), size);
    m_controller->select({id});
    if (const QRectF place = document()->extent({id}); !isPointed() && !m_view.visible().contains(place))
        fitAll();
}

void BoardCanvas::addNoteHere()
{
    if (!document())
        return;
    const Item *frame = m_controller->selectedCount() == 1
                            ? document()->item(m_controller->selection().first())
                            : nullptr;
    const ItemId id = document()->addNote({}, isPointed()               ? pastePoint()
                                              : frame && frame->frame() ? frame->centre
                                                                        : freePlace(board::Note().size));
    if (id.isNull())
        return;
    m_newNote = id;
    if (const QRectF place = document()->extent({id});
        !isPointed() && !m_view.visible().contains(place))
        fitAll();
    edit(id.toString(QUuid::WithoutBraces));
}

} // namespace moodloom::ui
