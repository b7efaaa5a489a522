// Animals, rounded and friendly, seen from the side.
#include "core/world/Draw.h"

namespace moodloom::world {
namespace {

void eye(DesignSketch &s, double x, double y, double radius = 3.4)
{
    const bool darkFace =
        s.design.main == Hue::Black || s.design.main == Hue::Brown || s.design.main == Hue::Blue;
    if (darkFace)
        s.detail(disc(x, y, radius + 1.4), s.light);
    s.detail(disc(x, y, radius), QColor(0x23252f));
    s.detail(disc(x - radius * 0.3, y - radius * 0.35, radius * 0.36), s.light);
}

void leg(DesignSketch &s, double x, double top, double width, const QColor &colour,
         const QColor &foot)
{
    s.fill(box(x, top, width, -top, width * 0.45), colour);
    s.detail(box(x - 0.5, -6.5, width + 2, 6.5, 3), foot);
}

} // namespace

void drawDog(DesignSketch &s)
{
    const int form = s.design.form; // floppy ears, pricked ears, long body
    const double length = form == 2 ? s.shape(0, 70, 80) : s.shape(0, 50, 60);
    const double legs = form == 2 ? 15 : s.shape(1, 22, 30), girth = s.shape(2, 26, 32),
                 head = s.shape(3, 17, 20);
    const QColor far = mixed(s.main, s.dark, 0.28);
    const double back = -legs - girth;
    s.fill(stroked(curve({{4, back + 8}, {-8, back - 2}, {-9, back - s.shape(4, 12, 22)}}), 8),
           s.main);
    leg(s, 11, -legs - 8, 10, far, far);
    leg(s, length - 16, -legs - 8, 10, far, far);
    s.body(blob({{0, back + 8},
                 {length * 0.35, back + 1.5},
                 {length * 0.8, back},
                 {length + 3, back + 8},
                 {length + 2, -legs + 1},
                 {length * 0.5, -legs + 3},
                 {2, -legs + 1}}));
    leg(s, 2, -legs - 8, 11, s.main, s.second);
    leg(s, length - 9, -legs - 8, 11, s.main, s.second);
    const double hx = length + 7, hy = back - head * 0.5;
    s.fill(polygon({{length - 9, back + 9},
                    {hx - head * 0.7, hy},
                    {hx + head * 0.4, hy + 6},
                    {length + 4, back + 18}},
                   5),
           s.main);
    if (form == 1)
        for (double x : {hx - head * 0.62, hx + head * 0.1})
            s.fill(
                polygon(
                    {{x - 5, hy - head * 0.5}, {x + 1, hy - head - 15}, {x + 9, hy - head * 0.6}},
                    2.5),
                s.second);
    s.fill(disc(hx, hy, head, head * 0.92), s.main);
    s.fill(box(hx + head * 0.25, hy - 1, head * s.shape(5, 1.0, 1.3), head * 0.76, 6), s.second);
    s.detail(disc(hx + head * s.shape(5, 1.15, 1.4), hy + 2, 4.6, 3.8), QColor(0x23252f));
    if (form != 1)
        s.fill(blob({{hx - head * 0.7, hy - head * 0.75},
                     {hx - head * 0.1, hy - head * 0.45},
                     {hx - head * 0.3, hy + head * 0.75},
                     {hx - head * 0.85, hy + head * 0.9},
                     {hx - head * 1.1, hy}}),
               s.second);
    eye(s, hx + head * 0.28, hy - head * 0.24);
    s.fill(
        stroked(curve({{length - 8, back + 3}, {length + 1, back + 11}, {length + 8, back + 12}}),
                5.5),
        s.accent);
}

void drawCat(DesignSketch &s)
{
    const int form = s.design.form; // sitting, walking, fluffy
    const double head = s.shape(0, 19, 22), tail = s.shape(1, 24, 36), ears = s.shape(2, 12, 17);
    const auto face = [&](double x, double y) {
        for (double side : {-1.0, 1.0}) {
            s.fill(polygon({{x + side * head * 0.95, y - head * 0.1},
                            {x + side * head * 0.82, y - head * 0.6 - ears},
                            {x + side * head * 0.12, y - head * 0.72}},
                           3),
                   s.main);
            s.detail(polygon({{x + side * head * 0.78, y - head * 0.35},
                              {x + side * head * 0.73, y - head * 0.5 - ears * 0.6},
                              {x + side * head * 0.34, y - head * 0.68}},
                             2),
                     s.accent);
        }
        s.fill(disc(x, y, head * 1.08, head * 0.92), s.main);
        s.fill(disc(x, y + head * 0.42, head * 0.52, head * 0.38), s.second);
        eye(s, x - head * 0.45, y - head * 0.08, 3.8);
        eye(s, x + head * 0.45, y - head * 0.08, 3.8);
        s.detail(
            polygon({{x - 3, y + head * 0.2}, {x + 3, y + head * 0.2}, {x, y + head * 0.38}}, 1),
            QColor(0xd9606e));
    };
    if (form == 1) {
        const double length = s.shape(3, 56, 66), legs = s.shape(4, 18, 24),
                     girth = s.shape(5, 21, 26), back = -legs - girth;
        const QColor far = mixed(s.main, s.dark, 0.28);
        s.fill(stroked(curve({{4, back + 6},
                              {-10, back - tail * 0.3},
                              {-6, back - tail * 0.9},
                              {3, back - tail}}),
                       8),
               s.main);
        leg(s, 11, -legs - 8, 8.5, far, far);
        leg(s, length - 18, -legs - 8, 8.5, far, far);
        s.body(blob({{0, back + 6},
                     {length * 0.4, back + 3},
                     {length * 0.9, back},
                     {length + 3, back + 8},
                     {length - 1, -legs + 2},
                     {length * 0.5, -legs},
                     {2, -legs + 2}}));
        leg(s, 1, -legs - 8, 9.5, s.main, s.second);
        leg(s, length - 10, -legs - 8, 9.5, s.main, s.second);
        face(length + 4, back - 3);
        return;
    }
    const double width = form == 2 ? s.shape(3, 30, 34) : s.shape(3, 23, 27),
                 height = s.shape(4, 46, 58);
    s.fill(stroked(curve({{width * 0.7, -6},
                          {width + 12, -8},
                          {width + 15, -tail * 0.8},
                          {width + 8, -tail - 6}}),
                   form == 2 ? 13 : 8.5),
           form == 2 ? s.second : s.main);
    s.body(blob({{-width * 0.55, -height},
                 {width * 0.55, -height},
                 {width * 0.82, -height * 0.5},
                 {width, -5},
                 {width * 0.6, 0},
                 {-width * 0.6, 0},
                 {-width, -5},
                 {-width * 0.82, -height * 0.5}}));
    if (form == 2)
        s.fill(blob({{-width * 0.6, -height + 2},
                     {width * 0.6, -height + 2},
                     {width * 0.45, -height + 22},
                     {0, -height + 33},
                     {-width * 0.45, -height + 22}}),
               s.second);
    for (double side : {-1.0, 1.0})
        s.detail(disc(side * width * 0.36, -5, 8, 5.6), s.second);
    s.fill(box(-width * 0.56, -height + 3, width * 1.12, 6, 3), s.accent);
    face(s.shape(5, -3, 3), -height - head * 0.55);
}

void drawHorse(DesignSketch &s)
{
    const int form = s.design.form; // tall, sturdy, long mane
    const double length = s.shape(0, 62, 70),
                 legs = form == 1 ? s.shape(1, 27, 32) : s.shape(1, 35, 42);
    const double girth = form == 1 ? s.shape(2, 32, 36) : s.shape(2, 25, 29),
                 thick = form == 1 ? 11 : 8.5;
    const double back = -legs - girth, neck = s.shape(3, 24, 32);
    const QColor far = mixed(s.main, s.dark, 0.28), hoof(0x3a3036);
    const double tail = s.shape(4, 26, 40);
    s.fill(
        stroked(curve({{3, back + 6}, {-10, back + 10}, {-14, back + tail}}), form == 2 ? 12 : 9),
        s.second);
    leg(s, 12, -legs - 9, thick, far, hoof);
    leg(s, length - 20, -legs - 9, thick, far, hoof);
    const double hx = length + s.shape(5, 12, 18), hy = back - neck;
    s.fill(polygon({{length - 22, back + 10},
                    {hx - 12, hy - 8},
                    {hx + 3, hy - 2},
                    {length + 5, back + girth * 0.6}},
                   6),
           s.main);
    s.body(blob({{-1, back + 8},
                 {length * 0.25, back},
                 {length * 0.6, back + 2.5},
                 {length * 0.95, back},
                 {length + 5, back + girth * 0.42},
                 {length - 3, -legs + 2},
                 {length * 0.5, -legs - 1},
                 {3, -legs + 2}}));
    leg(s, 2, -legs - 9, thick + 1, s.main, hoof);
    leg(s, length - 9, -legs - 9, thick + 1, s.main, hoof);
    for (double x : {hx - 11, hx - 4})
        s.fill(polygon({{x - 3, hy - 6}, {x + 1, hy - 20}, {x + 6, hy - 6}}, 2), s.main);
    s.fill(polygon({{hx - 15, hy - 11},
                    {hx + 3, hy - 10},
                    {hx + 22, hy + 8},
                    {hx + 19, hy + 16},
                    {hx + 9, hy + 16},
                    {hx - 10, hy + 8}},
                   7),
           s.main);
    s.fill(
        polygon({{hx + 11, hy + 2}, {hx + 23, hy + 8}, {hx + 19, hy + 17}, {hx + 8, hy + 16}}, 5),
        mixed(s.main, s.light, 0.42));
    // The mane runs down the back of the neck.
    const double hang = form == 2 ? 15 : 10;
    s.fill(stroked(curve({{hx - 4, hy - 13},
                          {hx - 15, hy - 6},
                          {lerp(hx - 15, length - 20, 0.55), lerp(hy, back, 0.5)},
                          {length - 21, back + 5}}),
                   hang),
           s.second);
    eye(s, hx + 2, hy - 2, 3.2);
    s.fill(box(length * 0.32, back - 2, length * 0.3, girth * 0.5, 4), s.accent);
}

void drawBird(DesignSketch &s)
{
    const int form = s.design.form; // crested, long tail, plump
    const double rx = form == 2 ? s.shape(0, 33, 37) : s.shape(0, 31, 37),
                 ry = form == 2 ? s.shape(1, 27, 31) : s.shape(1, 19, 23);
    const double tail = form == 1 ? s.shape(2, 40, 52) : s.shape(2, 18, 26),
                 wing = s.shape(3, 34, 46);
    const double head = s.shape(4, 14, 17), hx = rx * 0.82, hy = -ry * 0.78;
    // Far wing, tail, body, head, near wing: in flight.
    s.fill(blob({{rx * 0.1, -ry * 0.5},
                 {rx * 0.5, -ry - wing * 0.85},
                 {rx * 0.75, -ry - wing * 0.8},
                 {rx * 0.55, -ry * 0.4}}),
           mixed(s.second, s.dark, 0.25));
    s.fill(polygon({{-rx * 0.7, -7},
                    {-rx - tail, -10 - tail * 0.1},
                    {-rx - tail * 0.82, 1},
                    {-rx - tail, 11},
                    {-rx * 0.7, 8}},
                   3),
           s.second);
    if (form == 0)
        for (int i = 0; i < 3; ++i)
            s.fill(blob({{hx - 4 + i * 5.0, hy - head * 0.6},
                         {hx - 13 + i * 7.0, hy - head - 15 + i * 2.0},
                         {hx + 4 + i * 5.0, hy - head * 0.7}}),
                   s.accent);
    s.fill(polygon({{hx + head * 0.6, hy - 5},
                    {hx + head + s.shape(5, 13, 19), hy + 2},
                    {hx + head * 0.6, hy + 7}},
                   2),
           QColor(0xf3a02f));
    s.body(blob({{-rx, 0},
                 {-rx * 0.4, -ry * 0.86},
                 {rx * 0.5, -ry},
                 {rx, -ry * 0.2},
                 {rx * 0.55, ry * 0.8},
                 {-rx * 0.3, ry * 0.9}}));
    s.fill(disc(hx, hy, head), s.main);
    eye(s, hx + head * 0.3, hy - 2, 3.6);
    s.fill(blob({{rx * 0.36, -ry * 0.25},
                 {rx * 0.05, -ry - wing * 0.3},
                 {-rx * 0.55, -ry - wing * 0.95},
                 {-rx * 0.8, -ry - wing * 0.72},
                 {-rx * 0.62, -ry * 0.2},
                 {-rx * 0.1, ry * 0.28}}),
           s.second);
}

void drawFish(DesignSketch &s)
{
    const int form = s.design.form; // slim, round, long fins
    const double rx = form == 1 ? s.shape(0, 34, 38) : s.shape(0, 42, 48),
                 ry = form == 1 ? s.shape(1, 28, 33) : s.shape(1, 18, 23);
    const double fin = form == 2 ? s.shape(2, 24, 32) : s.shape(2, 12, 17),
                 tail = form == 2 ? s.shape(3, 32, 40) : s.shape(3, 19, 26);
    s.fill(blob({{-rx * 0.82, 0},
                 {-rx - tail * 0.55, -ry * 0.72 - fin * 0.3},
                 {-rx - tail, -ry * 0.9 - fin * 0.3},
                 {-rx - tail * 0.62, 0},
                 {-rx - tail, ry * 0.9 + fin * 0.3},
                 {-rx - tail * 0.55, ry * 0.72 + fin * 0.3}}),
           s.second);
    s.fill(blob({{rx * 0.35, -ry * 0.7},
                 {rx * 0.02, -ry - fin * 0.85},
                 {-rx * 0.4, -ry - fin},
                 {-rx * 0.62, -ry * 0.5}}),
           s.second);
    s.fill(blob({{rx * 0.1, ry * 0.8},
                 {-rx * 0.2, ry + fin * 0.75},
                 {-rx * 0.45, ry + fin * 0.7},
                 {-rx * 0.4, ry * 0.6}}),
           s.second);
    QPainterPath hull;
    hull.moveTo(-rx, 0);
    hull.cubicTo(-rx * 0.5, -ry * 1.3, rx * 0.6, -ry * 1.5, rx, 0);
    hull.cubicTo(rx * 0.6, ry * 1.5, -rx * 0.5, ry * 1.3, -rx, 0);
    s.body(hull);
    s.fill(blob({{rx * 0.16, 1},
                 {-rx * 0.25, -ry * 0.3 - s.shape(4, 0, 4)},
                 {-rx * 0.38, ry * 0.35},
                 {-rx * 0.05, ry * 0.48}}),
           s.accent);
    s.detail(disc(rx * 0.6, -ry * 0.22, s.shape(5, 5.5, 7)), s.light);
    s.detail(disc(rx * 0.64, -ry * 0.2, 3.4), QColor(0x23252f));
}

} // namespace moodloom::world
