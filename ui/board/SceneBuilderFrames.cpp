// Frames in the scene: what they show, their shelves, and what acts in them.
#include "ui/board/CanvasSprites.h"
#include "ui/board/ReferenceInks.h"
#include "ui/board/SceneBuilder.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

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

void SceneBuilder::addFrame(const Input &in, const Item &item, CanvasScene &scene)
{
    SceneItem result = basis(item);
    const board::Frame &frame = *item.frame();
    result.fill = in.colors.raised;
    result.border =
        in.controller->activeFrame() == item.id ? in.colors.textSecondary : in.colors.line;
    result.borderWidth = 1 / (in.view.zoom * item.scale);
    m_built.bordered = true;
    if (const auto preview = in.previews.constFind(item.id); preview != in.previews.constEnd()) {
        result.image = *preview;
    } else if (const board::FrameTake *take = in.controller->board()->take(frame.shownTake)) {
        const int natural = std::max(take->size.width(), take->size.height());
        const auto shown = in.cache->want(take->hash, {}, natural,
                                          std::max(frame.size.width(), frame.size.height()) *
                                              item.scale * in.view.zoom * in.pixelRatio);
        result.image = shown.image;
    }
    scene.items.append(result);
    if (in.slide.isNull())
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
        const auto shown =
            in.cache->want(item->picture()->hash, item->picture()->path,
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
    // Above the pictures' edge, on the line of the frame's own words.
    const QPointF corner = in.view.toScreen(toBoard.map(shelf.topLeft())) - QPointF(5, 23);
    addSprite(scene,
              QStringLiteral("shelf%1|%2").arg(int(width)).arg(in.colors.textSecondary.rgba()),
              corner, [&] {
                  return label(text, font, in.colors.textSecondary, Qt::transparent, width,
                               in.pixelRatio);
              });
}

void SceneBuilder::addFrameLabel(const Input &in, const Item &item, CanvasScene &scene)
{
    if (in.editing == item.id)
        return;
    const QPolygonF corners = selectionBox({item}).corners();
    const double width = item.frame()->size.width() * item.scale * in.view.zoom;
    if (width < 60)
        return;
    const QString prompt = item.frame()->prompt.simplified();
    const QColor ink = prompt.isEmpty() ? in.colors.textSecondary : in.colors.text;
    const QString text =
        prompt.isEmpty()
            ? QCoreApplication::translate("BoardCanvas", "Describe the picture here: double-click")
            : prompt;
    const int steps = int(std::ceil(width / 64)) * 64; // not a new image at each step of a zoom
    QFont font = in.font;
    font.setPixelSize(12);
    const QPointF anchor = in.view.toScreen(corners[0]);
    addSprite(scene, QStringLiteral("frame|%1|%2|%3").arg(steps).arg(ink.rgba()).arg(text),
              {anchor.x() - 5, anchor.y() - 24},
              [&] { return label(text, font, ink, Qt::transparent, steps, in.pixelRatio); });
}

// What failed is said in the frame that waits for it; the takes strip says why.
void SceneBuilder::addTrouble(const Input &in, const Item &item, CanvasScene &scene)
{
    const QString text = in.troubles.value(item.id);
    const double width = item.frame()->size.width() * item.scale * in.view.zoom;
    if (text.isEmpty() || width < 60 || !in.slide.isNull())
        return;
    QFont font = in.font;
    font.setPixelSize(12);
    const double line = QFontMetricsF(font).height() + 4;
    const int steps = std::max(48, int(std::floor((width - 12) / 32)) * 32);
    const QColor ground = in.colors.danger.darker(130); // white words are read on it
    const QPointF anchor = in.view.toScreen(selectionBox({item}).corners()[3]);
    addSprite(scene,
              QStringLiteral("trouble|%1|%2|%3").arg(steps).arg(ground.rgba()).arg(text),
              {anchor.x() + 6, anchor.y() - line - 6},
              [&] { return label(text, font, inkOn(ground), ground, steps, in.pixelRatio); });
}

void SceneBuilder::addRegion(const Input &in, const Item &frame, const ActingItem &acting,
                             const QColor &ink, double width, CanvasScene &scene) const
{
    if (!acting.shape.isEmpty()) { // acts in its shape, turned as it is
        outline(in, selectionBox({shownItem(in, acting.item)}), ink, width, scene);
        return;
    }
    const QRectF &region = acting.region;
    const QRectF rect = localRect(frame);
    const QPointF middle(rect.left() + region.center().x() * rect.width(),
                         rect.top() + region.center().y() * rect.height());
    const double pixels = frame.scale * in.view.zoom;
    scene.rects.append(
        {in.view.toScreen(board::toBoard(frame).map(middle)),
         QSizeF(region.width() * rect.width(), region.height() * rect.height()) * pixels,
         frame.rotation, ink, width});
}

void SceneBuilder::addRegions(const Input &in, const Item &frame, CanvasScene &scene)
{
    const auto acting = actingItems(*in.controller->board(), frame.id, in.moved);
    // Over a picture a thin line is lost, the more so for who sees colours differently.
    const bool painted = in.previews.contains(frame.id) || !frame.frame()->shownTake.isNull();
    QColor casing = in.colors.background;
    casing.setAlphaF(0.6f);
    for (qsizetype i = 0; i < acting.size(); ++i) {
        QColor soft = referenceInk(i);
        soft.setAlphaF(0.75f);
        if (acting[i].region.isEmpty())
            continue;
        const int width = acting[i].isNote() ? 2 : 1;
        if (painted)
            addRegion(in, frame, acting[i], casing, width + 2, scene);
        addRegion(in, frame, acting[i], soft, width, scene);
    }
}

void SceneBuilder::addMasks(const Input &in, CanvasScene &scene)
{
    const ItemId id = in.modelView ? in.controller->activeFrame() : ItemId();
    if (id.isNull() || !shownItem(in, id).isVisible())
        return;
    const Item &frame = shownItem(in, id);
    m_built.seen = id;
    m_built.acting = actingItems(*in.controller->board(), id, in.moved);
    // What the frame shows steps back behind the masks.
    SceneItem veil = basis(frame);
    veil.id = QUuid::createUuidV5(id, QByteArrayLiteral("veil"));
    veil.fill = in.colors.background;
    veil.opacity = 0.45;
    scene.items.append(veil);
    const QSize pixels = frame.frame()->pixels;
    for (qsizetype i = 0; i < m_built.acting.size(); ++i) {
        const ActingItem &acting = m_built.acting[i];
        if (acting.region.isEmpty())
            continue; // everywhere: said in words, a veil over all would tell nothing
        const QColor ink = referenceInk(i);
        SceneItem mask = basis(frame);
        mask.id = QUuid::createUuidV5(id, "mask" + acting.item.toByteArray());
        mask.opacity = 1;
        QString key = QStringLiteral("mask|%1|%2x%3|%4")
                          .arg(ink.rgba())
                          .arg(pixels.width())
                          .arg(pixels.height())
                          .arg(in.latentFactor);
        for (qsizetype j = i; j < m_built.acting.size(); ++j)
            if (const ActingItem &other = m_built.acting[j]; other.layer == acting.layer) {
                const QRectF &r = other.region;
                key += QStringLiteral("|%1").arg(other.weight);
                for (const QPointF &corner :
                     !other.shape.isEmpty() ? other.shape : QVector{r.topLeft(), r.bottomRight()})
                    key += QStringLiteral("|%1,%2").arg(corner.x()).arg(corner.y());
            }
        mask.image = drawn(
            key, [&] { return maskImage(m_built.acting, i, pixels, in.latentFactor, ink); });
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
    const auto tell = [&](const QString &text, const QColor &ground, const QColor &ink,
                          QPointF at) {
        addSprite(scene, QStringLiteral("use|%1|%2").arg(ground.rgba()).arg(text), at,
                  [&] { return label(text, font, ink, ground, 300, in.pixelRatio); });
    };
    const double line = QFontMetricsF(font).height() + 6;
    QVector<std::pair<QString, QColor>> everywhere;
    for (qsizetype i = 0; i < m_built.acting.size(); ++i) {
        const ActingItem &acting = m_built.acting[i];
        const QColor ground = referenceInk(i);
        if (acting.region.isEmpty()) {
            everywhere.append(
                {QCoreApplication::translate("BoardCanvas", "Everywhere: %1").arg(acting.use),
                 ground});
            continue;
        }
        addRegion(in, frame, acting, ground, 2, scene);
        const QPointF corner(rect.left() + acting.region.left() * rect.width(),
                             rect.top() + acting.region.top() * rect.height());
        // Inside the frame, where it fits.
        const QString &text = acting.use;
        const double wide = QFontMetricsF(font).horizontalAdvance(text) + 18;
        const double beyond = in.view.toScreen(toBoard.map(rect.topRight())).x() - wide;
        const QPointF left = in.view.toScreen(toBoard.map(rect.topLeft()));
        QPointF at = in.view.toScreen(toBoard.map(corner)) + QPointF(4, 4);
        if (frame.rotation == 0 && at.x() > beyond)
            at.setX(std::max(left.x() + 4, beyond));
        // A long one goes below the badge in the picture's corner, not under it.
        const double across = acting.region.width() * rect.width() * frame.scale * in.view.zoom;
        if (!acting.isNote() && wide > across - badgeSide - 8)
            at.ry() += badgeSide + 4;
        tell(text, ground, inkOn(ground), at);
    }
    if (std::all_of(m_built.acting.begin(), m_built.acting.end(),
                    [](const ActingItem &acting) { return acting.isNote(); }))
        everywhere.append(
            {QCoreApplication::translate(
                 "BoardCanvas",
                 "Nothing is placed here or pinned: what a search finds best acts everywhere"),
             in.colors.raised});
    QPointF at = in.view.toScreen(toBoard.map(rect.bottomLeft())) + QPointF(4, -4);
    for (qsizetype i = everywhere.size(); i-- > 0;) {
        at.ry() -= line;
        const auto &[text, ground] = everywhere[i];
        tell(text, ground, inkOn(ground), at);
    }
}

} // namespace moodloom::ui
