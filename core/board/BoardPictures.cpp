// How items look: flips, opacity, greyscale, crop.
#include "core/board/Board.h"
#include "core/board/Crop.h"

#include <algorithm>

namespace moodloom::board {

void Board::flip(const QVector<ItemId> &ids, Qt::Orientation axis)
{
    edit(ids, tr("Flip"), {}, [axis](Item &item) {
        if (item.frame())
            return; // a mirrored frame would mean nothing
        bool &flipped = axis == Qt::Horizontal ? item.flippedX : item.flippedY;
        flipped = !flipped;
    });
}

void Board::setOpacity(const QVector<ItemId> &ids, double opacity)
{
    edit(ids, tr("Opacity"), mergeKey("opacity", ids),
         [opacity](Item &item) { item.opacity = std::clamp(opacity, 0.0, 1.0); });
}

void Board::setGreyscale(const QVector<ItemId> &ids, bool greyscale)
{
    editPictures(ids, greyscale ? tr("Greyscale") : tr("Color"), {}, [greyscale](Picture &picture) {
        picture.greyscale = greyscale;
        picture.touched = true;
    });
}

void Board::setCrop(ItemId id, const QRectF &crop)
{
    edit({id}, crop.isNull() ? tr("Show all of the picture") : tr("Crop"), mergeKey("crop", {id}),
         [&crop](Item &item) { item = cropped(item, crop); });
}

void Board::panCrop(ItemId id, QPointF delta)
{
    edit({id}, tr("Move the picture inside its crop"), mergeKey("pan", {id}),
         [delta](Item &item) { item = pannedInCrop(item, delta); });
}

} // namespace moodloom::board
