// Looking closely at what is on the board: sampling a colour, comparing two.
#include "core/board/Crop.h"
#include "core/board/Stroke.h"
#include "ui/board/BoardCanvas.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

namespace moodloom::ui {

using board::Item;

namespace {

// The pixel at a place of the picture, 0..1 both ways.
QColor pixelAt(const QImage &image, QPointF place)
{
    if (image.isNull())
        return {};
    return image.pixelColor(std::clamp(int(place.x() * image.width()), 0, image.width() - 1),
                            std::clamp(int(place.y() * image.height()), 0, image.height() - 1));
}

// `over` as it is seen on `ground`, with `share` of its opacity.
QColor blended(const QColor &over, double share, const QColor &ground)
{
    const double top = over.alphaF() * share, below = ground.alphaF() * (1 - top),
                 alpha = top + below;
    if (alpha <= 0)
        return Qt::transparent;
    const auto mixed = [&](double a, double b) { return float((a * top + b * below) / alpha); };
    return QColor::fromRgbF(mixed(over.redF(), ground.redF()),
                            mixed(over.greenF(), ground.greenF()),
                            mixed(over.blueF(), ground.blueF()), float(alpha));
}

} // namespace

// Of this item alone; invalid where it shows nothing.
QColor BoardCanvas::ownColorAt(const Item &item, QPointF at) const
{
    if (!board::boundingRect(item).contains(at) ||
        !outline(item).containsPoint(at, Qt::OddEvenFill))
        return {};
    if (const board::Picture *picture = item.picture()) {
        if (picture->size.isEmpty())
            return {};
        const QPointF pixel = board::toPixels(item).map(at);
        return pixelAt(m_cache.held(picture->hash, picture->greyscale ? PictureCache::Tone::Grey
                                                                      : PictureCache::Tone::Color),
                       {pixel.x() / picture->size.width(), pixel.y() / picture->size.height()});
    }
    if (item.note())
        return item.note()->color;
    if (item.stroke())
        return isOnStroke(item, at, 1 / m_view.zoom) ? item.stroke()->color : QColor();
    const board::FrameTake *take = document()->take(item.frame()->shownTake);
    const QRectF rect = localRect(item);
    const QPointF own = board::toBoard(item).inverted().map(at) - rect.topLeft();
    return take ? pixelAt(m_cache.held(take->hash), {own.x() / rect.width(), own.y() / rect.height()})
                : QColor();
}

QColor BoardCanvas::colorAt(QPointF screen) const
{
    // From the back to the front, as it is painted: what is transparent shows what lies below it.
    const QPointF at = m_view.toBoard(screen);
    QColor seen = Qt::transparent;
    for (const board::ItemId &id : visibleItems()) {
        const Item &item = *document()->item(id);
        if (const QColor own = ownColorAt(item, at); own.isValid())
            seen = blended(own, item.opacity, seen);
    }
    return seen.alpha() == 0 ? QColor() : blended(seen, 1, m_backgroundColor);
}

void BoardCanvas::sampleColor()
{
    const QColor color = colorAt(m_pointer.isNull() ? boundingRect().center() : m_pointer);
    if (!color.isValid()) {
        Q_EMIT m_controller->notice(tr("Point at a picture to take a colour of it"));
        return;
    }
    QGuiApplication::clipboard()->setText(color.name());
    Q_EMIT colorSampled(color);
}

void BoardCanvas::compareSelected()
{
    // In the order in which they were selected.
    QStringList ids;
    for (const Item &item : selectedItems())
        if (item.picture() || (item.frame() && document()->take(item.frame()->shownTake)))
            ids.append(item.id.toString(QUuid::WithoutBraces));
    if (ids.size() == 2)
        Q_EMIT compareRequested(ids[0], ids[1]);
    else
        Q_EMIT m_controller->notice(tr("Select two pictures, or a picture and a painted frame, to compare them"));
}

} // namespace moodloom::ui
