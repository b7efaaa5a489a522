#include "ui/board/Gesture.h"

#include "core/board/Crop.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

// One axis of snapping: the smallest shift within `reach` that brings an edge or the middle of
// `own` onto an edge or the middle of another rectangle.
struct Snap
{
    double shift = 0;
    double at = 0;       // the common coordinate
    QRectF other;
    bool found = false;
};

std::array<double, 3> lines(const QRectF &rect, Qt::Orientation axis)
{
    return axis == Qt::Horizontal ? std::array{rect.left(), rect.center().x(), rect.right()}
                                  : std::array{rect.top(), rect.center().y(), rect.bottom()};
}

Snap nearest(const QRectF &own, const QVector<QRectF> &others, double reach, Qt::Orientation axis)
{
    Snap best;
    double least = reach;
    for (const QRectF &other : others)
        for (const double theirs : lines(other, axis))
            for (const double ours : lines(own, axis))
                if (std::abs(theirs - ours) < least) {
                    least = std::abs(theirs - ours);
                    best = {theirs - ours, theirs, other, true};
                }
    return best;
}

} // namespace

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

void Gesture::moveTo(QPointF board, const QVector<QRectF> &others, double reach, bool alongOneAxis)
{
    delta = board - start;
    if (alongOneAxis)
        (std::abs(delta.x()) < std::abs(delta.y()) ? delta.rx() : delta.ry()) = 0;
    guides.clear();
    QRectF own = box.corners().boundingRect().translated(delta);
    const Snap x = nearest(own, others, reach, Qt::Horizontal);
    const Snap y = nearest(own, others, reach, Qt::Vertical);
    delta += {x.shift, y.shift};
    own.translate(x.shift, y.shift);
    if (x.found)
        guides.append({x.at, std::min(own.top(), x.other.top()), x.at,
                       std::max(own.bottom(), x.other.bottom())});
    if (y.found)
        guides.append({std::min(own.left(), y.other.left()), y.at,
                       std::max(own.right(), y.other.right()), y.at});
}

void Gesture::scaleTo(QPointF board, bool aboutCentre)
{
    const QPolygonF corners = box.corners();
    about = aboutCentre ? box.centre : corners[(corner + 2) % 4];
    const QPointF from = start - about, to = board - about;
    const double length = QPointF::dotProduct(from, from);
    // The share of the drag along the diagonal: sideways movement does not scale.
    factor = length > 0 ? std::clamp(QPointF::dotProduct(from, to) / length, 0.01, 100.0) : 1;
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
