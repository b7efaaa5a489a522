#include "core/world/Truth.h"

#include "core/world/Caption.h"
#include "core/world/Designs.h"

#include <nlohmann/json.hpp>

namespace moodloom::world {

SceneTruth truthOf(const Scene &scene)
{
    SceneTruth truth;
    for (const Entity &entity : scene.entities) {
        const Design &design = entity.design;
        const FamilyInfo &info = familyInfo(design.family);
        ThingTruth thing;
        thing.family = info.en;
        thing.form = info.forms[size_t(design.form)].en;
        thing.box = entity.box;
        thing.mirrored = entity.mirrored;
        thing.colours = {design.main};
        thing.pattern = "plain";
        if (design.pattern != Pattern::Plain) {
            thing.colours.push_back(design.second);
            thing.pattern = patternWords(design.pattern).en;
        }
        if (design.named >= 0) {
            const NamedDesign &named = namedDesign(design.named);
            thing.nameEn = named.name.en;
            thing.nameZh = named.name.zh;
            thing.heldOut = named.heldOut;
        }
        truth.things.push_back(std::move(thing));
    }
    for (const Link &link : scene.links)
        truth.links.push_back({link.subject, link.object, relationName(link.relation)});
    truth.place = placeInfo(scene.setting.place).en;
    if (hasTimes(scene.setting.place))
        truth.time = timeInfo(scene.setting.time).en;
    truth.style = styleInfo(scene.style).en;
    const Captions captions = captionsOf(scene, scene.seed);
    truth.captionEn = captions.en;
    truth.captionZh = captions.zh;
    truth.plainEn = captions.plainEn;
    truth.plainZh = captions.plainZh;
    truth.seed = scene.seed;
    return truth;
}

nlohmann::json toJson(const SceneTruth &truth)
{
    nlohmann::json things = nlohmann::json::array(), links = nlohmann::json::array();
    for (const ThingTruth &thing : truth.things) {
        nlohmann::json colours = nlohmann::json::array();
        for (Hue hue : thing.colours)
            colours.push_back(hueInfo(hue).en);
        things.push_back(
            {{"family", thing.family},
             {"form", thing.form},
             {"name", thing.nameEn},
             {"nameZh", thing.nameZh},
             {"heldOut", thing.heldOut},
             {"mirrored", thing.mirrored},
             {"colours", colours},
             {"pattern", thing.pattern},
             {"box", {thing.box.x(), thing.box.y(), thing.box.width(), thing.box.height()}}});
    }
    for (const LinkTruth &link : truth.links)
        links.push_back(
            {{"subject", link.subject}, {"object", link.object}, {"relation", link.relation}});
    return {{"things", things},
            {"links", links},
            {"place", truth.place},
            {"time", truth.time},
            {"style", truth.style},
            {"caption", truth.captionEn},
            {"captionZh", truth.captionZh},
            {"plain", truth.plainEn},
            {"plainZh", truth.plainZh},
            {"seed", truth.seed}};
}

} // namespace moodloom::world
