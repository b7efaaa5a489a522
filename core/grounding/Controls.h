// Do a reference's controls do what they say? Weight, region and role, one prompt at a time; and
// does a note's text appear where the note lies?
#pragma once

#include "core/base/Result.h"
#include "core/generation/Recipe.h"
#include "core/grounding/Bootstrap.h"
#include "core/world/Design.h"

#include <QImage>

#include <functional>
#include <vector>

namespace moodloom::grounding {

// One weight of a reference, on all control trials.
struct WeightPoint
{
    double weight = 0;
    Interval change;     // mean difference to the picture without the reference
    Interval identified; // the reference's design
};

// What a picture of something else does in a role, beside the prompt's own words.
struct RolePoint
{
    ReferenceRole role = ReferenceRole::Content;
    Interval change; // mean difference to the picture without a reference
    Interval leak;   // share of trials that show the reference's family: its content came along
    Interval asked;  // share of trials that show the family that the prompt asks for
};

// What is placed in the left or the right half of the picture.
struct PlacePoint
{
    QString what;    // "a reference", "a note"
    Interval inside; // share of pictures whose thing has its middle there
    Interval asked;  // share of pictures that show the family that was placed
};

struct ControlFindings
{
    std::vector<WeightPoint> weights;
    Interval monotonic; // share of trials in which more weight never changed less
    Interval rank;      // Spearman's correlation of weight and change
    int zeroTrials = 0;
    int zeroExact = 0; // of them, those where weight 0 gave the very bytes of no reference
    Interval leak;     // change outside the reference's region, relative to that inside
    std::vector<PlacePoint> places;
    std::vector<RolePoint> roles;
    Interval askedAlone; // RolePoint::asked without a reference
};

struct ControlTrial
{
    int index = 0;                     // of the trial, for the file names
    generation::Recipe recipe;         // with the right reference, weight 1, everywhere
    world::Design design;              // that it shows
    generation::RecipeReference other; // a picture of a thing of another family
    world::Family otherFamily = world::Family::Suv;
    QString thing, where; // the parts of the prompt: "a Kalden SUV", "in the desert by day"
};

struct ControlTools
{
    std::function<Result<QImage>(const generation::Recipe &)> paint;
    std::function<bool(const QImage &, const world::Design &)> shows;
    std::function<world::Family(const QImage &)> family; // of what the picture shows
    std::function<QRectF(const QImage &)> box;           // around it, in 0..1 of the picture
    std::function<Result<void>(const QString &name, const QImage &)> keep;
    std::function<void(int done, int total)> progress;
};

// Fills `findings` as far as it gets. Errors: those of the tools.
Result<void> measureControls(const std::vector<ControlTrial> &trials, const ControlTools &tools,
                             ControlFindings &findings);

// Spearman's rank correlation; ties share their mean rank. 0 where one side does not vary.
double rankCorrelation(const std::vector<double> &left, const std::vector<double> &right);

} // namespace moodloom::grounding
