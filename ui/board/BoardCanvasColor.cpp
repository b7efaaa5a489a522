// Looking closely at what is on the board: sampling a colour, comparing two.
#include "core/board/Crop.h"
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

} // namespace

QColor BoardCanvas::colorAt(QPointF screen) const
{
    const Item *item = document() ? document()->item(itemAt(screen)) : nullptr;
    if (!item)
        return {};
    const QPointF at = m_view.toBoard(screen);
    if (const board::Picture *picture = item->picture()) {
        const QPointF pixel = board::toPixels(*item).map(at);
        return pixelAt(m_cache.held(picture->hash, picture->greyscale ? PictureCache::Tone::Grey
                                                                      : PictureCache::Tone::Color),
                       {pixel.x() / picture->size.width(), pixel.y() / picture->size.height()});
    }
    if (item->note())
        return item->note()->color;
    if (item->stroke())
        return item->stroke()->color;
    const board::FrameTake *take = document()->take(item->frame()->shownTake);
    const QRectF rect = localRect(*item);
    const QPointF own = board::toBoard(*item).inverted().map(at) - rect.topLeft();
    return take ? pixelAt(m_cache.held(take->hash), {own.x() / rect.width(), own.y() / rect.height()})
                : QColor();
}

void BoardCanvas::sampleColor()
{
    const QColor color = colorAt(m_pointer.isNull() ? boundingRect().center() : m_pointer);
    if (!color.isValid()) {
        Q_EMIT m_controller->notice(tr("Point at a picture to take a color of it"));
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
