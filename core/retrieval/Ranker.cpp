#include "core/retrieval/Ranker.h"

#include "core/library/SearchText.h"
#include "core/prompt/Lexicon.h"
#include "core/retrieval/Diversity.h"
#include "core/retrieval/Fusion.h"
#include "core/retrieval/NameMatch.h"
#include "core/retrieval/ThingWords.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace moodloom::retrieval {
namespace {

// Only so many candidates of a facet are read from the library.
constexpr qsizetype mostCandidates = 160;
// From here on a picture counts as having the name.
constexpr double nameHit = 0.5;
// A colour on a tenth of the picture is fully there: a red car in a wide desert is red.
constexpr double visibleShare = 0.1;
// Of so many that have the name, the typical one is found.
constexpr qsizetype mostPeers = 40;
// What variety chooses from: the best candidates, so that it never digs up bad ones.
constexpr qsizetype choiceFor = 3;

double colourOf(const image::NamedColor &name, const QVector<library::Swatch> &palette)
{
    double best = 0;
    for (const library::Swatch &swatch : palette)
        best = std::max(best, double(image::colorAgreement(name.color, swatch.color))
                                  * std::min(1.0, swatch.share / visibleShare));
    return best;
}

// The ids of those with a positive value, best first; of equals the one with the smaller id.
Ranking rankingBy(const QVector<Candidate> &candidates, double Why::*signal, double weight)
{
    QVector<const Candidate *> having;
    for (const Candidate &candidate : candidates)
        if (candidate.why.*signal > 0)
            having.append(&candidate);
    std::sort(having.begin(), having.end(), [&](const Candidate *a, const Candidate *b) {
        return a->why.*signal != b->why.*signal ? a->why.*signal > b->why.*signal : a->id() < b->id();
    });
    Ranking ranking{{}, weight};
    for (const Candidate *candidate : having)
        ranking.ids.append(candidate->id());
    return ranking;
}

// The candidates' ids, the most promising first, before anything is read.
QVector<library::AssetId> candidateIds(const FacetSearch &search)
{
    Ranking similar{{}, weights::textImage}, words{{}, weights::words},
        pins{search.aroundPins, weights::feedback};
    for (const Neighbour &hit : search.similar)
        similar.ids.append(hit.id);
    for (const library::WordHit &hit : search.words)
        words.ids.append(hit.id);
    const Ranking rankings[] = {similar, words, pins};
    const auto scores = fuse(rankings);
    QVector<library::AssetId> ids = scores.keys();
    std::sort(ids.begin(), ids.end(), [&](library::AssetId a, library::AssetId b) {
        const double left = scores[a], right = scores[b];
        return left != right ? left > right : a < b;
    });
    return ids;
}

// Among those that have the name, those come first that are like the words and like most of the
// others.
void preferClear(QVector<Candidate> &candidates)
{
    QVector<Candidate *> peers;
    std::vector<const Look *> looks;
    for (Candidate &candidate : candidates)
        if (candidate.named && peers.size() < mostPeers) {
            peers.append(&candidate);
            looks.push_back(&candidate.picture->look);
        }
    const std::vector<double> typical = typicality(looks);
    if (typical.empty())
        return;
    const double mean = std::accumulate(typical.begin(), typical.end(), 0.0) / double(typical.size());
    double similar = 0; // to the words, on average
    int known = 0;
    for (const Candidate *peer : std::as_const(peers))
        if (!std::isnan(peer->why.textImage)) {
            similar += peer->why.textImage;
            ++known;
        }
    for (size_t i = 0; i < typical.size(); ++i) {
        Why &why = peers[qsizetype(i)]->why;
        why.typical = typical[i];
        why.fused += weights::typical * (typical[i] - mean);
        if (!std::isnan(why.textImage))
            why.fused += weights::shows * (why.textImage - similar / known);
    }
}

} // namespace

Result<const PictureCache::Picture *> PictureCache::picture(library::AssetId id)
{
    if (const auto known = m_pictures.find(id); known != m_pictures.end())
        return known->second.get();
    auto read = m_library.asset(id);
    if (!read && read.error().code != ErrorCode::NotFound)
        return fail(read.error());
    std::unique_ptr<Picture> picture;
    if (read && !read->missing) {
        picture = std::make_unique<Picture>();
        picture->asset = std::move(*read);
        picture->description = prompt::foldWords(picture->asset.description);
        picture->name = prompt::foldWords(library::fileNameWords(picture->asset.path));
        picture->look.perceptualHash = picture->asset.perceptualHash;
        for (const QString &keyword : std::as_const(picture->asset.keywords))
            picture->look.keywords.append(prompt::foldWords(keyword));
        if (m_index)
            if (auto vector = m_index->vector(id))
                picture->look.embedding = std::move(*vector);
    }
    return m_pictures.emplace(id, std::move(picture)).first->second.get();
}

Why explain(const FacetSearch &search, const PictureCache::Picture &picture)
{
    Why why;
    const auto &embedding = picture.look.embedding;
    if (!search.embedding.empty() && embedding.size() == search.embedding.size())
        why.textImage = dot(search.embedding, embedding);
    for (const library::WordHit &hit : search.words)
        if (hit.id == picture.asset.id)
            why.words = hit.score;
    if (search.colour)
        why.color = colourOf(*search.colour, picture.asset.palette);
    why.feedback = feedback(picture.look, search.pinned, search.dropped);
    return why;
}

Result<QVector<Candidate>> rank(const FacetSearch &search, const prompt::Lexicon &lexicon,
                                qint64 libraryPictures, const QSet<library::AssetId> &without,
                                PictureCache &cache)
{
    QVector<Candidate> candidates;
    for (const library::AssetId id : candidateIds(search)) {
        if (candidates.size() == mostCandidates)
            break;
        if (without.contains(id))
            continue;
        const auto picture = cache.picture(id);
        if (!picture)
            return fail(picture.error());
        if (*picture)
            candidates.append({*picture, explain(search, **picture)});
    }

    const Ranking rankings[] = {rankingBy(candidates, &Why::textImage, weights::textImage),
                                rankingBy(candidates, &Why::words, weights::words),
                                rankingBy(candidates, &Why::color, weights::colour)};
    const auto ranks = fuse(rankings);
    const NameMatch name(search.facet.text, lexicon, libraryPictures);
    const ThingWords words(search.facet.text, lexicon, libraryPictures);
    for (Candidate &candidate : candidates) {
        const auto &picture = *candidate.picture;
        candidate.said = words.saidBy(picture.look.keywords, picture.description, picture.name);
        const double match = name.of(candidate.picture->look.keywords, candidate.picture->description);
        candidate.named = match >= nameHit;
        candidate.affinity = ranks.value(candidate.id()) + weights::name * match;
        candidate.why.fused = candidate.affinity;
        if (!std::isnan(candidate.why.feedback))
            candidate.why.fused += weights::feedback * candidate.why.feedback;
    }
    preferClear(candidates);
    std::sort(candidates.begin(), candidates.end(), [](const Candidate &a, const Candidate &b) {
        if (a.named != b.named)
            return a.named;
        return a.why.fused != b.why.fused ? a.why.fused > b.why.fused : a.id() < b.id();
    });
    return candidates;
}

QVector<Candidate> choose(const QVector<Candidate> &ranked, qsizetype count,
                          std::span<const Look> shown, std::span<const Look> hidden,
                          QHash<qsizetype, QVector<library::AssetId>> *foldedBehind)
{
    const auto isIn = [](const Look &look, std::span<const Look> looks) -> qsizetype {
        const auto same = std::find_if(looks.begin(), looks.end(), [&](const Look &other) {
            return areNearDuplicates(look, other);
        });
        return same == looks.end() ? -1 : same - looks.begin();
    };
    QVector<Candidate> fresh;
    for (const Candidate &candidate : ranked) {
        const Look &look = candidate.picture->look;
        if (isIn(look, hidden) >= 0)
            continue;
        if (const qsizetype before = isIn(look, shown); before >= 0) {
            if (foldedBehind)
                (*foldedBehind)[before].append(candidate.id());
            continue;
        }
        fresh.append(candidate);
    }

    QVector<Candidate> unlike;
    for (const Folded &entry : fold(fresh.size(), [&](qsizetype i, qsizetype j) {
             return areNearDuplicates(fresh[i].picture->look, fresh[j].picture->look);
         })) {
        unlike.append(fresh[entry.index]);
        for (const qsizetype same : entry.hidden)
            unlike.last().folded.append(fresh[same].id());
    }

    QVector<Candidate> chosen;
    for (qsizetype from = 0; from < unlike.size() && chosen.size() < count;) {
        qsizetype to = from;
        while (to < unlike.size() && unlike[to].named == unlike[from].named)
            ++to;
        if (!chosen.isEmpty()) // the tier after the names
            count = std::min(count, chosen.size() + (count + 2) / 3);
        const qsizetype pool = std::min(to - from, choiceFor * (count - chosen.size()));
        std::vector<double> relevance;
        for (qsizetype i = from; i < from + pool; ++i)
            relevance.push_back(unlike[i].why.fused);
        const auto order = diversify(
            relevance,
            [&](qsizetype i, qsizetype j) {
                return likeness(unlike[from + i].picture->look, unlike[from + j].picture->look);
            },
            count - chosen.size(), weights::variety);
        for (const qsizetype i : order)
            chosen.append(unlike[from + i]);
        from = to;
    }
    return chosen;
}

} // namespace moodloom::retrieval
