// Hand-made descriptions of a picture and of the thing in it: what the judge tells designs apart
// by.
//
// They share nothing with any network. Pure functions; every description has a fixed length.
#pragma once

#include "core/grounding/GaussianClassifier.h"
#include "core/grounding/LabPicture.h"
#include "core/grounding/ThingFinder.h"
#include "core/world/Palette.h"

#include <array>

namespace moodloom::grounding {

inline constexpr int judgedSide = 2 * ThingFinder::side; // of the pictures that are described

// Where and when: colours in a coarse grid, and the median colours of rows, which a thing in the
// middle hardly moves.
Features settingFeatures(const LabPicture &picture);

// For each of the world's named colours, where on the thing it is; the last value is the share of
// the thing that it covers, 0..1. A pixel's colour is shared among near ones.
std::array<Features, world::hueCount> hueFeatures(const LabPicture &picture, const Thing &thing);

// How the two colours of its surface alternate: where the second one is, and its autocorrelation,
// which tells stripes from dots wherever they begin.
Features patternFeatures(const LabPicture &picture, const Thing &thing, world::Hue main,
                         world::Hue second);

// Its outline, the run of its edges in a grid of cells (histograms of oriented gradients, Dalal and
// Triggs 2005) and its proportions.
Features shapeFeatures(const LabPicture &picture, const Thing &thing);

// Its shape, how much of it the named colours cover, and its colours in a grid.
Features thingFeatures(const LabPicture &picture, const Thing &thing);

// The thing and its picture as in a mirror.
Thing mirrored(const Thing &thing);

// Requires: a picture of judgedSide. Of the whole picture, for what is between things: colours in a
// grid, edges, and what is not scenery.
Features layoutFeatures(const LabPicture &picture, const Thing &things);

} // namespace moodloom::grounding
