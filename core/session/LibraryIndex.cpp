#include "core/session/LibraryIndex.h"

#include "core/base/Paths.h"
#include "core/prompt/FacetParser.h"
#include "core/retrieval/ClipEmbedder.h"

#include <QCryptographicHash>
#include <QDir>

namespace moodloom::session {
namespace {

// The index is a cache and lies with the other caches, one file for each library and encoder.
QString indexFile(const QString &libraryFolder, const QString &encoder)
{
    const QByteArray name = QCryptographicHash::hash(
        (QDir(libraryFolder).absolutePath() + QLatin1Char('\n') + encoder).toUtf8(),
        QCryptographicHash::Blake2b_160);
    const QString folder = cacheFolder() + QStringLiteral("/index");
    QDir().mkpath(folder);
    return folder + QLatin1Char('/') + QString::fromLatin1(name.toHex()) + QStringLiteral(".faiss");
}

} // namespace

Result<std::unique_ptr<LibraryIndex>> LibraryIndex::open(const QString &folder,
                                                         const QString &modelFolder,
                                                         library::Library::Mode mode)
{
    std::unique_ptr<LibraryIndex> index(new LibraryIndex);
    auto library = library::Library::open(folder, mode);
    if (!library)
        return fail(library.error());
    index->m_library = std::move(*library);
    auto embedder = retrieval::ClipEmbedder::open(modelFolder);
    if (embedder)
        index->m_embedder = std::move(*embedder);
    else
        index->m_encoderError = embedder.error();
    const QString encoder = index->m_embedder ? index->m_embedder->id() : QString();
    index->m_retriever = std::make_unique<retrieval::Retriever>(
        *index->m_library, index->m_embedder.get(), indexFile(folder, encoder));
    index->m_checker = std::make_unique<generation::TakeChecker>(
        *index->m_library, *index->m_retriever, index->m_embedder.get());
    return index;
}

prompt::Prompt LibraryIndex::parse(const QString &text)
{
    return prompt::parsePrompt(text, m_retriever->lexicon());
}

Result<library::ImportReport> LibraryIndex::embedMissing(const library::Importer::ProgressSink &progress,
                                                         std::stop_token stop)
{
    if (!m_embedder || m_library->isReadOnly())
        return library::ImportReport{};
    library::ImportOptions options;
    options.embedder = m_embedder.get();
    library::Importer importer(*m_library, options);
    auto report = importer.embedMissing(progress, stop);
    if (report && report->counts.embedded > 0)
        if (auto fresh = m_retriever->refresh(); !fresh)
            return fail(fresh.error());
    return report;
}

} // namespace moodloom::session
