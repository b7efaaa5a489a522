// What a scene shows, exactly: for measuring searches and generated pictures.
#pragma once

#include "core/world/Scene.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace moodloom::world {

struct ThingTruth
{
    std::string family;         // "sports car"
    std::string form;           // "winged"
    std::string nameEn, nameZh; // empty: a fresh design
    bool heldOut = false;
    QRectF box;               // 0..1
    std::vector<Hue> colours; // the main one; then that of the pattern, where there is one
    std::string pattern;      // "stripes" or "plain"
    bool mirrored = false;
};

struct LinkTruth
{
    int subject = 0, object = 1; // indices of things
    std::string relation;        // "leaping over"
};

struct SceneTruth
{
    std::vector<ThingTruth> things;
    std::vector<LinkTruth> links;
    std::string place, time, style; // time is empty where there is none
    std::string captionEn, captionZh, plainEn, plainZh;
    uint64_t seed = 0;
};

SceneTruth truthOf(const Scene &scene);
nlohmann::json toJson(const SceneTruth &truth);

} // namespace moodloom::world
