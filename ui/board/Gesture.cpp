#include "ui/board/Gesture.h"

#include "core/board/Crop.h"
#include "core/board/Stroke.h"

#include <algorithm>
#include <cmath>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

QPolygonF SelectionBox::corners() const
{
    QTransform transform;
    transform.translate(centre.x(), centre.y());
    transform.rotate(rotation);
    const double w = size.width() / 2, h = size.height() / 2;
    return QPolygonF({transform.map(QPointF(-w, -h)), transform.map(QPointF(w, -h)),
                      transform.map(QPointF(w, h)), transform.map(QPointF(-w, h))});
}

QPointF SelectionBox::up() const
{
    const double angle = rotation * M_PI / 180;
    return {std::sin(angle), -std::cos(angle)};
}

SelectionBox selectionBox(const QVector<Item> &items)
{
    if (items.isEmpty())
        return {};
    if (items.size() == 1)
        return {items[0].centre, naturalSize(items[0]) * items[0].scale, items[0].rotation};
    QRectF bounds;
    for (const Item &item : items)
        bounds |= boundingRect(item);
    return {bounds.center(), bounds.size(), 0};
}

QPointF turnHandleAt(const QVector<Item> &items, const Viewport &view)
{
    const SelectionBox box = selectionBox(items);
    const QPolygonF corners = box.corners();
    const bool below = std::any_of(items.begin(), items.end(),
                                   [](const Item &item) { return item.frame() != nullptr; });
    return below ? view.toScreen((corners[2] + corners[3]) / 2) - box.up() * 24
                 : view.toScreen((corners[0] + corners[1]) / 2) + box.up() * 24;
}

void Gesture::moveTo(QPointF board, const QVector<QRectF> &near, double reach, bool alongOneAxis)
{
    delta = board - start;
    Qt::Orientations axes = Qt::Horizontal | Qt::Vertical;
    if (alongOneAxis) {
        const bool upright = std::abs(delta.x()) < std::abs(delta.y());
        (upright ? delta.rx() : delta.ry()) = 0;
        axes = upright ? Qt::Vertical : Qt::Horizontal;
    }
    const board::SnappedMove snapped =
        board::snappedMove(box.corners().boundingRect().translated(delta), near, reach, axes, lines);
    delta += snapped.shift;
    guides = snapped.guides;
}

void Gesture::scaleTo(QPointF board, bool aboutCentre, const QVector<QRectF> &near, double reach)
{
    const QPolygonF corners = box.corners();
    about = aboutCentre ? box.centre : corners[(corner + 2) % 4];
    const QPointF from = start - about, to = board - about;
    const double length = QPointF::dotProduct(from, from);
    // The share of the drag along the diagonal: sideways movement does not scale.
    factor = length > 0 ? std::clamp(QPointF::dotProduct(from, to) / length, 0.01, 100.0) : 1;
    const board::SnappedScale snapped = board::snappedScale(corners.boundingRect(), about, factor, near, reach, lines);
    factor = std::clamp(snapped.factor, 0.01, 100.0);
    guides = snapped.guides;
}

void Gesture::rotateTo(QPointF board, bool inSteps)
{
    about = box.centre;
    const double from = std::atan2(start.y() - about.y(), start.x() - about.x());
    const double to = std::atan2(board.y() - about.y(), board.x() - about.x());
    degrees = std::remainder((to - from) * 180 / M_PI, 360.0);
    if (inSteps) // the result, not the way, is a multiple of 15 degrees
        degrees = std::round((box.rotation + degrees) / 15) * 15 - box.rotation;
}

void Gesture::cropTo(QPointF board)
{
    constexpr double least = 8; // pixels: what is smaller could not be grasped any more
    const board::Picture &picture = *items.first().picture();
    const QTransform pixels = board::toPixels(items.first());
    const QPointF way = pixels.map(board) - pixels.map(start);
    double left = shownPart(picture).left(), right = shownPart(picture).right();
    double top = shownPart(picture).top(), bottom = shownPart(picture).bottom();
    if (edges & Qt::LeftEdge)
        left = std::clamp(left + way.x(), 0.0, std::max(0.0, right - least));
    if (edges & Qt::RightEdge)
        right = std::clamp(right + way.x(), std::min(left + least, right), double(picture.size.width()));
    if (edges & Qt::TopEdge)
        top = std::clamp(top + way.y(), 0.0, std::max(0.0, bottom - least));
    if (edges & Qt::BottomEdge)
        bottom = std::clamp(bottom + way.y(), std::min(top + least, bottom), double(picture.size.height()));
    crop = QRectF(QPointF(left, top), QPointF(right, bottom));
}

void Gesture::marqueeTo(QPointF board)
{
    marquee = QRectF(start, board).normalized();
}

void Gesture::lassoTo(QPointF board, double detail)
{
    if (lasso.isEmpty())
        lasso.append(start);
    if (QLineF(lasso.last(), board).length() >= detail)
        lasso.append(board);
}

void Gesture::drawTo(QPointF board, double pressure, double detail)
{
    if (kind == Kind::Draw) {
        if (QLineF(stroke.last().at, board).length() >= detail)
            stroke.append({board, pressure});
        else // pressed harder on the spot
            stroke.last().pressure = std::max(stroke.last().pressure, pressure);
    } else if (QLineF(trail.last(), board).length() >= detail) {
        trail.append(board);
    }
}

void Gesture::erase(const Item &stroke)
{
    const QVector<QPointF> newest = trail.mid(std::max<qsizetype>(0, trail.size() - 2));
    const auto known = erased.constFind(stroke.id);
    QVector<Item> left;
    bool touched = false;
    for (const Item &piece : known == erased.constEnd() ? QVector<Item>{stroke} : *known) {
        const auto pieces = board::erasedPieces(piece, newest, width / 2);
        touched |= pieces.has_value();
        left += pieces ? *pieces : QVector<Item>{piece};
    }
    if (touched)
        erased.insert(stroke.id, left);
}

bool Gesture::changesItems() const
{
    return kind == Kind::Move || kind == Kind::Scale || kind == Kind::Rotate || kind == Kind::Crop ||
           kind == Kind::PanCrop;
}

QHash<ItemId, Item> Gesture::preview() const
{
    QHash<ItemId, Item> moved;
    QTransform turn;
    turn.translate(about.x(), about.y());
    turn.rotate(degrees);
    turn.translate(-about.x(), -about.y());
    for (Item item : items) {
        switch (kind) {
        case Kind::Move: item.centre += delta; break;
        case Kind::Scale:
            item.centre = about + (item.centre - about) * factor;
            item.scale *= factor;
            break;
        case Kind::Rotate:
            item.centre = turn.map(item.centre);
            item.rotation += degrees;
            break;
        case Kind::Crop: item = board::cropped(item, crop); break;
        case Kind::PanCrop: item = board::pannedInCrop(item, delta); break;
        default: return {};
        }
        moved.insert(item.id, item);
    }
    return moved;
}

QVector<ItemId> Gesture::ids() const
{
    QVector<ItemId> ids;
    for (const Item &item : items)
        ids.append(item.id);
    return ids;
}

} // namespace moodloom::ui
