// Which part of the board is seen: a plain value that maps between board and screen.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QTransform>

#include <algorithm>

namespace moodloom::ui {

struct Viewport
{
    static constexpr double leastZoom = 0.02, mostZoom = 32;

    QPointF centre;   // the board point in the middle of the screen
    double zoom = 1;  // screen pixels a board unit
    QSizeF size;      // of the screen area, device-independent pixels

    QPointF toScreen(QPointF board) const
    {
        return (board - centre) * zoom + QPointF(size.width(), size.height()) / 2;
    }
    QPointF toBoard(QPointF screen) const
    {
        return (screen - QPointF(size.width(), size.height()) / 2) / zoom + centre;
    }
    QRectF visible() const { return {toBoard({0, 0}), size / zoom}; }
    QTransform transform() const
    {
        const QPointF origin = toScreen({0, 0});
        return QTransform(zoom, 0, 0, zoom, origin.x(), origin.y());
    }
    // Keeps the board point under `screen` where it is.
    void zoomAt(QPointF screen, double factor)
    {
        const QPointF kept = toBoard(screen);
        zoom = std::clamp(zoom * factor, leastZoom, mostZoom);
        centre += kept - toBoard(screen);
    }
    // Shows all of `rect` with a margin, at most `most` times enlarged.
    void fit(const QRectF &rect, double margin = 48, double most = 2)
    {
        if (size.isEmpty())
            return;
        const double w = std::max(1.0, size.width() - 2 * margin), h = std::max(1.0, size.height() - 2 * margin);
        zoom = std::clamp(std::min(w / std::max(1e-6, rect.width()), h / std::max(1e-6, rect.height())),
                          leastZoom, most);
        centre = rect.center();
    }
    bool operator==(const Viewport &) const = default;
};

// On the way from one to the other, 0..1: what is seen changes its size and its place evenly.
inline Viewport between(const Viewport &from, const Viewport &to, double share)
{
    Viewport view = to;
    view.centre = from.centre + (to.centre - from.centre) * share;
    view.zoom = 1 / (1 / from.zoom + (1 / to.zoom - 1 / from.zoom) * share);
    return view;
}

} // namespace moodloom::ui
