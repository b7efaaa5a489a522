#include "core/retrieval/Diversity.h"

#include <algorithm>
#include <limits>

namespace moodloom::retrieval {

QVector<qsizetype> diversify(std::span<const double> relevance, const Similarity &similarity,
                             qsizetype count, double lambda)
{
    QVector<qsizetype> chosen;
    if (relevance.empty())
        return chosen;
    const auto size = qsizetype(relevance.size());
    const auto [low, high] = std::minmax_element(relevance.begin(), relevance.end());
    const double range = *high - *low;
    // Likeness to the most alike one chosen so far.
    QVector<double> nearest(size, 0);
    QVector<bool> taken(size, false);
    while (chosen.size() < std::min(count, size)) {
        qsizetype best = -1;
        double bestValue = -std::numeric_limits<double>::infinity();
        for (qsizetype i = 0; i < size; ++i) {
            if (taken[i])
                continue;
            const double scaled = range > 0 ? (relevance[size_t(i)] - *low) / range : 1;
            const double value = lambda * scaled - (1 - lambda) * nearest[i];
            if (value > bestValue) {
                best = i;
                bestValue = value;
            }
        }
        chosen.append(best);
        taken[best] = true;
        for (qsizetype i = 0; i < size; ++i)
            if (!taken[i])
                nearest[i] = std::max(nearest[i], similarity(i, best));
    }
    return chosen;
}

QVector<Folded> fold(qsizetype count, const std::function<bool(qsizetype, qsizetype)> &isDuplicate)
{
    QVector<Folded> shown;
    for (qsizetype i = 0; i < count; ++i) {
        const auto same = std::find_if(shown.begin(), shown.end(),
                                       [&](const Folded &f) { return isDuplicate(f.index, i); });
        if (same != shown.end())
            same->hidden.append(i);
        else
            shown.append(Folded{i, {}});
    }
    return shown;
}

} // namespace moodloom::retrieval
