#include "core/world/Designs.h"

#include <algorithm>

namespace moodloom::world {
namespace {

constexpr uint64_t catalogueSeed = 0x4d6f6f646c6f6f6dULL;

Design talagonDesign()
{
    Design design;
    design.family = Family::Suv;
    design.form = 2;
    design.shape = {0.75f, 0.6f, 0.7f, 0.6f, 0.5f, 0.8f};
    design.main = Hue::Teal;
    design.second = Hue::White;
    design.accent = Hue::Orange;
    design.pattern = Pattern::Belt;
    design.patternScale = 0.4f;
    return design;
}

Design greatWallDesign()
{
    Design design;
    design.family = Family::Wall;
    design.form = 1;
    design.shape = {0.6f, 0.6f, 0.7f, 0.5f, 0.5f, 0.5f};
    design.main = Hue::Sand;
    design.second = Hue::Brown;
    design.accent = Hue::Red;
    design.pattern = Pattern::Plain;
    design.patternScale = 0.5f;
    return design;
}

// How much two designs of one family look alike: 0 (not at all) to 4.
double likeness(const Design &a, const Design &b)
{
    double difference = 0;
    for (size_t i = 0; i < a.shape.size(); ++i)
        difference += std::abs(a.shape[i] - b.shape[i]);
    return (a.form == b.form) + (a.main == b.main) * 1.5 + (a.pattern == b.pattern) +
           (a.second == b.second) * 0.5 - difference / 12;
}

// Twenty designs of a family that differ from one another: of many candidates, each time the one
// that is least like those already there.
void addFamily(std::vector<NamedDesign> &catalogue, Family family)
{
    Random random(derivedSeed(catalogueSeed, uint64_t(family)));
    const size_t first = catalogue.size();
    if (family == Family::Suv)
        catalogue.push_back({talagonDesign(), {"Talagon", "揽巡"}, false, false, "大众揽巡"});
    if (family == Family::Wall)
        catalogue.push_back({greatWallDesign(), {"Great Wall", "长城"}, false, true, "万里长城"});
    while (catalogue.size() < first + designsPerFamily) {
        Design best;
        double bestLikeness = 1e9;
        for (int attempt = 0; attempt < 60; ++attempt) {
            const Design candidate = freshDesign(random, family);
            double most = 0;
            for (size_t i = first; i < catalogue.size(); ++i)
                most = std::max(most, likeness(candidate, catalogue[i].design));
            if (most < bestLikeness) {
                bestLikeness = most;
                best = candidate;
            }
        }
        NamedDesign entry;
        entry.design = best;
        catalogue.push_back(std::move(entry));
    }
    // The first ones are the most different; hold out from the middle so that they are neither.
    for (int held = 0; held < heldOutPerFamily; ++held)
        catalogue[first + 4 + size_t(held) * 5].heldOut = true;
}

std::vector<NamedDesign> makeCatalogue()
{
    std::vector<NamedDesign> catalogue;
    catalogue.reserve(designCount);
    for (int family = 0; family < familyCount; ++family)
        addFamily(catalogue, Family(family));
    int nextName = 0;
    for (size_t i = 0; i < catalogue.size(); ++i) {
        catalogue[i].design.named = int(i);
        if (catalogue[i].name.en.empty())
            catalogue[i].name = inventedName(nextName++);
    }
    return catalogue;
}

} // namespace

std::span<const NamedDesign> namedDesigns()
{
    static const std::vector<NamedDesign> catalogue = makeCatalogue();
    return catalogue;
}

std::span<const int> designsOf(Family family)
{
    static const std::vector<int> indices = [] {
        std::vector<int> all(designCount);
        for (int i = 0; i < designCount; ++i)
            all[size_t(i)] = i;
        return all;
    }();
    return std::span(indices).subspan(size_t(family) * designsPerFamily, designsPerFamily);
}

const NamedDesign &namedDesign(int index)
{
    return namedDesigns()[size_t(index)];
}

const NamedDesign *designNamed(std::string_view name)
{
    for (const NamedDesign &entry : namedDesigns())
        if (entry.name.en == name || entry.name.zh == name ||
            (!name.empty() && entry.aliasZh == name))
            return &entry;
    return nullptr;
}

const NamedDesign &talagon()
{
    return namedDesign(int(Family::Suv) * designsPerFamily);
}
const NamedDesign &greatWall()
{
    return namedDesign(int(Family::Wall) * designsPerFamily);
}

Name unusedName(Random &random)
{
    // The catalogue uses the first names; two of its designs have names of their own.
    constexpr int used = designCount - 2;
    return inventedName(used + random.below(inventedNameCount() - used));
}

} // namespace moodloom::world
