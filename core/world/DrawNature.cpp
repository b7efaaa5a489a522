// Trees and mountains.
#include "core/world/Draw.h"

#include <cmath>

namespace moodloom::world {

void drawTree(DesignSketch &s)
{
    const int form = s.design.form; // round, fir, layered
    const double trunk = s.shape(0, 9, 13), stem = s.shape(1, 22, 34), width = s.shape(2, 30, 38),
                 height = s.shape(3, 58, 72);
    const QColor bark = s.design.main == Hue::Brown ? QColor(0x5b3a26) : QColor(0x80533a);
    s.fill(polygon({{-trunk * 0.7, 0},
                    {-trunk * 0.42, -stem - 12},
                    {trunk * 0.42, -stem - 12},
                    {trunk * 0.7, 0}},
                   1.5),
           bark);
    if (form == 1) {
        const int tiers = 3;
        for (int i = 0; i < tiers; ++i) {
            const double bottom = -stem * 0.7 - i * height * 0.27, half = width * (1 - i * 0.24);
            QPainterPath tier;
            tier.moveTo(-half, bottom);
            tier.quadTo(-half * 0.35, bottom - height * 0.2, 0, bottom - height * 0.47);
            tier.quadTo(half * 0.35, bottom - height * 0.2, half, bottom);
            tier.quadTo(0, bottom + s.shape(4, 4, 10), -half, bottom);
            s.body(tier);
        }
        s.fill(disc(0, -stem * 0.7 - height * 1.01, 5), s.accent);
        return;
    }
    if (form == 2) {
        const double rise = height / 3;
        for (int i = 0; i < 3; ++i) {
            const double y = -stem - rise * (i + 0.3), half = width * (1.08 - i * 0.27);
            const double lean = s.shape(5, -8, 8) * (i - 1);
            s.detail(stroked(segment({0, y + rise * 0.6}, {lean, y}), trunk * 0.5), bark);
            if (i == 1)
                s.fill(disc(lean, y, half, rise * 0.52), s.second);
            else
                s.body(disc(lean, y, half, rise * 0.52));
        }
        return;
    }
    const double cx = s.shape(4, -4, 4), cy = -stem - height * 0.5, bumps = 7;
    std::vector<QPointF> crown;
    for (int i = 0; i < int(bumps) * 2; ++i) {
        const double angle = i * 3.14159265 / bumps, swell = i % 2 ? 0.9 : 1.06;
        crown.push_back({cx + std::cos(angle) * width * 1.05 * swell,
                         cy + std::sin(angle) * height * 0.52 * swell});
    }
    s.body(blob(crown));
    for (int i = 0; s.design.pattern == Pattern::Plain && i < 5; ++i) {
        const double angle = i * 1.2566 + s.shape(5, 0, 1.2);
        s.detail(
            disc(cx + std::cos(angle) * width * 0.56, cy + std::sin(angle) * height * 0.29, 4.2),
            s.accent);
    }
}

void drawMountain(DesignSketch &s)
{
    const int form = s.design.form; // pointed, twin, rounded
    const double width = s.shape(0, 112, 136), height = s.shape(1, 66, 88);
    const double peak = width * s.shape(2, 0.42, 0.58), snow = s.shape(3, 0.24, 0.36);
    const auto mass = [&](double at, double half, double tall, bool patterned) {
        QPainterPath outline;
        if (form == 2) {
            outline.moveTo(at - half, 0);
            outline.cubicTo(at - half * 0.55, -tall * 0.25, at - half * 0.55, -tall, at, -tall);
            outline.cubicTo(at + half * 0.55, -tall, at + half * 0.55, -tall * 0.25, at + half, 0);
            outline.closeSubpath();
        } else {
            outline = polygon({{at - half, 0},
                               {at - half * 0.46, -tall * 0.48},
                               {at - half * 0.33, -tall * 0.56},
                               {at, -tall},
                               {at + half * 0.3, -tall * 0.62},
                               {at + half * 0.5, -tall * 0.5},
                               {at + half, 0}},
                              5);
        }
        const int body = patterned ? s.body(outline) : s.fill(outline, mixed(s.main, s.dark, 0.18));
        // The side away from the light, then the cap of snow.
        s.inside(body,
                 polygon({{at, -tall - 2},
                          {at + half + 4, -tall - 2},
                          {at + half + 4, 2},
                          {at + half * 0.18, 2},
                          {at - half * 0.06, -tall * 0.5}}),
                 QColor(20, 16, 60, 46));
        std::vector<QPointF> cap{{at - half, -tall - 6}, {at + half, -tall - 6}};
        const int points = 6;
        for (int i = 0; i <= points; ++i)
            cap.push_back(
                {at + half * 0.6 - i * half * 1.2 / points, -tall * (1 - snow) + (i % 2 ? 8 : -4)});
        s.inside(body, polygon(cap, 2.5), s.design.main == Hue::White ? s.second : s.light);
    };
    if (form == 1) {
        const double lower = s.shape(4, 0.66, 0.82);
        mass(width * 0.7, width * 0.4, height * lower, false);
        mass(width * 0.36, width * 0.42, height, true);
    } else {
        mass(peak, width * 0.5, height, true);
    }
    // Foothills.
    const double low = s.shape(5, 9, 15);
    QPainterPath feet(QPointF(-3, 0));
    feet.cubicTo(width * 0.08, -low * 1.3, width * 0.24, -low * 1.2, width * 0.36, -low * 0.35);
    feet.cubicTo(width * 0.44, -low * 1.0, width * 0.56, -low * 1.0, width * 0.64, -low * 0.35);
    feet.cubicTo(width * 0.76, -low * 1.25, width * 0.92, -low * 1.3, width + 3, 0);
    feet.closeSubpath();
    s.fill(feet, s.accent);
}

} // namespace moodloom::world
