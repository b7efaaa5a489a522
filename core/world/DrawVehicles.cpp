// Cars, trucks and buses, seen from the side.
#include "core/world/Draw.h"

namespace moodloom::world {
namespace {

void wheel(DesignSketch &s, double x, double radius, const QColor &hub)
{
    s.fill(disc(x, -radius, radius), s.dark);
    s.detail(disc(x, -radius, radius * 0.52), hub);
    s.detail(disc(x, -radius, radius * 0.2), s.dark);
}

void lamps(DesignSketch &s, double rear, double front, double y)
{
    s.detail(box(front - 6.5, y, 6.5, 6, 2.5), QColor(0xfff0a8), Finish::Lit);
    s.detail(box(rear, y, 4.5, 7, 2), QColor(0xd6402f), Finish::Lit);
}

} // namespace

void drawSuv(DesignSketch &s)
{
    const int form = s.design.form; // boxy, rounded, long
    const double length = s.shape(0, 88, 100) + (form == 2 ? 12 : 0);
    const double r = s.shape(1, 10, 13.5);
    const double bodyHeight = s.shape(2, 19, 25), cabinHeight = s.shape(3, 15, 21);
    const double floor = -r * 0.85, belt = floor - bodyHeight, roof = belt - cabinHeight;
    const double slant = form == 1 ? 15 : s.shape(4, 4, 9), corner = form == 1 ? 11 : 5;
    const double bonnet = length * (form == 2 ? 0.76 : s.shape(5, 0.68, 0.75));

    const auto cabin = polygon(
        {{3, belt + 5}, {5 + slant * 0.35, roof}, {bonnet - slant, roof}, {bonnet + 6, belt + 5}},
        corner);
    s.fill(cabin, s.design.pattern == Pattern::Plain || s.design.pattern == Pattern::Belt ? s.second
                                                                                          : s.main);
    const double pane = roof + 4.5, sill = belt - 0.5;
    const double mid = bonnet * 0.5 + 2;
    s.window(
        polygon({{8.5, sill}, {10 + slant * 0.3, pane}, {mid - 2, pane}, {mid - 2, sill}}, 2.5));
    s.window(polygon(
        {{mid + 2, sill}, {mid + 2, pane}, {bonnet - slant - 2, pane}, {bonnet - 1, sill}}, 2.5));
    if (form != 1)
        s.detail(box(10 + slant, roof - 4, bonnet - slant * 2 - 16, 3.4, 1.5), s.dark);
    s.body(polygon(
        {{0, floor}, {0, belt}, {bonnet + 2, belt}, {length - 3, belt + 5}, {length, floor}},
        corner));
    s.detail(box(1, floor - 3.6, length - 2, 5.2, 2.4), s.dark);
    s.detail(box(mid - 1, belt + 5, 7, 2.6, 1.2), s.accent);
    lamps(s, 0, length, belt + 7);
    const double rearX = length * 0.22, frontX = length * 0.79;
    for (double x : {rearX, frontX})
        s.detail(disc(x, -r, r + 3), mixed(s.main, s.dark, 0.65));
    wheel(s, rearX, r, s.accent == s.dark ? s.metal : s.accent);
    wheel(s, frontX, r, s.accent == s.dark ? s.metal : s.accent);
}

void drawSportsCar(DesignSketch &s)
{
    const int form = s.design.form; // sleek, winged, open-top
    const double length = s.shape(0, 98, 108), r = s.shape(1, 9.5, 11.5);
    const double height = s.shape(2, 13, 17), cabinHeight = s.shape(3, 10, 14);
    const double floor = -r * 0.6, belt = floor - height, roof = belt - cabinHeight;
    const double cabinAt = length * s.shape(4, 0.28, 0.38),
                 cabinLength = length * s.shape(5, 0.3, 0.36);
    if (form == 1) {
        s.fill(box(8, belt - 9, 4, 12), s.dark);
        s.fill(polygon({{-3, belt - 13}, {20, belt - 11}, {20, belt - 6.5}, {-3, belt - 7.5}}, 2),
               s.accent);
    }
    if (form == 2) {
        s.fill(polygon({{cabinAt + cabinLength - 6, belt + 3},
                        {cabinAt + cabinLength - 15, roof + 1},
                        {cabinAt + cabinLength - 11, roof},
                        {cabinAt + cabinLength + 2, belt + 3}},
                       1.5),
               s.glass);
        s.fill(polygon({{cabinAt + 4, belt + 4},
                        {cabinAt + 1, belt - 8},
                        {cabinAt + 8, belt - 9},
                        {cabinAt + 13, belt + 4}},
                       3),
               s.accent);
    } else {
        s.fill(polygon({{cabinAt - 12, belt + 5},
                        {cabinAt + 4, roof},
                        {cabinAt + cabinLength * 0.66, roof},
                        {cabinAt + cabinLength + 11, belt + 5}},
                       9),
               s.main);
        s.window(polygon({{cabinAt - 2, belt},
                          {cabinAt + 7, roof + 4},
                          {cabinAt + cabinLength * 0.62, roof + 4},
                          {cabinAt + cabinLength + 3, belt}},
                         4));
        s.detail(box(cabinAt + cabinLength * 0.34, roof + 3, 3, cabinHeight - 2), s.main);
    }
    s.body(blob({{0, floor - 2},
                 {1, belt + 3},
                 {length * 0.2, belt - 0.5},
                 {length * 0.55, belt},
                 {length * 0.84, belt + 4},
                 {length, floor - 5},
                 {length * 0.97, floor},
                 {length * 0.5, floor + 1.5},
                 {length * 0.06, floor + 1}}));
    s.detail(box(length * 0.32, floor - 2.8, length * 0.38, 4, 1.8), s.dark);
    lamps(s, 1.5, length - 5, belt + 6);
    for (double x : {length * 0.19, length * 0.79}) {
        s.detail(disc(x, -r, r + 2.2), mixed(s.main, s.dark, 0.65));
        wheel(s, x, r, s.second);
    }
}

void drawTruck(DesignSketch &s)
{
    const int form = s.design.form; // box, tanker, flatbed
    const double r = s.shape(0, 9, 11.5), load = s.shape(1, 62, 76), cab = s.shape(2, 26, 32);
    const double floor = -r * 1.15, loadHeight = s.shape(3, 30, 42), cabHeight = s.shape(4, 27, 35);
    const double length = load + cab + 3;
    s.fill(box(2, floor - 4, length - 6, 6, 2), s.dark);
    if (form == 0) {
        s.body(box(0, floor - 3 - loadHeight, load, loadHeight, s.shape(5, 2, 7)));
    } else if (form == 1) {
        s.body(box(0, floor - 3 - loadHeight * 0.8, load, loadHeight * 0.8, loadHeight * 0.38));
        s.fill(box(load * 0.42, floor - 7 - loadHeight * 0.8, load * 0.16, 6, 2), s.accent);
    } else {
        for (int i = 0; i < 3; ++i)
            s.fill(box(4 + i * load * 0.31, floor - 10 - loadHeight * (i == 1 ? 0.62 : 0.44),
                       load * 0.29, loadHeight * (i == 1 ? 0.62 : 0.44) + 2, 2),
                   i == 1 ? s.second : s.accent);
        s.body(box(0, floor - 15, load, 13, 2.5));
    }
    const double x = load + 3, top = floor - 2 - cabHeight;
    const double slope = s.shape(5, 3, 11);
    s.fill(polygon({{x, floor},
                    {x, top},
                    {x + cab - slope, top},
                    {x + cab, top + cabHeight * 0.5},
                    {x + cab, floor}},
                   5),
           form == 0 && s.design.pattern == Pattern::Plain ? s.second : s.main);
    s.window(polygon({{x + cab * 0.34, top + cabHeight * 0.48},
                      {x + cab * 0.34, top + 5},
                      {x + cab - slope - 1.5, top + 5},
                      {x + cab - 2.5, top + cabHeight * 0.48}},
                     2));
    s.detail(box(x + cab - 5.5, floor - 10, 6, 6, 2.5), QColor(0xfff0a8), Finish::Lit);
    s.detail(box(x, floor - 3.5, cab + 1, 5, 2), s.dark);
    wheel(s, load * 0.17, r, s.metal);
    wheel(s, load * 0.17 + 2.3 * r, r, s.metal);
    wheel(s, x + cab * 0.52, r, s.metal);
}

void drawBus(DesignSketch &s)
{
    const int form = s.design.form; // single-deck, double-deck, round-nosed
    const double length = form == 1 ? s.shape(0, 78, 90) : s.shape(0, 96, 108);
    const double r = s.shape(1, 8.5, 10.5),
                 height = form == 1 ? s.shape(2, 56, 64) : s.shape(2, 35, 42);
    const double floor = -r * 0.75, top = floor - height;
    const double corner = form == 2 ? 17 : s.shape(3, 4, 8);
    if (form == 2)
        s.body(polygon({{0, floor},
                        {0, top},
                        {length - 8, top},
                        {length + 2, top + height * 0.62},
                        {length + 2, floor}},
                       corner));
    else
        s.body(box(0, top, length, height, corner));
    const int decks = form == 1 ? 2 : 1;
    const int windows = int(s.shape(4, 4, 6));
    const double inset = form == 2 ? 9 : 6, step = (length - 2 * inset) / windows;
    for (int deck = 0; deck < decks; ++deck) {
        const double y = top + 6 + deck * height * 0.46, paneHeight = form == 1 ? 13 : 14;
        s.detail(box(inset - 3, y - 2.5, length - 2 * inset + 5, paneHeight + 5, 4),
                 s.second == s.glass ? s.accent : s.second);
        for (int i = 0; i < windows; ++i)
            s.window(box(inset + i * step, y, step - 3.6, paneHeight, 2.2));
    }
    s.detail(box(0.5, floor - 5, length - 1, 6.5, 3), s.accent);
    s.detail(box(length - 6, floor - 12, 6, 5.5, 2.5), QColor(0xfff0a8), Finish::Lit);
    wheel(s, length * 0.2, r, s.metal);
    wheel(s, length * 0.79, r, s.metal);
}

} // namespace moodloom::world
