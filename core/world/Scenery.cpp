#include "core/world/Scenery.h"

#include <cmath>

namespace moodloom::world {

Scenery::Scenery(const Setting &setting, uint64_t seed)
    : m_setting(setting), m_random(seed), m_colours(coloursOf(setting)),
      m_horizon(horizonOf(setting.place)),
      m_night(setting.time == TimeOfDay::Night && hasTimes(setting.place)),
      m_sunset(setting.time == TimeOfDay::Sunset && hasTimes(setting.place))
{
}

Sketch Scenery::draw()
{
    switch (m_setting.place) {
    case Place::Room:
        room();
        return std::move(m_sketch);
    case Place::Underwater:
        underwater();
        return std::move(m_sketch);
    default:
        break;
    }
    sky();
    switch (m_setting.place) {
    case Place::Meadow:
        meadow();
        break;
    case Place::Sea:
        water(false);
        break;
    case Place::Lake:
        water(true);
        break;
    case Place::Beach:
        beach();
        break;
    case Place::Desert:
        desert();
        break;
    case Place::Snow:
        snow();
        break;
    case Place::City:
        city();
        break;
    case Place::Forest:
        forest();
        break;
    case Place::Mountains:
        mountains();
        break;
    case Place::Autumn:
        autumn();
        break;
    case Place::Clouds:
        cloudSea();
        break;
    case Place::Moon:
        moon();
        break;
    default:
        break;
    }
    return std::move(m_sketch);
}

void Scenery::ground(const QPainterPath &path, const QColor &top, const QColor &bottom)
{
    m_sketch.gradient(path, top, bottom);
}

QColor Scenery::at(QRgb day, double far) const
{
    QColor colour(day);
    if (m_sunset)
        colour = mixed(colour, QColor(0x80427c), m_setting.place == Place::Room ? 0.2 : 0.48);
    if (m_night)
        colour = mixed(colour, QColor(0x17235e), 0.7);
    return mixed(colour, m_colours.skyBottom, far);
}

QPainterPath Scenery::hills(double y, double swing, int waves)
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

QPainterPath Scenery::peak(double x, double base, double half, double height)
{
    const double lean = m_random.range(-0.12, 0.12) * half;
    return polygon({{x - half, base},
                    {x - half * 0.45 + lean, base - height * 0.55},
                    {x + lean, base - height},
                    {x + half * 0.4 + lean, base - height * 0.5},
                    {x + half, base}},
                   2.5);
}

void Scenery::cloud(double x, double y, double size, const QColor &colour)
{
    QPainterPath path = disc(x, y, size * 0.5, size * 0.28);
    path = path.united(disc(x - size * 0.42, y + size * 0.1, size * 0.36, size * 0.19));
    path = path.united(disc(x + size * 0.44, y + size * 0.08, size * 0.4, size * 0.2));
    m_sketch.fill(path, colour, Finish::Matt);
}

void Scenery::sky()
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
            const double starY = m_random.range(1, m_horizon - 8), starX = m_random.range(1, 99);
            m_sketch.detail(disc(starX, starY, size), QColor(0xf4efd6), Finish::Lit);
        }
    }
    if (space) {
        const double x = m_random.range(14, 86), y = m_random.range(12, 24);
        const int globe = m_sketch.fill(disc(x, y, 9), QColor(0x4f9fe0));
        m_sketch.inside(globe, blob({{x - 8, y - 4}, {x, y - 7}, {x + 3, y - 1}, {x - 3, y + 3}}),
                        QColor(0x6cbf78));
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
        const double sunX = m_random.range(18, 82), y = m_horizon - m_random.range(3, 9),
                     r = m_random.range(10, 13);
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
        const QColor white = m_night    ? QColor(0x44528f)
                             : m_sunset ? QColor(0xf7b59a)
                                        : QColor(0xffffff);
        const double width = m_random.range(13, 22), height = m_random.range(9, m_horizon * 0.55);
        cloud((i + m_random.range(0.1, 0.9)) * 100 / clouds, height, width, withAlpha(white, 0.82));
    }
}

void Scenery::firRow(double y, double low, double high, const QColor &colour, double gap)
{
    QPainterPath row;
    for (double x = m_random.range(-4, 0); x < 104; x += m_random.range(0.75, 1.25) * gap) {
        const double tall = m_random.range(low, high), half = tall * 0.24, foot = y + 4;
        row.addPath(polygon({{x - half, foot},
                             {x - half * 0.62, y - tall * 0.36},
                             {x, y - tall},
                             {x + half * 0.62, y - tall * 0.36},
                             {x + half, foot}},
                            1));
    }
    row.setFillRule(Qt::WindingFill);
    m_sketch.fill(row, colour, Finish::Matt);
}

void Scenery::glints(double top, int count, double longest)
{
    for (int i = 0; i < count; ++i) {
        const double t = (i + 0.5) / count, y = lerp(top + 2, 97, t * t * 0.4 + t * 0.6);
        const double width = lerp(5, longest, t) * m_random.range(0.6, 1.2),
                     x = m_random.range(-4, 96);
        m_sketch.detail(box(x, y, width, 1.1 + t * 0.5, 0.7),
                        withAlpha(m_night    ? QColor(0x8da2e8)
                                  : m_sunset ? QColor(0xffe0a8)
                                             : QColor(0xffffff),
                                  0.42));
    }
}

} // namespace moodloom::world
