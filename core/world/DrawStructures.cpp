// Walls and bridges: broad things.
#include "core/world/Draw.h"

#include <cmath>

namespace moodloom::world {

void drawWall(DesignSketch &s)
{
    const int form = s.design.form; // straight, winding, stepped
    const double width = s.shape(0, 150, 180), height = s.shape(1, 30, 40),
                 tooth = s.shape(2, 9, 12);
    const int towers = 2 + int(s.shape(3, 0, 1.99));
    // The top edge: y at x in 0..1.
    const auto crest = [&](double t) {
        if (form == 0)
            return -height;
        if (form == 1)
            return -height - 13 * std::sin(t * 2 * 3.14159265 * 1.1 + s.shape(4, -0.6, 1.2)) - 6;
        return -height - 9.0 * std::floor(t * 3.999) + 9;
    };
    const int steps = 36;
    std::vector<QPointF> outline{{0, 0}};
    for (int i = 0; i <= steps; ++i)
        outline.push_back({width * i / steps, crest(double(i) / steps)});
    outline.push_back({width, 0});
    // Merlons first, so that the wall's face covers their feet.
    const int teeth = int(width / (tooth * 1.75));
    for (int i = 0; i < teeth; ++i) {
        const double x = (i + 0.5) * width / teeth;
        s.fill(box(x - tooth / 2, crest(x / width) - tooth * 0.75, tooth, tooth + 4, 1), s.main);
    }
    const int face = s.body(polygon(outline));
    // A lighter walk along the top.
    std::vector<QPointF> walk;
    for (int i = 0; i <= steps; ++i)
        walk.push_back({width * i / steps, crest(double(i) / steps) + 3});
    s.inside(face, stroked(curve(walk), 4.5), mixed(s.main, s.light, 0.45));
    // Stones, where no pattern covers them.
    for (int row = 0; s.design.pattern == Pattern::Plain && row < 4; ++row)
        for (double x = 6 + (row % 2) * 13; x < width - 12; x += 26)
            s.inside(face, box(x, -8.5 - row * 9.5, 11, 5, 1.5),
                     mixed(s.main, s.second, row % 2 ? 0.3 : 0.42));
    const double towerWidth = s.shape(5, 24, 31);
    for (int i = 0; i < towers; ++i) {
        const double t = (i + 0.5) / towers, x = t * width, top = crest(t) - 17;
        s.fill(box(x - towerWidth / 2, top, towerWidth, -top, 1), mixed(s.main, s.light, 0.16));
        s.fill(box(x - towerWidth / 2 - 3, top - 1, towerWidth + 6, 6, 1.5), s.second);
        for (int k = -1; k <= 1; ++k)
            s.fill(box(x + k * towerWidth * 0.38 - 4, top - 8, 8, 9, 1), s.main);
        s.detail(box(x - 5, top + 13, 10, 14, 5), s.accent);
    }
}

void drawBridge(DesignSketch &s)
{
    const int form = s.design.form; // arched, suspension, viaduct
    const double width = s.shape(0, 130, 160), deck = s.shape(1, 26, 36),
                 thick = s.shape(2, 10, 13);
    if (form == 1) {
        const double tower = s.shape(3, 40, 54), leg = s.shape(4, 8, 11);
        const double left = width * 0.25, right = width * 0.75;
        const double sag = s.shape(5, 0.72, 0.9);
        for (double x : {left, right}) {
            s.fill(box(x - leg / 2, -deck - tower, leg, deck + tower, 2), s.second);
            s.fill(box(x - leg / 2 - 2.5, -deck - tower - 3, leg + 5, 6, 2), s.accent);
        }
        QPainterPath cable;
        cable.moveTo(0, -deck - 4);
        cable.quadTo(left * 0.7, -deck - tower * 0.3, left, -deck - tower + 2);
        cable.quadTo((left + right) / 2, -deck + tower * (2 * (1 - sag) - 0.95) - 1, right,
                     -deck - tower + 2);
        cable.quadTo(width - left * 0.7, -deck - tower * 0.3, width, -deck - 4);
        s.detail(stroked(cable, 3.4), s.accent);
        for (int i = 1; i < 10; ++i) {
            const double t = i / 10.0, x = lerp(left, right, t);
            const double y = -deck - tower * (1 - 4 * t * (1 - t) * 0.86);
            s.detail(stroked(segment({x, y}, {x, -deck}), 1.8), s.accent);
        }
        s.body(box(0, -deck, width, thick, 2));
        return;
    }
    if (form == 0) {
        // A humped bridge of stone: body minus the openings.
        const double hump = s.shape(3, 16, 28);
        const int arches = 1 + int(s.shape(4, 0, 2.6));
        QPainterPath body;
        body.moveTo(0, 0);
        body.lineTo(0, -deck * 0.55);
        body.quadTo(width / 2, -deck * 0.55 - 2 * hump, width, -deck * 0.55);
        body.lineTo(width, 0);
        const double gap = width / (arches + 0.35 * (arches + 1)), pier = gap * 0.35;
        for (int i = arches - 1; i >= 0; --i) {
            const double x = pier + i * (gap + pier);
            const double rise =
                deck * 0.6 +
                hump * (arches == 1 ? 0.7 : 1 - std::abs(i - (arches - 1) / 2.0) * 0.55);
            body.lineTo(x + gap, 0);
            body.cubicTo(x + gap, -rise * 1.2, x, -rise * 1.2, x, 0);
        }
        body.closeSubpath();
        s.body(body);
        QPainterPath rail(QPointF(-2, -deck * 0.55 - 3));
        rail.quadTo(width / 2, -deck * 0.55 - 2 * hump - 3, width + 2, -deck * 0.55 - 3);
        s.fill(stroked(rail, 6.5), s.second);
        for (double t : {0.04, 0.96})
            s.fill(box(width * t - 4.5, -deck * 0.55 - 16, 9, 17, 2), s.accent);
        return;
    }
    const int piers = 3 + int(s.shape(3, 0, 1.99));
    const double high = s.shape(4, 34, 46), arm = width / piers;
    QPainterPath body;
    body.moveTo(0, -high - thick);
    body.lineTo(width, -high - thick);
    body.lineTo(width, 0);
    for (int i = piers - 1; i >= 0; --i) {
        const double inset = s.shape(5, 4.5, 7);
        const double x0 = i * arm + inset, x1 = (i + 1) * arm - inset;
        body.lineTo(x1, 0);
        body.lineTo(x1, -high * 0.55);
        body.cubicTo(x1, -high * 1.06, x0, -high * 1.06, x0, -high * 0.55);
        body.lineTo(x0, 0);
    }
    body.lineTo(0, 0);
    body.closeSubpath();
    s.body(body);
    s.fill(box(-3, -high - thick - 5, width + 6, 7, 2), s.second);
}

} // namespace moodloom::world
