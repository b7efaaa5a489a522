#include "core/board/Crop.h"

#include <algorithm>

namespace moodloom::board {

QTransform toPixels(const Item &item)
{
    const QPointF middle = shownPart(*item.picture()).center();
    return toBoard(item).inverted() * QTransform::fromTranslate(middle.x(), middle.y());
}

Item cropped(Item item, const QRectF &crop)
{
    Picture *picture = item.picture();
    if (!picture)
        return item;
    const QRectF all(QPointF(), QSizeF(picture->size));
    const QRectF part = crop.isNull() ? all : crop.intersected(all);
    if (part.width() < 1 || part.height() < 1)
        return item;
    // The middle of the new part is where that pixel lies now.
    const QPointF middle = toPixels(item).inverted().map(part.center());
    picture->crop = part == all ? QRectF() : part;
    picture->touched = true;
    item.centre = middle;
    return item;
}

Item pannedInCrop(Item item, QPointF delta)
{
    Picture *picture = item.picture();
    if (!picture || picture->crop.isNull())
        return item;
    QTransform linear = toBoard(item).inverted();
    const QPointF pixels = linear.map(delta) - linear.map(QPointF());
    QRectF &crop = picture->crop;
    crop.moveLeft(std::clamp(crop.left() - pixels.x(), 0.0, picture->size.width() - crop.width()));
    crop.moveTop(std::clamp(crop.top() - pixels.y(), 0.0, picture->size.height() - crop.height()));
    picture->touched = true;
    return item;
}

} // namespace moodloom::board
