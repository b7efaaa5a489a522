// Robots, cups, lamps.
#include "core/world/Draw.h"

namespace moodloom::world {

void drawRobot(DesignSketch &s)
{
    const int form = s.design.form; // square head, round head, one eye
    const double legs = s.shape(0, 16, 24), torso = s.shape(1, 32, 40), half = s.shape(2, 20, 26);
    const double headWidth = s.shape(3, 17, 22), headHeight = s.shape(4, 24, 30),
                 arm = s.shape(5, 26, 34);
    const double shoulder = -legs - torso;
    for (double side : {-1.0, 1.0}) {
        s.fill(box(side * half * 0.52 - 5, -legs - 4, 10, legs + 2, 3), s.metal);
        s.fill(box(side * half * 0.52 - 8, -8, 16, 8, 4), s.accent);
        s.fill(stroked(curve({{side * (half + 1), shoulder + 8},
                              {side * (half + 10), shoulder + arm * 0.5},
                              {side * (half + 8), shoulder + arm}}),
                       8),
               s.metal);
        s.fill(disc(side * (half + 8), shoulder + arm + 2, 7), s.accent);
    }
    s.fill(box(-5, shoulder - 7, 10, 10), s.metal);
    s.body(box(-half, shoulder, 2 * half, torso, form == 1 ? 14 : 6));
    s.fill(box(-half * 0.5, shoulder + torso * 0.3, half, torso * 0.36, 4), s.light);
    s.detail(disc(-half * 0.22, shoulder + torso * 0.48, 3.4), s.accent, Finish::Lit);
    s.detail(disc(half * 0.22, shoulder + torso * 0.48, 3.4),
             s.second == s.light ? s.main : s.second, Finish::Lit);
    const double neck = shoulder - 5, centre = neck - headHeight / 2;
    s.fill(box(-2, neck - headHeight - 10, 4, 12), s.metal);
    s.fill(disc(0, neck - headHeight - 11, 5), s.accent, Finish::Lit);
    if (form == 1)
        s.fill(disc(0, centre, headWidth * 1.06, headHeight * 0.58), s.main);
    else
        s.fill(box(-headWidth, neck - headHeight, 2 * headWidth, headHeight, form == 2 ? 11 : 4),
               s.main);
    s.fill(box(-headWidth * 0.78, centre - 8, headWidth * 1.56, 15.5, 7), s.dark);
    if (form == 2) {
        s.detail(disc(0, centre, 6.4), QColor(0x8ff0ff), Finish::Lit);
        s.detail(disc(0, centre, 2.8), s.dark);
    } else {
        for (double side : {-1.0, 1.0})
            s.detail(disc(side * headWidth * 0.36, centre, 4.4), QColor(0x8ff0ff), Finish::Lit);
    }
}

void drawCup(DesignSketch &s)
{
    const int form = s.design.form; // straight, rounded, flared
    const double half = s.shape(0, 27, 34), height = s.shape(1, 52, 70),
                 handle = s.shape(2, 15, 20);
    const double foot = form == 0   ? half * 0.94
                        : form == 1 ? half * 0.72
                                    : half * s.shape(3, 0.5, 0.64);
    const double hy = -height * 0.55;
    QPainterPath grip = disc(half + 1, hy, handle, handle * s.shape(4, 0.9, 1.15));
    s.fill(stroked(grip, 8), s.second == s.light ? s.main : s.second);
    QPainterPath bowl;
    bowl.moveTo(-half, -height);
    if (form == 1) {
        bowl.cubicTo(-half * 1.22, -height * 0.4, -half * 1.1, 0, -foot, 0);
        bowl.lineTo(foot, 0);
        bowl.cubicTo(half * 1.1, 0, half * 1.22, -height * 0.4, half, -height);
    } else {
        const double bend = form == 2 ? 0.62 : 0.98;
        bowl.quadTo(-half * bend, -height * 0.3, -foot, -3);
        bowl.quadTo(-foot * 0.9, 0, -foot * 0.7, 0);
        bowl.lineTo(foot * 0.7, 0);
        bowl.quadTo(foot * 0.9, 0, foot, -3);
        bowl.quadTo(half * bend, -height * 0.3, half, -height);
    }
    bowl.closeSubpath();
    s.body(bowl);
    s.fill(disc(0, -height, half, 8.5), mixed(s.main, s.light, 0.45));
    s.detail(disc(0, -height + 0.8, half - 4.5, 5.6), QColor(0x6b4026));
    // Steam.
    const double steam = s.shape(5, 14, 20);
    for (double x : {-half * 0.36, half * 0.3})
        s.fill(stroked(curve({{x, -height - 9},
                              {x + 5, -height - 9 - steam * 0.4},
                              {x - 3, -height - 9 - steam * 0.75},
                              {x + 3, -height - 9 - steam}}),
                       4.2),
               QColor(255, 255, 255, 165), Finish::Matt);
}

void drawLamp(DesignSketch &s)
{
    const int form = s.design.form; // cone, globe, bell
    const double stem = s.shape(0, 30, 44), half = s.shape(1, 29, 37), shade = s.shape(2, 32, 42),
                 foot = s.shape(3, 19, 26);
    const double neck = -stem - 6, top = half * s.shape(4, 0.34, 0.5);
    s.fill(box(-3.4, neck - 4, 6.8, stem + 6, 2), s.accent);
    if (s.design.shape[5] > 0.5f)
        s.fill(disc(0, -stem * 0.5 - 3, s.shape(5, 7, 12), s.shape(5, 7, 10)), s.second);
    s.fill(polygon({{-foot, 0}, {-foot * 0.8, -7.5}, {foot * 0.8, -7.5}, {foot, 0}}, 3), s.accent);
    s.fill(disc(0, neck + 3, half * 0.44, 9), QColor(0xffe690), Finish::Lit);
    if (form == 1) {
        s.body(disc(0, neck - shade * 0.46, half * 0.92, shade * 0.58));
    } else if (form == 0) {
        s.body(
            polygon({{-half, neck}, {-top, neck - shade}, {top, neck - shade}, {half, neck}}, 4));
    } else {
        QPainterPath bell;
        bell.moveTo(-half, neck + 1);
        bell.cubicTo(-half * 0.55, neck - shade * 0.25, -half * 0.75, neck - shade, 0,
                     neck - shade);
        bell.cubicTo(half * 0.75, neck - shade, half * 0.55, neck - shade * 0.25, half, neck + 1);
        bell.closeSubpath();
        s.body(bell);
        s.fill(disc(0, neck - shade, 5), s.accent);
    }
}

} // namespace moodloom::world
