#include "core/grounding/Promises.h"

#include <cmath>

namespace moodloom::grounding {

std::vector<Promise> promises(const Outcome &outcome)
{
    std::vector<Promise> list;
    const auto of = [&](Measure measure, Group group, Condition condition,
                        Language language = Language::English) {
        return summary(measure, {group, condition, language}, outcome.trials, outcome.paintings);
    };
    const auto add = [&](const QString &what, const QString &wanted, const Interval &found,
                         const auto &holds) {
        if (found.count > 0)
            list.push_back({what, wanted, found, holds(found.value)});
    };
    // A ratio of sums over the same prompts, not of two intervals.
    std::vector<Observation> ratio;
    bool retrieved = false;
    for (const Painting &painting : outcome.paintings) {
        const Trial &trial = outcome.trials[size_t(painting.trial)];
        if (trial.group != Group::HeldOut || painting.language != Language::English)
            continue;
        if (const auto wrong = measured(Measure::WrongAttributes, trial, painting)) {
            retrieved |= painting.condition == Condition::Retrieved;
            if (painting.condition == Condition::Retrieved)
                ratio.push_back({painting.trial, *wrong, 0});
            else if (painting.condition == Condition::None)
                ratio.push_back({painting.trial, 0, *wrong});
        }
    }
    const auto atMost = [](double most) { return [most](double value) { return value <= most; }; };
    const auto atLeast = [](double least) {
        return [least](double value) { return value >= least; };
    };
    add(QStringLiteral("held-out: wrong attributes with retrieved references, relative to none"),
        QStringLiteral("<= 0.50"), retrieved ? bootstrap(ratio) : Interval(), atMost(0.5));
    add(QStringLiteral("held-out: design identified with retrieved references"),
        QStringLiteral(">= 0.60"), of(Measure::Identified, Group::HeldOut, Condition::Retrieved),
        atLeast(0.6));
    // As much as a fresh drawing's own scatter.
    add(QStringLiteral("held-out: copying with retrieved references"), QStringLiteral("<= 0.05"),
        of(Measure::Copying, Group::HeldOut, Condition::Retrieved), atMost(0.05));
    for (const Measure measure : {Measure::Family, Measure::Place})
        add(QStringLiteral("known: ") + nameOf(measure) + QStringLiteral(", words alone"),
            QStringLiteral(">= 0.90"), of(measure, Group::Known, Condition::None), atLeast(0.9));
    add(QStringLiteral("relation right, words alone"), QStringLiteral(">= 0.90"),
        of(Measure::Relation, Group::Relation, Condition::None), atLeast(0.9));
    for (const Group group : {Group::HeldOut, Group::Known})
        add(nameOf(group) + QStringLiteral(": prompt adherence, English less Chinese"),
            QStringLiteral("within 0.03"),
            difference(Measure::Adherence, {group, Condition::None, Language::English},
                       {group, Condition::None, Language::Chinese}, outcome.trials,
                       outcome.paintings),
            [](double value) { return std::abs(value) <= 0.03; });
    std::vector<Observation> given; // of all drawings, whatever they were made for
    for (const Painting &painting : outcome.paintings)
        if (painting.fidelity)
            given.push_back({painting.trial, painting.fidelity->decibels});
    add(QStringLiteral("fresh drawings: ") + nameOf(Measure::Decibels), QStringLiteral(">= 32.00"),
        bootstrap(given), atLeast(32));
    if (const ControlFindings &controls = outcome.controls; controls.zeroTrials > 0) {
        Interval exact;
        exact.value = exact.low = exact.high = double(controls.zeroExact) / controls.zeroTrials;
        exact.count = controls.zeroTrials;
        exact.clusters = 1;
        for (const PlacePoint &point : controls.places)
            add(QStringLiteral("%1 in one half of the picture: the thing stands there")
                    .arg(point.what),
                QStringLiteral(">= 0.85"), point.inside, atLeast(0.85));
        add(QStringLiteral("weight 0 equals no reference, exactly"), QStringLiteral("1.00"), exact,
            atLeast(1));
    }
    return list;
}

} // namespace moodloom::grounding
