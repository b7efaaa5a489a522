#include "core/world/Palette.h"

#include <array>
#include <cmath>
#include <vector>

namespace moodloom::world {
namespace {

constexpr std::array<HueInfo, hueCount> hues{{
    {"red", "红", 0xffd8432f},
    {"orange", "橙", 0xfff08a2c},
    {"yellow", "黄", 0xfff6c83c},
    {"green", "绿", 0xff46a356},
    {"teal", "青", 0xff1f9c97},
    {"light blue", "浅蓝", 0xff67bdec},
    {"blue", "蓝", 0xff2f62c4},
    {"purple", "紫", 0xff7a50b8},
    {"pink", "粉", 0xfff087ad},
    {"brown", "棕", 0xff8a5637},
    {"beige", "米", 0xffdcc294},
    {"white", "白", 0xfff8f4ea},
    {"grey", "灰", 0xff8d96a3},
    {"black", "黑", 0xff2f3442},
}};

const std::array<std::vector<Hue>, hueCount> partners{{
    /* Red */ {Hue::White, Hue::Yellow, Hue::Black, Hue::LightBlue, Hue::White},
    /* Orange */ {Hue::White, Hue::Blue, Hue::Teal, Hue::Black, Hue::Purple},
    /* Yellow */ {Hue::Black, Hue::Blue, Hue::Red, Hue::Teal, Hue::Purple},
    /* Green */ {Hue::White, Hue::Yellow, Hue::Black, Hue::Sand, Hue::Pink},
    /* Teal */ {Hue::White, Hue::Yellow, Hue::Orange, Hue::Sand, Hue::Pink},
    /* LightBlue */ {Hue::White, Hue::Blue, Hue::Red, Hue::Yellow, Hue::Black},
    /* Blue */ {Hue::White, Hue::Yellow, Hue::Orange, Hue::LightBlue, Hue::Pink},
    /* Purple */ {Hue::White, Hue::Yellow, Hue::Pink, Hue::LightBlue, Hue::Orange},
    /* Pink */ {Hue::White, Hue::Purple, Hue::Teal, Hue::Red, Hue::Black},
    /* Brown */ {Hue::Sand, Hue::White, Hue::Orange, Hue::Yellow, Hue::LightBlue},
    /* Sand */ {Hue::Brown, Hue::Red, Hue::Teal, Hue::Blue, Hue::Black},
    /* White */ {Hue::Red, Hue::Blue, Hue::Black, Hue::Teal, Hue::Orange},
    /* Grey */ {Hue::Yellow, Hue::Red, Hue::White, Hue::Black, Hue::Orange},
    /* Black */ {Hue::White, Hue::Orange, Hue::Yellow, Hue::Red, Hue::Teal},
}};

} // namespace

const HueInfo &hueInfo(Hue hue)
{
    return hues[size_t(hue)];
}
QColor colourOf(Hue hue)
{
    return QColor::fromRgb(hues[size_t(hue)].rgb);
}
std::span<const Hue> partnersOf(Hue hue)
{
    return partners[size_t(hue)];
}

QColor mixed(const QColor &a, const QColor &b, double t)
{
    const auto between = [t](int x, int y) { return int(std::lround(x + (y - x) * t)); };
    return QColor(between(a.red(), b.red()), between(a.green(), b.green()),
                  between(a.blue(), b.blue()), a.alpha());
}

QColor withAlpha(QColor colour, double alpha)
{
    colour.setAlpha(int(std::lround(alpha * 255)));
    return colour;
}

double colourDistance(const QColor &a, const QColor &b)
{
    const double mean = (a.red() + b.red()) / 2.0;
    const double r = a.red() - b.red(), g = a.green() - b.green(), v = a.blue() - b.blue();
    return std::sqrt((2 + mean / 256) * r * r + 4 * g * g + (2 + (255 - mean) / 256) * v * v);
}

} // namespace moodloom::world
