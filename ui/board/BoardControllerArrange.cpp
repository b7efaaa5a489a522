// Arranging from the window: what is selected, or with nothing selected all that lies loose.
#include "ui/board/BoardController.h"

namespace moodloom::ui {

using board::Board;
using board::Item;
using board::ItemId;

QVector<ItemId> BoardController::toArrange() const
{
    if (!m_board || !m_selection.isEmpty())
        return m_selection;
    // Everything that has no place in a frame, where the place has a meaning.
    QVector<ItemId> ids = m_board->items();
    ids.removeIf([this](const ItemId &id) { return !frameAt(*m_board, *m_board->item(id)).isNull(); });
    return ids;
}

void BoardController::arrange(board::Arrangement arrangement)
{
    if (m_board)
        m_board->arrange(toArrange(), arrangement);
}

void BoardController::arrangeRows()
{
    arrange(board::Arrangement::Rows);
}

void BoardController::arrangeMasonry()
{
    arrange(board::Arrangement::Masonry);
}

void BoardController::pack()
{
    if (m_board)
        m_board->pack(toArrange(), Board::Packing::Tight);
}

void BoardController::arrangeGrid()
{
    if (m_board)
        m_board->pack(toArrange(), Board::Packing::Grid);
}

void BoardController::arrangeByName()
{
    if (m_board)
        m_board->arrangeByName(toArrange());
}

void BoardController::arrangeByDate()
{
    if (m_board)
        m_board->arrangeByDate(toArrange());
}

void BoardController::arrangeByColor()
{
    if (m_board)
        m_board->arrangeByColor(toArrange());
}

void BoardController::align(board::Alignment alignment)
{
    if (m_board)
        m_board->align(m_selection, alignment);
}

void BoardController::distribute(Qt::Orientation axis)
{
    if (m_board)
        m_board->distribute(m_selection, axis);
}

void BoardController::normalize(board::Measure measure)
{
    if (m_board)
        m_board->normalize(m_selection, measure);
}

void BoardController::moveForward()
{
    if (m_board)
        m_board->moveForward(m_selection);
}

void BoardController::moveBackward()
{
    if (m_board)
        m_board->moveBackward(m_selection);
}

void BoardController::group()
{
    if (m_board)
        m_board->group(m_selection);
}

void BoardController::ungroup()
{
    if (m_board)
        m_board->ungroup(m_selection);
}

void BoardController::hide()
{
    if (m_board && !m_selection.isEmpty())
        m_board->setHidden(QVector<ItemId>(m_selection), true);
}

void BoardController::showHidden()
{
    if (!m_board)
        return;
    const QVector<ItemId> ids = hiddenItems();
    m_board->setHidden(ids, false);
    select(ids);
}

void BoardController::toggleGreyscale()
{
    if (m_board)
        m_board->setGreyscale(m_selection, !isGreyscale());
}

void BoardController::showWholePicture()
{
    if (!m_board)
        return;
    Board::Transaction transaction(
        m_board, QT_TRANSLATE_NOOP("moodloom::board::Board", "Show all of the picture"));
    for (const ItemId &id : QVector<ItemId>(m_selection))
        m_board->setCrop(id, {});
    transaction.commit();
}

} // namespace moodloom::ui
