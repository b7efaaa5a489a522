// What the product promises of grounding, and what was measured of it. Pure functions.
#pragma once

#include "core/grounding/Benchmark.h"

namespace moodloom::grounding {

struct Promise
{
    QString what, wanted;
    Interval found;
    bool kept = false;
};
std::vector<Promise> promises(const Outcome &outcome);

} // namespace moodloom::grounding
