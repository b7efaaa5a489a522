// Puts sketches on a picture in a style.
//
// One Inker per picture and thread; it draws through a QPainter that it does not own. Nothing here
// needs a QGuiApplication.
#pragma once

#include "core/world/Sketch.h"
#include "core/world/Style.h"

#include <QPainter>
#include <QTransform>

#include <cstdint>

namespace moodloom::world {

class Inker
{
public:
    // The painter's coordinates are the picture's: 0..100 in both directions.
    Inker(QPainter &painter, Style style, bool night);

    // What lies behind: sky, ground, far things.
    void backdrop(const Sketch &sketch);
    // A thing. `rim`: it is close to the background in colour and gets a pale edge.
    void thing(const Sketch &sketch, const QTransform &place, bool rim);
    // A soft dark patch on the ground below something.
    void contactShadow(QPointF centre, double rx, double ry);
    // The style's last touch over everything: paper grain and the like.
    void finish(uint64_t seed);

private:
    void flatShape(const Shape &shape, const QPainterPath &path, double strength);
    void lineShape(const Shape &shape, const QPainterPath &path, bool far);
    void neonShape(const Shape &shape, const QPainterPath &path, bool far);
    void paperShape(const Shape &shape, const QPainterPath &path, bool far);
    void waterShape(const Shape &shape, const QPainterPath &path, bool far);
    void clayShape(const Shape &shape, const QPainterPath &path);
    void ink(const Shape &shape, const QPainterPath &path, bool far);
    void draw(const Sketch &sketch, const QTransform &place, bool far);
    QBrush brushOf(const Shape &shape, const QColor &top, const QColor &bottom,
                   const QRectF &area) const;
    void light(const QPainterPath &path, double strength);

    QPainter &m_painter;
    const Style m_style;
    const bool m_night;
};

} // namespace moodloom::world
