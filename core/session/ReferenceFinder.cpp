#include "core/session/ReferenceFinder.h"

#include "core/prompt/FacetParser.h"
#include "core/session/IndexWorker.h"
#include "core/session/ReferenceFinderState.h"

#include <algorithm>

namespace moodloom::session {

using library::AssetId;
using prompt::Facet;
using prompt::Prompt;
using retrieval::Reference;
using retrieval::ReferenceState;
using retrieval::Retrieval;

ReferenceFinder::ReferenceFinder(LibraryService *library, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->library = library;
    connect(library, &LibraryService::assetsChanged, this, &ReferenceFinder::lookForFiles);
    connect(library, &LibraryService::filesAskedAfter, this, &ReferenceFinder::lookForFiles);
}

ReferenceFinder::~ReferenceFinder()
{
    d->stop.request_stop();
}

const QString &ReferenceFinder::prompt() const
{
    return d->prompt.raw;
}

const QVector<Facet> &ReferenceFinder::facets() const
{
    return d->prompt.facets;
}

const Prompt &ReferenceFinder::parsed() const
{
    return d->prompt;
}

const prompt::Lexicon &ReferenceFinder::lexicon() const
{
    return d->lexicon;
}

const QVector<Reference> &ReferenceFinder::references() const
{
    return d->references;
}

bool ReferenceFinder::isLacking(int facet) const
{
    if (facet < 0 || facet >= d->prompt.facets.size() || d->prompt.facets[facet].excluded ||
        !d->lacking.contains(d->prompt.facets[facet].text))
        return false;
    return std::none_of(d->references.begin(), d->references.end(), [facet](const Reference &r) {
        return r.facet == facet && !r.nearest;
    });
}

QVector<AssetId> ReferenceFinder::dropped() const
{
    QVector<AssetId> ids;
    for (const Reference &reference : d->dropped)
        ids.append(reference.asset.id);
    return ids;
}

bool ReferenceFinder::isBusy() const
{
    return d->busy;
}

double ReferenceFinder::seconds() const
{
    return d->seconds;
}

Problems *ReferenceFinder::problems() const
{
    return &d->standing;
}

std::shared_ptr<ReferenceFinder::Found> ReferenceFinder::park()
{
    auto found = std::make_shared<Found>(static_cast<const Found &>(*d));
    found->problems = d->standing.all();
    resume(nullptr);
    return found;
}

void ReferenceFinder::resume(const std::shared_ptr<Found> &found)
{
    d->stop.request_stop();
    d->stop = {};
    ++d->search;
    ++d->resumed;
    static_cast<Found &>(*d) = found ? *found : Found();
    d->standing.set(d->problems);
    if (std::exchange(d->busy, false))
        Q_EMIT busyChanged();
    Q_EMIT promptChanged();
    Q_EMIT facetsChanged();
    Q_EMIT referencesChanged();
}

void ReferenceFinder::setPrompt(const QString &text)
{
    if (text == d->prompt.raw)
        return;
    d->prompt = prompt::parsePrompt(text, d->lexicon);
    applyExclusions(d->prompt.facets, d->excluded, d->included);
    d->followFacets();
    Q_EMIT promptChanged();
    Q_EMIT facetsChanged();
}

void ReferenceFinder::editPrompt(const QString &text, const QVector<int> &facets)
{
    if (text == d->prompt.raw)
        return;
    d->rememberHomes();
    const QVector<Facet> before = d->prompt.facets;
    d->prompt = prompt::parsePrompt(text, d->lexicon);
    applyExclusions(d->prompt.facets, d->excluded, d->included);
    for (Private::Home &home : d->homes)
        for (qsizetype i = 0; i < before.size() && i < facets.size(); ++i)
            if (home.text == before[i].text && facets[i] >= 0 &&
                facets[i] < d->prompt.facets.size()) {
                const Facet &now = d->prompt.facets[facets[i]];
                home = {now.text, now.kind};
                break;
            }
    d->followFacets();
    Q_EMIT promptChanged();
    Q_EMIT facetsChanged();
}

void ReferenceFinder::setFacet(AssetId id, const QString &facet)
{
    for (Reference &reference : d->references) {
        if (reference.asset.id != id)
            continue;
        const Private::Home home = d->homes.value(id);
        if (home.text == facet)
            return;
        // A word that is gone keeps its kind, to be found again when it comes back.
        d->homes.insert(id, {facet, home.kind});
        reference.facet = facet.isEmpty() ? -1 : reference.facet;
        d->followFacets();
        Q_EMIT referencesChanged();
        return;
    }
}

void ReferenceFinder::setFacetExcluded(int facet, bool excluded)
{
    if (facet < 0 || facet >= d->prompt.facets.size())
        return;
    const QString text = d->prompt.facets[facet].text;
    (excluded ? d->excluded : d->included).insert(text);
    (excluded ? d->included : d->excluded).remove(text);
    d->prompt.facets[facet].excluded = excluded;
    Q_EMIT facetsChanged();
}

void ReferenceFinder::setState(AssetId id, ReferenceState state)
{
    const auto isThis = [id](const Reference &reference) { return reference.asset.id == id; };
    const auto shown = std::find_if(d->references.begin(), d->references.end(), isThis);
    if (shown != d->references.end()) {
        if (shown->state == state)
            return;
        shown->state = state;
        if (state == ReferenceState::Pinned)
            shown->nearest = false; // the user says that it is what was meant
        if (state == ReferenceState::Dropped) {
            d->dropped.append(*shown);
            d->references.erase(shown);
        }
    } else {
        const auto gone = std::find_if(d->dropped.begin(), d->dropped.end(), isThis);
        if (gone == d->dropped.end() || state == ReferenceState::Dropped)
            return;
        Reference back = *gone;
        d->dropped.erase(gone);
        back.state = state;
        back.nearest = back.nearest && state != ReferenceState::Pinned;
        // At the end of its group; the next search puts it where it belongs.
        const auto after =
            std::find_if(d->references.begin(), d->references.end(),
                         [&](const Reference &other) { return other.facet > back.facet; });
        d->references.insert(after, back);
    }
    Q_EMIT referencesChanged();
    find();
}

void ReferenceFinder::setWeight(AssetId id, double weight)
{
    weight = std::clamp(weight, 0.0, 2.0);
    for (Reference &reference : d->references) {
        if (reference.asset.id != id || reference.weight == weight)
            continue;
        reference.weight = weight;
        d->weights.insert(id, weight);
        Q_EMIT referencesChanged();
        return;
    }
}

void ReferenceFinder::setUse(AssetId id, retrieval::ReferenceRole role, StepRange steps)
{
    for (Reference &reference : d->references) {
        if (reference.asset.id != id || (reference.role == role && reference.steps == steps))
            continue;
        reference.role = role;
        reference.steps = steps;
        d->uses.insert(id, {role, steps});
        Q_EMIT referencesChanged();
        return;
    }
}

} // namespace moodloom::session
