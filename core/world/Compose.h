// Makes scenes: chooses things, a setting and a style, and puts everything in a sensible place.
// Pure functions of their arguments; thread-safe.
#pragma once

#include "core/world/Scene.h"

#include <array>

namespace moodloom::world {

struct ComposeOptions
{
    std::array<double, 3> countWeights{0.55, 0.32, 0.13}; // one, two, three things
    double namedShare = 0.25; // of the things that are not given: the rest is fresh
    bool heldOut = false;     // may named designs be held-out ones?
    std::vector<Design>
        designs;   // given things, first ones first; more are chosen if `count` says so
    int count = 0; // 0: by the weights, or as many as there are given designs
    std::optional<Setting> setting;
    std::optional<Style> style;
    std::optional<Relation> relation;
};

Scene composeScene(uint64_t seed, const ComposeOptions &options = {});

} // namespace moodloom::world
