#include "core/prompt/FacetMatch.h"

#include <algorithm>
#include <vector>

namespace moodloom::prompt {
namespace {

constexpr double kLikeness = 0.5;

// Dice's coefficient over the longest common subsequence of letters: 1 = equal, 0 = nothing shared.
double likeness(const QString &a, const QString &b)
{
    if (a.isEmpty() || b.isEmpty())
        return 0;
    std::vector<int> row(size_t(b.size()) + 1, 0);
    for (const QChar letter : a) {
        int diagonal = 0;
        for (size_t j = 1; j < row.size(); ++j) {
            const int above = row[j];
            row[j] = letter == b[qsizetype(j) - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
            diagonal = above;
        }
    }
    return 2.0 * row.back() / double(a.size() + b.size());
}

} // namespace

int nearestFacet(const QVector<Facet> &facets, const QString &text, FacetKind kind)
{
    const QString wanted = text.toCaseFolded();
    int nearest = -1;
    double best = kLikeness;
    for (int i = 0; i < facets.size(); ++i) {
        const QString own = facets[i].text.toCaseFolded();
        if (own == wanted)
            return i;
        if (facets[i].kind != kind)
            continue;
        if (const double like = likeness(own, wanted);
            like > best || (nearest < 0 && like == best)) {
            best = like;
            nearest = i;
        }
    }
    return nearest;
}

} // namespace moodloom::prompt
