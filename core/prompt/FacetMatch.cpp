#include "core/prompt/FacetMatch.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace moodloom::prompt {
namespace {

constexpr double kLikeness = 0.5;

// Dice's coefficient over the longest common subsequence, of letters or of words: 1 = equal, 0 =
// nothing shared.
template <class List> double likeness(const List &a, const List &b)
{
    if (a.isEmpty() || b.isEmpty())
        return 0;
    std::vector<int> row(size_t(b.size()) + 1, 0);
    for (const auto &part : a) {
        int diagonal = 0;
        for (size_t j = 1; j < row.size(); ++j) {
            const int above = row[j];
            row[j] = part == b[qsizetype(j) - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
            diagonal = above;
        }
    }
    return 2.0 * row.back() / double(a.size() + b.size());
}

} // namespace

int nearestFacet(const QVector<Facet> &facets, const QString &text, FacetKind kind)
{
    const QString wanted = text.toCaseFolded();
    const QStringList wantedWords = wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    int nearest = -1;
    double best = 0;
    for (int i = 0; i < facets.size(); ++i) {
        const QString own = facets[i].text.toCaseFolded();
        if (own == wanted)
            return i;
        if (facets[i].kind != kind)
            continue;
        const double letters = likeness(own, wanted);
        const double words = likeness(own.split(QLatin1Char(' '), Qt::SkipEmptyParts), wantedWords);
        // A boat is a small boat rather than a robot: words count more, but one that is being typed
        // is still that word.
        const double like = (2 * words + letters) / 3;
        if (std::max(words, letters) >= kLikeness && like > best) {
            best = like;
            nearest = i;
        }
    }
    return nearest;
}

} // namespace moodloom::prompt
