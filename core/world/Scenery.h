// Draws the scenery of one setting, part by part: what the places have in common.
//
// Used by Backdrop.h only. One object per picture; not shared between threads.
#pragma once

#include "core/world/Palette.h"
#include "core/world/Random.h"
#include "core/world/Setting.h"
#include "core/world/Sketch.h"

namespace moodloom::world {

class Scenery
{
public:
    Scenery(const Setting &setting, uint64_t seed);

    Sketch draw();

private:
    // Parts (Scenery.cpp).
    // A colour given for daylight, as it is at this hour; `far` 0..1 fades it into the sky.
    QColor at(QRgb day, double far = 0) const;
    // Rolling land whose upper edge swings around y.
    QPainterPath hills(double y, double swing, int waves);
    QPainterPath peak(double x, double base, double half, double height);
    void cloud(double x, double y, double size, const QColor &colour);
    void sky();
    void firRow(double y, double low, double high, const QColor &colour, double gap);
    void glints(double top, int count, double longest);
    void ground(const QPainterPath &path, const QColor &top, const QColor &bottom);

    // Places (SceneryPlaces.cpp).
    void meadow();
    void water(bool lake);
    void beach();
    void desert();
    void snow();
    void skyline(double base, double low, double high, const QColor &colour, double litShare);
    void city();
    void forest();
    void mountains();
    void autumn();
    void cloudSea();
    void moon();
    void underwater();
    void room();

    const Setting m_setting;
    Random m_random;
    const SettingColours m_colours;
    const double m_horizon;
    const bool m_night, m_sunset;
    Sketch m_sketch;
};

} // namespace moodloom::world
