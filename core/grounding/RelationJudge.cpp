#include "core/grounding/RelationJudge.h"

#include "core/grounding/Parallel.h"
#include "core/world/Compose.h"

#include <array>

namespace moodloom::grounding {
namespace {

constexpr int drawingsPerRelation = 32; // each counts twice: as it is and in a mirror
constexpr double shrinkage = 0.3;

} // namespace

// What the world itself would make of the two, tried often enough to meet every relation.
std::vector<world::Relation> RelationJudge::possible(const world::Scene &scene)
{
    std::array<bool, world::relationCount> met{};
    met[size_t(scene.links.front().relation)] = true;
    world::ComposeOptions options;
    options.designs = {scene.entities[0].design, scene.entities[1].design};
    options.setting = scene.setting;
    options.style = world::Style::Flat;
    for (uint64_t seed = 0; seed < 80; ++seed) {
        const world::Scene other = world::composeScene(seed, options);
        if (other.entities[0].design == options.designs[0])
            met[size_t(other.links.front().relation)] = true;
    }
    std::vector<world::Relation> relations;
    for (int i = 0; i < world::relationCount; ++i)
        if (met[size_t(i)])
            relations.push_back(world::Relation(i));
    return relations;
}

world::Scene RelationJudge::again(const world::Scene &scene, world::Relation relation,
                                  uint64_t seed)
{
    world::ComposeOptions options;
    options.designs = {scene.entities[0].design, scene.entities[1].design};
    options.setting = scene.setting;
    options.style = scene.style;
    options.relation = relation;
    return world::composeScene(seed, options);
}

Result<RelationJudge> RelationJudge::make(const Judge &judge, const world::Scene &scene,
                                          uint64_t seed, std::stop_token stop)
{
    RelationJudge result;
    result.m_judge = &judge;
    result.m_possible = possible(scene);
    const int choices = int(result.m_possible.size());
    const int count = choices * drawingsPerRelation;
    std::vector<Example> examples(size_t(2 * count));
    const auto drawOne = [&](int index) {
        const int label = index % choices;
        const world::Scene drawn = again(scene, result.m_possible[size_t(label)],
                                         world::derivedSeed(seed, uint64_t(index)));
        const LabPicture picture = toLab(world::drawScene(drawn, judgedSide), judgedSide);
        const Thing things = judge.finder().find(halved(picture), judge.settingOf(picture));
        examples[size_t(2 * index)] = {layoutFeatures(picture, things), label};
        examples[size_t(2 * index + 1)] = {layoutFeatures(mirrored(picture), mirrored(things)),
                                           label};
    };
    if (auto drawn = forEachIndex(count, drawOne, stop); !drawn)
        return fail(drawn.error());
    result.m_classifier = GaussianClassifier(examples, choices, shrinkage);
    return result;
}

world::Relation RelationJudge::judge(const QImage &picture) const
{
    const LabPicture seen = toLab(picture, judgedSide);
    const Thing things = m_judge->finder().find(halved(seen), m_judge->settingOf(seen));
    return m_possible[size_t(m_classifier.classify(layoutFeatures(seen, things)))];
}

} // namespace moodloom::grounding
