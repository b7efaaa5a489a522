// What is counted of one judged picture. Values and pure functions.
#pragma once

#include "core/generation/GroundingCheck.h"
#include "core/grounding/Bootstrap.h"
#include "core/grounding/Fidelity.h"
#include "core/grounding/Judge.h"
#include "core/grounding/Trial.h"

#include <optional>
#include <vector>

namespace moodloom::grounding {

// What the judge says of a picture that was painted (or drawn) for a trial.
struct Judged
{
    Verdict verdict;
    int design = -1;                         // of one thing: which of its family's twenty
    std::optional<world::Relation> relation; // of two
};

// A picture of the benchmark and everything that was found about it.
struct Painting
{
    int trial = 0; // index
    Condition condition = Condition::None;
    Language language = Language::English;
    int take = 0;                // paired: equal takes of a trial have equal seeds
    QString file;                // below the report's folder
    QVector<QString> references; // files below the report's folder
    Judged judged;
    std::optional<double> copying;               // where there were references
    std::optional<Fidelity> fidelity;            // of a drawing that was given back
    std::optional<generation::FacetCheck> check; // what the check of takes says of its thing
};

enum class Measure {
    Identified,      // the design, among the twenty of its family
    WrongAttributes, // share of family, colours and pattern that are wrong
    Family,
    MainColour,
    SecondColour, // where there is a pattern
    Pattern,
    Place,
    Time, // where there are times
    Relation,
    Adherence, // share of what the prompt says outright: family, place, time; relation of two
    Copying,
    Misled,      // takes the wrong reference's design for its own
    CheckAgrees, // the check of takes says found or missing as the judge does; weak counts half
    Decibels,    // see Fidelity
    Edges
};
inline constexpr int measureCount = 15;

QString nameOf(Measure measure);
// What guessing would reach on these trials; none where there is no such figure.
std::optional<double> chanceOf(Measure measure, const std::vector<Trial> &trials);

// Nothing where the measure does not apply to the trial or the condition.
std::optional<double> measured(Measure measure, const Trial &trial, const Painting &painting);

struct Selection
{
    Group group = Group::HeldOut;
    Condition condition = Condition::None;
    Language language = Language::English;
    bool operator==(const Selection &) const = default;
};

// The mean of a measure over the paintings that are selected.
Interval summary(Measure measure, const Selection &selection, const std::vector<Trial> &trials,
                 const std::vector<Painting> &paintings);
// The mean of `left` less that of `right`, over the pairs of equal trial and take.
Interval difference(Measure measure, const Selection &left, const Selection &right,
                    const std::vector<Trial> &trials, const std::vector<Painting> &paintings);

} // namespace moodloom::grounding
