// Facets by commas, and whatever pictures there are for them.
#include "core/base/Problems.h"
#include "core/session/ReferenceFinder.h"
#include "tests/ui/fake/FakeWorld.h"

#include <QRegularExpression>

#include <algorithm>

namespace moodloom::session {

using fake::world;

// -- ReferenceFinder

struct ReferenceFinder::Private
{
    Problems problems;
};

ReferenceFinder::ReferenceFinder(LibraryService *, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
}
ReferenceFinder::~ReferenceFinder() = default;
const QString &ReferenceFinder::prompt() const { return world().prompt; }
const QVector<prompt::Facet> &ReferenceFinder::facets() const { return world().facets; }
const prompt::Prompt &ReferenceFinder::parsed() const
{
    static prompt::Prompt parsed;
    parsed = {world().prompt, world().prompt, {}, world().facets};
    return parsed;
}
const prompt::Lexicon &ReferenceFinder::lexicon() const
{
    static const prompt::Lexicon none;
    return none;
}
void ReferenceFinder::editPrompt(const QString &text, const QVector<int> &) { setPrompt(text); }
void ReferenceFinder::setFacet(library::AssetId, const QString &) {}
const QVector<retrieval::Reference> &ReferenceFinder::references() const
{
    return world().references;
}
bool ReferenceFinder::isLacking(int facet) const
{
    const fake::World &w = world();
    return facet >= 0 && facet < w.facets.size() && w.lacking.contains(w.facets[facet].text) &&
           std::none_of(w.references.begin(), w.references.end(), [facet](const auto &reference) {
               return reference.facet == facet && !reference.nearest;
           });
}
QVector<library::AssetId> ReferenceFinder::dropped() const { return {}; }
Problems *ReferenceFinder::problems() const { return &d->problems; }
bool ReferenceFinder::isBusy() const { return world().finding; }
double ReferenceFinder::seconds() const { return 0.038; }

void ReferenceFinder::setPrompt(const QString &text)
{
    fake::World &w = world();
    w.prompt = text;
    w.facets.clear();
    int start = 0;
    static const QRegularExpression comma(QStringLiteral("[,\uff0c]"));
    for (const QString &part : text.split(comma)) {
        if (!part.trimmed().isEmpty()) {
            prompt::Facet facet;
            facet.text = part.trimmed();
            facet.start = start + int(part.indexOf(facet.text));
            facet.length = int(facet.text.size());
            if (const QString written = facet.text; const auto marked = prompt::enclosed(written)) {
                facet.text = marked->words.toString();
                facet.weight = marked->factor;
                ++facet.start;
                facet.length = int(facet.text.size());
            }
            const bool setting = facet.text.startsWith(QLatin1String("at ")) ||
                                 facet.text.startsWith(QStringLiteral("日落"));
            facet.kind = setting ? prompt::FacetKind::Setting : prompt::FacetKind::Entity;
            w.facets.append(facet);
        }
        start += int(part.size()) + 1;
    }
    Q_EMIT promptChanged();
    Q_EMIT facetsChanged();
}

void ReferenceFinder::setFacetExcluded(int facet, bool excluded)
{
    world().facets[facet].excluded = excluded;
    Q_EMIT facetsChanged();
}

struct ReferenceFinder::Found
{
    QVector<retrieval::Reference> references;
};

std::shared_ptr<ReferenceFinder::Found> ReferenceFinder::park()
{
    auto found = std::make_shared<Found>(Found{world().references});
    resume(nullptr);
    return found;
}

void ReferenceFinder::resume(const std::shared_ptr<Found> &found)
{
    world().references = found ? found->references : QVector<retrieval::Reference>();
    Q_EMIT referencesChanged();
}

void ReferenceFinder::find()
{
    fake::World &w = world();
    ++w.finds;
    if (w.searchError) {
        d->problems.add(*w.searchError);
        return;
    }
    d->problems.clear();
    w.finding = true;
    Q_EMIT busyChanged();
    w.references.clear();
    qsizetype next = 0;
    for (int facet = 0; facet < w.facets.size(); ++facet)
        for (int i = 0; i < 6 && next < w.assets.size() && !w.facets[facet].excluded; ++i) {
            retrieval::Reference reference;
            reference.asset = w.assets[next++];
            reference.facet = facet;
            reference.nearest = w.lacking.contains(w.facets[facet].text);
            reference.why.textImage = 0.31 - 0.02 * i;
            reference.why.words = i < 2 ? 2.0 : qQNaN();
            w.references.append(reference);
        }
    w.finding = false;
    Q_EMIT busyChanged();
    Q_EMIT referencesChanged();
}

void ReferenceFinder::setState(library::AssetId id, retrieval::ReferenceState state)
{
    fake::World &w = world();
    const auto is = [id](const retrieval::Reference &r) { return r.asset.id == id; };
    if (state == retrieval::ReferenceState::Dropped) {
        std::copy_if(w.references.cbegin(), w.references.cend(),
                     std::back_inserter(w.droppedReferences), is);
        w.references.removeIf(is);
    } else {
        for (retrieval::Reference &reference : w.references)
            if (is(reference)) {
                reference.state = state;
                reference.nearest &= state != retrieval::ReferenceState::Pinned;
            }
        std::copy_if(w.droppedReferences.cbegin(), w.droppedReferences.cend(),
                     std::back_inserter(w.references), is);
        w.droppedReferences.removeIf(is);
    }
    Q_EMIT referencesChanged();
}

void ReferenceFinder::setWeight(library::AssetId id, double weight)
{
    for (retrieval::Reference &reference : world().references)
        if (reference.asset.id == id)
            reference.weight = weight;
    Q_EMIT referencesChanged();
}

void ReferenceFinder::setUse(library::AssetId id, retrieval::ReferenceRole role, StepRange steps)
{
    for (retrieval::Reference &reference : world().references)
        if (reference.asset.id == id) {
            reference.role = role;
            reference.steps = steps;
        }
    Q_EMIT referencesChanged();
}

void ReferenceFinder::moreLike(library::AssetId id) { world().likeAsked.append(id); }

void ReferenceFinder::restore(const QVector<retrieval::Reference> &, const QStringList &) {}

QFuture<Result<ReferenceFinder::LookedUp>> ReferenceFinder::lookUp(const QString &)
{
    return QtFuture::makeReadyFuture(Result<LookedUp>(LookedUp{}));
}

QFuture<Result<int>> ReferenceFinder::findMore(const QStringList &, const QStringList &)
{
    return QtFuture::makeReadyFuture(Result<int>(0));
}

void ReferenceFinder::keepActing(const QStringList &) {}

void ReferenceFinder::pinOwn(library::AssetId id, int facet)
{
    for (const library::Asset &asset : world().assets)
        if (asset.id == id) {
            retrieval::Reference reference;
            reference.asset = asset;
            reference.facet = facet;
            reference.state = retrieval::ReferenceState::Pinned;
            world().references.append(reference);
        }
    Q_EMIT referencesChanged();
}

} // namespace moodloom::session
