// One library with everything that finds pictures in it: the database, the encoders, the retriever.
//
// Synchronous; belongs to one thread at a time (a Worker, or the command line).
#pragma once

#include "core/generation/TakeChecker.h"
#include "core/library/Importer.h"
#include "core/retrieval/Retriever.h"

#include <memory>

namespace moodloom::session {

class LibraryIndex
{
public:
    // A library without a usable encoder still finds by words: see encoderError().
    // Errors: as library::Library::open.
    static Result<std::unique_ptr<LibraryIndex>> open(const QString &folder, const QString &modelFolder,
                                                      library::Library::Mode mode);

    library::Library &library() { return *m_library; }
    retrieval::Retriever &retriever() { return *m_retriever; }
    generation::TakeChecker &checker() { return *m_checker; }
    image::Embedder *embedder() { return m_embedder.get(); }
    const std::optional<Error> &encoderError() const { return m_encoderError; }

    // The prompt with the library's own names known, the words that search nothing left out.
    prompt::Prompt parse(const QString &text);

    // Gives embeddings to pictures that have none, until `stop`; the retriever knows them afterwards.
    Result<library::ImportReport> embedMissing(const library::Importer::ProgressSink &progress,
                                               std::stop_token stop);

private:
    LibraryIndex() = default;
    // In the order of their dependence.
    std::unique_ptr<library::Library> m_library;
    std::unique_ptr<image::Embedder> m_embedder;
    std::optional<Error> m_encoderError;
    std::unique_ptr<retrieval::Retriever> m_retriever;
    std::unique_ptr<generation::TakeChecker> m_checker;
};

} // namespace moodloom::session
