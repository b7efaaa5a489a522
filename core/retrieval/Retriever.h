// From a prompt to ranked references: what the whole module is for.
//
// Each facet is looked up by the likeness of text and pictures and by words; named colours, exact
// names and the user's pins and drops weigh in (see Ranker.h for how); near-duplicates are folded
// and the rest is chosen for variety. What is found for a thing is judged: where no picture shows it,
// by its words (ThingWords.h) or its looks (Cohort.h), what was found is merely the nearest there is.
// Settings and styles are not judged: likeness tells a woodcut from a baroque picture no better than
// from none. Synchronous; belongs to one worker, as do the library
// connection and the embedder that it is given, which must outlive it.
#pragma once

#include "core/base/Result.h"
#include "core/image/Embedder.h"
#include "core/library/Library.h"
#include "core/prompt/Lexicon.h"
#include "core/prompt/Prompt.h"
#include "core/retrieval/Cohort.h"
#include "core/retrieval/Reference.h"
#include "core/retrieval/VectorIndex.h"

#include <QCache>
#include <QSet>

#include <optional>
#include <stop_token>

namespace moodloom::retrieval {

struct Candidate;

struct Query
{
    prompt::Prompt prompt;       // facets marked as excluded are not looked up
    QVector<Reference> pinned;   // asset, facet, weight, role, region are kept as given
    QVector<Reference> dropped;  // asset and facet (-1 = everywhere) count
    int perFacet = 12;           // suggestions for an entity; scaled by the facet's weight
    int perStyle = 4;            // for a setting or a style
};

struct Retrieval
{
    // Grouped by facet: those for the whole prompt (facet -1), then facet 0, 1, ...; in each group
    // the pinned ones in their given order, then suggestions, best first. No asset twice.
    QVector<Reference> references;
    // The facets (things, looked up) that no picture shows and to which the user has pinned none;
    // ascending. The suggestions for them, if any, are `nearest`.
    QVector<int> lacking;
    double encodingSeconds = 0;
    double searchSeconds = 0;           // after the encoder
    std::optional<Error> encoderError;  // set when only words could be used, though there is an encoder
};

class Retriever
{
public:
    // `embedder` may be null: words only. `indexFile`: where the index is cached.
    Retriever(library::Library &library, image::Embedder *embedder, QString indexFile);
    ~Retriever();

    // Takes in what changed in the library; retrieve() does it itself when another connection has
    // written. Errors: Cancelled, the library's, OutOfMemory.
    Result<void> refresh(std::stop_token stop = {});

    // An empty library or prompt gives an empty result. Errors: Cancelled, the library's.
    Result<Retrieval> retrieve(const Query &query, std::stop_token stop = {});

    // Pictures like this one, best first, itself and `without` left out, near-duplicates of it
    // folded away; for the group of `facet`. Errors: NotFound, Cancelled, the library's.
    Result<QVector<Reference>> moreLike(library::AssetId id, int facet, int count,
                                        const QSet<library::AssetId> &without = {},
                                        std::stop_token stop = {});

    // What of a reference shows the thing that it was found for: see Focus.h. Empty = the whole, also
    // without an encoder and for one that stands for no thing. Answers are kept. Errors: those of
    // image::decode, Cancelled, OutOfMemory.
    Result<QRectF> focus(const Reference &reference, const prompt::Prompt &prompt,
                         std::stop_token stop = {});
    // Sets `part` of those that may act: the pinned ones, and the first of each entity. What cannot
    // be read stays whole: painting will tell. Errors: Cancelled.
    Result<void> focusAll(QVector<Reference> &references, const prompt::Prompt &prompt,
                          std::stop_token stop = {});

    // The user's keywords, for the facet parser.
    const prompt::Lexicon &lexicon() const { return m_lexicon; }

private:
    Result<void> refreshIfChanged(std::stop_token stop);
    // One row for each text, empty when there is no encoder or it failed (then `error` says why).
    std::vector<float> encode(const QStringList &texts, std::optional<Error> &error);

    // Whether the likeness of a picture says that it shows the thing; where likeness cannot tell, it
    // is taken to. Errors: Cancelled.
    Result<bool> looksShown(const QString &thing, const QVector<Candidate> &candidates,
                            std::stop_token stop);
    Result<bool> prepareCohort(std::stop_token stop);

    library::Library &m_library;
    image::Embedder *const m_embedder;
    const QString m_indexFile;
    std::optional<VectorIndex> m_index; // none without an embedder
    std::optional<Cohort> m_cohort;     // made when words alone do not tell
    qint64 m_cohortOf = -1;             // pictures in the index when it was measured
    qint64 m_unsaved = 0;               // changes since the index was written
    prompt::Lexicon m_lexicon;
    qint64 m_pictures = 0;
    std::optional<qint64> m_dataVersion;
    QCache<QString, image::Embedding> m_encoded{256};
    QCache<std::pair<QString, QString>, QRectF> m_focused{4096}; // by content and facet
};

} // namespace moodloom::retrieval
