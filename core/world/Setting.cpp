#include "core/world/Setting.h"

#include "core/world/Palette.h"

#include <algorithm>
#include <array>

namespace moodloom::world {
namespace {

constexpr std::array<PlaceInfo, placeCount> places{{
    {"meadow", "on a meadow", "草地", "草地上"},
    {"sea", "on the sea", "大海", "海上"},
    {"lake", "on a mountain lake", "湖", "湖上"},
    {"beach", "on the beach", "海滩", "海滩上"},
    {"desert", "in the desert", "沙漠", "沙漠里"},
    {"snow", "in the snow", "雪地", "雪地里"},
    {"city", "in the city", "城市", "城市里"},
    {"forest", "in the forest", "森林", "森林里"},
    {"mountain valley", "in the mountains", "山谷", "山谷中"},
    {"autumn park", "in an autumn park", "秋天的公园", "秋天的公园里"},
    {"clouds", "above the clouds", "云海", "云海之上"},
    {"under water", "under water", "海底", "海底"},
    {"moon", "on the moon", "月球", "月球上"},
    {"room", "in a room", "房间", "房间里"},
}};

constexpr std::array<TimeInfo, timeCount> times{{
    {"day", "by day", "白天", "白天"},
    {"sunset", "at sunset", "日落", "日落时分"},
    {"night", "at night", "夜晚", "夜晚"},
}};

struct DayColours
{
    QRgb skyTop, skyBottom, ground, groundFar;
};

constexpr std::array<DayColours, placeCount> dayColours{{
    /* Meadow */ {0xff7cc4ee, 0xffe2f3f4, 0xff9ccf6e, 0xffb9dd8c},
    /* Sea */ {0xff86cbee, 0xffe9f6f3, 0xff2b86b8, 0xff63b7d4},
    /* Lake */ {0xff9bd0ea, 0xfff0f2e6, 0xff3f94a8, 0xff86c3c6},
    /* Beach */ {0xff7accf0, 0xffe6f6f0, 0xfff1dba4, 0xffe6c98b},
    /* Desert */ {0xff8fcbe6, 0xfffdf0cf, 0xffe9b872, 0xfff3cf94},
    /* Snow */ {0xffa9cfe8, 0xffeef6fb, 0xfff1f6fb, 0xffd6e5f1},
    /* City */ {0xff9cc9e8, 0xfff3ecdf, 0xff9ca3ae, 0xffc3c6c9},
    /* Forest */ {0xffa7d8cf, 0xffeef5da, 0xff7fb069, 0xff5f9a66},
    /* Mountains */ {0xff8ebfe6, 0xfff5efe2, 0xffa3c97c, 0xff8fb4a6},
    /* Autumn */ {0xffa8d2e2, 0xfffbeed6, 0xffd9a95c, 0xffe7c47c},
    /* Clouds */ {0xff4f9fe0, 0xffbfe3f6, 0xfff4f8fb, 0xffd9ebf6},
    /* Underwater */ {0xff6fd3d8, 0xff1f7fa8, 0xffd9c48e, 0xff3f97a8},
    /* Moon */ {0xff0e1130, 0xff2b2a5c, 0xffb9bac6, 0xff8f91a6},
    /* Room */ {0xfff2e3cd, 0xfff7ecdb, 0xffc98f5e, 0xffb67d50},
}};

} // namespace

const PlaceInfo &placeInfo(Place place)
{
    return places[size_t(place)];
}
const TimeInfo &timeInfo(TimeOfDay time)
{
    return times[size_t(time)];
}

bool hasTimes(Place place)
{
    return place != Place::Underwater && place != Place::Moon;
}

const std::vector<Setting> &allSettings()
{
    static const std::vector<Setting> settings = [] {
        std::vector<Setting> all;
        for (int place = 0; place < placeCount; ++place)
            for (int time = 0; time < (hasTimes(Place(place)) ? timeCount : 1); ++time)
                all.push_back({Place(place), TimeOfDay(time)});
        return all;
    }();
    return settings;
}

int settingIndex(const Setting &setting)
{
    const auto &all = allSettings();
    return int(std::find(all.begin(), all.end(), setting) - all.begin());
}

std::string settingName(const Setting &setting)
{
    std::string name(placeInfo(setting.place).en);
    if (hasTimes(setting.place))
        name += " " + std::string(timeInfo(setting.time).atEn);
    return name;
}

Ground groundOf(Place place)
{
    switch (place) {
    case Place::Sea:
    case Place::Lake:
        return Ground::Water;
    case Place::Clouds:
        return Ground::Air;
    case Place::Underwater:
        return Ground::Undersea;
    case Place::Room:
        return Ground::Floor;
    default:
        return Ground::Land;
    }
}

bool belongsIn(Family family, Place place)
{
    const Habitat habitat = familyInfo(family).habitat;
    const bool small = family == Family::Dog || family == Family::Cat || family == Family::Robot;
    switch (groundOf(place)) {
    case Ground::Undersea:
        return habitat == Habitat::Undersea || family == Family::Castle || family == Family::Robot;
    case Ground::Air:
        return habitat == Habitat::Air;
    case Ground::Floor:
        return habitat == Habitat::Table || small;
    case Ground::Water:
        return habitat != Habitat::Table;
    case Ground::Land:
        break;
    }
    if (place == Place::Moon)
        return family == Family::Rocket || family == Family::Robot || family == Family::Truck ||
               family == Family::Tower || family == Family::Suv || family == Family::Mountain;
    if (habitat == Habitat::Table)
        return place == Place::Meadow || place == Place::Beach || place == Place::Autumn ||
               place == Place::Snow;
    return habitat == Habitat::Land || habitat == Habitat::Air;
}

SettingColours coloursOf(const Setting &setting)
{
    const DayColours &day = dayColours[size_t(setting.place)];
    SettingColours colours{QColor(day.skyTop), QColor(day.skyBottom), QColor(day.ground),
                           QColor(day.groundFar), QColor(0xfff7d6)};
    if (!hasTimes(setting.place))
        return colours;
    if (setting.time == TimeOfDay::Sunset) {
        // Land turns golden, water takes the violet of the sky.
        colours.ground = groundOf(setting.place) == Ground::Water
                             ? mixed(colours.ground, QColor(0x6c3f80), 0.4)
                             : mixed(colours.ground, QColor(0xdd7f50), 0.44);
        colours.groundFar = mixed(colours.groundFar, QColor(0xe27f68), 0.42);
        colours.skyTop = setting.place == Place::Room
                             ? mixed(colours.skyTop, QColor(0xe58a5f), 0.5)
                             : mixed(QColor(0x5b4a94), colours.skyTop, 0.12);
        colours.skyBottom = setting.place == Place::Room
                                ? mixed(colours.skyBottom, QColor(0xf0a36b), 0.5)
                                : QColor(0xffb968);
        colours.sun = QColor(0xfff0b0);
    } else if (setting.time == TimeOfDay::Night) {
        const QColor dark(0x14215c);
        colours.ground = mixed(colours.ground, dark, 0.7);
        colours.groundFar = mixed(colours.groundFar, QColor(0x22357a), 0.7);
        colours.skyTop = mixed(QColor(0x0b1136), colours.skyTop, 0.05);
        colours.skyBottom = mixed(QColor(0x2f3f82), colours.skyBottom, 0.10);
        colours.sun = QColor(0xfdf6d8);
        if (setting.place == Place::Room) {
            colours.skyTop = QColor(0x2e3563);
            colours.skyBottom = QColor(0x434a7d);
        }
    }
    return colours;
}

double horizonOf(Place place)
{
    switch (place) {
    case Place::Sea:
        return 58;
    case Place::Lake:
        return 60;
    case Place::Beach:
        return 52;
    case Place::Clouds:
        return 78;
    case Place::Underwater:
        return 82;
    case Place::Moon:
        return 70;
    case Place::Room:
        return 70;
    case Place::City:
        return 70;
    default:
        return 64;
    }
}

} // namespace moodloom::world
