#include "core/retrieval/Fusion.h"

namespace moodloom::retrieval {

QHash<library::AssetId, double> fuse(std::span<const Ranking> rankings, double k)
{
    QHash<library::AssetId, double> scores;
    for (const Ranking &ranking : rankings)
        for (qsizetype i = 0; i < ranking.ids.size(); ++i)
            scores[ranking.ids[i]] += ranking.weight * (k + 1) / (k + 1 + double(i));
    return scores;
}

} // namespace moodloom::retrieval
