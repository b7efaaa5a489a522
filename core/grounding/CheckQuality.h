// Does the grounding check of takes (core/generation/GroundingCheck.h) say what the truth is? Pure
// functions.
#pragma once

#include "core/grounding/Bootstrap.h"
#include "core/grounding/Measures.h"

#include <QString>

#include <vector>

namespace moodloom::grounding {

// One picture that was checked for one thing.
struct CheckedPicture
{
    int cluster = 0; // the trial
    generation::FacetCheck check;
    bool shows = false; // the truth: the design is in the picture
};

struct CheckFinding
{
    QString what; // which pictures
    int pictures = 0;
    int unchecked = 0; // of them: the encoder cannot tell
    int showing = 0;   // of those that were checked
    // How often a picture that shows it scores higher than one that does not; NaN without both.
    double auc = 0;
    Interval weak;    // share of those that were checked
    Interval found;   // share of "found" that show it
    Interval missing; // share of "missing" that do not
};

CheckFinding checkFinding(const QString &what, const std::vector<CheckedPicture> &pictures);

// By the judge's truth: what was painted, by condition and all together, and what was drawn,
// together with `others`: drawings that were checked for a design that they do not show.
std::vector<CheckFinding> checkFindings(const std::vector<Trial> &trials,
                                        const std::vector<Painting> &paintings,
                                        const std::vector<CheckedPicture> &otherDesigns,
                                        const std::vector<CheckedPicture> &otherThings);

} // namespace moodloom::grounding
