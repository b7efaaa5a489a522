// Things that swim and fly by machine. Boats float with y = 0 at their keel.
#include "core/world/Draw.h"

namespace moodloom::world {

void drawSailingBoat(DesignSketch &s)
{
    const int form = s.design.form; // one sail, two sails, junk
    const double length = s.shape(0, 66, 88), hull = s.shape(1, 15, 20), mast = s.shape(2, 70, 88);
    const double mastAt = length * s.shape(3, 0.42, 0.52), boom = -hull - 6;
    s.fill(box(mastAt - 1.9, -hull - mast, 3.8, mast + 4, 1.8), QColor(0x7a5236));
    const double top = -hull - mast + 4;
    if (form == 2) {
        const double half = length * 0.33;
        s.body(polygon({{mastAt - half * 1.15, boom},
                        {mastAt - half * 0.9, top + 22},
                        {mastAt - half * 0.2, top},
                        {mastAt + half * 0.75, top + 12},
                        {mastAt + half, boom}},
                       4));
        for (int i = 1; i < 4; ++i) {
            const double y = lerp(boom, top + 14, i / 4.0);
            s.detail(stroked(segment({mastAt - half * 1.08, y}, {mastAt + half * 0.9, y - 2}), 2.2),
                     QColor(0x7a5236));
        }
    } else {
        QPainterPath sail;
        sail.moveTo(mastAt - 3, top);
        sail.quadTo(mastAt - length * s.shape(4, 0.2, 0.3), lerp(top, boom, 0.45),
                    mastAt - length * s.shape(5, 0.4, 0.46), boom);
        sail.quadTo(mastAt - length * 0.2, boom + 2, mastAt - 3, boom);
        sail.closeSubpath();
        s.body(sail);
        if (form == 1) {
            QPainterPath jib;
            jib.moveTo(mastAt + 3, top + 8);
            jib.quadTo(mastAt + length * 0.32, lerp(top, boom, 0.55), length * 0.97, boom + 1);
            jib.quadTo(mastAt + length * 0.2, boom + 2, mastAt + 3, boom);
            jib.closeSubpath();
            s.fill(jib, s.second);
        }
    }
    s.fill(polygon({{mastAt, top - 6}, {mastAt + 14, top - 2}, {mastAt, top + 2}}, 1), s.accent);
    QPainterPath keel;
    keel.moveTo(-2, -hull);
    keel.lineTo(length + 5, -hull - 3);
    keel.quadTo(length * 0.93, 0, length * 0.76, 0);
    keel.lineTo(length * 0.17, 0);
    keel.quadTo(2, -1, -2, -hull);
    const int body = s.fill(keel, form == 1 ? s.main : s.accent);
    s.inside(body, box(-10, -hull - 3, length + 25, 7), s.light);
}

void drawSteamship(DesignSketch &s)
{
    const int form = s.design.form; // one funnel, two funnels, tugboat
    const double length = form == 2 ? s.shape(0, 80, 88) : s.shape(0, 98, 112);
    const double hull = form == 2 ? s.shape(1, 22, 26) : s.shape(1, 18, 24);
    const double cabin = s.shape(2, 12, 16);
    const int decks = 1 + (s.design.shape[3] > 0.45f);
    const int funnels = form == 1 ? 2 : 1;
    const double upper = -hull - cabin * decks;
    const double funnelHeight = s.shape(4, 20, 28), funnelWidth = s.shape(5, 10, 14);
    for (int i = 0; i < funnels; ++i) {
        const double x = length * (funnels == 1 ? 0.4 : 0.32 + 0.24 * i);
        for (int puff = 0; puff < 3; ++puff)
            s.fill(disc(x - 4 - puff * 9, upper - funnelHeight - 6 - puff * 5.5, 5 + puff * 1.8),
                   QColor(0xe9eaee), Finish::Matt);
        const int funnel = s.fill(polygon({{x - funnelWidth / 2, upper + 3},
                                           {x - funnelWidth / 2 - 2, upper - funnelHeight},
                                           {x + funnelWidth / 2 - 2, upper - funnelHeight},
                                           {x + funnelWidth / 2, upper + 3}},
                                          1.5),
                                  s.accent);
        s.inside(funnel, box(x - 20, upper - funnelHeight + 5, 40, 6), s.second);
    }
    for (int deck = decks; deck >= 1; --deck) {
        const double inset = 12 + deck * 7, y = -hull - cabin * deck;
        s.fill(box(inset, y, length - 2 * inset - (form == 2 ? 12 : 4), cabin + 3, 3), s.light);
        for (double x = inset + 5; x < length - inset - 14; x += 13)
            s.window(box(x, y + 4, 7, 6.5, 2));
    }
    if (form == 2)
        s.fill(box(length * 0.6, -hull - cabin - 12, 18, cabin + 12, 3), s.second);
    s.body(polygon({{-3, -hull}, {length + 8, -hull - 4}, {length - 5, 0}, {8, 0}}, 6));
    s.detail(box(4, -4.5, length - 8, 4.5, 1), s.accent);
}

void drawBalloon(DesignSketch &s)
{
    const int form = s.design.form; // round, tall, wide
    const double rx = form == 1   ? s.shape(0, 30, 34)
                      : form == 2 ? s.shape(0, 44, 49)
                                  : s.shape(0, 38, 42);
    const double ry = form == 1   ? s.shape(1, 42, 48)
                      : form == 2 ? s.shape(1, 31, 35)
                                  : s.shape(1, 37, 42);
    const double basket = s.shape(2, 13, 18), rope = s.shape(3, 12, 18), neck = s.shape(4, 8, 12);
    const double bottom = -basket - rope, centre = bottom - ry * 1.12;
    for (double side : {-1.0, 1.0})
        s.detail(
            stroked(segment({side * basket * 0.42, -basket + 1}, {side * neck, bottom - 2}), 1.9),
            QColor(0x5d4634));
    QPainterPath envelope;
    envelope.moveTo(-neck, bottom);
    envelope.cubicTo(-rx * 0.62, bottom - ry * 0.42, -rx, centre + ry * 0.42, -rx, centre);
    envelope.cubicTo(-rx, centre - ry * 0.56, -rx * 0.56, centre - ry, 0, centre - ry);
    envelope.cubicTo(rx * 0.56, centre - ry, rx, centre - ry * 0.56, rx, centre);
    envelope.cubicTo(rx, centre + ry * 0.42, rx * 0.62, bottom - ry * 0.42, neck, bottom);
    envelope.closeSubpath();
    s.body(envelope);
    s.fill(box(-neck - 1.5, bottom - 3.5, 2 * neck + 3, 6, 2), s.accent);
    const int basketShape =
        s.fill(box(-basket * 0.58, -basket, basket * 1.16, basket, 3), QColor(0xa06d3f));
    s.inside(basketShape, box(-basket, -basket, 2 * basket, 4.5), s.accent);
}

void drawAeroplane(DesignSketch &s)
{
    const int form = s.design.form; // propeller, jet, biplane
    const double length = s.shape(0, 94, 108),
                 r = form == 1 ? s.shape(1, 10, 13) : s.shape(1, 12, 15);
    const double fin = s.shape(2, 19, 27), wing = s.shape(3, 34, 44),
                 wingAt = length * s.shape(4, 0.42, 0.5);
    // Far wing, tail, hull, near wing.
    if (form == 1)
        s.fill(polygon({{wingAt + 12, -r * 0.7},
                        {wingAt - 12, -r - wing * 0.62},
                        {wingAt - 2, -r - wing * 0.62},
                        {wingAt + 28, -r * 0.7}},
                       2),
               mixed(s.second, s.dark, 0.3));
    if (form == 2) {
        s.fill(polygon({{wingAt - 16, -r * 2 - 17},
                        {wingAt + 24, -r * 2 - 17},
                        {wingAt + 25, -r * 2 - 10},
                        {wingAt - 17, -r * 2 - 10}},
                       3),
               s.second);
        for (double x : {wingAt - 8, wingAt + 14})
            s.detail(box(x, -r * 2 - 13, 2.8, r * 2), s.dark);
    }
    s.fill(polygon({{2, -r * 1.2}, {-6, -r * 1.6 - fin}, {7, -r * 1.6 - fin}, {23, -r * 1.3}}, 4),
           s.second);
    s.fill(polygon({{0, -r * 1.3}, {-9, -r * 1.3 - 5}, {5, -r * 1.3 - 5}, {16, -r * 1.1}}, 2),
           s.accent);
    QPainterPath hull;
    hull.moveTo(-2, -r * 1.5);
    hull.cubicTo(length * 0.25, -r * 2.1, length * 0.6, -r * 2.1, length * 0.84, -r * 1.9);
    hull.cubicTo(length * 1.0, -r * 1.7, length * 1.02, -r * 0.6, length * 0.88, -r * 0.25);
    hull.cubicTo(length * 0.6, r * 0.1, length * 0.3, 0, -2, -r * 1.1);
    hull.closeSubpath();
    s.body(hull);
    if (form == 1) {
        for (double x = length * 0.24; x < length * 0.74; x += 10.5)
            s.window(box(x, -r * 1.5, 5.6, 6.5, 2.6));
        s.window(polygon({{length * 0.82, -r * 1.62},
                          {length * 0.9, -r * 1.5},
                          {length * 0.94, -r * 1.12},
                          {length * 0.83, -r * 1.12}},
                         2));
        s.fill(polygon({{wingAt + 18, -r * 0.65},
                        {wingAt - 28, wing * 0.55},
                        {wingAt - 14, wing * 0.55},
                        {wingAt + 38, -r * 0.55}},
                       3),
               s.second);
        s.fill(box(wingAt - 4, wing * 0.12, 20, 8, 4), s.accent);
    } else {
        s.window(polygon({{length * 0.6, -r * 1.9},
                          {length * 0.64, -r * 2.5 - 2},
                          {length * 0.74, -r * 2.5 - 2},
                          {length * 0.8, -r * 1.8}},
                         3));
        s.fill(polygon({{wingAt - 18, -r * 0.75},
                        {wingAt + 22, -r * 0.75},
                        {wingAt + 24, -r * 0.15},
                        {wingAt - 20, -r * 0.15}},
                       3.5),
               form == 2 ? s.second : s.accent);
        s.fill(disc(length * 0.66, r * 0.4, 6), s.dark);
        s.fill(disc(length * 0.98, -r, 4.5), s.accent);
        s.fill(disc(length * 0.985 + 3.5, -r, 2.6, s.shape(5, 17, 22)), QColor(0xe2d8c4));
    }
}

void drawRocket(DesignSketch &s)
{
    const int form = s.design.form; // slender, plump, boostered
    const double r = form == 1 ? s.shape(0, 21, 25) : s.shape(0, 14, 18),
                 height = form == 1 ? s.shape(1, 70, 82) : s.shape(1, 84, 98);
    const double nose = s.shape(2, 0.26, 0.36) * height, fins = s.shape(3, 12, 18), base = -17;
    const double flame = s.shape(4, 15, 19);
    s.fill(blob({{-r * 0.62, base},
                 {0, base - 6},
                 {r * 0.62, base},
                 {r * 0.35, base + flame * 0.55},
                 {0, base + flame},
                 {-r * 0.35, base + flame * 0.55}}),
           QColor(0xffa031), Finish::Lit);
    s.detail(blob({{-r * 0.3, base}, {0, base - 3}, {r * 0.3, base}, {0, base + flame * 0.62}}),
             QColor(0xffe57a), Finish::Lit);
    if (form == 2)
        for (double side : {-1.0, 1.0}) {
            const double x = side * (r + 5.5);
            s.fill(polygon({{x - 6, base},
                            {x - 6, base - height * 0.44},
                            {x, base - height * 0.58},
                            {x + 6, base - height * 0.44},
                            {x + 6, base}},
                           2.5),
                   s.second);
        }
    else
        for (double side : {-1.0, 1.0}) {
            QPainterPath fin;
            fin.moveTo(side * r * 0.6, base - height * 0.36);
            fin.quadTo(side * (r + fins), base - height * 0.26, side * (r + fins), base + 6);
            fin.quadTo(side * (r + fins * 0.2), base - 7, side * r * 0.5, base - 2);
            fin.closeSubpath();
            s.fill(fin, s.accent);
        }
    QPainterPath hull;
    hull.moveTo(-r * 0.72, base);
    hull.cubicTo(-r * 1.1, base - height * 0.32, -r * 1.1, base - height * 0.7, 0, base - height);
    hull.cubicTo(r * 1.1, base - height * 0.7, r * 1.1, base - height * 0.32, r * 0.72, base);
    hull.closeSubpath();
    const int body = s.body(hull);
    s.inside(body, box(-r * 2, base - height - 1, r * 4, nose),
             s.second == s.light ? s.accent : s.second);
    s.inside(body, box(-r * 2, base - 6, r * 4, 7), s.dark);
    const double port = base - height * s.shape(5, 0.52, 0.6);
    s.fill(disc(0, port, r * 0.52), s.light);
    s.window(disc(0, port, r * 0.34));
}

} // namespace moodloom::world
