// Which facet of an edited prompt is the one that was meant before. Pure; any thread.
#pragma once

#include "core/prompt/Facet.h"

namespace moodloom::prompt {

// The facet of this text (in any case of letters), else the nearest one of the kind that shares at
// least half of its words or letters; -1 = there is none.
int nearestFacet(const QVector<Facet> &facets, const QString &text, FacetKind kind);

} // namespace moodloom::prompt
