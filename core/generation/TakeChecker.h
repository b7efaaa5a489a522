// Checks takes against a library: makes the embeddings that GroundingCheck.h compares.
//
// For each facet of the recipe's prompt, and of its notes, the pictures that show it are those
// references of the recipe that stand for it, and pictures of the library that carry its name; what
// is unlike are pictures spread over the library that have nothing of the facet's words. A
// reference counts for a facet where the user said so, or its own name does: a picture that only
// lay there says nothing of the words. A reference of weight 0 is absent; style and layout
// references are not asked to be seen; what is excluded was not asked for.
//
// Synchronous; belongs to one worker, as do the library, the retriever and the embedder, which must
// outlive it.
#pragma once

#include "core/generation/GroundingCheck.h"
#include "core/generation/Recipe.h"
#include "core/library/Library.h"
#include "core/retrieval/Retriever.h"

#include <QCache>
#include <QHash>

#include <optional>
#include <stop_token>

namespace moodloom::generation {

class TakeChecker
{
public:
    // `embedder` may be null: then nothing can be checked.
    TakeChecker(library::Library &library, retrieval::Retriever &retriever,
                image::Embedder *embedder);

    // `served`: the words that references stand for, by their content hash, as the board or the
    // search has it. The first check of a library takes longer: what is unlike is looked at once.
    // Errors: the library's, the embedder's, Cancelled; Invalid (an empty picture).
    Result<GroundingCheck> check(const QImage &take, const Recipe &recipe,
                                 const QHash<QString, QString> &served, std::stop_token stop = {});

private:
    struct Background
    {
        QVector<library::Asset> assets;
        std::vector<Crops> pictures; // one each
    };
    Result<void> lookAtBackground(std::stop_token stop);
    Result<Crops> cropsOf(const QImage &picture, const std::vector<QRectF> &more,
                          std::stop_token stop);
    Result<Example> exampleOf(const RecipeReference &reference, std::stop_token stop);
    struct Asked;
    Result<std::vector<Asked>> askedOf(const Recipe &recipe, std::stop_token stop);
    Result<std::vector<Example>> examplesOf(const Asked &asked, const Recipe &recipe,
                                            const QHash<QString, QString> &served,
                                            std::stop_token stop);

    library::Library &m_library;
    retrieval::Retriever &m_retriever;
    image::Embedder *const m_embedder;
    std::optional<Background> m_background;
    qint64 m_backgroundOf = -1;                // pictures in the library then
    QCache<QString, Example> m_examples{1024}; // by content and part
};

} // namespace moodloom::generation
