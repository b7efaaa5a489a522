// Invented names: two syllables that can be spoken, each with a Chinese transliteration.
#pragma once

#include "core/world/Random.h"

#include <cstdint>
#include <string>

namespace moodloom::world {

struct Name
{
    std::string en; // "Kalden"
    std::string zh; // "卡登"
    bool operator==(const Name &) const = default;
};

// How many different names there are.
int inventedNameCount();
// The index-th of a fixed shuffled order. Requires: 0 <= index < inventedNameCount().
Name inventedName(int index);
// Of the same syllables, put together as no invented name is: there are many more of these.
Name oddName(Random &random);

} // namespace moodloom::world
