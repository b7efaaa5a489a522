// Drawing by hand on the board.
#include "core/board/Board.h"
#include "core/board/Stroke.h"

namespace moodloom::board {

ItemId Board::addStroke(const QVector<StrokePoint> &points, const QColor &color, double width)
{
    if (points.isEmpty() || !(width > 0))
        return {};
    Transaction transaction(this, tr("Draw"));
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
    QRectF reached(path.first(), QSizeF());
    for (const QPointF &at : path)
        reached |= QRectF(at - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
    Transaction transaction(this, tr("Erase"));
    if (m_depth == 0)
        return;
    for (const ItemId &id : items()) {
        const Item whole = *item(id);
        if (!whole.stroke() || !whole.isVisible() || whole.locked ||
            !reached.intersects(boundingRect(whole)))
            continue;
        const QVector<StrokePoint> points = pointsOnBoard(whole);
        const double width = whole.stroke()->width * whole.scale;
        const auto left = erased(points, width / 2, path, radius);
        if (left.size() == 1 && left.first() == points)
            continue;
        erase(id);
        for (const QVector<StrokePoint> &run : left) {
            Item piece = strokeItem(run, whole.stroke()->color, width);
            piece.id = ItemId::createUuid();
            piece.z = whole.z;
            piece.opacity = whole.opacity;
            piece.group = whole.group;
            put(std::move(piece));
        }
    }
    transaction.commit();
}

} // namespace moodloom::board
