#include "core/grounding/Measures.h"

#include "core/grounding/RelationJudge.h"
#include "core/world/Designs.h"

#include <cmath>
#include <map>

namespace moodloom::grounding {
namespace {

double meanOf(std::initializer_list<std::optional<double>> values)
{
    double sum = 0, count = 0;
    for (const auto &value : values)
        if (value) {
            sum += *value;
            ++count;
        }
    return count > 0 ? sum / count : 0;
}

std::map<std::pair<int, int>, double> valuesOf(Measure measure, const Selection &selection,
                                               const std::vector<Trial> &trials,
                                               const std::vector<Painting> &paintings)
{
    std::map<std::pair<int, int>, double> values; // by trial and take
    for (const Painting &painting : paintings) {
        const Trial &trial = trials[size_t(painting.trial)];
        if (Selection{trial.group, painting.condition, painting.language} != selection)
            continue;
        if (const auto value = measured(measure, trial, painting))
            values[{painting.trial, painting.take}] = *value;
    }
    return values;
}

} // namespace

QString nameOf(Measure measure)
{
    switch (measure) {
    case Measure::Identified:
        return QStringLiteral("design identified (of 20)");
    case Measure::WrongAttributes:
        return QStringLiteral("attributes wrong");
    case Measure::Family:
        return QStringLiteral("family right");
    case Measure::MainColour:
        return QStringLiteral("main colour right");
    case Measure::SecondColour:
        return QStringLiteral("second colour right");
    case Measure::Pattern:
        return QStringLiteral("pattern right");
    case Measure::Place:
        return QStringLiteral("place right");
    case Measure::Time:
        return QStringLiteral("time of day right");
    case Measure::Relation:
        return QStringLiteral("relation right");
    case Measure::Adherence:
        return QStringLiteral("prompt adherence");
    case Measure::Copying:
        return QStringLiteral("copying");
    case Measure::Misled:
        return QStringLiteral("shows the wrong design");
    case Measure::CheckAgrees:
        return QStringLiteral("the check agrees");
    case Measure::Decibels:
        return QStringLiteral("given back, PSNR in dB");
    case Measure::Edges:
        return QStringLiteral("steepness of edges");
    }
    return {};
}

std::optional<double> chanceOf(Measure measure, const std::vector<Trial> &trials)
{
    switch (measure) {
    case Measure::Identified:
    case Measure::Misled:
        return 1.0 / world::designsPerFamily;
    case Measure::Family:
        return 1.0 / world::familyCount;
    case Measure::MainColour:
        return 1.0 / world::hueCount;
    case Measure::SecondColour:
        return 1.0 / world::hueCount;
    case Measure::Pattern:
        return 1.0 / world::patternCount;
    case Measure::Place:
        return 1.0 / world::placeCount;
    case Measure::Time:
        return 1.0 / world::timeCount;
    case Measure::Relation: {
        double sum = 0, count = 0;
        for (const Trial &trial : trials)
            if (trial.group == Group::Relation) {
                sum += 1.0 / double(RelationJudge::possible(trial.scene).size());
                ++count;
            }
        return count > 0 ? std::optional(sum / count) : std::nullopt;
    }
    default:
        return {};
    }
}

std::optional<double> measured(Measure measure, const Trial &trial, const Painting &painting)
{
    const Verdict &verdict = painting.judged.verdict;
    const world::Design &design = trial.design();
    const bool alone = trial.group != Group::Relation;
    const bool timed = world::hasTimes(trial.scene.setting.place);
    const auto right = [&](Measure other) { return measured(other, trial, painting); };
    switch (measure) {
    case Measure::Identified:
        if (!alone)
            return {};
        return painting.judged.design == design.named;
    case Measure::WrongAttributes:
        if (!alone)
            return {};
        return 1 - meanOf({right(Measure::Family), right(Measure::MainColour),
                           right(Measure::SecondColour), right(Measure::Pattern)});
    case Measure::Family:
        if (!alone)
            return {};
        return verdict.family == design.family;
    case Measure::MainColour:
        if (!alone)
            return {};
        return verdict.main == design.main;
    case Measure::SecondColour:
        if (!alone || design.pattern == world::Pattern::Plain)
            return {};
        return verdict.second == design.second;
    case Measure::Pattern:
        if (!alone)
            return {};
        return verdict.pattern == design.pattern;
    case Measure::Place:
        return verdict.setting.place == trial.scene.setting.place;
    case Measure::Time:
        if (!timed)
            return {};
        return verdict.setting.time == trial.scene.setting.time;
    case Measure::Relation:
        if (!painting.judged.relation)
            return {};
        return *painting.judged.relation == trial.scene.links.front().relation;
    case Measure::Adherence:
        return meanOf({right(Measure::Family), right(Measure::Place), right(Measure::Time),
                       right(Measure::Relation)});
    case Measure::Copying:
        return painting.copying;
    case Measure::Misled:
        if (!alone || painting.condition != Condition::Wrong)
            return {};
        return painting.judged.design == trial.wrong;
    case Measure::CheckAgrees: {
        using generation::Shown;
        if (!alone || !painting.check || painting.check->shown == Shown::Unchecked)
            return {};
        if (painting.check->shown == Shown::Weak)
            return 0.5;
        return (painting.check->shown == Shown::Found) == (painting.judged.design == design.named);
    }
    case Measure::Decibels:
        return painting.fidelity ? std::optional(painting.fidelity->decibels) : std::nullopt;
    case Measure::Edges:
        return painting.fidelity ? std::optional(painting.fidelity->edges) : std::nullopt;
    }
    return {};
}

Interval summary(Measure measure, const Selection &selection, const std::vector<Trial> &trials,
                 const std::vector<Painting> &paintings)
{
    std::vector<Observation> observations;
    for (const auto &[key, value] : valuesOf(measure, selection, trials, paintings))
        observations.push_back({key.first, value});
    return bootstrap(observations);
}

Interval difference(Measure measure, const Selection &left, const Selection &right,
                    const std::vector<Trial> &trials, const std::vector<Painting> &paintings)
{
    const auto others = valuesOf(measure, right, trials, paintings);
    std::vector<Observation> observations;
    for (const auto &[key, value] : valuesOf(measure, left, trials, paintings))
        if (const auto other = others.find(key); other != others.end())
            observations.push_back({key.first, value - other->second});
    return bootstrap(observations);
}

} // namespace moodloom::grounding
