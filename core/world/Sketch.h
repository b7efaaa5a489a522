// What is to be drawn, before anyone has decided in which style: a list of filled outlines.
//
// Families and backdrops add shapes in their own units; an Inker (Inker.h) puts them on a picture
// in a style. Value type, not shared between threads.
#pragma once

#include "core/world/Design.h"
#include "core/world/Shapes.h"

#include <QColor>
#include <QPainterPath>
#include <QRectF>

#include <vector>

namespace moodloom::world {

// How a surface takes the light.
enum class Finish {
    Round, // lit from the upper left: most bodies
    Matt,  // one even colour: patterns, far things
    Lit    // shines by itself: windows at night, the sun
};

struct Shape
{
    QPainterPath path;
    QColor top;    // the colour
    QColor bottom; // where valid: a vertical gradient from top to bottom
    Finish finish = Finish::Round;
    int clip = -1;       // index of the shape outside which this one is not drawn
    bool detail = false; // small: styles leave its outline away
    QRectF bounds;
};

class Sketch
{
public:
    // Adds a shape and returns its index.
    int fill(const QPainterPath &path, const QColor &colour, Finish finish = Finish::Round);
    int gradient(const QPainterPath &path, const QColor &top, const QColor &bottom);
    // A small part: eyes, rivets, window bars.
    int detail(const QPainterPath &path, const QColor &colour, Finish finish = Finish::Matt);
    // The same, seen only inside the shape with the index `clip`.
    int inside(int clip, const QPainterPath &path, const QColor &colour,
               Finish finish = Finish::Matt);

    const std::vector<Shape> &shapes() const { return m_shapes; }
    // Around all shapes, in the sketch's units; clipped parts count as far as they are seen.
    QRectF bounds() const { return m_bounds; }

private:
    int add(Shape shape);
    std::vector<Shape> m_shapes;
    QRectF m_bounds;
};

// A sketch of one design, with its colours at hand. Units: the thing is about 100 across, stands on
// y = 0 and looks to the right; whoever places it measures the bounds.
class DesignSketch : public Sketch
{
public:
    // `night`: windows shine.
    DesignSketch(const Design &look, bool night);

    const Design &design;
    const QColor main, second, accent;
    const QColor dark, light, glass, metal; // tyres; highlights; windows; chrome

    // lerp by the design's index-th proportion.
    double shape(int index, double low, double high) const;
    // The body: in the main colour, with the design's pattern on it. Returns its index.
    int body(const QPainterPath &path);
    int window(const QPainterPath &path);

private:
    void addPattern(int body);
    const bool m_night;
};

} // namespace moodloom::world
