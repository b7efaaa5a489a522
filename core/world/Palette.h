// The named colours of the picture world, and how they are mixed. Pure functions.
#pragma once

#include <QColor>

#include <span>
#include <string_view>

namespace moodloom::world {

enum class Hue {
    Red,
    Orange,
    Yellow,
    Green,
    Teal,
    LightBlue,
    Blue,
    Purple,
    Pink,
    Brown,
    Sand,
    White,
    Grey,
    Black
};
inline constexpr int hueCount = 14;

struct HueInfo
{
    std::string_view en; // "light blue"
    std::string_view zh; // "浅蓝" (without 色)
    QRgb rgb;
};

const HueInfo &hueInfo(Hue hue);
QColor colourOf(Hue hue);
// Hues that look well beside `hue` and stand out from it.
std::span<const Hue> partnersOf(Hue hue);

// `a` where t = 0, `b` where t = 1. Alpha is that of `a`.
QColor mixed(const QColor &a, const QColor &b, double t);
QColor withAlpha(QColor colour, double alpha);
// A perceptual distance (weighted RGB, "redmean"): 0 to about 760. Above 110 two colours are told
// apart easily.
double colourDistance(const QColor &a, const QColor &b);

} // namespace moodloom::world
