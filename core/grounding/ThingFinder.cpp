#include "core/grounding/ThingFinder.h"

#include "core/grounding/Parallel.h"
#include "core/world/Scene.h"

#include <algorithm>
#include <array>

namespace moodloom::grounding {
namespace {

constexpr int examples = 20;
constexpr int reach = 2;        // pixels around in which a drawing may have the colour
constexpr int enough = 2;       // drawings that must have it
constexpr float alike = 0.055f; // OkLab distance
constexpr uint64_t scenerySeed = 0x5ce17e5;

using Mask = std::vector<float>;

// Each pixel becomes what most of the nine around it are.
Mask smoothed(const Mask &mask, int side)
{
    Mask result(mask.size());
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            int set = 0, seen = 0;
            for (int v = std::max(0, y - 1); v <= std::min(side - 1, y + 1); ++v)
                for (int u = std::max(0, x - 1); u <= std::min(side - 1, x + 1); ++u, ++seen)
                    set += mask[size_t(v * side + u)] > 0.5f;
            result[size_t(y * side + x)] = 2 * set > seen ? 1 : 0;
        }
    return result;
}

struct Patches
{
    std::vector<int> labels; // 0: not set
    std::vector<int> sizes;  // by label; sizes[0] unused
};

Patches connected(const Mask &mask, int side)
{
    Patches patches{std::vector<int>(mask.size(), 0), {0}};
    std::vector<int> open;
    for (int start = 0; start < int(mask.size()); ++start) {
        if (mask[size_t(start)] < 0.5f || patches.labels[size_t(start)])
            continue;
        const int label = int(patches.sizes.size());
        patches.sizes.push_back(0);
        open.assign(1, start);
        patches.labels[size_t(start)] = label;
        while (!open.empty()) {
            const int at = open.back();
            open.pop_back();
            ++patches.sizes.back();
            const int x = at % side, y = at / side;
            const std::array<int, 4> around{x > 0 ? at - 1 : -1, x + 1 < side ? at + 1 : -1,
                                            y > 0 ? at - side : -1, y + 1 < side ? at + side : -1};
            for (const int next : around)
                if (next >= 0 && mask[size_t(next)] > 0.5f && !patches.labels[size_t(next)]) {
                    patches.labels[size_t(next)] = label;
                    open.push_back(next);
                }
        }
    }
    return patches;
}

// Keeps the largest patch and those that are a good part of it: a wheel or a sail may be cut off.
void keepThing(Mask &mask, int side)
{
    const Patches patches = connected(mask, side);
    const int most = *std::max_element(patches.sizes.begin(), patches.sizes.end());
    for (size_t i = 0; i < mask.size(); ++i)
        if (patches.labels[i] && patches.sizes[size_t(patches.labels[i])] * 6 < most)
            mask[i] = 0;
}

// Holes become part of the thing: what cannot be reached from the picture's edge.
void fillHoles(Mask &mask, int side)
{
    Mask inverse(mask.size());
    for (size_t i = 0; i < mask.size(); ++i)
        inverse[i] = 1 - mask[i];
    const Patches patches = connected(inverse, side);
    std::vector<bool> outside(patches.sizes.size(), false);
    for (int i = 0; i < side; ++i)
        for (const int at : {i, (side - 1) * side + i, i * side, i * side + side - 1})
            outside[size_t(patches.labels[size_t(at)])] = true;
    for (size_t i = 0; i < mask.size(); ++i)
        if (patches.labels[i] && !outside[size_t(patches.labels[i])] &&
            patches.sizes[size_t(patches.labels[i])] < side * side / 40)
            mask[i] = 1;
}

} // namespace

Result<ThingFinder> ThingFinder::make(std::stop_token stop)
{
    const auto &settings = world::allSettings();
    ThingFinder finder;
    finder.m_scenery.assign(settings.size(), std::vector<LabPicture>(examples));
    const auto drawOne = [&](int index) {
        world::Scene scene;
        scene.setting = settings[size_t(index / examples)];
        scene.seed = world::derivedSeed(scenerySeed, uint64_t(index));
        finder.m_scenery[size_t(index / examples)][size_t(index % examples)] =
            halved(toLab(world::drawScene(scene, 2 * side), 2 * side));
    };
    if (auto drawn = forEachIndex(int(settings.size()) * examples, drawOne, stop); !drawn)
        return fail(drawn.error());
    return finder;
}

Thing ThingFinder::find(const LabPicture &picture, int setting) const
{
    Thing thing;
    thing.mask.assign(size_t(side * side), 0);
    const auto &drawings = m_scenery[size_t(setting)];
    const auto hasColour = [&](const LabPicture &drawing, int x, int y) {
        const image::OkLab &colour = picture.at(x, y);
        for (int v = std::max(0, y - reach); v <= std::min(side - 1, y + reach); ++v)
            for (int u = std::max(0, x - reach); u <= std::min(side - 1, x + reach); ++u)
                if (image::squaredDistance(colour, drawing.at(u, v)) < alike * alike)
                    return true;
        return false;
    };
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            int having = 0;
            for (size_t i = 0; i < drawings.size() && having < enough; ++i)
                having += hasColour(drawings[i], x, y);
            thing.mask[size_t(y * side + x)] = having < enough ? 1 : 0;
        }
    thing.mask = smoothed(thing.mask, side);
    keepThing(thing.mask, side);
    fillHoles(thing.mask, side);

    int left = side, top = side, right = 0, bottom = 0, set = 0;
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            if (thing.mask[size_t(y * side + x)] > 0.5f) {
                ++set;
                left = std::min(left, x);
                right = std::max(right, x + 1);
                top = std::min(top, y);
                bottom = std::max(bottom, y + 1);
            }
    thing.area = double(set) / (side * side);
    thing.box = set > 0 ? QRectF(QPointF(left, top) / side, QPointF(right, bottom) / side)
                        : QRectF(0.2, 0.2, 0.6, 0.6);
    return thing;
}

} // namespace moodloom::grounding
