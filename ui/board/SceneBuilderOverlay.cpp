// What lies over the items, in screen coordinates: badges, selection, handles, guides.
#include "core/board/Crop.h"
#include "core/board/Stroke.h"
#include "ui/board/CanvasSprites.h"
#include "ui/board/CropHandles.h"
#include "ui/board/SceneBuilder.h"

#include <algorithm>
#include <cmath>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

constexpr qsizetype mostLockMarks = 200; // of thousands they would say nothing

SelectionBox boxOf(const Item &item)
{
    return selectionBox({item});
}

} // namespace

void SceneBuilder::addCropFrame(const Input &in, const Item &item, CanvasScene &scene)
{
    const SelectionBox box = boxOf(item);
    outline(in, boxOf(board::cropped(item, {})), in.colors.textSecondary, 1, scene);
    outline(in, box, in.colors.accentInk, 1, scene);
    const QVector<CropHandle> handles = cropHandles(item);
    for (qsizetype i = 0; i < handles.size(); ++i) {
        const QPointF at = in.view.toScreen(handles[i].at);
        if (in.focused && i == in.cropHandle) {
            scene.rects.append({at, {17, 17}, box.rotation, in.colors.background, 0});
            scene.rects.append({at, {15, 15}, box.rotation, in.colors.selection, 0});
        }
        scene.rects.append({at, {11, 11}, box.rotation, in.colors.background, 0});
        scene.rects.append({at, {9, 9}, box.rotation, in.colors.accentInk, 0});
    }
    if (in.focused && in.cropHandle == handles.size()) {
        const QPointF at = in.view.toScreen(item.centre);
        scene.rects.append({at, {17, 17}, box.rotation, in.colors.background, 0});
        scene.rects.append({at, {15, 15}, box.rotation, in.colors.selection, 0});
    }
}

void SceneBuilder::addBadge(const Input &in, const Item &item, CanvasScene &scene)
{
    const board::Picture &picture = *item.picture();
    const bool pinned = picture.state == board::ReferenceState::Pinned;
    const bool telling = pinned || picture.weight != 1 || in.controller->isSelected(item.id) ||
                         in.hovered == item.id;
    const QRectF bounds = boundingRect(item);
    if (!telling || isFaded(in, item) || bounds.width() * in.view.zoom < 2 * badgeSide ||
        bounds.height() * in.view.zoom < 1.4 * badgeSide)
        return;
    const QPointF corner = in.view.toScreen(boxOf(item).corners()[1]);
    const QPointF inward = (in.view.toScreen(item.centre) - corner);
    const double length = std::hypot(inward.x(), inward.y());
    const QPointF middle = corner + inward * std::min(0.5, 24 / std::max(1.0, length));
    const QColor ink = pinned ? in.colors.accent : QColor(Qt::white);
    const int steps = int(std::round(picture.weight * 20));
    addSprite(scene, QStringLiteral("badge|%1|%2|%3").arg(steps).arg(pinned).arg(ink.rgba()),
              middle - QPointF(badgeSide, badgeSide) / 2.0,
              [&] { return badge(steps / 20.0, pinned, ink, in.pixelRatio); });
}

void SceneBuilder::addHeadings(const Input &in, CanvasScene &scene)
{
    // Over the groups that a search has laid out, as long as they lie together.
    if (in.view.zoom < 0.4)
        return;
    const auto &groups = m_built.groups;
    QFont font = in.font;
    font.setPixelSize(11);
    for (auto it = groups.cbegin(); it != groups.cend(); ++it)
        addSprite(scene,
                  QStringLiteral("facet|%1|%2").arg(in.colors.textSecondary.rgba()).arg(it.key()),
                  in.view.toScreen(it->topLeft()) - QPointF(5, 19), [&] {
                      return label(it.key(), font, in.colors.textSecondary, Qt::transparent, 320,
                                   in.pixelRatio);
                  });
}

void SceneBuilder::outline(const Input &in, const SelectionBox &box, const QColor &color,
                           double width, CanvasScene &scene, double inside) const
{
    const double beyond = 2 * (width - inside);
    scene.rects.append({in.view.toScreen(box.centre),
                        box.size * in.view.zoom + QSizeF(beyond, beyond), box.rotation, color,
                        width});
}

void SceneBuilder::addSelection(const Input &in, CanvasScene &scene)
{
    QVector<Item> selected;
    for (const ItemId &id : in.controller->selection()) {
        const auto preview = in.moved.constFind(id);
        if (const Item *item =
                preview != in.moved.constEnd() ? &*preview : in.controller->board()->item(id))
            selected.append(*item);
    }
    if (selected.size() > 1)
        for (const Item &item : selected)
            outline(in, boxOf(item), in.colors.selection, 1, scene, item.frame() ? 1 : 0);
    const SelectionBox box = selectionBox(selected);
    if (box.isNull())
        return;
    if (selected.size() == 1 && selected.first().id == in.cropping) {
        addCropFrame(in, selected.first(), scene);
        return;
    }
    // What is locked is seen to be: it has no handles, and those of the others are around them
    // alone.
    QVector<Item> movable = selected;
    movable.removeIf([](const Item &item) { return item.locked; });
    const SelectionBox handled = selectionBox(movable);
    outline(in, box, movable.isEmpty() ? in.colors.textSecondary : in.colors.selection,
            in.focused ? 2 : 1, scene, selected.size() == 1 && selected.first().frame() ? 1 : 0);
    if (in.gesture->changesItems() || in.controller->isReadOnly())
        return;
    for (const Item &item : selected)
        if (item.locked && selected.size() - movable.size() <= mostLockMarks)
            addSprite(scene, QStringLiteral("lock|%1").arg(in.colors.textSecondary.rgba()),
                      in.view.toScreen((boxOf(item).corners()[0] + boxOf(item).corners()[1]) / 2) +
                          boxOf(item).up() * 12 - QPointF(turnHandleSide, turnHandleSide) / 2.0,
                      [&] {
                          return lockMark(in.colors.textSecondary, in.colors.background,
                                          in.pixelRatio);
                      });
    if (movable.isEmpty())
        return;
    if (movable.size() != selected.size() && movable.size() > 1)
        outline(in, handled, in.colors.selection, 1, scene);
    for (const QPointF corner : handled.corners()) {
        const QPointF at = in.view.toScreen(corner);
        scene.rects.append({at, {9, 9}, handled.rotation, in.colors.background, 0});
        scene.rects.append({at, {7, 7}, handled.rotation, in.colors.selection, 0});
    }
    addSprite(scene, QStringLiteral("turn|%1").arg(in.colors.selection.rgba()),
              turnHandleAt(movable, in.view) - QPointF(turnHandleSide, turnHandleSide) / 2.0,
              [&] { return turnHandle(in.colors.selection, in.colors.background, in.pixelRatio); });
}

void SceneBuilder::addGuide(const Input &in, const board::Guide &guide, CanvasScene &scene)
{
    const QPointF a = in.view.toScreen(guide.line.p1()), b = in.view.toScreen(guide.line.p2());
    const QSizeF size(std::max(1.0, std::abs(a.x() - b.x())),
                      std::max(1.0, std::abs(a.y() - b.y())));
    scene.rects.append({(a + b) / 2, size, 0, in.colors.accentInk, 0});
    if (guide.kind != board::Guide::Kind::Gap)
        return;
    // The ends of a gap, like a measure's.
    const QSizeF end = guide.line.dy() == 0 ? QSizeF(1, 9) : QSizeF(9, 1);
    for (const QPointF at : {a, b})
        scene.rects.append({at, end, 0, in.colors.accentInk, 0});
}

void SceneBuilder::addPlacedGuides(const Input &in, CanvasScene &scene)
{
    QColor ink = in.colors.accentInk;
    ink.setAlphaF(0.75f);
    const QSizeF size = in.view.size;
    for (const double at : in.guides.x)
        scene.rects.append({{std::round(in.view.toScreen({at, 0}).x()) + 0.5, size.height() / 2},
                            {1, size.height()}, 0, ink, 0});
    for (const double at : in.guides.y)
        scene.rects.append({{size.width() / 2, std::round(in.view.toScreen({0, at}).y()) + 0.5},
                            {size.width(), 1}, 0, ink, 0});
}

void SceneBuilder::addDrawing(const Input &in, CanvasScene &scene)
{
    // The line as it grows, roughly; released, it is drawn as an item.
    const auto add = [&](QPointF a, QPointF b, double width, const QColor &ink) {
        const QLineF edge(in.view.toScreen(a), in.view.toScreen(b));
        const double across = std::max(1.0, width * in.view.zoom);
        scene.rects.append(
            {edge.center(), {edge.length() + across * 0.5, across}, -edge.angle(), ink, 0});
    };
    const Gesture &gesture = *in.gesture;
    for (qsizetype i = 0; i < gesture.stroke.size(); ++i) {
        const board::StrokePoint &a = gesture.stroke[std::max<qsizetype>(0, i - 1)],
                                 &b = gesture.stroke[i];
        add(a.at, b.at, gesture.width * board::widthAt((a.pressure + b.pressure) / 2), gesture.ink);
    }
    if (!gesture.trail.isEmpty()) { // how far the eraser reaches; what it takes is gone already
        const double side = gesture.width * in.view.zoom;
        scene.rects.append({in.view.toScreen(gesture.trail.last()), {side, side}, 0,
                            in.colors.textSecondary, 1});
    }
}

void SceneBuilder::addGesture(const Input &in, CanvasScene &scene)
{
    for (const board::Guide &guide : in.gesture->guides)
        addGuide(in, guide, scene);
    const QPolygonF &lasso = in.gesture->lasso;
    for (qsizetype i = 0; i < lasso.size(); ++i) { // closed: what is inside is seen at once
        const QLineF edge(in.view.toScreen(lasso[i]),
                          in.view.toScreen(lasso[(i + 1) % lasso.size()]));
        QColor ink = in.colors.selection;
        if (i + 1 == lasso.size())
            ink.setAlphaF(0.4f);
        scene.rects.append({edge.center(), {edge.length() + 1, 1.5}, -edge.angle(), ink, 0});
    }
    addDrawing(in, scene);
    if (in.gesture->kind == Gesture::Kind::Marquee) {
        const QRectF marquee = in.gesture->marquee;
        QColor veil = in.colors.selection;
        veil.setAlphaF(0.08f);
        const QPointF middle = in.view.toScreen(marquee.center());
        scene.rects.append({middle, marquee.size() * in.view.zoom, 0, veil, 0});
        scene.rects.append({middle, marquee.size() * in.view.zoom, 0, in.colors.selection, 1});
    }
}

void SceneBuilder::addDecoration(const Input &in, const Item &item, CanvasScene &scene)
{
    if (item.picture() && item.id != in.cropping)
        addBadge(in, item, scene);
    if (item.frame()) {
        addShelfLabel(in, item, scene);
        addFrameLabel(in, item, scene);
        addTrouble(in, item, scene);
        if (item.id != m_built.seen &&
            (in.controller->isSelected(item.id) || in.gesture->kind == Gesture::Kind::Move))
            addRegions(in, item, scene);
    }
    if (item.id == in.hovered && !in.controller->isSelected(item.id) &&
        in.gesture->kind == Gesture::Kind::None) {
        QColor soft = in.colors.selection;
        soft.setAlphaF(0.5f);
        outline(in, boxOf(item), soft, 1, scene);
    }
}

void SceneBuilder::buildOverlay(const Input &in, const QRectF &seen, CanvasScene &scene)
{
    if (!in.slide.isNull())
        return;
    addHeadings(in, scene);
    const auto decorate = [&](const ItemId &id) {
        if (!in.controller->board()->item(id))
            return;
        const Item &item = shownItem(in, id);
        QRectF bounds = boundingRect(item);
        if (item.frame())
            bounds.adjust(0, 0, bounds.width() * 0.4, 0);
        if (item.isVisible() && seen.intersects(bounds))
            addDecoration(in, item, scene);
    };
    const QSet<ItemId> always(m_built.decorated.begin(), m_built.decorated.end());
    for (const ItemId &id : m_built.decorated)
        decorate(id);
    for (const ItemId &id : in.controller->selection())
        if (!always.contains(id))
            decorate(id);
    if (!always.contains(in.hovered) && !in.controller->isSelected(in.hovered))
        decorate(in.hovered);
    addUses(in, scene);
    addPlacedGuides(in, scene);
    addSelection(in, scene);
    addGesture(in, scene);
}

} // namespace moodloom::ui
