// What the canvas shows, as plain values: made on the UI thread, drawn by CanvasNode.
#pragma once

#include <QColor>
#include <QHash>
#include <QImage>
#include <QMatrix4x4>
#include <QRectF>
#include <QUuid>
#include <QVector>

namespace moodloom::ui {

// An item in its own coordinates.
struct SceneItem
{
    QUuid id;
    QPointF centre; // from the scene's origin
    double scale = 1;
    double rotation = 0; // degrees, clockwise
    QRectF rect;
    QColor fill;          // invalid = none
    QColor border;        // invalid = none
    double borderWidth = 1;
    QImage image;         // null = none
    QRectF source{0, 0, 1, 1}; // the part of `image` that fills `rect`, in shares of it
    bool mirroredX = false;
    bool mirroredY = false;
    double opacity = 1;
};

// A rectangle of the overlay, in screen coordinates, turned about its middle.
struct SceneRect
{
    QPointF centre;
    QSizeF size;
    double rotation = 0; // degrees
    QColor color;
    double line = 0;     // 0 = filled, else the width of its outline
};

// A small image of the overlay, shared by its name between frames.
struct SceneSprite
{
    QString name;
    QPointF topLeft;
};

struct CanvasScene
{
    QSizeF size;
    QColor background;
    QMatrix4x4 toScreen;         // of board coordinates, from the origin
    QPointF origin;              // board: near what is seen, so that single precision does
    QVector<SceneItem> items;    // from the back to the front, only what is seen or near
    quint64 itemsVersion = 0;    // other items, another version; panning and zooming keep them
    QVector<SceneRect> rects;    // the overlay, in this order
    QVector<SceneSprite> sprites;
    QHash<QString, QImage> images; // of the sprites, with their device pixel ratio
};

} // namespace moodloom::ui
