// What a ReferenceFinder knows: for its own files alone.
#pragma once

#include "core/base/Problems.h"
#include "core/prompt/FacetMatch.h"
#include "core/session/LibraryService.h"
#include "core/session/ReferenceFinder.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <optional>

namespace moodloom::session {

// Exclusions belong to the words, not to positions: they survive typing elsewhere.
inline void applyExclusions(QVector<prompt::Facet> &facets, const QSet<QString> &excluded,
                            const QSet<QString> &included)
{
    for (prompt::Facet &facet : facets) {
        if (excluded.contains(facet.text))
            facet.excluded = true;
        else if (included.contains(facet.text))
            facet.excluded = false;
    }
}

struct ReferenceFinder::Found
{
    // What a reference was found for or bound to, in words: an index is only of one prompt.
    struct Home
    {
        QString text;
        prompt::FacetKind kind = prompt::FacetKind::Entity;
    };

    prompt::Prompt prompt;
    QSet<QString> excluded, included; // facet texts that the user switched
    QSet<QString> lacking;            // facet texts that nothing showed in the last search
    QVector<retrieval::Reference> references;
    QVector<retrieval::Reference> dropped;
    QHash<library::AssetId, double> weights;
    QHash<library::AssetId, std::pair<retrieval::ReferenceRole, StepRange>> uses;
    QHash<library::AssetId, Home> homes;
    double seconds = 0;
    QVector<Error> problems;          // put by
    std::optional<Error> searchError; // one of them
};

struct ReferenceFinder::Private : Found
{
    LibraryService *library = nullptr;
    Problems standing;
    prompt::Lexicon lexicon; // of the last search: names known while typing
    std::stop_source stop;
    quint64 search = 0;  // the newest; older answers are dropped
    quint64 resumed = 0; // how often: what was asked before is of another board
    bool busy = false;

    void rememberHomes()
    {
        for (const QVector<retrieval::Reference> *list : {&references, &dropped})
            for (const retrieval::Reference &reference : *list)
                if (reference.facet >= 0 && reference.facet < prompt.facets.size()) {
                    const prompt::Facet &facet = prompt.facets[reference.facet];
                    homes.insert(reference.asset.id, {facet.text, facet.kind});
                }
    }
    // The prompt's facets are others now: references go with the words that they belong to. Those
    // whose words are gone act on the whole picture until the words come back.
    void followFacets()
    {
        for (QVector<retrieval::Reference> *list : {&references, &dropped})
            for (retrieval::Reference &reference : *list) {
                const auto home = homes.constFind(reference.asset.id);
                if (home == homes.cend())
                    continue;
                reference.facet = prompt::nearestFacet(prompt.facets, home->text, home->kind);
            }
        std::stable_sort(references.begin(), references.end(),
                         [](const retrieval::Reference &a, const retrieval::Reference &b) {
                             return a.facet < b.facet;
                         });
    }
};

} // namespace moodloom::session
