// The catalogue of named designs: twenty in every family, the same on every machine.
//
// Three of the twenty (15 %) are held out: they are never drawn for training, but they are in the
// sample library, so that what the model makes of a reference can be told from what it learnt by
// heart. Thread-safe, immutable.
#pragma once

#include "core/world/Design.h"
#include "core/world/Names.h"

#include <span>
#include <vector>

namespace moodloom::world {

inline constexpr int designsPerFamily = 20;
inline constexpr int heldOutPerFamily = 3;
inline constexpr int designCount = familyCount * designsPerFamily;

struct NamedDesign
{
    Design design;
    Name name;
    bool heldOut = false;
    // A proper noun ("the Great Wall", 长城), not the name of a model ("the Kalden wall").
    bool landmark = false;
    // Another Chinese name in use, or empty: 大众揽巡.
    std::string aliasZh;
};

std::span<const NamedDesign> namedDesigns();
// The indices of one family's designs.
std::span<const int> designsOf(Family family);
// Requires: 0 <= index < designCount.
const NamedDesign &namedDesign(int index);
// By either name, exactly as written; nullptr where there is none.
const NamedDesign *designNamed(std::string_view name);

// The two designs with names of the real world; never held out.
const NamedDesign &talagon();
const NamedDesign &greatWall();

// A made-up name that no design of the catalogue has.
Name unusedName(Random &random);

} // namespace moodloom::world
