// The places of the world, each as the far things and the ground of a picture.
#include "core/world/Scenery.h"

#include <cmath>

namespace moodloom::world {

void Scenery::meadow()
{
    m_sketch.fill(hills(m_horizon - 5, 5, 1), at(0xff9ccf9a, 0.42), Finish::Matt);
    m_sketch.fill(hills(m_horizon - 1, 3.5, 2), at(0xff8fc77a, 0.16), Finish::Matt);
    ground(hills(m_horizon + 5, 2.5, 1), m_colours.groundFar, m_colours.ground);
    for (int i = 0; i < 9; ++i) {
        const double x = m_random.range(2, 98), y = m_random.range(m_horizon + 12, 98);
        const QRgb petals[] = {0xfffdf6e3, 0xfff6c83c, 0xfff087ad};
        m_sketch.detail(disc(x, y, 1.2), at(m_random.pick(petals)));
    }
}

void Scenery::water(bool lake)
{
    if (lake) {
        const double shift = m_random.range(-8, 8);
        m_sketch.fill(peak(24 + shift, m_horizon + 1, 34, 30), at(0xff8aa7c2, 0.35), Finish::Matt);
        m_sketch.fill(peak(74 + shift, m_horizon + 1, 40, 36), at(0xff7c9abb, 0.28), Finish::Matt);
        m_sketch.fill(peak(50 + shift, m_horizon + 1, 30, 18), at(0xff6b94a0, 0.2), Finish::Matt);
        firRow(m_horizon - 2, 5, 9, at(0xff4f8a6d, 0.12), 4.2);
    } else if (m_random.chance(0.5)) {
        const double islandWidth = m_random.range(9, 16), x = m_random.range(8, 92);
        m_sketch.fill(disc(x, m_horizon + 1, islandWidth, 5), at(0xff7fa9b0, 0.4), Finish::Matt);
    }
    ground(box(-1, m_horizon, 102, 102 - m_horizon), m_colours.groundFar, m_colours.ground);
    glints(m_horizon, 15, 16);
}

void Scenery::beach()
{
    ground(box(-1, m_horizon, 102, 20), at(0xff4fa9cc), at(0xff7fd0d6));
    glints(m_horizon - 1, 4, 6);
    QPainterPath shore = hills(m_horizon + 13, 1.8, 1);
    m_sketch.fill(shore.translated(0, -1.8), withAlpha(at(0xffffffff), 0.85), Finish::Matt);
    ground(shore, m_colours.groundFar, m_colours.ground);
    const bool left = m_random.chance(0.5);
    const double x = left ? m_random.range(3, 10) : m_random.range(90, 97), y = m_horizon + 15,
                 lean = left ? 5 : -5;
    m_sketch.fill(stroked(curve({{x, y}, {x + lean * 0.3, y - 14}, {x + lean, y - 26}}), 2.4),
                  at(0xff9a6b45, 0.1), Finish::Matt);
    for (int i = 0; i < 5; ++i) {
        const double angle = -3.0 + i * 0.72;
        const QPointF tip(x + lean + std::cos(angle) * 11, y - 26 + std::sin(angle) * 6 + 4);
        m_sketch.fill(stroked(curve({{x + lean, y - 26},
                                     {(x + lean + tip.x()) / 2, y - 29 + std::sin(angle) * 3},
                                     tip}),
                              2.6),
                      at(0xff4d9d68, 0.1), Finish::Matt);
    }
    for (int i = 0; i < 7; ++i) {
        const double shellY = m_random.range(m_horizon + 22, 98), shellX = m_random.range(2, 98);
        m_sketch.detail(disc(shellX, shellY, 1.1, 0.7), at(0xffc9a56c));
    }
}

void Scenery::desert()
{
    m_sketch.fill(hills(m_horizon - 7, 6, 1), at(0xffefc68a, 0.4), Finish::Matt);
    m_sketch.fill(hills(m_horizon - 1, 4.5, 1), at(0xffe6b06c, 0.15), Finish::Matt);
    for (int i = 0; i < 2; ++i) {
        const double x = i == 0 ? m_random.range(4, 22) : m_random.range(78, 96), y = m_horizon + 4,
                     tall = m_random.range(10, 15);
        QPainterPath cactus = box(x - 1.6, y - tall, 3.2, tall, 1.6);
        cactus = cactus.united(stroked(
            curve({{x, y - tall * 0.38}, {x + 4.5, y - tall * 0.42}, {x + 4.6, y - tall * 0.75}}),
            2.2));
        cactus = cactus.united(stroked(
            curve({{x, y - tall * 0.5}, {x - 4.2, y - tall * 0.54}, {x - 4.3, y - tall * 0.8}}),
            2.2));
        m_sketch.fill(cactus, at(0xff5f9a63, 0.15), Finish::Matt);
    }
    ground(hills(m_horizon + 5, 3, 1), m_colours.groundFar, m_colours.ground);
    for (int i = 0; i < 4; ++i) {
        const double y = m_horizon + 13 + i * 7, x = m_random.range(-5, 70);
        m_sketch.detail(
            stroked(curve({{x, y}, {x + 10, y - 1.6}, {x + 22, y + 0.6}, {x + 32, y - 0.6}}), 0.9),
            withAlpha(at(0xffc98d4c), 0.6));
    }
}

void Scenery::snow()
{
    m_sketch.fill(peak(m_random.range(15, 40), m_horizon + 6, 40, 34), at(0xffb9cfe3, 0.25),
                  Finish::Matt);
    m_sketch.fill(peak(m_random.range(60, 90), m_horizon + 6, 36, 27), at(0xffc9dbea, 0.25),
                  Finish::Matt);
    firRow(m_horizon + 1, 8, 15, at(0xff6f9aa0, 0.22), 7.5);
    ground(hills(m_horizon + 4, 2.5, 1), m_colours.groundFar, m_colours.ground);
    for (int i = 0; i < 34; ++i) {
        const double r = m_random.range(0.45, 0.9), y = m_random.range(0, 96),
                     x = m_random.range(0, 100);
        m_sketch.detail(disc(x, y, r), withAlpha(QColor(0xffffff), m_night ? 0.6 : 0.85));
    }
}

void Scenery::skyline(double base, double low, double high, const QColor &colour, double litShare)
{
    double x = m_random.range(-6, 0);
    while (x < 101) {
        const double width = m_random.range(7, 13), tall = m_random.range(low, high),
                     y = base - tall;
        m_sketch.fill(box(x, y, width, tall + 3, 0.8), colour, Finish::Matt);
        for (double wy = y + 3; wy < base - 4; wy += 4.6)
            for (double wx = x + 1.7; wx + 1.6 < x + width - 1; wx += 3.3)
                if (m_random.chance(litShare))
                    m_sketch.detail(box(wx, wy, 1.7, 2.2),
                                    m_night || m_sunset ? QColor(0xffd98a) : QColor(0xeaf4fa),
                                    m_night ? Finish::Lit : Finish::Matt);
        x += width + m_random.range(0.4, 2.2);
    }
}

void Scenery::city()
{
    skyline(m_horizon, 26, 46, at(0xffb3c3d6, 0.4), 0.0);
    skyline(m_horizon, 14, 30, at(0xff8fa4bf, 0.12), m_night ? 0.6 : 0.4);
    ground(box(-1, m_horizon, 102, 102 - m_horizon), m_colours.groundFar, m_colours.ground);
    m_sketch.fill(box(-1, m_horizon + 5.5, 102, 16), at(0xff6f7683), Finish::Matt);
    for (int i = 0; i < 6; ++i)
        m_sketch.detail(box(2 + i * 17.5, m_horizon + 12.7, 9, 1.5, 0.6), at(0xfff3ead2));
}

void Scenery::forest()
{
    firRow(m_horizon, 22, 36, at(0xff8cc0a4, 0.48), 8);
    firRow(m_horizon + 2, 17, 28, at(0xff5fa078, 0.24), 9);
    firRow(m_horizon + 4, 10, 18, at(0xff3f8562, 0.06), 10);
    ground(hills(m_horizon + 5, 1.6, 2), m_colours.groundFar, m_colours.ground);
    for (int i = 0; i < 6; ++i) {
        const double x = m_random.range(2, 98), y = m_random.range(m_horizon + 14, 98);
        m_sketch.detail(box(x - 0.6, y - 1.6, 1.2, 2), at(0xfff6ead2));
        m_sketch.detail(disc(x, y - 2, 1.7, 1.1), at(0xffd8432f));
    }
}

void Scenery::mountains()
{
    const QRgb tints[] = {0xffa3b7d4, 0xff86a0c4, 0xff7292a8};
    for (int layer = 0; layer < 3; ++layer)
        for (int i = 0; i < 3; ++i) {
            const double x = (i + m_random.range(0.1, 0.9)) * 36 - 4,
                         tall = m_random.range(20, 30) * (1.5 - 0.36 * layer);
            m_sketch.fill(peak(x, m_horizon + 6, tall * 0.95, tall),
                          at(tints[layer], 0.44 - 0.16 * layer), Finish::Matt);
        }
    m_sketch.fill(hills(m_horizon + 2, 3, 2), at(0xff7fb087, 0.1), Finish::Matt);
    ground(hills(m_horizon + 7, 2, 1), m_colours.groundFar, m_colours.ground);
}

void Scenery::autumn()
{
    const QRgb crowns[] = {0xffe08a3c, 0xffd9623d, 0xffeab54a, 0xffc9543f};
    for (int row = 0; row < 2; ++row)
        for (int i = 0; i < 6; ++i) {
            const double x = (i + m_random.range(0.1, 0.9)) * 18 - 3, y = m_horizon - 9 + row * 6,
                         r = m_random.range(7, 10) - row * 1.4;
            m_sketch.fill(box(x - 0.9, y, 1.8, 15 - row * 3), at(0xff7d5540, 0.3), Finish::Matt);
            m_sketch.fill(disc(x, y - 2, r, r * 1.1),
                          at(m_random.pick(crowns), row == 0 ? 0.46 : 0.2), Finish::Matt);
        }
    ground(hills(m_horizon + 4, 2, 1), m_colours.groundFar, m_colours.ground);
    for (int i = 0; i < 14; ++i) {
        const QColor leaf = at(m_random.pick(crowns));
        const double y =
            i < 10 ? m_random.range(m_horizon + 10, 99) : m_random.range(20, m_horizon);
        m_sketch.detail(disc(m_random.range(1, 99), y, 1.3, 0.8), leaf);
    }
}

void Scenery::cloudSea()
{
    for (int row = 0; row < 3; ++row) {
        const QColor white = mixed(m_colours.groundFar, m_colours.ground, row / 2.0);
        QPainterPath bank = box(-2, m_horizon + row * 7, 104, 40);
        for (double x = m_random.range(-8, 0); x < 106; x += m_random.range(9, 15)) {
            const double r = m_random.range(6, 10);
            bank.addEllipse(QPointF(x, m_horizon + row * 7 + 1), r * 1.2, r * 0.75);
        }
        bank.setFillRule(Qt::WindingFill);
        m_sketch.fill(bank, white, Finish::Matt);
    }
}

void Scenery::moon()
{
    m_sketch.fill(hills(m_horizon - 3, 4, 1), QColor(0x75768f), Finish::Matt);
    ground(hills(m_horizon + 3, 2, 1), m_colours.groundFar, m_colours.ground);
    for (int i = 0; i < 6; ++i) {
        const double x = (i + m_random.unit()) * 17, y = m_random.range(m_horizon + 9, 97),
                     r = m_random.range(4, 8);
        m_sketch.detail(disc(x, y, r, r * 0.36), QColor(0x8c8da2));
        m_sketch.detail(disc(x + 0.5, y + 0.6, r * 0.78, r * 0.25), QColor(0x7b7c94));
    }
}

void Scenery::underwater()
{
    m_sketch.gradient(box(-1, -1, 102, 102), m_colours.skyTop, m_colours.skyBottom);
    for (int i = 0; i < 4; ++i) {
        const double x = m_random.range(0, 24) + i * 24;
        m_sketch.detail(polygon({{x, -1}, {x + 9, -1}, {x - 8, 80}, {x - 26, 80}}),
                        QColor(255, 255, 255, 26), Finish::Lit);
    }
    m_sketch.fill(hills(m_horizon - 7, 5, 1), mixed(QColor(0x2b6f93), m_colours.skyBottom, 0.35),
                  Finish::Matt);
    ground(hills(m_horizon + 2, 2, 1), mixed(m_colours.ground, m_colours.skyBottom, 0.3),
           m_colours.ground);
    for (int i = 0; i < 6; ++i) {
        const double x = i < 3 ? m_random.range(1, 24) : m_random.range(76, 99),
                     y = m_random.range(m_horizon + 4, 98), tall = m_random.range(14, 30);
        const QRgb weeds[] = {0xff3f9c74, 0xff5cb27a, 0xffc96a84, 0xffe08a5f};
        m_sketch.fill(stroked(curve({{x, y},
                                     {x + 2.5, y - tall * 0.33},
                                     {x - 2.5, y - tall * 0.66},
                                     {x + 1.5, y - tall}}),
                              2.6),
                      mixed(QColor(m_random.pick(weeds)), m_colours.skyBottom, 0.2), Finish::Matt);
    }
    for (int i = 0; i < 9; ++i) {
        const double r = m_random.range(0.7, 1.7), y = m_random.range(4, 78),
                     x = m_random.range(4, 96);
        m_sketch.detail(disc(x, y, r), QColor(255, 255, 255, 120), Finish::Lit);
    }
}

void Scenery::room()
{
    m_sketch.gradient(box(-1, -1, 102, m_horizon + 2), m_colours.skyTop, m_colours.skyBottom);
    const double x = m_random.chance(0.5) ? m_random.range(6, 18) : m_random.range(54, 66), y = 8,
                 width = 30, height = 34;
    const SettingColours outside = coloursOf({Place::Meadow, m_setting.time});
    m_sketch.fill(box(x - 2.5, y - 2.5, width + 5, height + 5, 2), at(0xfffdf8ee), Finish::Matt);
    const int pane = m_sketch.gradient(box(x, y, width, height), outside.skyTop, outside.skyBottom);
    m_sketch.inside(pane,
                    disc(x + width * m_random.range(0.25, 0.75),
                         m_sunset ? y + height * 0.62 : y + height * 0.3, 4.6),
                    outside.sun, Finish::Lit);
    m_sketch.inside(pane, disc(x + width * 0.4, y + height + 7, width * 0.7, 16),
                    outside.groundFar);
    m_sketch.detail(box(x + width / 2 - 0.9, y, 1.8, height), at(0xfffdf8ee));
    m_sketch.detail(box(x, y + height * 0.5 - 0.9, width, 1.8), at(0xfffdf8ee));
    const double px = x < 40 ? m_random.range(62, 74) : m_random.range(10, 22);
    m_sketch.fill(box(px, 13, 17, 21, 1), at(0xffb98a5c), Finish::Matt);
    const int canvas = m_sketch.gradient(box(px + 2, 15, 13, 17), at(0xfff4e3c3), at(0xffe9b99a));
    m_sketch.inside(canvas, disc(px + 8, 31, 8, 6), at(0xff7fa887));
    ground(box(-1, m_horizon, 102, 102 - m_horizon), m_colours.groundFar, m_colours.ground);
    m_sketch.fill(box(-1, m_horizon - 2, 102, 3), at(0xfffdf6ea), Finish::Matt);
    for (int i = 1; i < 4; ++i)
        m_sketch.detail(box(-1, m_horizon + i * 8, 102, 0.7), withAlpha(at(0xff7a4f30), 0.35));
    m_sketch.fill(disc(50, 91, 42, 8), at(m_random.chance(0.5) ? 0xffc9726a : 0xff6f93b5),
                  Finish::Matt);
}

} // namespace moodloom::world
