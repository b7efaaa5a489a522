// Where items go: rows, columns, packed, in a grid, in an order, aligned, evenly spaced.
#include "core/board/Board.h"
#include "core/board/ColorOrder.h"
#include "core/board/Layout.h"

#include <QCollator>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace moodloom::board {
namespace {

// As far apart as looks right for things of this size.
double gapFor(double area, qsizetype count)
{
    return count > 0 ? std::sqrt(area / double(count)) * 0.04 : 0;
}

} // namespace

// What moves as one: an item that is in no group, or all of a group.
struct Board::Unit
{
    QVector<ItemId> members;
    QRectF bounds;
};

QVector<Board::Unit> Board::units(const QVector<ItemId> &ids) const
{
    const QSet<ItemId> wanted(ids.begin(), ids.end());
    QVector<Unit> units;
    QHash<QUuid, qsizetype> groups;
    for (const ItemId &id : items()) {
        const Item *known = item(id);
        if (!wanted.contains(id) || !known->isVisible() || known->locked)
            continue;
        qsizetype at = units.size();
        if (!known->group.isNull()) {
            if (!groups.contains(known->group))
                groups.insert(known->group, at);
            at = groups.value(known->group);
        }
        if (at == units.size())
            units.append(Unit());
        units[at].members.append(id);
        units[at].bounds |= boundingRect(*known);
    }
    // What lies in a frame and is not arranged itself goes where the frame goes.
    QSet<ItemId> placed = wanted;
    for (Unit &unit : units)
        for (const ItemId &id : withContents(unit.members))
            if (!placed.contains(id)) {
                placed.insert(id);
                unit.members.append(id);
            }
    return units;
}

void Board::shift(const QVector<Unit> &units, const QVector<QPointF> &shifts, const StepName &name,
                  bool placed)
{
    QVector<ItemId> ids;
    QHash<ItemId, QPointF> wanted;
    for (qsizetype i = 0; i < units.size(); ++i)
        for (const ItemId &id : units[i].members) {
            ids.append(id);
            wanted.insert(id, shifts[i]);
        }
    edit(ids, name, {}, [&](Item &item) {
        const QPointF delta = wanted[item.id];
        if (delta.isNull())
            return;
        item.centre += delta;
        if (Picture *picture = item.picture(); picture && placed)
            picture->touched = true;
    });
}

void Board::align(const QVector<ItemId> &ids, Alignment alignment)
{
    const QVector<Unit> moving = units(ids);
    QVector<QRectF> rects;
    for (const Unit &unit : moving)
        rects.append(unit.bounds);
    shift(moving, aligned(rects, alignment), QT_TR_NOOP("Align"), true);
}

void Board::distribute(const QVector<ItemId> &ids, Qt::Orientation axis)
{
    const QVector<Unit> moving = units(ids);
    QVector<QRectF> rects;
    for (const Unit &unit : moving)
        rects.append(unit.bounds);
    shift(moving, distributed(rects, axis), QT_TR_NOOP("Distribute"), true);
}

void Board::normalize(const QVector<ItemId> &ids, Measure measure)
{
    const QVector<Unit> changing = units(ids);
    QVector<QSizeF> sizes;
    for (const Unit &unit : changing)
        sizes.append(unit.bounds.size());
    const QVector<double> factors = normalized(sizes, measure);
    Transaction transaction(this, QT_TR_NOOP("Normalize size"));
    if (m_depth == 0)
        return;
    for (qsizetype i = 0; i < changing.size(); ++i)
        scale(changing[i].members, factors[i], changing[i].bounds.center());
    transaction.commit();
}

void Board::pack(const QVector<ItemId> &ids, Packing packing)
{
    QVector<ItemId> loose = ids; // frames stay: what lies in them would be left behind
    loose.removeIf([this](const ItemId &id) { return !item(id) || item(id)->frame(); });
    const QVector<Unit> moving = units(loose);
    QVector<QSizeF> sizes;
    double area = 0;
    QRectF all;
    for (const Unit &unit : moving) {
        sizes.append(unit.bounds.size());
        area += unit.bounds.width() * unit.bounds.height();
        all |= unit.bounds;
    }
    QSizeF extent;
    const double gap = gapFor(area, moving.size());
    const QVector<QPointF> places = packing == Packing::Tight ? packed(sizes, gap, 1.4, &extent)
                                                              : gridded(sizes, gap, 1.4, &extent);
    const QPointF corner = all.center() - QPointF(extent.width(), extent.height()) / 2;
    QVector<QPointF> shifts;
    for (qsizetype i = 0; i < moving.size(); ++i)
        shifts.append(corner + places[i] - moving[i].bounds.topLeft());
    shift(moving, shifts,
          packing == Packing::Tight ? QT_TR_NOOP("Pack") : QT_TR_NOOP("Arrange in a grid"), false);
}

QVector<ItemId> Board::arrangeable(const QVector<ItemId> &ids) const
{
    const QSet<ItemId> wanted(ids.begin(), ids.end());
    QVector<ItemId> movable = items();
    movable.removeIf([&](const ItemId &id) {
        const Item *known = item(id);
        return !wanted.contains(id) || !known->picture() || !known->isVisible() || known->locked;
    });
    return movable;
}

void Board::arrange(const QVector<ItemId> &ids, Arrangement arrangement)
{
    ArrangeStyle style;
    style.arrangement = arrangement;
    layOut(arrangeable(ids), style, true);
}

void Board::layOut(const QVector<ItemId> &pictures, ArrangeStyle style, bool byFacet)
{
    if (pictures.isEmpty())
        return;
    QVector<Box> boxes;
    double area = 0;
    for (const ItemId &id : pictures) {
        const Item &known = *item(id);
        const QSizeF size = naturalSize(known);
        boxes.append({size, byFacet ? known.picture()->facet : QString()});
        area += size.width() * size.height() * known.scale * known.scale;
    }
    // As much room as the pictures have now, in a block a little wider than high.
    style.width = std::max(200.0, std::sqrt(area * 1.4));
    style.rowHeight = std::clamp(std::sqrt(area / double(pictures.size())), 24.0, style.width);
    QSizeF size;
    const QVector<Placement> placed = arranged(boxes, style, &size);
    const QPointF topLeft = extent(pictures).center() - QPointF(size.width(), size.height()) / 2;
    qsizetype next = 0;
    edit(pictures, QT_TR_NOOP("Arrange"), {}, [&](Item &item) {
        item.centre = topLeft + placed[next].centre;
        item.scale = placed[next++].scale;
        item.rotation = 0;
    });
}

void Board::arrangeByName(const QVector<ItemId> &ids)
{
    QCollator collator;
    collator.setNumericMode(true); // "sketch 10" comes after "sketch 9"
    QVector<ItemId> order = arrangeable(ids);
    std::stable_sort(order.begin(), order.end(), [&](const ItemId &a, const ItemId &b) {
        return collator.compare(item(a)->picture()->caption, item(b)->picture()->caption) < 0;
    });
    layOut(order, {}, false);
}

void Board::arrangeByDate(const QVector<ItemId> &ids)
{
    QVector<ItemId> order = arrangeable(ids);
    std::stable_sort(order.begin(), order.end(), [this](const ItemId &a, const ItemId &b) {
        return item(a)->added < item(b)->added;
    });
    layOut(order, {}, false);
}

void Board::arrangeByColor(const QVector<ItemId> &ids)
{
    if (m_readOnly) {
        Q_EMIT refused(*m_readOnly);
        return;
    }
    struct Sorting
    {
        QHash<ItemId, ColorPlace> places;
        qsizetype waiting = 0;
    };
    const QVector<ItemId> pictures = arrangeable(ids);
    auto sorting = std::make_shared<Sorting>();
    sorting->waiting = pictures.size();
    for (const ItemId &id : pictures) {
        const Picture &picture = *item(id)->picture();
        m_store->picture(picture.hash, picture.path, thumbnailSide)
            .then([](const Result<QImage> &image) { return image ? colorPlace(*image) : ColorPlace(); })
            .then(this, [this, sorting, pictures, id](ColorPlace place) {
                sorting->places.insert(id, place);
                if (--sorting->waiting > 0)
                    return;
                QVector<ItemId> order = arrangeable(pictures); // what is still there
                std::stable_sort(order.begin(), order.end(), [&](const ItemId &a, const ItemId &b) {
                    return sorting->places[a] < sorting->places[b];
                });
                layOut(order, {}, false);
            });
    }
}

} // namespace moodloom::board
