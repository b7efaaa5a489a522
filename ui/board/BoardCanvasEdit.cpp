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
            document()->setNoteText(id, text,
                                    paperFor(text, item->note()->size.width()) +
                                        (isWebCard(*item) ? webHeadingHeight : 0));
        else if (item->frame())
            document()->setFramePrompt(id, text.trimmed());
    }
    Q_EMIT editingChanged();
    redraw();
}

void BoardCanvas::cancelEditing()
{
    m_editing = {};
    Q_EMIT editingChanged();
    redraw();
}

double BoardCanvas::paperFor(const QString &text, double width) const
{
    return std::max(board::Note().size.height(),
                    noteHeight(text, noteFont(QGuiApplication::font()), width));
}

QPointF BoardCanvas::pastePoint() const
{
    return m_view.toBoard(m_pointer.isNull() ? boundingRect().center() : m_pointer);
}

void BoardCanvas::addFrameHere()
{
    if (!document())
        return;
    const double side = 512;
    const ItemId id = document()->addFrame(pastePoint(), {side, side});
    m_controller->select({id});
}

void BoardCanvas::addNoteHere()
{
    if (!document())
        return;
    const ItemId id = document()->addNote({}, pastePoint());
    if (!id.isNull())
        edit(id.toString(QUuid::WithoutBraces));
}

} // namespace moodloom::ui
