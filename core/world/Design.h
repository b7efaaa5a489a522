// A design: how one thing of a family looks. Immutable values; safe to share.
#pragma once

#include "core/world/Family.h"
#include "core/world/Palette.h"
#include "core/world/Random.h"

#include <array>
#include <string_view>

namespace moodloom::world {

enum class Pattern { Plain, Stripes, Bands, Dots, Checks, Zigzag, Diagonals, Belt };
inline constexpr int patternCount = 8;

struct PatternWords
{
    std::string_view en; // after its colour: "stripes" in "with white stripes"
    std::string_view zh; // "条纹" in "白色条纹"
};
const PatternWords &patternWords(Pattern pattern); // empty words for Plain

struct Design
{
    Family family = Family::Suv;
    int form = 0;                 // 0..formCount-1: the family's basic shape
    std::array<float, 6> shape{}; // 0..1 each: proportions; their meaning is the family's own
    Hue main = Hue::Red;          // most of the thing
    Hue second = Hue::White;      // the pattern, the trim
    Hue accent = Hue::Black;      // small parts
    Pattern pattern = Pattern::Plain;
    float patternScale = 0; // 0..1: finer to coarser
    int named = -1;         // index into the catalogue (Designs.h), or -1: fresh

    bool operator==(const Design &) const = default;
};

// A look that nobody has seen yet. Deterministic in the generator's state.
Design freshDesign(Random &random, Family family);

} // namespace moodloom::world
