#include "ui/board/SceneBuilder.h"

#include "core/base/WebAddress.h"
#include "core/board/Crop.h"
#include "core/board/Stroke.h"
#include "ui/board/AnimationPlayer.h"
#include "ui/board/CanvasSprites.h"
#include "ui/board/NoteText.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace moodloom::ui {

using board::Item;
using board::ItemId;

void SceneBuilder::addSprite(CanvasScene &scene, const QString &what, QPointF topLeft,
                             const std::function<QImage()> &draw) const
{
    // Anew where the window moves to a screen of other pixels.
    const double ratio = m_built.pixelRatio;
    const QString name = QStringLiteral("%1@%2").arg(what).arg(ratio);
    if (!scene.images.contains(name))
        scene.images.insert(name, draw());
    // On whole pixels of the screen, or text blurs.
    scene.sprites.append({name, QPointF(std::round(topLeft.x() * ratio) / ratio,
                                        std::round(topLeft.y() * ratio) / ratio)});
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
    // Without its colours it stands still: frames are kept as they are.
    const double side = natural * item.scale * in.view.zoom * in.pixelRatio;
    if (in.player && urgency == PictureCache::Urgency::Seen && !picture.greyscale &&
        in.player->mayMove(picture.hash, picture.path, side)) {
        if (const QImage frame = in.player->frame(picture.hash, picture.path, side); !frame.isNull())
            result.image = frame;
        m_built.moving.append({scene.items.size(), picture.hash});
    }
    if (isFaded(in, item))
        result.opacity *= 0.15;
    if (shown.missing) {
        result.border = in.colors.danger;
        result.borderWidth = 1.5 / (in.view.zoom * item.scale);
        m_built.bordered = true;
        if (shown.image.isNull()) { // in words, too: a colour alone tells nothing to some
            const QSizeF size = naturalSize(item);
            result.source = SceneItem().source;
            result.mirroredX = result.mirroredY = false;
            const double longest =
                std::max({size.width(), size.height(), 1.0}) * sharpnessOf(in, item, 2560);
            const QString key = QStringLiteral("away|%1x%2|%3|%4")
                                    .arg(size.width())
                                    .arg(size.height())
                                    .arg(longest)
                                    .arg(in.colors.text.rgba());
            result.image = drawn(key, [&] {
                return awayPicture(
                    QCoreApplication::translate(
                        "SceneBuilder",
                        "The file is not where it was. Put it back, or drop the picture."),
                    size, longest, in.font, in.colors.text, in.colors.raised);
            });
        }
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

bool SceneBuilder::isOnSlide(const Input &in, const Item &item) const
{
    if (in.slide.isNull() || item.id == in.slide)
        return true;
    const Item *slide = in.controller->board()->item(in.slide);
    if (!slide || item.frame() || regionInFrame(item, *slide).isEmpty())
        return false;
    // Remarks belong to what they lie on. A painted frame shows its picture; one that is still empty the
    // pictures in it.
    return !item.picture() || (slide->frame() && slide->frame()->shownTake.isEmpty());
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

double SceneBuilder::sharpnessOf(const Input &in, const Item &item, double side)
{
    // As sharp as it is seen, in steps, so that zooming does not draw it anew all the time.
    const double wanted = in.view.zoom * item.scale * in.pixelRatio;
    const QSizeF size = naturalSize(item);
    const double most = side / std::max({size.width(), size.height(), 1.0});
    return std::min(most, std::exp2(std::ceil(std::log2(std::max(wanted, 0.125)))));
}

void SceneBuilder::addStroke(const Input &in, const Item &item, CanvasScene &scene)
{
    SceneItem result = basis(item);
    const board::Stroke &stroke = *item.stroke();
    const double sharpness = sharpnessOf(in, item, 2560);
    // A stroke's points never change: another line is another item.
    result.image = drawn(QStringLiteral("stroke|%1|%2").arg(item.id.toString()).arg(sharpness), [&] {
        QImage image((stroke.size * sharpness).toSize().expandedTo({1, 1}), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(image.width() / stroke.size.width(), image.height() / stroke.size.height());
        painter.translate(stroke.size.width() / 2, stroke.size.height() / 2);
        paintStroke(painter, stroke);
        return image;
    });
    scene.items.append(result);
}

void SceneBuilder::addNote(const Input &in, const Item &item, CanvasScene &scene)
{
    SceneItem result = basis(item);
    const board::Note &note = *item.note();
    result.fill = note.color;
    result.mirroredX = result.mirroredY = false; // text stays readable
    if (note.acts && in.editing != item.id && isFaded(in, item)) // it has done its work, as a picture has
        result.opacity *= 0.15;
    if (in.editing != item.id && !note.text.isEmpty()) {
        const double sharpness = sharpnessOf(in, item, 2048);
        const QColor ink = inkOn(note.color);
        if (isWebCard(item)) {
            const QString host = hostOf(webAddress(item.source)),
                          state = in.controller->web()->stateOf(item.id);
            const QString card = QStringLiteral("card|%1|%2|%3x%4|")
                                     .arg(sharpness)
                                     .arg(ink.rgba())
                                     .arg(note.size.width())
                                     .arg(note.size.height());
            result.image =
                drawn(card + host + QLatin1Char('|') + state + QLatin1Char('|') + note.text, [&] {
                    return webCard(host, state, note.text, noteFont(in.font), ink, note.size,
                                   sharpness);
                });
            scene.items.append(result);
            return;
        }
        const QString key = QStringLiteral("%1|%2|%3x%4|%5").arg(sharpness).arg(ink.rgba()).arg(note.size.width())
                                .arg(note.size.height()).arg(note.text);
        result.image = drawn(
            key, [&] { return noteText(note.text, noteFont(in.font), ink, note.size, sharpness); });
    }
    scene.items.append(result);
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
        if (!item.isVisible() || !isOnSlide(in, item))
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
        case board::ItemKind::Stroke:
            if (const auto left = in.gesture->erased.constFind(id); left != in.gesture->erased.constEnd())
                for (const Item &piece : *left)
                    addStroke(in, piece, scene);
            else
                addStroke(in, item, scene);
            break;
        case board::ItemKind::Frame:
            addFrame(in, item, scene);
            m_built.decorated.append(id);
            break;
        }
    }
    if (in.slide.isNull())
        addMasks(in, scene);
    m_drawn.removeIf([this](const auto &drawn) { return drawn.value().used + 8 < m_frame; });
}

void SceneBuilder::advance(const AnimationPlayer &player, CanvasScene &scene) const
{
    for (const auto &[place, hash] : m_built.moving)
        if (const QImage frame = player.shown(hash); !frame.isNull() && place < scene.items.size())
            scene.items[place].image = frame;
    ++scene.itemsVersion;
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
