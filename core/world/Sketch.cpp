#include "core/world/Sketch.h"

#include <cmath>

namespace moodloom::world {

int Sketch::add(Shape shape)
{
    shape.bounds = shape.path.boundingRect();
    QRectF seen = shape.bounds;
    if (shape.clip >= 0)
        seen &= m_shapes[size_t(shape.clip)].bounds;
    m_bounds |= seen;
    m_shapes.push_back(std::move(shape));
    return int(m_shapes.size()) - 1;
}

int Sketch::fill(const QPainterPath &path, const QColor &colour, Finish finish)
{
    return add({path, colour, {}, finish, -1, false, {}});
}

int Sketch::gradient(const QPainterPath &path, const QColor &top, const QColor &bottom)
{
    return add({path, top, bottom, Finish::Matt, -1, false, {}});
}

int Sketch::detail(const QPainterPath &path, const QColor &colour, Finish finish)
{
    return add({path, colour, {}, finish, -1, true, {}});
}

int Sketch::inside(int clip, const QPainterPath &path, const QColor &colour, Finish finish)
{
    return add({path, colour, {}, finish, clip, true, {}});
}

DesignSketch::DesignSketch(const Design &look, bool night)
    : design(look), main(colourOf(look.main)), second(colourOf(look.second)),
      accent(colourOf(look.accent)), dark(0x2b2f3a), light(0xfdfaf0),
      glass(night ? QColor(0xffd97a) : QColor(0xcfe8f2)), metal(0xb8c0ca), m_night(night)
{
}

double DesignSketch::shape(int index, double low, double high) const
{
    return lerp(low, high, double(design.shape[size_t(index)]));
}

int DesignSketch::body(const QPainterPath &path)
{
    const int index = fill(path, main);
    addPattern(index);
    return index;
}

int DesignSketch::window(const QPainterPath &path)
{
    return detail(path, glass, m_night ? Finish::Lit : Finish::Matt);
}

// Pattern periods are 17 to 24 units: at least 8 pixels where the thing is 55 pixels across.
void DesignSketch::addPattern(int bodyIndex)
{
    const QRectF area = shapes()[size_t(bodyIndex)].bounds;
    const double period = lerp(17, 24, double(design.patternScale));
    const double x0 = area.left(), y0 = area.top(), w = area.width(), h = area.height();
    const int columns = std::max(1, int(std::lround(w / period)));
    const int rows = std::max(1, int(std::lround(h / period)));
    const double dx = w / columns, dy = h / rows;
    QPainterPath marks;
    switch (design.pattern) {
    case Pattern::Plain:
        return;
    case Pattern::Stripes:
        for (int i = 0; i < columns; ++i)
            marks.addRect(x0 + (i + 0.25) * dx, y0, dx / 2, h);
        break;
    case Pattern::Bands:
        for (int i = 0; i < rows; ++i)
            marks.addRect(x0, y0 + (i + 0.25) * dy, w, dy / 2);
        break;
    case Pattern::Dots:
        for (int row = 0; row < rows; ++row)
            for (int i = 0; i <= columns; ++i) {
                const double shift = row % 2 ? 0.0 : 0.5;
                marks.addEllipse(QPointF(x0 + (i + shift) * dx, y0 + (row + 0.5) * dy), dx * 0.29,
                                 dx * 0.29);
            }
        break;
    case Pattern::Checks: {
        const double cell = period * 0.62;
        const int across = std::max(2, int(std::lround(w / cell))),
                  down = std::max(1, int(std::lround(h / cell)));
        for (int row = 0; row < down; ++row)
            for (int i = row % 2; i < across; i += 2)
                marks.addRect(x0 + i * w / across, y0 + row * h / down, w / across, h / down);
        break;
    }
    case Pattern::Zigzag: {
        const int lines = std::max(1, int(std::lround(h / (period * 1.4))));
        const double step = dx / 2, thick = std::min(period * 0.42, h / lines * 0.5),
                     rise = thick * 0.9;
        for (int line = 0; line < lines; ++line) {
            const double y = y0 + (line + 0.5) * h / lines - thick / 2;
            std::vector<QPointF> corners;
            for (int i = 0; i <= 2 * columns; ++i)
                corners.push_back({x0 + i * step, y + (i % 2 ? -rise : rise)});
            for (int i = 2 * columns; i >= 0; --i)
                corners.push_back({x0 + i * step, y + thick + (i % 2 ? -rise : rise)});
            marks.addPath(polygon(corners));
        }
        break;
    }
    case Pattern::Diagonals: {
        const double step = period * 1.1;
        for (double x = x0 - h * 0.6; x < x0 + w; x += step)
            marks.addPath(polygon({{x, y0 + h},
                                   {x + step / 2, y0 + h},
                                   {x + step / 2 + h * 0.6, y0},
                                   {x + h * 0.6, y0}}));
        break;
    }
    case Pattern::Belt: {
        const double thick = std::max(7.5, h * 0.3);
        marks.addRect(x0, y0 + h * 0.5 - thick / 2, w, thick);
        break;
    }
    }
    inside(bodyIndex, marks, second);
}

} // namespace moodloom::world
