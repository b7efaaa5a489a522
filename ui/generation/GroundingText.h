// What the check of a take found, in words for the user. Pure functions.
#pragma once

#include "core/generation/GroundingCheck.h"

#include <QString>

namespace moodloom::ui {

QString shownText(generation::Shown shown); // "found"
// The figures behind it, or why there are none.
QString shownFigures(const generation::FacetCheck &facet);
// "Great Wall: missing; kite: found"
QString groundingText(const generation::GroundingCheck &check);

} // namespace moodloom::ui
