#include "ui/board/SceneBuilder.h"

#include "core/board/Crop.h"
#include "ui/board/CanvasSprites.h"
#include "ui/board/CropHandles.h"
#include "ui/board/ModelView.h"
#include "ui/board/ReferenceInks.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

namespace {

SelectionBox boxOf(const Item &item)
{
    return selectionBox({item});
}

} // namespace

QRectF shelfRect(const Item &frame)
{
    const QRectF rect = localRect(frame);
    const double side = 0.18 * std::min(rect.width(), rect.height());
    return {rect.right() + side / 4, rect.top(), side, rect.height()};
}

QRectF shelfSlot(const Item &frame, qsizetype index)
{
    const QRectF shelf = shelfRect(frame);
    const double step = shelf.width() * 1.1;
    return {shelf.left(), shelf.top() + double(index) * step, shelf.width(), shelf.width()};
}

void SceneBuilder::addSprite(CanvasScene &scene, const QString &name, QPointF topLeft,
                             const std::function<QImage()> &draw)
{
    if (!scene.images.contains(name))
        scene.images.insert(name, draw());
    // On whole pixels, or text blurs.
    scene.sprites.append({name, QPointF(std::round(topLeft.x()), std::round(topLeft.y()))});
}

SceneItem SceneBuilder::basis(const Item &item) const
{
    SceneItem result;
    result.id = item.id;
    result.centre = item.centre - m_built.origin;
    result.rotation = item.rotation;
    result.scale = item.scale;
    result.rect = localRect(item);
    result.opacity = item.opacity;
    result.mirroredX = item.flippedX;
    result.mirroredY = item.flippedY;
    return result;
}

void SceneBuilder::addPicture(const Input &in, const Item &item, CanvasScene &scene,
                              PictureCache::Urgency urgency)
{
    SceneItem result = basis(item);
    const board::Picture &picture = *item.picture();
    const int natural = std::max(picture.size.width(), picture.size.height());
    const auto shown =
        in.cache->want(picture.hash, picture.path, natural, natural * item.scale * in.view.zoom * in.pixelRatio,
                       picture.greyscale ? PictureCache::Tone::Grey : PictureCache::Tone::Color, urgency);
    result.image = shown.image;
    if (!picture.crop.isNull() && !picture.size.isEmpty()) {
        const QSizeF all = picture.size;
        const QRectF &crop = picture.crop;
        result.source = {crop.x() / all.width(), crop.y() / all.height(), crop.width() / all.width(),
                         crop.height() / all.height()};
    }
    if (shown.image.isNull())
        result.fill = in.colors.raised;
    if (isFaded(in, item))
        result.opacity *= 0.15;
    if (shown.missing) {
        result.border = in.colors.danger;
        result.borderWidth = 1.5 / (in.view.zoom * item.scale);
        m_built.bordered = true;
    }
    scene.items.append(result);
}

void SceneBuilder::addUncropped(const Input &in, const Item &item, CanvasScene &scene)
{
    // What the crop leaves out, faint below what it shows.
    const Item whole = board::cropped(item, {});
    addPicture(in, whole, scene, PictureCache::Urgency::Seen);
    scene.items.last().id = QUuid::createUuidV5(item.id, QByteArrayLiteral("uncropped"));
    scene.items.last().opacity *= 0.3;
}

void SceneBuilder::addCropFrame(const Input &in, const Item &item, CanvasScene &scene)
{
    const SelectionBox box = boxOf(item);
    outline(in, boxOf(board::cropped(item, {})), in.colors.textSecondary, 1, scene);
    outline(in, box, in.colors.accent, 1, scene);
    for (const CropHandle &handle : cropHandles(item)) {
        const QPointF at = in.view.toScreen(handle.at);
        scene.rects.append({at, {11, 11}, box.rotation, in.colors.background, 0});
        scene.rects.append({at, {9, 9}, box.rotation, in.colors.accent, 0});
    }
}

bool SceneBuilder::isFaded(const Input &in, const Item &item) const
{
    if (m_showing.isEmpty() || in.hovered == item.id || in.controller->isSelected(item.id))
        return false;
    return std::any_of(m_showing.begin(), m_showing.end(), [&](const Item &frame) {
        return frame.z < item.z && !regionInFrame(item, frame).isEmpty();
    });
}

const QImage &SceneBuilder::drawn(const QString &key, const std::function<QImage()> &draw)
{
    Drawn &drawn = m_drawn[key];
    if (drawn.image.isNull())
        drawn.image = draw();
    drawn.used = m_frame;
    return drawn.image;
}

void SceneBuilder::addNote(const Input &in, const Item &item, CanvasScene &scene)
{
    SceneItem result = basis(item);
    const board::Note &note = *item.note();
    result.fill = note.color;
    result.mirroredX = result.mirroredY = false; // text stays readable
    if (in.editing != item.id && !note.text.isEmpty()) {
        // Drawn as sharp as it is seen, in steps, so that zooming does not draw it anew all the time.
        const double wanted = in.view.zoom * item.scale * in.pixelRatio;
        const double most = 2048 / std::max({note.size.width(), note.size.height(), 1.0});
        const double sharpness = std::min(most, std::exp2(std::ceil(std::log2(std::max(wanted, 0.125)))));
        const QColor ink = inkOn(note.color);
        const QString key = QStringLiteral("%1|%2|%3x%4|%5").arg(sharpness).arg(ink.rgba()).arg(note.size.width())
                                .arg(note.size.height()).arg(note.text);
        result.image = drawn(key, [&] {
            QFont font = in.font;
            font.setPixelSize(15);
            return noteText(note.text, font, ink, note.size, sharpness);
        });
    }
    scene.items.append(result);
}

void SceneBuilder::addFrame(const Input &in, const Item &item, CanvasScene &scene)
{
    SceneItem result = basis(item);
    const board::Frame &frame = *item.frame();
    result.fill = in.colors.raised;
    result.border = in.controller->activeFrame() == item.id ? in.colors.textSecondary : in.colors.line;
    result.borderWidth = 1 / (in.view.zoom * item.scale);
    m_built.bordered = true;
    if (const auto preview = in.previews.constFind(item.id); preview != in.previews.constEnd()) {
        result.image = *preview;
    } else if (const board::FrameTake *take = in.controller->board()->take(frame.shownTake)) {
        const int natural = std::max(take->size.width(), take->size.height());
        const auto shown =
            in.cache->want(take->hash, {}, natural,
                           std::max(frame.size.width(), frame.size.height()) * item.scale * in.view.zoom * in.pixelRatio);
        result.image = shown.image;
        }
    scene.items.append(result);
    addShelf(in, item, scene);
}

void SceneBuilder::addShelf(const Input &in, const Item &frame, CanvasScene &scene)
{
    qsizetype slot = 0;
    for (const ItemId &id : frame.frame()->shelf) {
        const Item *item = in.controller->board()->item(id);
        if (!item || !item->picture() || !item->isVisible())
            continue;
        SceneItem result = basis(frame);
        result.id = QUuid::createUuidV5(frame.id, id.toByteArray());
        result.mirroredX = result.mirroredY = false;
        const QRectF place = shelfSlot(frame, slot++);
        const QSizeF size = QSizeF(item->picture()->size).scaled(place.size(), Qt::KeepAspectRatio);
        result.rect = QRectF(place.center() - QPointF(size.width(), size.height()) / 2, size);
        const auto shown = in.cache->want(item->picture()->hash, item->picture()->path,
                                          std::max(item->picture()->size.width(), item->picture()->size.height()),
                                          std::min(256.0, std::max(size.width(), size.height()) * frame.scale *
                                                              in.view.zoom * in.pixelRatio));
        result.image = shown.image;
            if (shown.image.isNull())
            result.fill = in.colors.raised;
        scene.items.append(result);
    }
}

void SceneBuilder::addShelfLabel(const Input &in, const Item &frame, CanvasScene &scene)
{
    const bool receiving = in.gesture->kind == Gesture::Kind::Move && !in.moved.contains(frame.id);
    const QVector<ItemId> &onShelf = frame.frame()->shelf;
    const bool filled = std::any_of(onShelf.begin(), onShelf.end(), [&](const ItemId &id) {
        const Item *item = in.controller->board()->item(id);
        return item && item->picture() && item->isVisible();
    });
    if (!receiving && !filled)
        return;
    const QRectF shelf = shelfRect(frame);
    const QTransform toBoard = board::toBoard(frame);
    const double pixels = frame.scale * in.view.zoom;
    if (receiving) // shows where a picture must go to act on everything
        scene.rects.append({in.view.toScreen(toBoard.map(shelf.center())), shelf.size() * pixels,
                            frame.rotation, in.colors.textSecondary, 1});
    QFont font = in.font;
    font.setPixelSize(11);
    const QString text = QCoreApplication::translate("BoardCanvas", "Shelf: acts everywhere");
    const double width = 200;
    const QPointF corner = in.view.toScreen(toBoard.map(shelf.topLeft())) - QPointF(0, 22);
    addSprite(scene, QStringLiteral("shelf%1|%2").arg(int(width)).arg(in.colors.textSecondary.rgba()), corner, [&] {
        return label(text, font, in.colors.textSecondary, Qt::transparent, width, in.pixelRatio);
    });
}

void SceneBuilder::addFrameLabel(const Input &in, const Item &item, CanvasScene &scene)
{
    if (in.editing == item.id)
        return;
    const QPolygonF corners = boxOf(item).corners();
    const double width = item.frame()->size.width() * item.scale * in.view.zoom;
    if (width < 60)
        return;
    const QString prompt = item.frame()->prompt.simplified();
    const QColor ink = prompt.isEmpty() ? in.colors.textSecondary : in.colors.text;
    const QString text = prompt.isEmpty() ? QCoreApplication::translate("BoardCanvas", "Describe the picture here: double-click") : prompt;
    const int steps = int(std::ceil(width / 64)) * 64; // not a new image at each step of a zoom
    QFont font = in.font;
    font.setPixelSize(12);
    const QPointF anchor = in.view.toScreen(corners[0]);
    addSprite(scene, QStringLiteral("frame|%1|%2|%3").arg(steps).arg(ink.rgba()).arg(text),
              {anchor.x() - 5, anchor.y() - 24},
              [&] { return label(text, font, ink, Qt::transparent, steps, in.pixelRatio); });
}

void SceneBuilder::addBadge(const Input &in, const Item &item, CanvasScene &scene)
{
    const board::Picture &picture = *item.picture();
    const bool pinned = picture.state == board::ReferenceState::Pinned;
    const bool telling = pinned || picture.weight != 1 || in.controller->isSelected(item.id) || in.hovered == item.id;
    const QRectF bounds = boundingRect(item);
    if (!telling || isFaded(in, item) || bounds.width() * in.view.zoom < 2 * badgeSide || bounds.height() * in.view.zoom < 1.4 * badgeSide)
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

void SceneBuilder::addRegion(const Input &in, const Item &frame, const QRectF &region, const QColor &ink,
                             double width, CanvasScene &scene) const
{
    const QRectF rect = localRect(frame);
    const QPointF middle(rect.left() + region.center().x() * rect.width(),
                         rect.top() + region.center().y() * rect.height());
    const double pixels = frame.scale * in.view.zoom;
    scene.rects.append({in.view.toScreen(board::toBoard(frame).map(middle)),
                        QSizeF(region.width() * rect.width(), region.height() * rect.height()) * pixels,
                        frame.rotation, ink, width});
}

void SceneBuilder::addRegions(const Input &in, const Item &frame, CanvasScene &scene)
{
    const auto acting = generation::boardReferences(*in.controller->board(), frame.id, in.moved);
    for (qsizetype i = 0; i < acting.size(); ++i) {
        QColor soft = referenceInk(i);
        soft.setAlphaF(0.75f);
        if (!acting[i].reference.region.isEmpty())
            addRegion(in, frame, acting[i].reference.region, soft, 1, scene);
    }
}

void SceneBuilder::addMasks(const Input &in, CanvasScene &scene)
{
    const ItemId id = in.modelView ? in.controller->activeFrame() : ItemId();
    if (id.isNull() || !shownItem(in, id).isVisible())
        return;
    const Item &frame = shownItem(in, id);
    m_built.seen = id;
    m_built.acting = generation::boardReferences(*in.controller->board(), id, in.moved);
    // What the frame shows steps back behind the masks.
    SceneItem veil = basis(frame);
    veil.id = QUuid::createUuidV5(id, QByteArrayLiteral("veil"));
    veil.fill = in.colors.background;
    veil.opacity = 0.45;
    scene.items.append(veil);
    const QSize pixels = frame.frame()->pixels;
    for (qsizetype i = 0; i < m_built.acting.size(); ++i) {
        const QRectF &region = m_built.acting[i].reference.region;
        if (region.isEmpty())
            continue; // everywhere: said in words, a veil over all would tell nothing
        const QColor ink = referenceInk(i);
        SceneItem mask = basis(frame);
        mask.id = QUuid::createUuidV5(id, "mask" + m_built.acting[i].item.toByteArray());
        mask.opacity = 1;
        mask.image = drawn(QStringLiteral("mask|%1|%2,%3,%4,%5|%6x%7|%8")
                               .arg(ink.rgba()).arg(region.x()).arg(region.y()).arg(region.width())
                               .arg(region.height()).arg(pixels.width()).arg(pixels.height()).arg(in.latentFactor),
                           [&] { return maskImage(region, pixels, in.latentFactor, ink); });
        scene.items.append(mask);
    }
}

void SceneBuilder::addUses(const Input &in, CanvasScene &scene)
{
    if (m_built.seen.isNull() || !in.controller->board()->item(m_built.seen))
        return;
    const Item &frame = shownItem(in, m_built.seen);
    const QRectF rect = localRect(frame);
    const QTransform toBoard = board::toBoard(frame);
    QFont font = in.font;
    font.setPixelSize(11);
    const auto tell = [&](const QString &text, const QColor &ground, const QColor &ink, QPointF at) {
        addSprite(scene, QStringLiteral("use|%1|%2").arg(ground.rgba()).arg(text), at,
                  [&] { return label(text, font, ink, ground, 300, in.pixelRatio); });
    };
    const double line = QFontMetricsF(font).height() + 6;
    QVector<std::pair<QString, QColor>> everywhere;
    for (qsizetype i = 0; i < m_built.acting.size(); ++i) {
        const auto &reference = m_built.acting[i].reference;
        const QColor ground = referenceInk(i);
        if (reference.region.isEmpty()) {
            everywhere.append({QCoreApplication::translate("BoardCanvas", "Everywhere: %1").arg(useText(reference)), ground});
            continue;
        }
        addRegion(in, frame, reference.region, ground, 2, scene);
        const QPointF corner(rect.left() + reference.region.left() * rect.width(),
                             rect.top() + reference.region.top() * rect.height());
        // Inside the frame, where it fits.
        const QString text = useText(reference);
        const double wide = QFontMetricsF(font).horizontalAdvance(text) + 18;
        const double beyond = in.view.toScreen(toBoard.map(rect.topRight())).x() - wide;
        const QPointF left = in.view.toScreen(toBoard.map(rect.topLeft()));
        QPointF at = in.view.toScreen(toBoard.map(corner)) + QPointF(4, 4);
        if (frame.rotation == 0 && at.x() > beyond)
            at.setX(std::max(left.x() + 4, beyond));
        tell(text, ground, inkOn(ground), at);
    }
    if (m_built.acting.isEmpty())
        everywhere.append({QCoreApplication::translate(
                               "BoardCanvas", "Nothing is placed here or pinned: what a search finds best acts everywhere"),
                           in.colors.raised});
    QPointF at = in.view.toScreen(toBoard.map(rect.bottomLeft())) + QPointF(4, -4);
    for (qsizetype i = everywhere.size(); i-- > 0;) {
        at.ry() -= line;
        const auto &[text, ground] = everywhere[i];
        tell(text, ground, inkOn(ground), at);
    }
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
        addSprite(scene, QStringLiteral("facet|%1|%2").arg(in.colors.textSecondary.rgba()).arg(it.key()),
                  in.view.toScreen(it->topLeft()) - QPointF(5, 19),
                  [&] { return label(it.key(), font, in.colors.textSecondary, Qt::transparent, 320, in.pixelRatio); });
}

void SceneBuilder::outline(const Input &in, const SelectionBox &box, const QColor &color, double width,
                           CanvasScene &scene) const
{
    scene.rects.append({in.view.toScreen(box.centre), box.size * in.view.zoom + QSizeF(2 * width, 2 * width),
                        box.rotation, color, width});
}

void SceneBuilder::addSelection(const Input &in, CanvasScene &scene)
{
    QVector<Item> selected;
    for (const ItemId &id : in.controller->selection()) {
        const auto preview = in.moved.constFind(id);
        if (const Item *item = preview != in.moved.constEnd() ? &*preview : in.controller->board()->item(id))
            selected.append(*item);
    }
    if (selected.size() > 1)
        for (const Item &item : selected)
            outline(in, boxOf(item), in.colors.selection, 1, scene);
    const SelectionBox box = selectionBox(selected);
    if (box.isNull())
        return;
    if (selected.size() == 1 && selected.first().id == in.cropping) {
        addCropFrame(in, selected.first(), scene);
        return;
    }
    outline(in, box, in.colors.selection, in.focused ? 2 : 1, scene);
    if (in.gesture->changesItems() || in.controller->isReadOnly())
        return;
    for (const QPointF corner : box.corners()) {
        const QPointF at = in.view.toScreen(corner);
        scene.rects.append({at, {9, 9}, box.rotation, in.colors.background, 0});
        scene.rects.append({at, {7, 7}, box.rotation, in.colors.selection, 0});
    }
    const QPolygonF corners = box.corners();
    const QPointF top = in.view.toScreen((corners[0] + corners[1]) / 2) + box.up() * 24;
    addSprite(scene, QStringLiteral("turn|%1").arg(in.colors.selection.rgba()),
              top - QPointF(turnHandleSide, turnHandleSide) / 2.0,
              [&] { return turnHandle(in.colors.selection, in.colors.background, in.pixelRatio); });
}

void SceneBuilder::addGesture(const Input &in, CanvasScene &scene)
{
    for (const QLineF &guide : in.gesture->guides) {
        const QPointF a = in.view.toScreen(guide.p1()), b = in.view.toScreen(guide.p2());
        const QSizeF size(std::max(1.0, std::abs(a.x() - b.x())), std::max(1.0, std::abs(a.y() - b.y())));
        scene.rects.append({(a + b) / 2, size, 0, in.colors.accent, 0});
    }
    if (in.gesture->kind == Gesture::Kind::Marquee) {
        const QRectF marquee = in.gesture->marquee;
        QColor veil = in.colors.selection;
        veil.setAlphaF(0.08f);
        const QPointF middle = in.view.toScreen(marquee.center());
        scene.rects.append({middle, marquee.size() * in.view.zoom, 0, veil, 0});
        scene.rects.append({middle, marquee.size() * in.view.zoom, 0, in.colors.selection, 1});
    }
}

const Item &SceneBuilder::shownItem(const Input &in, const ItemId &id)
{
    const auto preview = in.moved.constFind(id);
    return preview != in.moved.constEnd() ? *preview : *in.controller->board()->item(id);
}

bool SceneBuilder::isUpToDate(const Input &in, const QRectF &seen, const CanvasScene &scene) const
{
    // Details and the width of lines hold for a little zooming; for lines only where many items make
    // building dear.
    const double give = !m_built.bordered ? 1.15 : scene.items.size() < 2000 ? 1 : 1.06;
    const double zoomed = in.view.zoom / m_built.zoom;
    return m_built.pixelRatio == in.pixelRatio && m_built.area.contains(seen) && zoomed <= give && zoomed >= 1 / give;
}

void SceneBuilder::buildItems(const Input &in, const QRectF &seen, CanvasScene &scene)
{
    ++m_frame;
    // Panning for a while finds what it needs: nothing is built until this area is left.
    const double aheadX = seen.width() / 4, aheadY = seen.height() / 4;
    m_built = {};
    m_built.area = seen.adjusted(-aheadX, -aheadY, aheadX, aheadY);
    m_built.origin = seen.center();
    m_built.zoom = in.view.zoom;
    m_built.pixelRatio = in.pixelRatio;
    scene.origin = m_built.origin;
    scene.items.clear();
    ++scene.itemsVersion;
    const board::Board &document = *in.controller->board();
    m_showing.clear();
    for (const ItemId &id : document.frames()) {
        const Item &frame = *document.item(id);
        if (in.previews.contains(id) || document.take(frame.frame()->shownTake))
            m_showing.append(frame);
    }
    for (const ItemId &id : document.items()) {
        const Item &item = shownItem(in, id);
        if (!item.isVisible())
            continue;
        const board::Picture *picture = item.picture();
        QRectF bounds = boundingRect(item);
        if (picture && !picture->touched && !picture->facet.isEmpty())
            m_built.groups[picture->facet] |= bounds;
        if (item.frame()) // with its shelf
            bounds.adjust(0, 0, bounds.width() * 0.4, 0);
        if (!m_built.area.intersects(bounds))
            continue;
        switch (item.kind()) {
        case board::ItemKind::Picture:
            if (id == in.cropping)
                addUncropped(in, item, scene);
            addPicture(in, item, scene,
                       seen.intersects(bounds) ? PictureCache::Urgency::Seen : PictureCache::Urgency::Ahead);
            if (picture->state == board::ReferenceState::Pinned || picture->weight != 1)
                m_built.decorated.append(id);
            break;
        case board::ItemKind::Note: addNote(in, item, scene); break;
        case board::ItemKind::Frame:
            addFrame(in, item, scene);
            m_built.decorated.append(id);
            break;
        }
    }
    addMasks(in, scene);
    m_drawn.removeIf([this](const auto &drawn) { return drawn.value().used + 8 < m_frame; });
}

void SceneBuilder::addDecoration(const Input &in, const Item &item, CanvasScene &scene)
{
    if (item.picture() && item.id != in.cropping)
        addBadge(in, item, scene);
    if (item.frame()) {
        addShelfLabel(in, item, scene);
        addFrameLabel(in, item, scene);
        if (item.id != m_built.seen && (in.controller->isSelected(item.id) || in.gesture->kind == Gesture::Kind::Move))
            addRegions(in, item, scene);
    }
    if (item.id == in.hovered && !in.controller->isSelected(item.id) && in.gesture->kind == Gesture::Kind::None) {
        QColor soft = in.colors.selection;
        soft.setAlphaF(0.5f);
        outline(in, boxOf(item), soft, 1, scene);
    }
}

void SceneBuilder::buildOverlay(const Input &in, const QRectF &seen, CanvasScene &scene)
{
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
    addSelection(in, scene);
    addGesture(in, scene);
}

bool SceneBuilder::build(const Input &in, bool changed, CanvasScene &scene)
{
    scene.size = in.view.size;
    scene.background = in.colors.background;
    scene.rects.clear();
    scene.sprites.clear();
    bool built = false;
    if (in.controller && in.controller->board()) {
        // A little more than is seen: labels and handles reach beyond their items.
        const double margin = 64 / in.view.zoom;
        const QRectF seen = in.view.visible().adjusted(-margin, -margin, margin, margin);
        built = changed || !isUpToDate(in, seen, scene);
        if (built)
            buildItems(in, seen, scene);
        buildOverlay(in, seen, scene);
    } else if (!scene.items.isEmpty() || changed) {
        scene.items.clear();
        ++scene.itemsVersion;
        m_built = {};
    }
    const QPointF origin = in.view.toScreen(scene.origin);
    scene.toScreen = QMatrix4x4(QTransform(in.view.zoom, 0, 0, in.view.zoom, origin.x(), origin.y()));
    // Only what is still in use stays drawn.
    QHash<QString, QImage> used;
    for (const SceneSprite &sprite : scene.sprites)
        used.insert(sprite.name, scene.images.value(sprite.name));
    scene.images = used;
    return built;
}

} // namespace moodloom::ui
