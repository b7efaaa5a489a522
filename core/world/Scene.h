// A scene: which things, where, in what setting and style; and its drawing.
//
// Scenes are values without pixels. The same scene gives the same composition at every size, and
// the same pixels at the same size. drawScene is thread-safe and needs no QGuiApplication.
#pragma once

#include "core/world/Design.h"
#include "core/world/Setting.h"
#include "core/world/Style.h"

#include <QImage>
#include <QRectF>

#include <optional>
#include <vector>

namespace moodloom::world {

enum class Relation { Beside, Above, LeapingOver, InFrontOf, Behind };
inline constexpr int relationCount = 5;
const char *relationName(Relation relation); // "leaping over"

struct Entity
{
    Design design;
    QPointF centre;        // of its box, in picture units 0..100
    double scale = 1;      // picture units for one unit of the design
    bool mirrored = false; // looks to the left
    double tilt = 0;       // degrees, positive: nose up when looking to the right
    int layer = 0;         // drawn from low to high
    bool grounded = true;  // touches the ground or the water
    bool leaping = false;
    bool rim = false; // gets a pale edge, because it is like the background in colour
    QRectF box;       // what it covers, in 0..1 of the picture

    bool operator==(const Entity &) const = default;
};

struct Link // entities[subject] <relation> entities[object]
{
    int subject = 0;
    int object = 1;
    Relation relation = Relation::Beside;
    bool operator==(const Link &) const = default;
};

struct Scene
{
    std::vector<Entity> entities; // one to three, in the caption's order
    std::vector<Link> links;      // one less than entities
    Setting setting;
    Style style = Style::Flat;
    uint64_t seed = 0; // of scenery and wording
    bool operator==(const Scene &) const = default;
};

// RGB32, size x size. Requires: 16 <= size <= 4096.
QImage drawScene(const Scene &scene, int size);

} // namespace moodloom::world
