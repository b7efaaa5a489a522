#include "core/grounding/Bootstrap.h"

#include "core/world/Random.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

namespace moodloom::grounding {
namespace {

struct Sums
{
    double value = 0, over = 0;
};

double quantile(const std::vector<double> &sorted, double at)
{
    const double place = at * double(sorted.size() - 1);
    const auto below = size_t(place);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (place - double(below));
}

} // namespace

Interval bootstrap(std::span<const Observation> observations, uint64_t seed, int resamples)
{
    std::map<int, Sums> byCluster;
    Sums all;
    for (const Observation &observation : observations) {
        for (Sums *sums : {&byCluster[observation.cluster], &all}) {
            sums->value += observation.value;
            sums->over += observation.over;
        }
    }
    Interval interval;
    interval.count = int(observations.size());
    interval.clusters = int(byCluster.size());
    interval.value = all.over > 0 ? all.value / all.over : std::numeric_limits<double>::quiet_NaN();
    interval.low = interval.high = interval.value;
    if (interval.clusters < 2 || std::isnan(interval.value))
        return interval;
    std::vector<Sums> clusters;
    for (const auto &[id, sums] : byCluster)
        clusters.push_back(sums);
    world::Random random(seed);
    std::vector<double> means;
    for (int i = 0; i < resamples; ++i) {
        Sums drawn;
        for (size_t k = 0; k < clusters.size(); ++k) {
            const Sums &one = clusters[size_t(random.below(int(clusters.size())))];
            drawn.value += one.value;
            drawn.over += one.over;
        }
        if (drawn.over > 0)
            means.push_back(drawn.value / drawn.over);
    }
    if (means.empty())
        return interval;
    std::sort(means.begin(), means.end());
    interval.low = quantile(means, 0.025);
    interval.high = quantile(means, 0.975);
    return interval;
}

} // namespace moodloom::grounding
