// Drawing by hand on the board.
#include "core/board/Board.h"
#include "core/board/Stroke.h"

namespace moodloom::board {

ItemId Board::addStroke(const QVector<StrokePoint> &points, const QColor &color, double width)
{
    if (points.isEmpty() || !(width > 0))
        return {};
    Transaction transaction(this, QT_TR_NOOP("Draw"));
    if (m_depth == 0)
        return {};
    Item item = strokeItem(points, color, width);
    item.id = ItemId::createUuid();
    item.z = frontZ() + 1;
    const ItemId id = item.id;
    put(std::move(item));
    transaction.commit();
    return id;
}

void Board::eraseStrokes(const QVector<QPointF> &path, double radius)
{
    if (path.isEmpty())
        return;
    Transaction transaction(this, QT_TR_NOOP("Erase"));
    if (m_depth == 0)
        return;
    for (const ItemId &id : items()) {
        const Item whole = *item(id);
        if (!whole.stroke() || !whole.isVisible() || whole.locked)
            continue;
        const auto pieces = erasedPieces(whole, path, radius);
        if (!pieces)
            continue;
        erase(id);
        for (const Item &piece : *pieces)
            put(piece);
    }
    transaction.commit();
}

} // namespace moodloom::board
