// Where and when a scene plays: a place and a time of day.
#pragma once

#include "core/world/Family.h"

#include <QColor>

#include <string>
#include <vector>

namespace moodloom::world {

enum class Place {
    Meadow,
    Sea,
    Lake,
    Beach,
    Desert,
    Snow,
    City,
    Forest,
    Mountains,
    Autumn,
    Clouds,
    Underwater,
    Moon,
    Room
};
inline constexpr int placeCount = 14;

enum class TimeOfDay { Day, Sunset, Night };
inline constexpr int timeCount = 3;

struct PlaceInfo
{
    std::string_view en;   // "desert"
    std::string_view inEn; // "in the desert"
    std::string_view zh;   // "沙漠"
    std::string_view inZh; // "沙漠里"
};
struct TimeInfo
{
    std::string_view en;   // "sunset"
    std::string_view atEn; // "at sunset"
    std::string_view zh;   // "日落"
    std::string_view atZh; // "日落时分"
};
const PlaceInfo &placeInfo(Place place);
const TimeInfo &timeInfo(TimeOfDay time);

struct Setting
{
    Place place = Place::Meadow;
    TimeOfDay time = TimeOfDay::Day;
    bool operator==(const Setting &) const = default;
};

// Every place at every time; under water and on the moon there is one time only.
const std::vector<Setting> &allSettings();
int settingIndex(const Setting &setting);
// "desert at sunset"
std::string settingName(const Setting &setting);
// Whether the words of the setting say the time of day (there is none on the moon).
bool hasTimes(Place place);

// What a place offers to stand, float or fly in.
enum class Ground { Land, Water, Air, Undersea, Floor };
Ground groundOf(Place place);
// Whether a thing of that family is in a sensible place there.
bool belongsIn(Family family, Place place);

// The colours of a setting, shared by its drawing and by the check that things stand out.
struct SettingColours
{
    QColor skyTop, skyBottom; // gradient down to the horizon
    QColor ground;            // where things stand
    QColor groundFar;         // towards the horizon
    QColor sun;               // sun, moon or lamp
};
SettingColours coloursOf(const Setting &setting);
// The height of the horizon, 0 (top) to 100 (bottom).
double horizonOf(Place place);

} // namespace moodloom::world
