#include "core/grounding/Trial.h"

#include "core/grounding/RelationJudge.h"
#include "core/world/Caption.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"

#include <algorithm>
#include <numeric>

namespace moodloom::grounding {
namespace {

QString text(std::string_view words)
{
    return QString::fromUtf8(words.data(), qsizetype(words.size()));
}

// "in the desert at sunset", "日落时分的沙漠里"
QString whereEn(const world::Setting &setting)
{
    QString where = text(world::placeInfo(setting.place).inEn);
    if (world::hasTimes(setting.place))
        where += QLatin1Char(' ') + text(world::timeInfo(setting.time).atEn);
    return where;
}
QString whereZh(const world::Setting &setting)
{
    const QString place = text(world::placeInfo(setting.place).inZh);
    return world::hasTimes(setting.place)
               ? text(world::timeInfo(setting.time).atZh) + QStringLiteral("的") + place
               : place;
}

QString relationZh(world::Relation relation, const QString &a, const QString &b)
{
    switch (relation) {
    case world::Relation::Beside:
        return QStringLiteral("%1在%2旁边").arg(a, b);
    case world::Relation::Above:
        return QStringLiteral("%1在%2上方").arg(a, b);
    case world::Relation::LeapingOver:
        return QStringLiteral("%1飞跃%2").arg(a, b);
    case world::Relation::InFrontOf:
        return QStringLiteral("%1在%2前面").arg(a, b);
    case world::Relation::Behind:
        return QStringLiteral("%1在%2后面").arg(a, b);
    }
    return a;
}

void writePrompts(Trial &trial)
{
    const auto &things = trial.scene.entities;
    trial.en = QString::fromStdString(world::namedEn(things[0].design));
    trial.zh = QString::fromStdString(world::namedZh(things[0].design));
    if (things.size() > 1) {
        const world::Relation relation = trial.scene.links.front().relation;
        trial.en += QLatin1Char(' ') + QLatin1String(world::relationName(relation)) +
                    QLatin1Char(' ') + QString::fromStdString(world::namedEn(things[1].design));
        trial.zh = relationZh(relation, trial.zh,
                              QString::fromStdString(world::namedZh(things[1].design)));
    }
    trial.thing = trial.en;
    trial.where = whereEn(trial.scene.setting);
    trial.en += QStringLiteral(", ") + trial.where;
    trial.zh = whereZh(trial.scene.setting) + QStringLiteral("，") + trial.zh;
}

std::vector<int> namedOf(world::Family family, bool heldOut)
{
    std::vector<int> indices;
    for (const int index : world::designsOf(family))
        if (world::namedDesign(index).heldOut == heldOut)
            indices.push_back(index);
    return indices;
}

// Another design of the family in another colour, where there is one.
int wrongDesign(const world::Design &design, world::Random &random)
{
    const auto designs = world::designsOf(design.family);
    int other = design.named;
    for (int attempt = 0; attempt < 20; ++attempt) {
        const int index = random.pick(designs);
        if (index == design.named)
            continue;
        other = index;
        if (world::namedDesign(index).design.main != design.main)
            break;
    }
    return other;
}

world::Scene alone(const world::Design &design, uint64_t seed)
{
    world::ComposeOptions options;
    options.designs = {design};
    options.style = world::Style::Flat;
    return world::composeScene(seed, options);
}

Trial oneThing(Group group, world::Family family, uint64_t seed)
{
    Trial trial;
    trial.group = group;
    trial.seed = seed;
    world::Random random(seed);
    const int named = random.pick(namedOf(family, group == Group::HeldOut));
    trial.scene = alone(world::namedDesign(named).design, random.next());
    trial.wrong = wrongDesign(trial.design(), random);
    return trial;
}

Trial twoThings(uint64_t seed)
{
    Trial trial;
    trial.group = Group::Relation;
    trial.seed = seed;
    world::Random random(seed);
    world::ComposeOptions options;
    options.count = 2;
    options.namedShare = 1;
    options.style = world::Style::Flat;
    // Where only one relation is possible, being right says nothing.
    do
        trial.scene = world::composeScene(random.next(), options);
    while (RelationJudge::possible(trial.scene).size() < 2);
    trial.wrong = wrongDesign(trial.design(), random);
    return trial;
}

} // namespace

QString nameOf(Group group)
{
    switch (group) {
    case Group::HeldOut:
        return QStringLiteral("held-out");
    case Group::Known:
        return QStringLiteral("known");
    case Group::Relation:
        return QStringLiteral("relation");
    }
    return {};
}

QString nameOf(Condition condition)
{
    switch (condition) {
    case Condition::None:
        return QStringLiteral("none");
    case Condition::Retrieved:
        return QStringLiteral("retrieved");
    case Condition::RetrievedPlain:
        return QStringLiteral("retrieved-plain");
    case Condition::Oracle:
        return QStringLiteral("oracle");
    case Condition::Wrong:
        return QStringLiteral("wrong");
    case Condition::Random:
        return QStringLiteral("random");
    case Condition::Drawn:
        return QStringLiteral("drawn");
    case Condition::Decoded:
        return QStringLiteral("decoded");
    }
    return {};
}

std::optional<Condition> conditionFromName(const QString &name)
{
    for (int i = 0; i < conditionCount; ++i)
        if (nameOf(Condition(i)) == name)
            return Condition(i);
    return std::nullopt;
}

std::vector<Trial> trialsOf(Group group, int count, uint64_t seed)
{
    world::Random random(world::derivedSeed(seed, 50 + uint64_t(group)));
    std::vector<int> families(world::familyCount);
    std::iota(families.begin(), families.end(), 0);
    // The order is the same for all groups, so that few families have to be learnt by the judge.
    world::Random order(world::derivedSeed(seed, 49));
    for (int i = world::familyCount - 1; i > 0; --i)
        std::swap(families[size_t(i)], families[size_t(order.below(i + 1))]);
    std::vector<Trial> trials;
    for (int i = 0; i < count; ++i) {
        const uint64_t one = random.next();
        trials.push_back(
            group == Group::Relation
                ? twoThings(one)
                : oneThing(group, world::Family(families[size_t(i) % families.size()]), one));
        writePrompts(trials.back());
    }
    return trials;
}

world::Scene drawnAgain(const Trial &trial, int index)
{
    const uint64_t seed = world::derivedSeed(trial.seed, 700 + uint64_t(index));
    if (trial.group == Group::Relation)
        return RelationJudge::again(trial.scene, trial.scene.links.front().relation, seed);
    world::ComposeOptions options;
    options.designs = {trial.design()};
    options.setting = trial.scene.setting;
    options.style = world::Style::Flat;
    return world::composeScene(seed, options);
}

namespace {

// Numbers of their own, so that what was measured stays comparable when conditions are added.
uint64_t drawingSeed(Condition condition)
{
    return condition == Condition::Oracle ? 902 : condition == Condition::Wrong ? 903 : 904;
}

std::vector<world::Scene> drawnScenes(const Trial &trial, Condition condition)
{
    std::vector<world::Scene> scenes;
    world::Random random(world::derivedSeed(trial.seed, drawingSeed(condition)));
    for (const world::Entity &entity : trial.scene.entities) {
        world::Design design = entity.design;
        if (condition == Condition::Wrong)
            design = scenes.empty() ? world::namedDesign(trial.wrong).design
                                    : world::namedDesign(wrongDesign(entity.design, random)).design;
        while (condition == Condition::Random && design.family == entity.design.family)
            design = world::namedDesign(random.below(world::designCount)).design;
        world::Scene scene = alone(design, random.next());
        for (int attempt = 0; attempt < 20 && scene.setting == trial.scene.setting; ++attempt)
            scene = alone(design, random.next());
        scenes.push_back(std::move(scene));
    }
    return scenes;
}

} // namespace

std::vector<QImage> drawnReferences(const Trial &trial, Condition condition, int size)
{
    std::vector<QImage> pictures;
    for (const world::Scene &scene : drawnScenes(trial, condition))
        pictures.push_back(world::drawScene(scene, size));
    return pictures;
}

std::vector<world::Design> drawnDesigns(const Trial &trial, Condition condition)
{
    std::vector<world::Design> designs;
    for (const world::Scene &scene : drawnScenes(trial, condition))
        designs.push_back(scene.entities.front().design);
    return designs;
}

} // namespace moodloom::grounding
