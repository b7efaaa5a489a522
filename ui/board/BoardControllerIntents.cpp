// The intents of BoardController that QML calls, on the selection or on the board.
#include "ui/board/BoardController.h"
#include "ui/board/Gesture.h"

#include <algorithm>
#include <cmath>

namespace moodloom::ui {

using board::Board;
using board::Item;
using board::ItemId;

void BoardController::undo()
{
    if (m_board)
        m_board->undo();
}

void BoardController::redo()
{
    if (m_board)
        m_board->redo();
}

void BoardController::selectAll()
{
    if (m_board)
        select(m_board->items());
}

void BoardController::selectById(const QString &id)
{
    select({ItemId(id)});
}

void BoardController::toggleById(const QString &id)
{
    toggle(ItemId(id));
}

void BoardController::reveal(const QString &name)
{
    const ItemId id(name);
    const Item *item = m_board ? m_board->item(id) : nullptr;
    if (!item)
        return;
    if (item->hidden)
        m_board->setHidden({id}, false);
    select({id});
}

// Line by line, where a line is as high as a thumbnail.
QVector<ItemId> BoardController::inReadingOrder() const
{
    QVector<ItemId> ids = m_board ? m_board->items() : QVector<ItemId>();
    ids.removeIf([this](const ItemId &id) { return !m_board->item(id)->isVisible(); });
    std::sort(ids.begin(), ids.end(), [this](const ItemId &a, const ItemId &b) {
        const QPointF pa = boundingRect(*m_board->item(a)).topLeft();
        const QPointF pb = boundingRect(*m_board->item(b)).topLeft();
        const qint64 la = qint64(std::floor(pa.y() / 64)), lb = qint64(std::floor(pb.y() / 64));
        return la != lb ? la < lb : pa.x() != pb.x() ? pa.x() < pb.x() : a < b;
    });
    return ids;
}

bool BoardController::selectNext(bool backwards)
{
    const QVector<ItemId> ids = inReadingOrder();
    if (ids.isEmpty())
        return false;
    const qsizetype at = m_selection.isEmpty() ? -1 : ids.indexOf(m_selection.last());
    const qsizetype next = at < 0 ? (backwards ? ids.size() - 1 : 0) : at + (backwards ? -1 : 1);
    if (next < 0 || next >= ids.size())
        return false;
    select({ids[next]});
    return true;
}

void BoardController::extendSelection(bool backwards)
{
    QVector<ItemId> ids = inReadingOrder();
    const ItemId last = m_selection.isEmpty() ? ItemId() : m_selection.last();
    ids.removeIf([&](const ItemId &id) { return id != last && isSelected(id); });
    if (ids.isEmpty())
        return;
    const qsizetype at = ids.indexOf(last);
    const qsizetype next = at < 0 ? (backwards ? ids.size() - 1 : 0) : at + (backwards ? -1 : 1);
    if (next >= 0 && next < ids.size())
        toggle(ids[next]);
}

void BoardController::togglePin()
{
    if (!m_board || m_selection.isEmpty())
        return;
    m_board->setPinned(m_selection, !isPinned());
}

void BoardController::dropOrRemove()
{
    if (!m_board || m_selection.isEmpty())
        return;
    QVector<ItemId> references, others;
    for (const ItemId &id : m_selection)
        (m_board->item(id)->picture() ? references : others).append(id);
    select({}); // at once, not one after the other
    Board::Transaction transaction(
        m_board, references.isEmpty() ? QT_TRANSLATE_NOOP("moodloom::board::Board", "Remove")
                                      : QT_TRANSLATE_NOOP("moodloom::board::Board", "Drop"));
    if (!others.isEmpty())
        m_board->remove(others);
    if (!references.isEmpty())
        m_board->drop(references);
    transaction.commit();
    select(others + references); // what is locked is still there
}

void BoardController::remove()
{
    if (!m_board || m_selection.isEmpty())
        return;
    const QVector<ItemId> ids = m_selection;
    select({}); // at once, not one after the other
    m_board->remove(ids);
    select(ids); // what is locked is still there
}

void BoardController::duplicate()
{
    if (m_board && !m_selection.isEmpty())
        select(m_board->duplicate(m_selection, {24, 24}));
}

void BoardController::raise()
{
    if (m_board)
        m_board->raise(m_selection);
}

void BoardController::lower()
{
    if (m_board)
        m_board->lower(m_selection);
}

void BoardController::toggleLock()
{
    if (m_board)
        m_board->setLocked(m_selection, !isLocked());
}

void BoardController::unlock()
{
    if (m_board)
        m_board->setLocked(m_selection, false);
}

void BoardController::toggleShelf()
{
    const ItemId frame = activeFrame();
    if (!frame.isNull())
        m_board->setOnShelf(frame, m_selection, !isOnShelf());
}

void BoardController::flipHorizontally()
{
    if (m_board)
        m_board->flip(m_selection, Qt::Horizontal);
}

void BoardController::flipVertically()
{
    if (m_board)
        m_board->flip(m_selection, Qt::Vertical);
}

void BoardController::nudge(double dx, double dy)
{
    if (m_board)
        m_board->move(changeable(), {dx, dy});
}

QVector<ItemId> BoardController::changeable() const
{
    QVector<ItemId> ids = m_board ? m_board->withContents(m_selection) : QVector<ItemId>();
    ids.removeIf([this](const ItemId &id) { return m_board->item(id)->locked; });
    return ids;
}

void BoardController::turn(double degrees)
{
    QVector<Item> items;
    for (const ItemId &id : m_selection)
        if (const Item *item = m_board->item(id); !item->locked)
            items.append(*item);
    if (!items.isEmpty())
        m_board->rotate(changeable(), degrees, selectionBox(items).centre);
}

void BoardController::grow(double factor)
{
    QVector<Item> items;
    for (const ItemId &id : m_selection)
        if (const Item *item = m_board->item(id); !item->locked)
            items.append(*item);
    if (!items.isEmpty())
        m_board->scale(changeable(), factor, selectionBox(items).centre);
}

void BoardController::turnUpright()
{
    if (!m_board)
        return;
    Board::Transaction transaction(m_board,
                                   QT_TRANSLATE_NOOP("moodloom::board::Board", "Turn upright"));
    for (const ItemId &id : QVector<ItemId>(m_selection))
        if (const Item *item = m_board->item(id); item->rotation != 0)
            m_board->rotate(m_board->withContents({id}), -item->rotation, item->centre);
    transaction.commit();
}

void BoardController::showOriginalSize()
{
    if (!m_board)
        return;
    Board::Transaction transaction(m_board,
                                   QT_TRANSLATE_NOOP("moodloom::board::Board", "Original size"));
    for (const ItemId &id : QVector<ItemId>(m_selection))
        if (const Item *item = m_board->item(id); item->scale != 1)
            m_board->scale(m_board->withContents({id}), 1 / item->scale, item->centre);
    transaction.commit();
}

void BoardController::setFramePrompt(const QString &id, const QString &prompt)
{
    if (m_board)
        m_board->setFramePrompt(ItemId(id), prompt);
}

void BoardController::setNoteText(const QString &id, const QString &noteText)
{
    if (m_board)
        m_board->setNoteText(ItemId(id), noteText);
}

QString BoardController::promptOf(const QString &id) const
{
    const Item *item = m_board ? m_board->item(ItemId(id)) : nullptr;
    if (!item || item->picture())
        return {};
    return item->note() ? item->note()->text : item->frame() ? item->frame()->prompt : QString();
}

void BoardController::retrySaving()
{
    if (m_board)
        m_board->retrySaving();
}

} // namespace moodloom::ui
