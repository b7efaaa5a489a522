// Intervals for what was measured on a few prompts: the percentile bootstrap (Efron and Tibshirani
// 1993, chapter 13), drawing whole clusters, because pictures of one prompt are alike.
//
// Pure functions; deterministic.
#pragma once

#include <cstdint>
#include <span>

namespace moodloom::grounding {

struct Interval
{
    double value = 0;         // on all observations; NaN without any
    double low = 0, high = 0; // 95 %; equal to the value with fewer than two clusters
    int count = 0;            // observations
    int clusters = 0;
};

struct Observation
{
    int cluster = 0; // the prompt
    double value = 0;
    double over = 1; // its denominator
};

// Sum of values divided by sum of denominators: a mean where these are 1, a ratio of means
// otherwise. For a paired difference give the differences as values.
Interval bootstrap(std::span<const Observation> observations, uint64_t seed = 1,
                   int resamples = 2000);

} // namespace moodloom::grounding
