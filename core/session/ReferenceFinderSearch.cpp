// What a ReferenceFinder asks the library for, and what becomes of the answers.
#include "core/prompt/FacetParser.h"
#include "core/session/IndexWorker.h"
#include "core/session/ReferenceFinderState.h"

#include <QFile>
#include <QPointer>

#include <tuple>

namespace moodloom::session {

using library::AssetId;
using prompt::Facet;
using prompt::Prompt;
using retrieval::Reference;
using retrieval::ReferenceState;
using retrieval::Retrieval;

namespace {

constexpr int kMoreLike = 8;

struct Outcome
{
    Prompt prompt; // as parsed with the library's names
    Retrieval retrieval;
};

} // namespace

void ReferenceFinder::find()
{
    d->stop.request_stop();
    d->stop = {};
    const quint64 search = ++d->search;
    retrieval::Query query;
    query.prompt = d->prompt;
    query.dropped = d->dropped;
    for (const Reference &reference : std::as_const(d->references))
        if (reference.state == ReferenceState::Pinned)
            query.pinned.append(reference);

    const auto job = [query, excluded = d->excluded, included = d->included](
                         LibraryIndex &index,
                         std::stop_token stop) -> Result<std::pair<Outcome, prompt::Lexicon>> {
        // Names that the library learnt since the prompt was typed.
        if (auto fresh = index.retriever().refresh(stop); !fresh)
            return fail(fresh.error());
        retrieval::Query known = query;
        known.prompt = index.parse(query.prompt.raw);
        applyExclusions(known.prompt.facets, excluded, included);
        // Names that were learnt divide the prompt anew.
        for (QVector<Reference> *list : {&known.pinned, &known.dropped})
            for (Reference &reference : *list)
                if (reference.facet >= 0 && reference.facet < query.prompt.facets.size()) {
                    const Facet &meant = query.prompt.facets[reference.facet];
                    reference.facet =
                        prompt::nearestFacet(known.prompt.facets, meant.text, meant.kind);
                }
        auto retrieval = index.retriever().retrieve(known, stop);
        if (!retrieval)
            return fail(retrieval.error());
        return std::pair(Outcome{known.prompt, *retrieval}, index.retriever().lexicon());
    };
    if (!std::exchange(d->busy, true))
        Q_EMIT busyChanged();
    d->library->index()
        .run(job, d->stop.get_token())
        .then(this, [this, search](const Result<std::pair<Outcome, prompt::Lexicon>> &result) {
            if (search != d->search)
                return;
            d->busy = false;
            if (!result) {
                Q_EMIT busyChanged();
                if (result.error().code != ErrorCode::Cancelled)
                    d->standing.add(*(d->searchError = result.error()));
                return;
            }
            if (const auto before = std::exchange(d->searchError, std::nullopt))
                d->standing.remove(*before);
            const auto &[outcome, lexicon] = *result;
            d->lexicon = lexicon;
            d->seconds = outcome.retrieval.searchSeconds;
            d->references = outcome.retrieval.references;
            for (Reference &reference : d->references) {
                reference.weight = d->weights.value(reference.asset.id, reference.weight);
                std::tie(reference.role, reference.steps) = d->uses.value(reference.asset.id);
            }
            // Indices of the answer are of the prompt that was searched; it may have been edited
            // since.
            d->lacking.clear();
            for (const int facet : outcome.retrieval.lacking)
                d->lacking.insert(outcome.prompt.facets[facet].text);
            const bool edited = outcome.prompt.raw != d->prompt.raw;
            const Prompt current = std::exchange(d->prompt, outcome.prompt);
            d->rememberHomes();
            if (edited) {
                d->prompt = current;
                d->followFacets();
            } else if (outcome.prompt != current) {
                Q_EMIT facetsChanged();
            }
            Q_EMIT busyChanged();
            Q_EMIT referencesChanged();
            focus();
            if (outcome.retrieval.encoderError)
                d->standing.add(*(d->searchError = outcome.retrieval.encoderError));
        });
}

// After the answer, which does not wait for it: a large encoder takes its time.
void ReferenceFinder::focus()
{
    const quint64 search = d->search;
    const auto job = [references = d->references, prompt = d->prompt](
                         LibraryIndex &index, std::stop_token stop) -> Result<QVector<Reference>> {
        QVector<Reference> focused = references;
        if (auto done = index.retriever().focusAll(focused, prompt, stop); !done)
            return fail(done.error());
        return focused;
    };
    d->library->index()
        .run(job, d->stop.get_token())
        .then(this, [this, search](const Result<QVector<Reference>> &focused) {
            if (!focused || search != d->search)
                return; // replaced by a newer search
            bool changed = false;
            for (const Reference &found : *focused)
                for (Reference &reference : d->references)
                    if (reference.asset.id == found.asset.id && reference.part != found.part) {
                        reference.part = found.part;
                        changed = true;
                    }
            if (changed)
                Q_EMIT referencesChanged();
        });
}

void ReferenceFinder::lookForFiles()
{
    QVector<AssetId> ids;
    for (const Reference &reference : std::as_const(d->references))
        ids.append(reference.asset.id);
    if (ids.isEmpty())
        return;
    const auto job = [ids](LibraryIndex &index,
                           std::stop_token) -> Result<QVector<library::Asset>> {
        auto assets = index.library().assets(ids);
        if (!assets)
            return fail(assets.error());
        for (library::Asset &asset : *assets)
            asset.missing = !QFile::exists(asset.path); // the library may learn of it later
        return *assets;
    };
    d->library->index().run(job).then(this, [this](const Result<QVector<library::Asset>> &assets) {
        if (!assets)
            return; // a library that cannot be opened is told when it is asked
        bool changed = false;
        for (const library::Asset &now : *assets)
            for (Reference &reference : d->references) {
                library::Asset &asset = reference.asset;
                if (asset.id != now.id || (asset.missing == now.missing && asset.path == now.path))
                    continue;
                asset.missing = now.missing;
                asset.path = now.path;
                changed = true;
            }
        if (changed)
            Q_EMIT referencesChanged();
    });
}

void ReferenceFinder::moreLike(AssetId id)
{
    int facet = -1;
    bool nearest = false; // like one that does not show it
    QSet<AssetId> without;
    for (const Reference &reference : std::as_const(d->references)) {
        without.insert(reference.asset.id);
        if (reference.asset.id == id) {
            facet = reference.facet;
            nearest = reference.nearest;
        }
    }
    for (const Reference &reference : std::as_const(d->dropped))
        without.insert(reference.asset.id);
    const auto job = [id, facet, without](LibraryIndex &index, std::stop_token stop) {
        return index.retriever().moreLike(id, facet, kMoreLike, without, stop);
    };
    d->library->index().run(job).then(this, [this, facet, nearest, resumed = d->resumed](
                                                const Result<QVector<Reference>> &more) {
        if (resumed != d->resumed)
            return;
        if (!more) {
            d->standing.add(more.error());
            return;
        }
        auto after = std::find_if(d->references.begin(), d->references.end(),
                                  [facet](const Reference &other) { return other.facet > facet; });
        for (Reference reference : *more) {
            reference.nearest = nearest;
            after = std::next(d->references.insert(after, reference));
        }
        d->rememberHomes();
        Q_EMIT referencesChanged();
    });
}

QFuture<Result<QVector<library::Asset>>> ReferenceFinder::assets(const QStringList &hashes)
{
    const auto job = [hashes](LibraryIndex &index,
                              std::stop_token) -> Result<QVector<library::Asset>> {
        QVector<library::Asset> found;
        for (const QString &hash : hashes)
            if (const auto asset = index.library().assetByHash(hash))
                found.append(*asset);
        return found;
    };
    return d->library->index().run(job);
}

void ReferenceFinder::restore(const QVector<Reference> &references, const QStringList &words)
{
    QSet<AssetId> known;
    for (const QVector<Reference> *list : {&d->references, &d->dropped})
        for (const Reference &reference : *list)
            known.insert(reference.asset.id);
    for (qsizetype i = 0; i < references.size(); ++i) {
        const Reference &kept = references[i];
        if (known.contains(kept.asset.id))
            continue;
        known.insert(kept.asset.id);
        if (const QString text = words.value(i); !text.isEmpty()) {
            Private::Home home{text};
            for (const Facet &facet : std::as_const(d->prompt.facets))
                if (facet.text == text)
                    home.kind = facet.kind;
            d->homes.insert(kept.asset.id, home);
        }
        d->weights.insert(kept.asset.id, kept.weight);
        d->uses.insert(kept.asset.id, {kept.role, kept.steps});
        (kept.state == ReferenceState::Dropped ? d->dropped : d->references).append(kept);
    }
    d->followFacets();
    Q_EMIT referencesChanged();
    if (d->busy)
        find(); // with the pins, which it did not know
}

QFuture<Result<ReferenceFinder::LookedUp>> ReferenceFinder::lookUp(const QString &text)
{
    const auto job = [text, dropped = d->dropped, excluded = d->excluded, included = d->included,
                      weights = d->weights, uses = d->uses](
                         LibraryIndex &index, std::stop_token stop) -> Result<LookedUp> {
        if (auto fresh = index.retriever().refresh(stop); !fresh)
            return fail(fresh.error());
        retrieval::Query query;
        query.prompt = index.parse(text);
        query.dropped = dropped;
        applyExclusions(query.prompt.facets, excluded, included);
        auto retrieval = index.retriever().retrieve(query, stop);
        if (!retrieval)
            return fail(retrieval.error());
        LookedUp found{query.prompt, retrieval->references};
        if (auto done = index.retriever().focusAll(found.references, found.prompt, stop); !done)
            return fail(done.error());
        for (Reference &reference : found.references) {
            reference.weight = weights.value(reference.asset.id, reference.weight);
            std::tie(reference.role, reference.steps) = uses.value(reference.asset.id);
        }
        return found;
    };
    return d->library->index().run(job);
}

QFuture<Result<int>> ReferenceFinder::findMore(const QStringList &facets, const QStringList &acted)
{
    d->stop.request_stop();
    d->stop = {};
    const quint64 search = ++d->search;
    if (std::exchange(d->busy, false))
        Q_EMIT busyChanged();
    const auto job = [raw = d->prompt.raw, excluded = d->excluded, included = d->included,
                      references = d->references, dropped = d->dropped, facets,
                      acted](LibraryIndex &index, std::stop_token stop) -> Result<LookedUp> {
        if (auto fresh = index.retriever().refresh(stop); !fresh)
            return fail(fresh.error());
        LookedUp found;
        found.prompt = index.parse(raw);
        applyExclusions(found.prompt.facets, excluded, included);
        retrieval::Query query;
        query.prompt = found.prompt;
        for (Facet &facet : query.prompt.facets)
            facet.excluded = facet.excluded || !facets.contains(facet.text);
        // What acted in vain is no answer; what the user dropped is none either.
        query.dropped = dropped;
        for (const Reference &reference : references)
            if (reference.state == ReferenceState::Pinned)
                query.pinned.append(reference);
        const auto retrieval = index.retriever().retrieve(query, stop);
        if (!retrieval)
            return fail(retrieval.error());
        QSet<int> served;
        for (const Reference &reference : retrieval->references)
            if (reference.facet >= 0 && reference.state == ReferenceState::Suggested &&
                !reference.nearest && !acted.contains(reference.asset.hash) && !served.contains(reference.facet)) {
                served.insert(reference.facet);
                found.references.append(reference);
                found.references.last().state = ReferenceState::Pinned;
            }
        if (auto done = index.retriever().focusAll(found.references, found.prompt, stop); !done)
            return fail(done.error());
        return found;
    };
    return d->library->index()
        .run(job, d->stop.get_token())
        .then(this, [this, search, acted](const Result<LookedUp> &found) -> Result<int> {
            if (search != d->search)
                return cancelled();
            if (!found)
                return fail(found.error());
            if (found->references.isEmpty())
                return 0;
            for (Reference &reference : d->references)
                if (acted.contains(reference.asset.hash)) {
                    reference.state = ReferenceState::Pinned;
                    reference.nearest = false;
                }
            for (Reference reference : found->references) {
                const Facet &facet = found->prompt.facets[reference.facet];
                d->references.removeIf(
                    [&](const Reference &other) { return other.asset.id == reference.asset.id; });
                reference.weight = d->weights.value(reference.asset.id, reference.weight);
                std::tie(reference.role, reference.steps) = d->uses.value(reference.asset.id);
                d->homes.insert(reference.asset.id, {facet.text, facet.kind});
                d->references.append(reference);
            }
            d->followFacets();
            Q_EMIT referencesChanged();
            return int(found->references.size());
        });
}

void ReferenceFinder::keepActing(const QStringList &hashes)
{
    for (Reference &reference : d->references)
        if (hashes.contains(reference.asset.hash)) {
            reference.state = ReferenceState::Pinned;
            reference.nearest = false;
        }
    Q_EMIT referencesChanged();
}

void ReferenceFinder::pinOwn(AssetId id, int facet)
{
    if (!d->busy) {
        // Parts of references are looked for anew after the search that follows: the hand waits for
        // no encoder.
        d->stop.request_stop();
        d->stop = {};
    }
    const auto job = [id](LibraryIndex &index, std::stop_token) {
        return index.library().asset(id);
    };
    d->library->index().run(job).then(
        this, [this, facet, resumed = d->resumed](const Result<library::Asset> &asset) {
            if (resumed != d->resumed)
                return;
            if (!asset) {
                d->standing.add(asset.error());
                return;
            }
            const auto same = [&](const Reference &r) { return r.asset.id == asset->id; };
            d->references.removeIf(same);
            d->dropped.removeIf(same);
            Reference own;
            own.asset = *asset;
            own.facet = facet;
            own.state = ReferenceState::Pinned;
            own.weight = d->weights.value(own.asset.id, own.weight);
            std::tie(own.role, own.steps) = d->uses.value(own.asset.id);
            const auto group =
                std::find_if(d->references.begin(), d->references.end(),
                             [facet](const Reference &other) { return other.facet >= facet; });
            d->references.insert(group, own);
            d->homes.remove(own.asset.id);
            d->rememberHomes();
            Q_EMIT owned(own.asset.id);
            Q_EMIT referencesChanged();
            find();
        });
}

} // namespace moodloom::session
