// The kinds of things that the picture world knows, and what is said of them.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace moodloom::world {

enum class Family {
    Suv,
    SportsCar,
    Truck,
    Bus,
    House,
    Tower,
    Castle,
    Wall,
    Bridge,
    SailingBoat,
    Steamship,
    Balloon,
    Aeroplane,
    Rocket,
    Tree,
    Mountain,
    Dog,
    Cat,
    Horse,
    Bird,
    Fish,
    Robot,
    Cup,
    Lamp
};
inline constexpr int familyCount = 24;

// Where a thing is at home.
enum class Habitat { Land, Water, Air, Undersea, Table };

// Families may have up to three basic forms, told apart by a word.
struct FormWords
{
    std::string_view en; // "boxy"
    std::string_view zh; // "方正"
};
inline constexpr int formCount = 3;

struct FamilyInfo
{
    std::string_view en;                   // "hot-air balloon"
    std::string_view zh;                   // "热气球"
    std::string_view measure;              // the Chinese measure word: "只"
    std::string_view synonymEn, synonymZh; // another common word, or the same again
    Habitat habitat;
    bool leaps; // can be seen leaping over something
    bool broad; // wide and standing: a good thing to leap over or to stand behind
    std::array<FormWords, formCount> forms;
};

const FamilyInfo &familyInfo(Family family);
// By its English name ("sports car"), for options and files.
std::optional<Family> familyNamed(std::string_view en);

} // namespace moodloom::world
