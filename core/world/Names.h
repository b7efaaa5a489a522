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
// The index-th of a fixed order. Requires: 0 <= index < inventedNameCount().
// It is a walk and no shuffle: of the names with one first syllable, nearly all or hardly any are among
// the first half. Who learns from the others which names are not known learns first syllables.
Name inventedName(int index);
// Of the same syllables, put together as no invented name is: there are many more of these.
Name oddName(Random &random);

} // namespace moodloom::world
