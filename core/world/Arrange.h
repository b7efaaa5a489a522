// Puts the things of a scene in sensible places, in their relations to one another. Pure.
#pragma once

#include "core/world/Random.h"
#include "core/world/Scene.h"

#include <QTransform>

namespace moodloom::world {

// Sets centre, scale, tilt, layer and box of every entity. Requires: designs, links and setting are
// chosen, and there is one link less than entities.
void arrange(Scene &scene, Random &random);

// From the units of the entity's design to picture units. `bounds`: of its sketch.
QTransform placement(const Entity &entity, const QRectF &bounds);

inline Habitat habitatOf(const Entity &entity)
{
    return familyInfo(entity.design.family).habitat;
}

} // namespace moodloom::world
