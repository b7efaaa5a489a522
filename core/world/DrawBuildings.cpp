// Houses, towers, castles.
#include "core/world/Draw.h"

namespace moodloom::world {

void drawHouse(DesignSketch &s)
{
    const int form = s.design.form; // gabled, flat-roofed, domed
    const double width = s.shape(0, 62, 92), height = s.shape(1, 34, 50), roof = s.shape(2, 24, 40);
    const double eaves = s.shape(3, 4, 9);
    if (s.design.shape[4] > 0.4f && form != 1)
        s.fill(box(width * 0.7, -height - roof * 0.86, 10, roof * 0.7, 1.5), s.accent);
    s.body(box(0, -height, width, height, 3));
    if (form == 0) {
        s.fill(polygon({{-eaves, -height + 2},
                        {width * s.shape(5, 0.35, 0.65), -height - roof},
                        {width + eaves, -height + 2}},
                       4),
               s.second);
    } else if (form == 1) {
        s.fill(box(-eaves, -height - 7, width + 2 * eaves, 9.5, 3), s.second);
        s.fill(box(width * 0.56, -height - 20, width * 0.3, 14, 2.5), s.accent);
    } else {
        QPainterPath dome;
        dome.moveTo(-eaves, -height + 2);
        dome.cubicTo(-eaves, -height - roof * 1.25, width + eaves, -height - roof * 1.25,
                     width + eaves, -height + 2);
        dome.closeSubpath();
        s.fill(dome, s.second);
    }
    const double doorWidth = 14, doorAt = width * 0.5 - doorWidth / 2;
    s.detail(box(doorAt - 2, -26, doorWidth + 4, 26, 4), s.light);
    s.detail(box(doorAt, -24, doorWidth, 24, 3.5), s.accent);
    const double pane = width > 74 ? 15 : 12;
    for (double x : {width * 0.09, width * 0.91 - pane}) {
        s.detail(box(x - 2, -height + 8, pane + 4, 17, 2.5), s.light);
        s.window(box(x, -height + 10, pane, 13, 1.5));
    }
}

void drawTower(DesignSketch &s)
{
    const int form = s.design.form; // round lighthouse, pagoda, clock
    const double width = s.shape(0, 26, 36), height = s.shape(1, 80, 104);
    if (form == 1) {
        const int storeys = 3 + int(s.shape(2, 0, 2.99));
        const double rise = height / storeys, eaves = s.shape(3, 9, 14);
        for (int i = 0; i < storeys; ++i) {
            const double half = width * (0.85 - 0.42 * i / storeys) * 0.9, y = -i * rise;
            s.body(box(-half, y - rise + 2, 2 * half, rise - 1, 1.5));
            s.window(box(-4, y - rise * 0.62, 8, rise * 0.36, 2));
            const double wide = half + eaves, top = y - rise;
            QPainterPath roof;
            roof.moveTo(-wide, top + 1);
            roof.quadTo(-half, top + 3, -half * 0.75, top - 8);
            roof.lineTo(half * 0.75, top - 8);
            roof.quadTo(half, top + 3, wide, top + 1);
            roof.quadTo(half, top + 9, 0, top + 8);
            roof.quadTo(-half, top + 9, -wide, top + 1);
            s.fill(roof, s.second);
        }
        s.fill(polygon({{-4, -height - 7}, {0, -height - 24}, {4, -height - 7}}, 1), s.accent);
        return;
    }
    const double topHalf = width * s.shape(2, 0.34, 0.46);
    if (form == 0) {
        s.body(polygon(
            {{-width / 2 - 4, 0}, {-topHalf, -height}, {topHalf, -height}, {width / 2 + 4, 0}}, 2));
        s.fill(box(-topHalf - 6, -height - 5, 2 * topHalf + 12, 7, 2.5), s.accent);
        s.fill(box(-topHalf * 0.8, -height - 19, topHalf * 1.6, 15, 1.5), QColor(0xffe49a),
               Finish::Lit);
        QPainterPath cap;
        cap.moveTo(-topHalf - 3, -height - 18);
        cap.quadTo(0, -height - s.shape(3, 38, 50), topHalf + 3, -height - 18);
        cap.closeSubpath();
        s.fill(cap, s.second);
        s.detail(box(-4.5, -height * 0.62, 9, 13, 4), s.dark);
        s.detail(box(-6, -17, 12, 17, 5), s.accent);
        return;
    }
    s.body(box(-width / 2, -height, width, height, 2));
    s.fill(box(-width / 2 - 4, -height - 4, width + 8, 7, 2), s.second);
    s.fill(polygon({{-width / 2 - 1, -height - 3},
                    {0, -height - s.shape(3, 24, 42)},
                    {width / 2 + 1, -height - 3}},
                   2),
           s.second);
    s.fill(disc(0, -height + width * 0.52, width * 0.38), s.light);
    s.detail(stroked(segment({0, -height + width * 0.52}, {0, -height + width * 0.27}), 2.6),
             s.dark);
    s.detail(
        stroked(segment({0, -height + width * 0.52}, {width * 0.19, -height + width * 0.58}), 2.6),
        s.dark);
    s.detail(box(-6.5, -19, 13, 19, 6), s.accent);
}

void drawCastle(DesignSketch &s)
{
    const int form = s.design.form; // spired, square, domed
    const double width = s.shape(0, 58, 74), height = s.shape(1, 34, 46),
                 tower = s.shape(2, 58, 74), half = s.shape(3, 11, 14);
    const auto top = [&](double x, double y, double radius) {
        if (form == 0) {
            s.fill(
                polygon({{x - radius - 4, y}, {x, y - s.shape(4, 26, 38)}, {x + radius + 4, y}}, 2),
                s.second);
        } else if (form == 1) {
            for (int i = -1; i <= 1; ++i)
                s.fill(box(x + i * radius * 0.82 - radius * 0.3, y - 9, radius * 0.6, 11, 1),
                       s.main);
            s.fill(box(x - radius - 2.5, y - 2, 2 * radius + 5, 6, 1.5), s.second);
        } else {
            QPainterPath dome;
            dome.moveTo(x - radius - 2, y);
            dome.cubicTo(x - radius - 8, y - 22, x - 3, y - 22, x, y - 32);
            dome.cubicTo(x + 3, y - 22, x + radius + 8, y - 22, x + radius + 2, y);
            dome.closeSubpath();
            s.fill(dome, s.second);
        }
    };
    const double keep = s.shape(5, 0.9, 1.15) * tower;
    s.fill(box(-half * 1.15, -keep, half * 2.3, keep, 1), s.main);
    top(0, -keep, half * 1.15);
    s.window(box(-4, -keep + 10, 8, 13, 4));
    s.body(box(-width / 2, -height, width, height, 1));
    for (double x = -width / 2 + half; x < width / 2 - half - 5; x += 13)
        s.fill(box(x, -height - 7, 8, 9, 1), s.main);
    for (double side : {-1.0, 1.0}) {
        const double x = side * width / 2;
        s.body(box(x - half, -tower, 2 * half, tower, 1));
        top(x, -tower, half);
        s.window(box(x - 4, -tower + 11, 8, 12, 4));
    }
    s.detail(box(-11, -25, 22, 25.5, 10), s.light);
    s.detail(box(-8.5, -22, 17, 22, 8), s.accent);
}

} // namespace moodloom::world
