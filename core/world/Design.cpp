#include "core/world/Design.h"

namespace moodloom::world {
namespace {

constexpr std::array<PatternWords, patternCount> patterns{{
    {"", ""},
    {"stripes", "条纹"},
    {"horizontal stripes", "横条纹"},
    {"dots", "圆点"},
    {"checks", "方格"},
    {"zigzags", "锯齿纹"},
    {"diagonal stripes", "斜条纹"},
    {"band", "宽带"},
}};

// How often a hue is the main one: things have their likely colours, and sometimes a surprising
// one.
std::array<double, hueCount> hueWeights(Family family)
{
    //       red org yel grn tea lbl blu pur pnk brn snd wht gry blk
    switch (family) {
    case Family::Tree:
        return {1.2, 1.6, 1.4, 5, 1.6, .3, .5, 1, 1.6, .3, .2, .6, .2, .2};
    case Family::Mountain:
        return {.7, .8, .6, 1.4, 1.3, .8, 1.6, 1.8, .7, 1.6, 1, .5, 1.6, .6};
    case Family::Dog:
    case Family::Horse:
        return {.9, 1.6, .8, .3, .5, .5, .6, .5, .5, 2.6, 1.8, 1.8, 1.4, 1.5};
    case Family::Cat:
        return {.6, 2.4, .8, .3, .5, .5, .6, .6, .6, 1.4, 1.4, 1.8, 1.8, 1.6};
    case Family::Wall:
    case Family::Bridge:
        return {1.2, .9, .8, .7, .9, .6, .9, .7, .6, 1.4, 1.8, 1, 1.6, .6};
    default:
        return {1.4, 1.3, 1.3, 1, 1.2, 1, 1.2, 1, 1, .6, .6, 1, .7, .6};
    }
}

} // namespace

const PatternWords &patternWords(Pattern pattern)
{
    return patterns[size_t(pattern)];
}

Design freshDesign(Random &random, Family family)
{
    Design design;
    design.family = family;
    design.form = random.below(formCount);
    for (float &value : design.shape)
        value = float(random.unit());
    design.main = Hue(random.weighted(hueWeights(family)));
    design.second = random.pick(partnersOf(design.main));
    do {
        design.accent = random.pick(partnersOf(design.main));
    } while (design.accent == design.second);
    constexpr double patternWeights[patternCount] = {3, 1.3, 1.1, 1.3, 1.0, .9, .9, 1.0};
    design.pattern = Pattern(random.weighted(patternWeights));
    design.patternScale = float(random.unit());
    return design;
}

} // namespace moodloom::world
