// A sample library made on the spot, of which the truth about every picture is known, and the ways
// to search it. Owns its folder's library; belongs to one thread.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Recipe.h"
#include "core/image/Embedder.h"
#include "core/library/Library.h"
#include "core/retrieval/Retriever.h"
#include "core/world/Scene.h"

#include <QHash>

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace moodloom::grounding {

enum class SearchMode { Words, Vectors, Fused };
QString nameOf(SearchMode mode); // "words only"

struct TrialLibraryOptions
{
    int pictures = 600; // 480 and more show every named design
    uint64_t seed = 1;
    int size = 192;             // pixels
    bool plainEncoders = false; // search with the generator's own, though the model has others
};

// What one facet of a prompt found, best first.
struct FacetHits
{
    prompt::Facet facet;
    QVector<world::Scene> scenes;
};

class TrialLibrary
{
public:
    using Progress = std::function<void(const QString &what, int done, int total)>;

    // Draws into `folder`, imports, and embeds with the encoders of the model folder `encoders`
    // (without any it is searched by words). Errors: those of writeSampleLibrary, Importer and
    // Retriever; Cancelled.
    static Result<std::unique_ptr<TrialLibrary>>
    make(const TrialLibraryOptions &options, const QString &encoders, const QString &folder,
         const Progress &progress = {}, std::stop_token stop = {});

    bool hasVectors() const { return m_embedder != nullptr; }

    // What searches it. The embedder is null where the model has none for searching.
    library::Library &library() { return *m_library; }
    retrieval::Retriever &retriever() { return *m_fused; }
    image::Embedder *embedder() { return m_embedder.get(); }

    // The references that would act on a picture of this prompt, nothing pinned or dropped.
    Result<QVector<generation::RecipeReference>> references(const QString &prompt,
                                                            std::stop_token stop = {});

    // Up to `count` pictures for each entity of the prompt. Requires: hasVectors() but for Words.
    Result<QVector<FacetHits>> search(const QString &prompt, SearchMode mode, int count,
                                      std::stop_token stop = {});

    // The truth about a picture of the library; nothing for other files.
    std::optional<world::Scene> sceneOf(const QString &path) const;
    // Every named design that some picture shows.
    std::vector<int> designsShown() const;

private:
    TrialLibrary() = default;
    Result<QVector<FacetHits>> searchVectors(const prompt::Prompt &prompt, int count);

    QString m_pictures;                    // folder
    QHash<QString, world::Scene> m_scenes; // by path below it
    std::unique_ptr<library::Library> m_library;
    std::unique_ptr<image::Embedder> m_embedder;
    std::unique_ptr<retrieval::Retriever> m_fused, m_words;
    std::optional<retrieval::VectorIndex> m_vectors;
};

} // namespace moodloom::grounding
