// How items look: flips, opacity, greyscale, crop.
#include "core/board/Board.h"
#include "core/board/Crop.h"

#include <algorithm>

namespace moodloom::board {

void Board::flip(const QVector<ItemId> &ids, Qt::Orientation axis)
{
    // As in a mirror: places among each other and angles are exchanged, too.
    QRectF bounds;
    for (const ItemId &id : ids)
        if (const Item *known = item(id); known && !known->locked)
            bounds |= boundingRect(*known);
    const QPointF middle = bounds.center();
    edit(ids, QT_TR_NOOP("Flip"), {}, [&](Item &item) {
        if (ids.size() > 1) {
            double &at = axis == Qt::Horizontal ? item.centre.rx() : item.centre.ry();
            at = 2 * (axis == Qt::Horizontal ? middle.x() : middle.y()) - at;
        }
        if (item.rotation != 0)
            item.rotation = -item.rotation;
        if (item.frame())
            return; // its picture is not mirrored
        bool &flipped = axis == Qt::Horizontal ? item.flippedX : item.flippedY;
        flipped = !flipped;
    });
}

void Board::setOpacity(const QVector<ItemId> &ids, double opacity)
{
    edit(ids, QT_TR_NOOP("Opacity"), mergeKey("opacity", ids),
         [opacity](Item &item) { item.opacity = std::clamp(opacity, 0.0, 1.0); });
}

void Board::setGreyscale(const QVector<ItemId> &ids, bool greyscale)
{
    editPictures(ids, greyscale ? QT_TR_NOOP("Greyscale") : QT_TR_NOOP("Colour"), {},
                 [greyscale](Picture &picture) {
                     picture.greyscale = greyscale;
                     picture.touched = true;
                 });
}

void Board::setCrop(ItemId id, const QRectF &crop)
{
    edit({id}, crop.isNull() ? QT_TR_NOOP("Show all of the picture") : QT_TR_NOOP("Crop"),
         mergeKey("crop", {id}), [&crop](Item &item) { item = cropped(item, crop); });
}

void Board::panCrop(ItemId id, QPointF delta)
{
    edit({id}, QT_TR_NOOP("Move the picture inside its crop"), mergeKey("pan", {id}),
         [delta](Item &item) { item = pannedInCrop(item, delta); });
}

} // namespace moodloom::board
