#include "core/board/Regions.h"

#include "core/board/Board.h"

#include <algorithm>
#include <cmath>

namespace moodloom::board {
namespace {

double area(const QPolygonF &polygon)
{
    double twice = 0;
    for (qsizetype i = 0; i < polygon.size(); ++i) {
        const QPointF a = polygon[i], b = polygon[(i + 1) % polygon.size()];
        twice += a.x() * b.y() - b.x() * a.y();
    }
    return std::abs(twice) / 2;
}

// Sutherland-Hodgman: the part of a convex polygon inside a rectangle.
QPolygonF clipped(QPolygonF polygon, const QRectF &rect)
{
    const auto cut = [&polygon](auto inside) { // inside(p) >= 0: keep; linear in p
        QPolygonF kept;
        for (qsizetype i = 0; i < polygon.size(); ++i) {
            const QPointF a = polygon[i], b = polygon[(i + 1) % polygon.size()];
            const double da = inside(a), db = inside(b);
            if (da >= 0)
                kept.append(a);
            if ((da > 0 && db < 0) || (da < 0 && db > 0))
                kept.append(a + (b - a) * (da / (da - db)));
        }
        polygon = kept;
    };
    cut([&](QPointF p) { return p.x() - rect.left(); });
    cut([&](QPointF p) { return rect.right() - p.x(); });
    cut([&](QPointF p) { return p.y() - rect.top(); });
    cut([&](QPointF p) { return rect.bottom() - p.y(); });
    return polygon;
}

bool acts(const Item &item)
{
    const Picture *picture = item.picture();
    return picture && item.isVisible() && picture->weight > 0;
}

FrameReference reference(const Item &item, const QRectF &region)
{
    const Picture &picture = *item.picture();
    return {item.id, picture.hash, picture.path, picture.caption, picture.weight,
            picture.role, picture.steps, region, shownShare(picture),
            picture.state == ReferenceState::Pinned};
}

// Its corners in the frame, 0..1, or beyond where it reaches over the edge.
QVector<QPointF> shapeInFrame(const Item &item, const Item &frame)
{
    const QRectF rect = localRect(frame);
    QVector<QPointF> shape;
    for (const QPointF &corner : toBoard(frame).inverted().map(outline(item)))
        shape.append({(corner.x() - rect.left()) / rect.width(),
                      (corner.y() - rect.top()) / rect.height()});
    return shape;
}

// Its edges are not the frame's.
bool isTurned(const Item &item, const Item &frame)
{
    const double quarters = (item.rotation - frame.rotation) / 90;
    return std::abs(quarters - std::round(quarters)) > 0.01;
}

} // namespace

QRectF regionInFrame(const Item &picture, const Item &frame)
{
    bool invertible = false;
    const QTransform toFrame = toBoard(frame).inverted(&invertible);
    const QRectF rect = localRect(frame);
    if (!invertible || rect.isEmpty())
        return {};
    const QPolygonF own = toFrame.map(outline(picture));
    const QPolygonF shared = clipped(own, rect);
    const double smaller = std::min(area(own), rect.width() * rect.height());
    if (smaller <= 0 || area(shared) < smaller / 4)
        return {};
    const QRectF bounds = shared.boundingRect();
    return QRectF((bounds.left() - rect.left()) / rect.width(),
                  (bounds.top() - rect.top()) / rect.height(), bounds.width() / rect.width(),
                  bounds.height() / rect.height()) &
           QRectF(0, 0, 1, 1);
}

QVector<FrameReference> frameReferences(const Board &board, ItemId frameId,
                                        const QHash<ItemId, Item> &moved)
{
    const auto itemOf = [&](const ItemId &id) {
        const auto other = moved.constFind(id);
        return other != moved.constEnd() ? &*other : board.item(id);
    };
    QVector<FrameReference> result;
    const Item *frame = itemOf(frameId);
    if (!frame || !frame->frame())
        return result;
    const QVector<ItemId> &shelf = frame->frame()->shelf;
    for (const ItemId &id : shelf)
        if (const Item *item = itemOf(id); item && acts(*item))
            result.append(reference(*item, {}));
    for (const ItemId &id : board.items()) {
        const Item *item = itemOf(id);
        if (!acts(*item) || shelf.contains(id))
            continue;
        if (const QRectF region = regionInFrame(*item, *frame); !region.isEmpty()) {
            result.append(reference(*item, region));
            if (isTurned(*item, *frame))
                result.last().shape = shapeInFrame(*item, *frame);
        }
    }
    return result;
}

QVector<FrameText> frameTexts(const Board &board, ItemId frameId, const QHash<ItemId, Item> &moved)
{
    const auto itemOf = [&](const ItemId &id) {
        const auto other = moved.constFind(id);
        return other != moved.constEnd() ? &*other : board.item(id);
    };
    QVector<FrameText> result;
    const Item *frame = itemOf(frameId);
    if (!frame || !frame->frame())
        return result;
    for (const ItemId &id : board.items()) {
        const Item *item = itemOf(id);
        const Note *note = item->note();
        if (!note || !note->acts || note->weight <= 0 || !item->isVisible() ||
            note->text.trimmed().isEmpty())
            continue;
        const QRectF region = regionInFrame(*item, *frame);
        if (region.isEmpty())
            continue;
        result.append(
            {id, note->text, note->weight, region, shapeInFrame(*item, *frame), note->steps});
    }
    return result;
}

ItemId frameAt(const Board &board, const Item &placed)
{
    const QVector<ItemId> order = board.items();
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
        const Item *item = board.item(*it);
        if (item->frame() && !regionInFrame(placed, *item).isEmpty())
            return item->id;
    }
    return {};
}

} // namespace moodloom::board
