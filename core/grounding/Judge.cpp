#include "core/grounding/Judge.h"

#include "core/grounding/Parallel.h"
#include "core/world/Compose.h"
#include "core/world/Designs.h"

#include <algorithm>
#include <mutex>

namespace moodloom::grounding {
namespace {

using world::Family;

// Of the covariances; chosen on drawings that are judged nowhere else.
constexpr double settingShrinkage = 0.05, familyShrinkage = 0.1, colourShrinkage = 0.02,
                 patternShrinkage = 0.05, designShrinkage = 0.2;

enum HueKind { MainHue, SecondHue, OtherHue, hueKinds };

// Enough of a colour to be one of a thing's own.
bool isSeen(const Features &hue)
{
    return hue.back() > 0.03f;
}

world::Scene sceneOf(uint64_t seed, const world::Design &design)
{
    world::ComposeOptions options;
    options.designs = {design};
    options.style = world::Style::Flat;
    return world::composeScene(seed, options);
}

// The better of both ways round, class by class: classifiers know things that look to the right.
std::vector<double> eitherWay(const GaussianClassifier &classifier, const Features &seen,
                              const Features &inMirror)
{
    std::vector<double> scores = classifier.scores(seen);
    const std::vector<double> other = classifier.scores(inMirror);
    for (size_t i = 0; i < scores.size(); ++i)
        scores[i] = std::max(scores[i], other[i]);
    return scores;
}

} // namespace

Result<Judge> Judge::make(const JudgeOptions &options, const Progress &progress,
                          std::stop_token stop)
{
    Judge judge;
    judge.m_options = options;
    auto finder = ThingFinder::make(stop);
    if (!finder)
        return fail(finder.error());
    judge.m_finder = std::move(*finder);

    // All families alike; fresh designs, so that all colours and patterns are seen on each.
    const size_t count = size_t(options.scenes);
    std::vector<world::Scene> scenes(count);
    std::vector<LabPicture> pictures(count);
    std::vector<Example> settings(count);
    std::mutex mutex; // guards done and the calls of progress
    int done = 0;
    const auto drawOne = [&](int index) {
        const auto i = size_t(index);
        world::Random random(world::derivedSeed(options.seed, uint64_t(index)));
        const world::Design design = world::freshDesign(random, Family(index % world::familyCount));
        scenes[i] = sceneOf(random.next(), design);
        pictures[i] = toLab(world::drawScene(scenes[i], judgedSide), judgedSide);
        settings[i] = {settingFeatures(pictures[i]), world::settingIndex(scenes[i].setting)};
        const std::lock_guard lock(mutex);
        if (progress)
            progress(++done, options.scenes);
    };
    if (auto drawn = forEachIndex(options.scenes, drawOne, stop); !drawn)
        return fail(drawn.error());
    judge.m_setting =
        GaussianClassifier(settings, int(world::allSettings().size()), settingShrinkage);

    std::vector<Example> families(count), patterns(count);
    std::vector<std::array<Features, world::hueCount>> hues(count);
    std::vector<Thing> things(count);
    const auto describe = [&](int index) {
        const auto i = size_t(index);
        const world::Entity &entity = scenes[i].entities.front();
        things[i] = judge.m_finder.find(halved(pictures[i]), judge.settingOf(pictures[i]));
        if (entity.mirrored) {
            pictures[i] = grounding::mirrored(pictures[i]);
            things[i] = grounding::mirrored(things[i]);
        }
        families[i] = {shapeFeatures(pictures[i], things[i]), int(entity.design.family)};
        hues[i] = hueFeatures(pictures[i], things[i]);
    };
    if (auto described = forEachIndex(options.scenes, describe, stop); !described)
        return fail(described.error());
    judge.m_family = GaussianClassifier(families, world::familyCount, familyShrinkage);
    for (int family = 0; family < world::familyCount; ++family) {
        std::vector<Example> examples;
        for (size_t i = 0; i < count; ++i) {
            const world::Design &design = scenes[i].entities.front().design;
            for (int hue = 0; int(design.family) == family && hue < world::hueCount; ++hue)
                if (isSeen(hues[i][size_t(hue)]) || hue == int(design.main))
                    examples.push_back({hues[i][size_t(hue)], hue == int(design.main) ? MainHue
                                                              : hue == int(design.second)
                                                                  ? SecondHue
                                                                  : OtherHue});
        }
        judge.m_hues.emplace_back(examples, hueKinds, colourShrinkage);
    }

    const auto describePattern = [&](int index) {
        const auto i = size_t(index);
        const world::Design &design = scenes[i].entities.front().design;
        const Hues seen = judge.huesOf(pictures[i], things[i], design.family);
        patterns[i] = {patternFeatures(pictures[i], things[i], seen.main, seen.second),
                       int(design.pattern)};
    };
    if (auto described = forEachIndex(options.scenes, describePattern, stop); !described)
        return fail(described.error());
    // What a family has of its own (a roof in the second colour) is no pattern.
    judge.m_patternMeans.assign(world::familyCount, Features(patterns[0].features.size(), 0));
    std::vector<int> members(world::familyCount, 0);
    for (size_t i = 0; i < count; ++i)
        ++members[i % world::familyCount];
    for (size_t i = 0; i < count; ++i)
        for (size_t k = 0; k < patterns[i].features.size(); ++k)
            judge.m_patternMeans[i % world::familyCount][k] +=
                patterns[i].features[k] / float(members[i % world::familyCount]);
    for (size_t i = 0; i < count; ++i)
        patterns[i].features =
            judge.centred(std::move(patterns[i].features), Family(i % world::familyCount));
    judge.m_pattern = GaussianClassifier(patterns, world::patternCount, patternShrinkage);
    return judge;
}

Judge::Hues Judge::huesOf(const LabPicture &picture, const Thing &thing, Family family) const
{
    const auto features = hueFeatures(picture, thing);
    std::array<double, world::hueCount> main, second;
    for (size_t i = 0; i < features.size(); ++i) {
        constexpr double unseen = -1e6;
        const auto scores = m_hues[size_t(family)].scores(features[i]);
        const bool seen = isSeen(features[i]);
        main[i] = seen ? scores[MainHue] - scores[OtherHue] : unseen;
        second[i] = seen ? scores[SecondHue] - scores[OtherHue] : unseen;
    }
    // The best pair of colours that designs have together.
    Hues best;
    double most = -1e300;
    for (size_t i = 0; i < main.size(); ++i)
        for (const world::Hue partner : world::partnersOf(world::Hue(i)))
            if (main[i] + second[size_t(partner)] > most) {
                most = main[i] + second[size_t(partner)];
                best = {world::Hue(i), partner};
            }
    return best;
}

Features Judge::centred(Features pattern, Family family) const
{
    for (size_t i = 0; i < pattern.size(); ++i)
        pattern[i] -= m_patternMeans[size_t(family)][i];
    return pattern;
}

int Judge::settingOf(const LabPicture &picture) const
{
    return m_setting.classify(settingFeatures(picture));
}

Judge::Seen Judge::look(const QImage &picture) const
{
    Seen seen{toLab(picture, judgedSide), {}};
    seen.thing = m_finder.find(halved(seen.picture), settingOf(seen.picture));
    return seen;
}

Verdict Judge::judge(const QImage &picture) const
{
    Seen seen = look(picture);
    Verdict verdict;
    verdict.setting = world::allSettings()[size_t(settingOf(seen.picture))];
    verdict.box = seen.thing.box;
    // The way round in which it looks more like something decides for everything else.
    Seen turned{grounding::mirrored(seen.picture), grounding::mirrored(seen.thing)};
    auto scores = m_family.scores(shapeFeatures(seen.picture, seen.thing));
    const auto inMirror = m_family.scores(shapeFeatures(turned.picture, turned.thing));
    if (inMirror[size_t(largest(inMirror))] > scores[size_t(largest(scores))]) {
        scores = inMirror;
        seen = std::move(turned);
    }
    verdict.family = Family(largest(scores));
    const Hues hues = huesOf(seen.picture, seen.thing, verdict.family);
    verdict.main = hues.main;
    verdict.second = hues.second;
    verdict.pattern = world::Pattern(m_pattern.classify(centred(
        patternFeatures(seen.picture, seen.thing, hues.main, hues.second), verdict.family)));
    return verdict;
}

Result<void> Judge::prepare(Family family, std::stop_token stop)
{
    if (m_designs.contains(family))
        return {};
    const auto designs = world::designsOf(family);
    const int count = int(designs.size()) * m_options.drawingsPerDesign;
    std::vector<Example> examples(static_cast<size_t>(count));
    const uint64_t seed = world::derivedSeed(m_options.seed, 1000000 + uint64_t(family));
    const auto drawOne = [&](int index) {
        const int label = index % int(designs.size());
        const world::Scene scene = sceneOf(world::derivedSeed(seed, uint64_t(index)),
                                           world::namedDesign(designs[size_t(label)]).design);
        LabPicture picture = toLab(world::drawScene(scene, judgedSide), judgedSide);
        Thing thing = m_finder.find(halved(picture), settingOf(picture));
        if (scene.entities.front().mirrored) {
            picture = grounding::mirrored(picture);
            thing = grounding::mirrored(thing);
        }
        examples[size_t(index)] = {thingFeatures(picture, thing), label};
    };
    if (auto drawn = forEachIndex(count, drawOne, stop); !drawn)
        return drawn;
    m_designs.emplace(family, GaussianClassifier(examples, int(designs.size()), designShrinkage));
    return {};
}

Identification Judge::identify(const QImage &picture, Family family) const
{
    const Seen seen = look(picture);
    Identification result;
    result.scores = eitherWay(
        m_designs.at(family), thingFeatures(seen.picture, seen.thing),
        thingFeatures(grounding::mirrored(seen.picture), grounding::mirrored(seen.thing)));
    result.design = world::designsOf(family)[size_t(largest(result.scores))];
    return result;
}

} // namespace moodloom::grounding
