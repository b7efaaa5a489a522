// What a scene is called, in English and in Chinese. Pure; thread-safe.
#pragma once

#include "core/world/Scene.h"

#include <string>

namespace moodloom::world {

struct Captions
{
    std::string en, zh;           // names or looks, relation, setting, style
    std::string plainEn, plainZh; // nothing about looks: kinds of things (with a name at most)
};

// In one of many phrasings, chosen by `wording` (scene.seed for the usual one).
Captions captionsOf(const Scene &scene, uint64_t wording);

// "a red SUV with white stripes", "一辆带白色条纹的红色SUV"
std::string lookEn(const Design &design);
std::string lookZh(const Design &design);
// "a Talagon SUV", "揽巡SUV". Requires: a named design.
std::string namedEn(const Design &design);
std::string namedZh(const Design &design);

} // namespace moodloom::world
