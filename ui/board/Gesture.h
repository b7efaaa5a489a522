// What a drag on the canvas does, as pure geometry: the items as they would be if the mouse button
// were released now. Nothing is written to the board before it is.
#pragma once

#include "core/board/Item.h"
#include "core/board/Snapping.h"
#include "ui/board/Viewport.h"

#include <QHash>

#include <optional>

namespace moodloom::ui {

// The rectangle around what is selected: a single item's own, turned with it, else upright.
struct SelectionBox
{
    QPointF centre;
    QSizeF size;
    double rotation = 0; // degrees
    bool isNull() const { return size.isEmpty(); }
    // Corners clockwise from the top left, in board coordinates.
    QPolygonF corners() const;
    // Unit vector from the middle to the top edge.
    QPointF up() const;
};

SelectionBox selectionBox(const QVector<board::Item> &items);

// Where the handle is that turns these, on the screen: over their box, with a frame under it, for a
// frame's prompt stands over it.
QPointF turnHandleAt(const QVector<board::Item> &items, const Viewport &view);

struct Gesture
{
    enum class Kind {
        None, Press, Pan, Marquee, Lasso, Draw, Erase, Guide, Move, Scale, Rotate, Crop, PanCrop
    };

    Kind kind = Kind::None;
    QPointF pressed;             // screen
    QPointF start;               // board
    QVector<board::Item> items;  // as they were
    SelectionBox box;
    int corner = -1;             // Scale: the dragged one
    Qt::Edges edges;             // Crop: the dragged ones, of the picture's pixels
    QVector<QRectF> others;      // Move, Scale: the bounds of what stays
    // What it comes to.
    QPointF delta;               // Move, PanCrop
    QRectF crop;                 // Crop, pixels
    double factor = 1;           // Scale, about `about`
    double degrees = 0;          // Rotate, about `about`
    QPointF about;
    QRectF marquee;              // Marquee, board
    QPolygonF lasso;             // Lasso, board
    QVector<board::StrokePoint> stroke; // Draw, board
    QVector<QPointF> trail;      // Erase, board
    QColor ink;                  // Draw
    double width = 0;            // Draw, Erase: board units
    QHash<board::ItemId, QVector<board::Item>> erased; // Erase: what is left of strokes so far
    board::GuideLines lines;     // Move, Scale: what may be snapped to; Guide: the others
    Qt::Orientation axis = Qt::Horizontal; // Guide: along which it is dragged
    std::optional<double> guide; // Guide: where it is; over its ruler it is gone
    QVector<board::Guide> guides; // board: what was snapped to

    // `near`: the bounds to snap to, empty for none; `reach`: how near, in board units.
    void moveTo(QPointF board, const QVector<QRectF> &near, double reach, bool alongOneAxis);
    void scaleTo(QPointF board, bool aboutCentre, const QVector<QRectF> &near = {}, double reach = 0);
    void rotateTo(QPointF board, bool inSteps);
    void cropTo(QPointF board);
    void marqueeTo(QPointF board);
    void lassoTo(QPointF board, double detail); // points nearer than `detail` are left out
    void drawTo(QPointF board, double pressure, double detail); // Draw and Erase
    // Erase: cuts a stroke of the board, as far as the last two points of the trail reach it.
    void erase(const board::Item &stroke);
    bool changesItems() const;
    QHash<board::ItemId, board::Item> preview() const;
    QVector<board::ItemId> ids() const;
};

} // namespace moodloom::ui
