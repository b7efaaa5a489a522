#include "core/world/Backdrop.h"

#include "core/world/Palette.h"
#include "core/world/Random.h"

#include <algorithm>
#include <cmath>

namespace moodloom::world {
namespace {

// Draws one setting; holds what its parts share.
class Scenery
{
public:
    Scenery(const Setting &setting, uint64_t seed)
        : m_setting(setting), m_random(seed), m_colours(coloursOf(setting)), m_horizon(horizonOf(setting.place)),
          m_night(setting.time == TimeOfDay::Night && hasTimes(setting.place)),
          m_sunset(setting.time == TimeOfDay::Sunset && hasTimes(setting.place))
    {
    }

    Sketch draw()
    {
        switch (m_setting.place) {
        case Place::Room: room(); return std::move(m_sketch);
        case Place::Underwater: underwater(); return std::move(m_sketch);
        default: break;
        }
        sky();
        switch (m_setting.place) {
        case Place::Meadow: meadow(); break;
        case Place::Sea: water(false); break;
        case Place::Lake: water(true); break;
        case Place::Beach: beach(); break;
        case Place::Desert: desert(); break;
        case Place::Snow: snow(); break;
        case Place::City: city(); break;
        case Place::Forest: forest(); break;
        case Place::Mountains: mountains(); break;
        case Place::Autumn: autumn(); break;
        case Place::Clouds: cloudSea(); break;
        case Place::Moon: moon(); break;
        default: break;
        }
        return std::move(m_sketch);
    }

private:
    // A colour given for daylight, as it is at this hour; `far` 0..1 fades it into the sky.
    QColor at(QRgb day, double far = 0) const
    {
        QColor colour(day);
        if (m_sunset)
            colour = mixed(colour, QColor(0x80427c), m_setting.place == Place::Room ? 0.2 : 0.48);
        if (m_night)
            colour = mixed(colour, QColor(0x17235e), 0.7);
        return mixed(colour, m_colours.skyBottom, far);
    }

    void ground(const QPainterPath &path, const QColor &top, const QColor &bottom) { m_sketch.gradient(path, top, bottom); }

    // Rolling land whose upper edge swings around y.
    QPainterPath hills(double y, double swing, int waves)
    {
        std::vector<QPointF> edge;
        const double phase = m_random.range(0, 6.28);
        for (int i = -1; i <= waves * 4 + 1; ++i) {
            const double x = i * 100.0 / (waves * 4);
            edge.push_back({x, y + std::sin(phase + i * 1.5708) * swing * m_random.range(0.55, 1.1)});
        }
        QPainterPath path = curve(edge);
        path.lineTo(130, 104);
        path.lineTo(-30, 104);
        path.closeSubpath();
        return path;
    }

    QPainterPath peak(double x, double base, double half, double height)
    {
        const double lean = m_random.range(-0.12, 0.12) * half;
        return polygon({{x - half, base}, {x - half * 0.45 + lean, base - height * 0.55}, {x + lean, base - height},
                        {x + half * 0.4 + lean, base - height * 0.5}, {x + half, base}}, 2.5);
    }

    void cloud(double x, double y, double size, const QColor &colour)
    {
        QPainterPath path = disc(x, y, size * 0.5, size * 0.28);
        path = path.united(disc(x - size * 0.42, y + size * 0.1, size * 0.36, size * 0.19));
        path = path.united(disc(x + size * 0.44, y + size * 0.08, size * 0.4, size * 0.2));
        m_sketch.fill(path, colour, Finish::Matt);
    }

    void sky()
    {
        const double skyEnd = m_horizon + 15;
        if (m_sunset) {
            // By way of rose: straight from violet to gold would pass through grey.
            const QColor rose(0xe0708a);
            m_sketch.gradient(box(-1, -1, 102, skyEnd * 0.55 + 1.5), m_colours.skyTop, rose);
            m_sketch.gradient(box(-1, skyEnd * 0.55, 102, skyEnd * 0.45), rose, m_colours.skyBottom);
        } else {
            m_sketch.gradient(box(-1, -1, 102, skyEnd + 1), m_colours.skyTop, m_colours.skyBottom);
        }
        const bool space = m_setting.place == Place::Moon;
        if (m_night || space) {
            for (int i = 0; i < 26; ++i) {
                const double size = i < 5 ? 0.9 : 0.5;
                m_sketch.detail(disc(m_random.range(1, 99), m_random.range(1, m_horizon - 8), size), QColor(0xf4efd6), Finish::Lit);
            }
        }
        if (space) {
            const double x = m_random.range(14, 86), y = m_random.range(12, 24);
            const int globe = m_sketch.fill(disc(x, y, 9), QColor(0x4f9fe0));
            m_sketch.inside(globe, blob({{x - 8, y - 4}, {x, y - 7}, {x + 3, y - 1}, {x - 3, y + 3}}), QColor(0x6cbf78));
            m_sketch.inside(globe, disc(x + 5, y + 5, 5, 2), QColor(0xf3fbff));
            return;
        }
        const double x = m_random.chance(0.5) ? m_random.range(10, 30) : m_random.range(70, 90);
        if (m_night) {
            const double y = m_random.range(11, 21), r = 7;
            m_sketch.detail(disc(x, y, r * 1.9), withAlpha(m_colours.sun, 0.10), Finish::Lit);
            QPainterPath crescent = disc(x, y, r);
            if (m_random.chance(0.6))
                crescent = crescent.subtracted(disc(x + r * 0.5, y - r * 0.22, r * 0.85));
            m_sketch.fill(crescent, m_colours.sun, Finish::Lit);
        } else if (m_sunset) {
            const double sunX = m_random.range(18, 82), y = m_horizon - m_random.range(3, 9), r = m_random.range(10, 13);
            m_sketch.detail(disc(sunX, y, r * 2.1), withAlpha(QColor(0xffe3a0), 0.22), Finish::Lit);
            m_sketch.detail(disc(sunX, y, r * 1.5), withAlpha(QColor(0xffe3a0), 0.3), Finish::Lit);
            m_sketch.fill(disc(sunX, y, r), m_colours.sun, Finish::Lit);
        } else {
            const double y = m_random.range(11, 20);
            m_sketch.detail(disc(x, y, 11.5), withAlpha(QColor(0xfff3c0), 0.35), Finish::Lit);
            m_sketch.fill(disc(x, y, 7), QColor(0xffe27a), Finish::Lit);
        }
        if (m_setting.place == Place::Clouds)
            return;
        const int clouds = 2 + m_random.below(2);
        for (int i = 0; i < clouds; ++i) {
            const QColor white = m_night ? QColor(0x44528f) : m_sunset ? QColor(0xf7b59a) : QColor(0xffffff);
            cloud((i + m_random.range(0.1, 0.9)) * 100 / clouds, m_random.range(9, m_horizon * 0.55), m_random.range(13, 22), withAlpha(white, 0.82));
        }
    }

    void firRow(double y, double low, double high, const QColor &colour, double gap)
    {
        QPainterPath row;
        for (double x = m_random.range(-4, 0); x < 104; x += m_random.range(0.75, 1.25) * gap) {
            const double tall = m_random.range(low, high), half = tall * 0.24, foot = y + 4;
            row.addPath(polygon({{x - half, foot}, {x - half * 0.62, y - tall * 0.36}, {x, y - tall}, {x + half * 0.62, y - tall * 0.36}, {x + half, foot}}, 1));
        }
        row.setFillRule(Qt::WindingFill);
        m_sketch.fill(row, colour, Finish::Matt);
    }

    void meadow()
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

    void glints(double top, int count, double longest)
    {
        for (int i = 0; i < count; ++i) {
            const double t = (i + 0.5) / count, y = lerp(top + 2, 97, t * t * 0.4 + t * 0.6);
            const double width = lerp(5, longest, t) * m_random.range(0.6, 1.2), x = m_random.range(-4, 96);
            m_sketch.detail(box(x, y, width, 1.1 + t * 0.5, 0.7), withAlpha(m_night ? QColor(0x8da2e8) : m_sunset ? QColor(0xffe0a8) : QColor(0xffffff), 0.42));
        }
    }

    void water(bool lake)
    {
        if (lake) {
            const double shift = m_random.range(-8, 8);
            m_sketch.fill(peak(24 + shift, m_horizon + 1, 34, 30), at(0xff8aa7c2, 0.35), Finish::Matt);
            m_sketch.fill(peak(74 + shift, m_horizon + 1, 40, 36), at(0xff7c9abb, 0.28), Finish::Matt);
            m_sketch.fill(peak(50 + shift, m_horizon + 1, 30, 18), at(0xff6b94a0, 0.2), Finish::Matt);
            firRow(m_horizon - 2, 5, 9, at(0xff4f8a6d, 0.12), 4.2);
        } else if (m_random.chance(0.5)) {
            m_sketch.fill(disc(m_random.range(8, 92), m_horizon + 1, m_random.range(9, 16), 5), at(0xff7fa9b0, 0.4), Finish::Matt);
        }
        ground(box(-1, m_horizon, 102, 102 - m_horizon), m_colours.groundFar, m_colours.ground);
        glints(m_horizon, 15, 16);
    }

    void beach()
    {
        ground(box(-1, m_horizon, 102, 20), at(0xff4fa9cc), at(0xff7fd0d6));
        glints(m_horizon - 1, 4, 6);
        QPainterPath shore = hills(m_horizon + 13, 1.8, 1);
        m_sketch.fill(shore.translated(0, -1.8), withAlpha(at(0xffffffff), 0.85), Finish::Matt);
        ground(shore, m_colours.groundFar, m_colours.ground);
        const bool left = m_random.chance(0.5);
        const double x = left ? m_random.range(3, 10) : m_random.range(90, 97), y = m_horizon + 15, lean = left ? 5 : -5;
        m_sketch.fill(stroked(curve({{x, y}, {x + lean * 0.3, y - 14}, {x + lean, y - 26}}), 2.4), at(0xff9a6b45, 0.1), Finish::Matt);
        for (int i = 0; i < 5; ++i) {
            const double angle = -3.0 + i * 0.72;
            const QPointF tip(x + lean + std::cos(angle) * 11, y - 26 + std::sin(angle) * 6 + 4);
            m_sketch.fill(stroked(curve({{x + lean, y - 26}, {(x + lean + tip.x()) / 2, y - 29 + std::sin(angle) * 3}, tip}), 2.6), at(0xff4d9d68, 0.1), Finish::Matt);
        }
        for (int i = 0; i < 7; ++i)
            m_sketch.detail(disc(m_random.range(2, 98), m_random.range(m_horizon + 22, 98), 1.1, 0.7), at(0xffc9a56c));
    }

    void desert()
    {
        m_sketch.fill(hills(m_horizon - 7, 6, 1), at(0xffefc68a, 0.4), Finish::Matt);
        m_sketch.fill(hills(m_horizon - 1, 4.5, 1), at(0xffe6b06c, 0.15), Finish::Matt);
        for (int i = 0; i < 2; ++i) {
            const double x = i == 0 ? m_random.range(4, 22) : m_random.range(78, 96), y = m_horizon + 4, tall = m_random.range(10, 15);
            QPainterPath cactus = box(x - 1.6, y - tall, 3.2, tall, 1.6);
            cactus = cactus.united(stroked(curve({{x, y - tall * 0.38}, {x + 4.5, y - tall * 0.42}, {x + 4.6, y - tall * 0.75}}), 2.2));
            cactus = cactus.united(stroked(curve({{x, y - tall * 0.5}, {x - 4.2, y - tall * 0.54}, {x - 4.3, y - tall * 0.8}}), 2.2));
            m_sketch.fill(cactus, at(0xff5f9a63, 0.15), Finish::Matt);
        }
        ground(hills(m_horizon + 5, 3, 1), m_colours.groundFar, m_colours.ground);
        for (int i = 0; i < 4; ++i) {
            const double y = m_horizon + 13 + i * 7, x = m_random.range(-5, 70);
            m_sketch.detail(stroked(curve({{x, y}, {x + 10, y - 1.6}, {x + 22, y + 0.6}, {x + 32, y - 0.6}}), 0.9), withAlpha(at(0xffc98d4c), 0.6));
        }
    }

    void snow()
    {
        m_sketch.fill(peak(m_random.range(15, 40), m_horizon + 6, 40, 34), at(0xffb9cfe3, 0.25), Finish::Matt);
        m_sketch.fill(peak(m_random.range(60, 90), m_horizon + 6, 36, 27), at(0xffc9dbea, 0.25), Finish::Matt);
        firRow(m_horizon + 1, 8, 15, at(0xff6f9aa0, 0.22), 7.5);
        ground(hills(m_horizon + 4, 2.5, 1), m_colours.groundFar, m_colours.ground);
        for (int i = 0; i < 34; ++i)
            m_sketch.detail(disc(m_random.range(0, 100), m_random.range(0, 96), m_random.range(0.45, 0.9)), withAlpha(QColor(0xffffff), m_night ? 0.6 : 0.85));
    }

    void skyline(double base, double low, double high, const QColor &colour, double litShare)
    {
        double x = m_random.range(-6, 0);
        while (x < 101) {
            const double width = m_random.range(7, 13), tall = m_random.range(low, high), y = base - tall;
            m_sketch.fill(box(x, y, width, tall + 3, 0.8), colour, Finish::Matt);
            for (double wy = y + 3; wy < base - 4; wy += 4.6)
                for (double wx = x + 1.7; wx + 1.6 < x + width - 1; wx += 3.3)
                    if (m_random.chance(litShare))
                        m_sketch.detail(box(wx, wy, 1.7, 2.2), m_night || m_sunset ? QColor(0xffd98a) : QColor(0xeaf4fa), m_night ? Finish::Lit : Finish::Matt);
            x += width + m_random.range(0.4, 2.2);
        }
    }

    void city()
    {
        skyline(m_horizon, 26, 46, at(0xffb3c3d6, 0.4), 0.0);
        skyline(m_horizon, 14, 30, at(0xff8fa4bf, 0.12), m_night ? 0.6 : 0.4);
        ground(box(-1, m_horizon, 102, 102 - m_horizon), m_colours.groundFar, m_colours.ground);
        m_sketch.fill(box(-1, m_horizon + 5.5, 102, 16), at(0xff6f7683), Finish::Matt);
        for (int i = 0; i < 6; ++i)
            m_sketch.detail(box(2 + i * 17.5, m_horizon + 12.7, 9, 1.5, 0.6), at(0xfff3ead2));
    }

    void forest()
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

    void mountains()
    {
        const QRgb tints[] = {0xffa3b7d4, 0xff86a0c4, 0xff7292a8};
        for (int layer = 0; layer < 3; ++layer)
            for (int i = 0; i < 3; ++i) {
                const double x = (i + m_random.range(0.1, 0.9)) * 36 - 4, tall = m_random.range(20, 30) * (1.5 - 0.36 * layer);
                m_sketch.fill(peak(x, m_horizon + 6, tall * 0.95, tall), at(tints[layer], 0.44 - 0.16 * layer), Finish::Matt);
            }
        m_sketch.fill(hills(m_horizon + 2, 3, 2), at(0xff7fb087, 0.1), Finish::Matt);
        ground(hills(m_horizon + 7, 2, 1), m_colours.groundFar, m_colours.ground);
    }

    void autumn()
    {
        const QRgb crowns[] = {0xffe08a3c, 0xffd9623d, 0xffeab54a, 0xffc9543f};
        for (int row = 0; row < 2; ++row)
            for (int i = 0; i < 6; ++i) {
                const double x = (i + m_random.range(0.1, 0.9)) * 18 - 3, y = m_horizon - 9 + row * 6, r = m_random.range(7, 10) - row * 1.4;
                m_sketch.fill(box(x - 0.9, y, 1.8, 15 - row * 3), at(0xff7d5540, 0.3), Finish::Matt);
                m_sketch.fill(disc(x, y - 2, r, r * 1.1), at(m_random.pick(crowns), row == 0 ? 0.46 : 0.2), Finish::Matt);
            }
        ground(hills(m_horizon + 4, 2, 1), m_colours.groundFar, m_colours.ground);
        for (int i = 0; i < 14; ++i)
            m_sketch.detail(disc(m_random.range(1, 99), i < 10 ? m_random.range(m_horizon + 10, 99) : m_random.range(20, m_horizon), 1.3, 0.8), at(m_random.pick(crowns)));
    }

    void cloudSea()
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

    void moon()
    {
        m_sketch.fill(hills(m_horizon - 3, 4, 1), QColor(0x75768f), Finish::Matt);
        ground(hills(m_horizon + 3, 2, 1), m_colours.groundFar, m_colours.ground);
        for (int i = 0; i < 6; ++i) {
            const double x = (i + m_random.unit()) * 17, y = m_random.range(m_horizon + 9, 97), r = m_random.range(4, 8);
            m_sketch.detail(disc(x, y, r, r * 0.36), QColor(0x8c8da2));
            m_sketch.detail(disc(x + 0.5, y + 0.6, r * 0.78, r * 0.25), QColor(0x7b7c94));
        }
    }

    void underwater()
    {
        m_sketch.gradient(box(-1, -1, 102, 102), m_colours.skyTop, m_colours.skyBottom);
        for (int i = 0; i < 4; ++i) {
            const double x = m_random.range(0, 24) + i * 24;
            m_sketch.detail(polygon({{x, -1}, {x + 9, -1}, {x - 8, 80}, {x - 26, 80}}), QColor(255, 255, 255, 26), Finish::Lit);
        }
        m_sketch.fill(hills(m_horizon - 7, 5, 1), mixed(QColor(0x2b6f93), m_colours.skyBottom, 0.35), Finish::Matt);
        ground(hills(m_horizon + 2, 2, 1), mixed(m_colours.ground, m_colours.skyBottom, 0.3), m_colours.ground);
        for (int i = 0; i < 6; ++i) {
            const double x = i < 3 ? m_random.range(1, 24) : m_random.range(76, 99), y = m_random.range(m_horizon + 4, 98), tall = m_random.range(14, 30);
            const QRgb weeds[] = {0xff3f9c74, 0xff5cb27a, 0xffc96a84, 0xffe08a5f};
            m_sketch.fill(stroked(curve({{x, y}, {x + 2.5, y - tall * 0.33}, {x - 2.5, y - tall * 0.66}, {x + 1.5, y - tall}}), 2.6), mixed(QColor(m_random.pick(weeds)), m_colours.skyBottom, 0.2), Finish::Matt);
        }
        for (int i = 0; i < 9; ++i)
            m_sketch.detail(disc(m_random.range(4, 96), m_random.range(4, 78), m_random.range(0.7, 1.7)), QColor(255, 255, 255, 120), Finish::Lit);
    }

    void room()
    {
        m_sketch.gradient(box(-1, -1, 102, m_horizon + 2), m_colours.skyTop, m_colours.skyBottom);
        const double x = m_random.chance(0.5) ? m_random.range(6, 18) : m_random.range(54, 66), y = 8, width = 30, height = 34;
        const SettingColours outside = coloursOf({Place::Meadow, m_setting.time});
        m_sketch.fill(box(x - 2.5, y - 2.5, width + 5, height + 5, 2), at(0xfffdf8ee), Finish::Matt);
        const int pane = m_sketch.gradient(box(x, y, width, height), outside.skyTop, outside.skyBottom);
        m_sketch.inside(pane, disc(x + width * m_random.range(0.25, 0.75), m_sunset ? y + height * 0.62 : y + height * 0.3, 4.6), outside.sun, Finish::Lit);
        m_sketch.inside(pane, disc(x + width * 0.4, y + height + 7, width * 0.7, 16), outside.groundFar);
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
        m_sketch.fill(disc(50, 91, 42, 8), at(m_random.chance(0.5) ? 0xffc9726a : 0xff6f93b5), Finish::Matt);
    }

    const Setting m_setting;
    Random m_random;
    const SettingColours m_colours;
    const double m_horizon;
    const bool m_night, m_sunset;
    Sketch m_sketch;
};

} // namespace

Sketch drawBackdrop(const Setting &setting, uint64_t seed) { return Scenery(setting, seed).draw(); }

Sketch drawForeground(const Setting &setting, uint64_t seed)
{
    Sketch sketch;
    Random random(derivedSeed(seed, 77));
    const SettingColours colours = coloursOf(setting);
    if (setting.place == Place::Meadow || setting.place == Place::Forest) {
        QPainterPath tufts;
        for (int i = 0; i < 5; ++i) {
            const double x = random.range(2, 98), y = 101;
            for (int blade = -1; blade <= 1; ++blade)
                tufts.addPath(polygon({{x + blade * 1.6 - 1, y}, {x + blade * 3.2, y - random.range(4, 7)}, {x + blade * 1.6 + 1, y}}));
        }
        tufts.setFillRule(Qt::WindingFill);
        sketch.detail(tufts, mixed(colours.ground, QColor(0x2f6a3c), 0.45));
    } else if (setting.place == Place::Clouds) {
        QPainterPath bank;
        for (double x = random.range(-6, 2); x < 106; x += random.range(9, 14))
            bank.addEllipse(QPointF(x, 101), random.range(8, 11), random.range(5, 8));
        bank.setFillRule(Qt::WindingFill);
        sketch.fill(bank, colours.ground, Finish::Matt);
    }
    return sketch;
}

} // namespace moodloom::world
