#include "core/retrieval/Retriever.h"

#include "core/image/Decode.h"
#include "core/prompt/Segmenter.h"
#include "core/retrieval/Focus.h"
#include "core/retrieval/IndexCache.h"
#include "core/retrieval/Ranker.h"
#include "core/retrieval/ThingWords.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>

namespace moodloom::retrieval {
namespace {

// A prompt with more is a story; its first parts are looked up.
constexpr qsizetype mostFacets = 12;
constexpr int similarAtOnce = 150;
constexpr int wordHitsAtOnce = 150;
constexpr int aroundEachPin = 40;
constexpr qsizetype mostPinsSearched = 8;
// The index is written again when so many pictures, and a tenth of all, have changed.
constexpr qint64 worthSaving = 200;
// Of a facet's candidates so many are looked at closely: those most like its words.
constexpr qsizetype mostJudged = 20;
// Pixels: half of it is still more than encoders see.
constexpr int focusSide = 512;

bool concerns(const Reference &reference, int facet)
{
    return reference.facet == facet || reference.facet == -1;
}

int suggestionsFor(const FacetSearch &search, const Query &query)
{
    const int base = search.facet.kind == prompt::FacetKind::Entity ? query.perFacet : query.perStyle;
    return int(std::lround(base * std::clamp(search.facet.weight, 0.0, 2.0)));
}

Reference reference(const Candidate &candidate, const FacetSearch &search)
{
    Reference made;
    made.asset = candidate.picture->asset;
    made.facet = search.index;
    made.role = search.facet.kind == prompt::FacetKind::Entity ? ReferenceRole::Content
                                                               : ReferenceRole::Style;
    made.why = candidate.why;
    made.folded = candidate.folded;
    return made;
}

// The facet, and what Chinese hides between no spaces: as a phrase alone, 大众揽巡 would miss every
// picture that says 揽巡.
QString wordsToSearch(const QString &facet, const prompt::Lexicon &lexicon)
{
    QStringList words{facet};
    for (const QString &word : lexicon.keywordsIn(facet) + prompt::dictionaryWords(facet))
        if (prompt::startsWithHan(word) && !words.contains(word))
            words.append(word);
    return words.join(u' ');
}

// What is to be looked up: the facets that are not excluded, or the whole prompt where there is none.
std::vector<FacetSearch> searchesOf(const prompt::Prompt &prompt)
{
    std::vector<FacetSearch> searches;
    for (qsizetype i = 0; i < prompt.facets.size(); ++i) {
        if (prompt.facets[i].excluded || qsizetype(searches.size()) == mostFacets)
            continue;
        FacetSearch search;
        search.facet = prompt.facets[i];
        search.index = int(i);
        search.colour = image::colorNamedIn(search.facet.text);
        searches.push_back(std::move(search));
    }
    if (prompt.facets.isEmpty() && !prompt::splitWords(prompt.clean).isEmpty()) {
        FacetSearch search;
        search.facet.text = prompt.clean.trimmed();
        search.colour = image::colorNamedIn(search.facet.text);
        searches.push_back(std::move(search));
    }
    return searches;
}

} // namespace

Retriever::Retriever(library::Library &library, image::Embedder *embedder, QString indexFile)
    : m_library(library), m_embedder(embedder), m_indexFile(std::move(indexFile))
{
}

Retriever::~Retriever() = default;

Result<void> Retriever::refresh(std::stop_token stop)
{
    const auto version = m_library.dataVersion();
    const auto keywords = m_library.keywords();
    const auto pictures = m_library.count();
    for (const Error *error : {version ? nullptr : &version.error(), keywords ? nullptr : &keywords.error(),
                               pictures ? nullptr : &pictures.error()})
        if (error)
            return fail(*error);
    prompt::Lexicon lexicon;
    for (const library::KeywordUse &keyword : *keywords)
        lexicon.add(keyword.word, keyword.uses);
    m_lexicon = std::move(lexicon);
    m_pictures = *pictures;

    if (m_embedder && !m_index) {
        auto opened = openIndex(m_indexFile, m_library, m_embedder->id(), m_embedder->dimension(), stop);
        if (!opened)
            return fail(opened.error());
        m_index = std::move(*opened);
        m_unsaved = 0;
    } else if (m_index) {
        const auto changed = synchronise(*m_index, m_library, Depth::Quick, stop);
        if (!changed)
            return fail(changed.error());
        m_unsaved += *changed;
        if (m_unsaved > std::max(worthSaving, m_index->size() / 10)) {
            (void)m_index->save(m_indexFile); // a cache: the next start would only be slower
            m_unsaved = 0;
        }
    }
    m_dataVersion = *version;
    return {};
}

Result<void> Retriever::refreshIfChanged(std::stop_token stop)
{
    const auto version = m_library.dataVersion();
    if (!version)
        return fail(version.error());
    if (m_dataVersion && *m_dataVersion == *version)
        return {};
    return refresh(stop);
}

std::vector<float> Retriever::encode(const QStringList &texts, std::optional<Error> &error)
{
    std::vector<float> rows;
    if (!m_index)
        return rows;
    for (const QString &text : texts) {
        if (!m_encoded.contains(text)) {
            auto embedding = m_embedder->embedText(text);
            if (!embedding) {
                error = embedding.error();
                return {};
            }
            m_encoded.insert(text, new image::Embedding(std::move(*embedding)));
        }
        const image::Embedding &embedding = *m_encoded.object(text);
        rows.insert(rows.end(), embedding.begin(), embedding.end());
    }
    return rows;
}

// What the cohort learns changes slowly with the library.
Result<bool> Retriever::prepareCohort(std::stop_token stop)
{
    if (!m_cohort) {
        auto made = Cohort::make(*m_embedder, stop);
        if (!made)
            return made.error().code == ErrorCode::Cancelled ? fail(made.error())
                                                             : Result<bool>(false);
        m_cohort = std::move(*made);
        m_cohortOf = -1;
    }
    const qint64 size = m_index->size();
    if (m_cohortOf < 0 || std::abs(size - m_cohortOf) > m_cohortOf / 10) {
        if (auto measured = m_cohort->measure(*m_index); !measured)
            return fail(measured.error());
        m_cohortOf = size;
    }
    return !std::isnan(m_cohort->limit());
}

Result<bool> Retriever::looksShown(const QString &thing, const QVector<Candidate> &candidates,
                                   std::stop_token stop)
{
    std::optional<Error> error;
    const std::vector<float> text = encode({thing}, error);
    if (text.empty())
        return false;
    QVector<const Candidate *> like;
    for (const Candidate &candidate : candidates)
        if (candidate.picture->look.embedding.size() == text.size())
            like.append(&candidate);
    if (like.isEmpty())
        return false;
    const auto prepared = prepareCohort(stop);
    if (!prepared || !*prepared)
        return prepared ? Result<bool>(true) : fail(prepared.error());
    const auto nearer = [](const Candidate *a, const Candidate *b) {
        return a->why.textImage != b->why.textImage ? a->why.textImage > b->why.textImage
                                                    : a->id() < b->id();
    };
    const qsizetype count = std::min(mostJudged, like.size());
    std::partial_sort(like.begin(), like.begin() + count, like.end(), nearer);
    return std::any_of(like.begin(), like.begin() + count, [&](const Candidate *candidate) {
        const double score = m_cohort->score(text, candidate->picture->look.embedding);
        return std::isnan(score) || score >= m_cohort->limit();
    });
}

Result<Retrieval> Retriever::retrieve(const Query &query, std::stop_token stop)
{
    if (auto fresh = refreshIfChanged(stop); !fresh)
        return fail(fresh.error());
    Retrieval result;
    std::vector<FacetSearch> searches = searchesOf(query.prompt);

    QElapsedTimer timer;
    timer.start();
    QStringList texts;
    for (const FacetSearch &search : searches)
        texts.append(search.facet.text);
    const std::vector<float> encoded = encode(texts, result.encoderError);
    result.encodingSeconds = double(timer.nsecsElapsed()) * 1e-9;
    timer.restart();

    // Everything by likeness in one go: FAISS spreads several queries over the cores.
    const VectorIndex *index = m_index ? &*m_index : nullptr;
    PictureCache cache(m_library, index);
    if (!encoded.empty()) {
        auto found = index->search(encoded, similarAtOnce);
        if (!found)
            return fail(found.error());
        const auto width = size_t(index->dimension());
        for (size_t i = 0; i < searches.size(); ++i) {
            searches[i].similar = std::move((*found)[i]);
            searches[i].embedding.assign(encoded.begin() + i * width, encoded.begin() + (i + 1) * width);
        }
    }

    // Pins and drops: never suggested again, but they pull and push.
    QSet<library::AssetId> decided;
    const auto readLooks = [&](const QVector<Reference> &references) -> Result<QVector<Look>> {
        QVector<Look> looks;
        for (const Reference &reference : references) {
            decided.insert(reference.asset.id);
            const auto picture = cache.picture(reference.asset.id);
            if (!picture)
                return fail(picture.error());
            looks.append(*picture ? (*picture)->look : Look{});
        }
        return looks;
    };
    const auto pinned = readLooks(query.pinned);
    if (!pinned)
        return fail(pinned.error());
    const auto dropped = readLooks(query.dropped);
    if (!dropped)
        return fail(dropped.error());

    QVector<QVector<Candidate>> ranked;
    for (FacetSearch &search : searches) {
        if (stop.stop_requested())
            return cancelled();
        auto words = m_library.searchWords(wordsToSearch(search.facet.text, m_lexicon), wordHitsAtOnce);
        if (!words)
            return fail(words.error());
        search.words = std::move(*words);
        std::vector<float> around;
        for (qsizetype i = 0; i < query.pinned.size(); ++i) {
            if (!concerns(query.pinned[i], search.index))
                continue;
            search.pinned.push_back((*pinned)[i]);
            const auto &embedding = (*pinned)[i].embedding;
            if (qsizetype(search.pinned.size()) <= mostPinsSearched)
                around.insert(around.end(), embedding.begin(), embedding.end());
        }
        for (qsizetype i = 0; i < query.dropped.size(); ++i)
            if (concerns(query.dropped[i], search.index))
                search.dropped.push_back((*dropped)[i]);
        if (!around.empty()) {
            const auto neighbours = index->search(around, aroundEachPin);
            if (!neighbours)
                return fail(neighbours.error());
            for (const auto &row : *neighbours)
                for (const Neighbour &hit : row)
                    if (!search.aroundPins.contains(hit.id))
                        search.aroundPins.append(hit.id);
        }
        auto candidates = rank(search, m_lexicon, m_pictures, decided, cache);
        if (!candidates)
            return fail(candidates.error());
        ranked.append(std::move(*candidates));
    }

    // A picture that fits several entities goes where it fits best; settings and styles take what is
    // left.
    QHash<library::AssetId, std::pair<double, qsizetype>> best; // affinity, which search
    for (qsizetype i = 0; i < ranked.size(); ++i)
        if (searches[size_t(i)].facet.kind == prompt::FacetKind::Entity)
            for (const Candidate &candidate : std::as_const(ranked[i])) {
                const auto entry = best.constFind(candidate.id());
                if (entry == best.cend() || candidate.affinity > entry->first)
                    best.insert(candidate.id(), {candidate.affinity, i});
            }
    QSet<int> lacking; // facets
    for (qsizetype i = 0; i < ranked.size(); ++i) {
        const FacetSearch &search = searches[size_t(i)];
        const bool pins = std::any_of(
            query.pinned.begin(), query.pinned.end(),
            [&](const Reference &reference) { return reference.facet == search.index; });
        const bool said = std::any_of(ranked[i].begin(), ranked[i].end(),
                                      [](const Candidate &candidate) { return candidate.said; });
        if (search.index < 0 || search.facet.kind != prompt::FacetKind::Entity || pins || said)
            continue;
        const ThingWords thing(search.facet.text, m_lexicon, m_pictures);
        const auto looks = looksShown(thing.asked(), ranked[i], stop);
        if (!looks)
            return fail(looks.error());
        if (!*looks)
            lacking.insert(search.index);
    }

    const std::vector<Look> shown(pinned->begin(), pinned->end());
    const std::vector<Look> hidden(dropped->begin(), dropped->end());
    QHash<qsizetype, QVector<library::AssetId>> foldedBehind;
    QVector<QVector<Candidate>> chosen(ranked.size());
    QSet<library::AssetId> taken;
    for (const bool entities : {true, false})
        for (qsizetype i = 0; i < ranked.size(); ++i) {
            const FacetSearch &search = searches[size_t(i)];
            if ((search.facet.kind == prompt::FacetKind::Entity) != entities)
                continue;
            ranked[i].removeIf([&](const Candidate &candidate) {
                return taken.contains(candidate.id())
                       || (entities && best[candidate.id()].second != i);
            });
            chosen[i] = choose(ranked[i], suggestionsFor(search, query), shown, hidden, &foldedBehind);
            for (const Candidate &candidate : std::as_const(chosen[i]))
                taken.insert(candidate.id());
        }

    const auto addPinned = [&](int facet, const FacetSearch *search) -> Result<void> {
        for (qsizetype i = 0; i < query.pinned.size(); ++i) {
            const bool here = query.pinned[i].facet == facet
                              || (facet == -1 && (query.pinned[i].facet < 0
                                                  || query.pinned[i].facet >= query.prompt.facets.size()));
            if (!here)
                continue;
            Reference kept = query.pinned[i];
            kept.state = ReferenceState::Pinned;
            kept.nearest = false; // the user says so
            kept.folded.clear();
            for (const library::AssetId id : foldedBehind.value(i))
                if (!taken.contains(id) && !kept.folded.contains(id))
                    kept.folded.append(id);
            const auto picture = cache.picture(kept.asset.id);
            if (!picture)
                return fail(picture.error());
            if (*picture) {
                kept.asset = (*picture)->asset;
                if (search)
                    kept.why = explain(*search, **picture);
            }
            result.references.append(kept);
        }
        return {};
    };
    const auto addGroup = [&](int facet) -> Result<void> {
        const auto search = std::find_if(searches.begin(), searches.end(),
                                         [&](const FacetSearch &s) { return s.index == facet; });
        const bool searched = search != searches.end();
        if (auto added = addPinned(facet, searched ? &*search : nullptr); !added)
            return added;
        if (!searched)
            return {};
        for (const Candidate &candidate : std::as_const(chosen[search - searches.begin()])) {
            result.references.append(reference(candidate, *search));
            result.references.last().nearest = lacking.contains(facet);
        }
        return {};
    };
    for (int facet = -1; facet < int(query.prompt.facets.size()); ++facet)
        if (auto added = addGroup(facet); !added)
            return fail(added.error());
    result.lacking = QVector<int>(lacking.begin(), lacking.end());
    std::sort(result.lacking.begin(), result.lacking.end());
    result.searchSeconds = double(timer.nsecsElapsed()) * 1e-9;
    return result;
}

Result<QVector<Reference>> Retriever::moreLike(library::AssetId id, int facet, int count,
                                               const QSet<library::AssetId> &without,
                                               std::stop_token stop)
{
    if (auto fresh = refreshIfChanged(stop); !fresh)
        return fail(fresh.error());
    PictureCache cache(m_library, m_index ? &*m_index : nullptr);
    const auto original = cache.picture(id);
    if (!original)
        return fail(original.error());
    if (!*original)
        return fail(ErrorCode::NotFound, std::to_string(id), "the picture is no longer in the library");
    const auto &picture = **original;

    FacetSearch search;
    search.index = facet;
    search.pinned.push_back(picture.look);
    if (!picture.look.embedding.empty()) {
        auto found = m_index->search(picture.look.embedding, similarAtOnce);
        if (!found)
            return fail(found.error());
        for (const Neighbour &hit : found->front())
            search.aroundPins.append(hit.id);
    }
    const QString words = picture.asset.keywords.isEmpty() ? picture.asset.description
                                                           : picture.asset.keywords.join(u' ');
    auto hits = m_library.searchWords(words, wordHitsAtOnce);
    if (!hits)
        return fail(hits.error());
    search.words = std::move(*hits);
    if (stop.stop_requested())
        return cancelled();

    QSet<library::AssetId> decided = without;
    decided.insert(id);
    const auto ranked = rank(search, m_lexicon, m_pictures, decided, cache);
    if (!ranked)
        return fail(ranked.error());
    QVector<Reference> references;
    for (const Candidate &candidate : choose(*ranked, count, search.pinned, {}))
        references.append(reference(candidate, search));
    return references;
}

Result<QRectF> Retriever::focus(const Reference &reference, const prompt::Prompt &prompt,
                                std::stop_token stop)
{
    const bool isThing = reference.facet >= 0 && reference.facet < prompt.facets.size()
                         && prompt.facets[reference.facet].kind == prompt::FacetKind::Entity;
    if (!m_embedder || !isThing)
        return QRectF();
    const QString &facet = prompt.facets[reference.facet].text;
    const std::pair key(reference.asset.hash, facet);
    if (const QRectF *known = m_focused.object(key))
        return *known;
    const auto picture = image::decode(reference.asset.path, {.maxSide = focusSide});
    if (!picture)
        return fail(picture.error());
    const NameMatch name(facet, m_lexicon, m_pictures);
    const auto part = focusOn(*picture, focusWords(facet, reference.asset.description, name),
                              *m_embedder, stop);
    if (!part)
        return fail(part.error());
    m_focused.insert(key, new QRectF(*part));
    return part;
}

Result<void> Retriever::focusAll(QVector<Reference> &references, const prompt::Prompt &prompt,
                                 std::stop_token stop)
{
    QSet<int> served;
    for (Reference &reference : references) {
        if (reference.nearest
            || (reference.state != ReferenceState::Pinned && served.contains(reference.facet)))
            continue;
        served.insert(reference.facet);
        const auto part = focus(reference, prompt, stop);
        if (!part && part.error().code == ErrorCode::Cancelled)
            return fail(part.error());
        reference.part = part.value_or(QRectF());
    }
    return {};
}

} // namespace moodloom::retrieval
