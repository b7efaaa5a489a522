#include "core/grounding/TrialLibrary.h"

#include "core/generation/Compose.h"
#include "core/library/Importer.h"
#include "core/prompt/FacetParser.h"
#include "core/retrieval/ClipEmbedder.h"
#include "core/world/SampleLibrary.h"

#include <QDir>

#include <set>

namespace moodloom::grounding {
namespace {

library::Importer::ProgressSink importProgress(const TrialLibrary::Progress &progress)
{
    return [progress](const library::ImportProgress &p) {
        if (!progress)
            return;
        if (p.phase == library::ImportPhase::Embedding)
            progress(QStringLiteral("understanding the library"), int(p.counts.embedded),
                     int(p.toEmbed));
        else
            progress(QStringLiteral("importing the library"), int(p.counts.done),
                     int(p.counts.found));
    };
}

} // namespace

QString nameOf(SearchMode mode)
{
    switch (mode) {
    case SearchMode::Words:
        return QStringLiteral("words only");
    case SearchMode::Vectors:
        return QStringLiteral("vectors only");
    case SearchMode::Fused:
        return QStringLiteral("fused");
    }
    return {};
}

Result<std::unique_ptr<TrialLibrary>>
TrialLibrary::make(const TrialLibraryOptions &options, const QString &encoders,
                   const QString &folder, const Progress &progress, std::stop_token stop)
{
    std::unique_ptr<TrialLibrary> trial(new TrialLibrary);
    trial->m_pictures = folder + QStringLiteral("/pictures");
    const world::SampleLibraryOptions samples{options.pictures, options.seed, options.size};
    const auto drawing = [&](int done, int total) {
        if (progress)
            progress(QStringLiteral("drawing a library"), done, total);
    };
    if (auto written =
            world::writeSampleLibrary(trial->m_pictures.toStdString(), samples, drawing, stop);
        !written)
        return fail(written.error());
    for (int i = 0; i < options.pictures; ++i) {
        world::Sample sample = world::sampleAt(i, samples);
        trial->m_scenes.insert(QString::fromStdString(sample.path), std::move(sample.scene));
    }

    auto library = library::Library::open(folder + QStringLiteral("/library"));
    if (!library)
        return fail(library.error());
    trial->m_library = std::move(*library);
    using retrieval::ClipEmbedder;
    auto embedder =
        ClipEmbedder::open(encoders, options.plainEncoders ? ClipEmbedder::Pair::Generating
                                                           : ClipEmbedder::Pair::Searching);
    if (embedder)
        trial->m_embedder = std::move(*embedder);
    library::ImportOptions importing;
    importing.thumbnails = image::ThumbnailStore(folder + QStringLiteral("/thumbnails"));
    importing.embedder = trial->m_embedder.get();
    library::Importer importer(*trial->m_library, importing);
    const auto report = importer.run({{trial->m_pictures}}, importProgress(progress), stop);
    if (!report)
        return fail(report.error());
    if (report->stoppedBy)
        return fail(*report->stoppedBy);

    trial->m_words = std::make_unique<retrieval::Retriever>(*trial->m_library, nullptr, QString());
    trial->m_fused = std::make_unique<retrieval::Retriever>(
        *trial->m_library, trial->m_embedder.get(), folder + QStringLiteral("/index"));
    for (retrieval::Retriever *retriever : {trial->m_words.get(), trial->m_fused.get()})
        if (auto fresh = retriever->refresh(stop); !fresh)
            return fail(fresh.error());
    if (trial->m_embedder) {
        const auto table = trial->m_library->embeddings(trial->m_embedder->id());
        if (!table)
            return fail(table.error());
        trial->m_vectors.emplace(trial->m_embedder->id(), trial->m_embedder->dimension());
        if (auto added = trial->m_vectors->add(table->ids, table->values); !added)
            return fail(added.error());
    }
    return trial;
}

Result<QVector<generation::RecipeReference>> TrialLibrary::references(const QString &prompt,
                                                                      std::stop_token stop)
{
    retrieval::Query query;
    query.prompt = prompt::parsePrompt(prompt, m_fused->lexicon());
    const auto found = m_fused->retrieve(query, stop);
    if (!found)
        return fail(found.error());
    QVector<retrieval::Reference> references = found->references;
    if (auto focused = m_fused->focusAll(references, query.prompt, stop); !focused)
        return fail(focused.error());
    return generation::actingReferences(references, query.prompt.facets);
}

Result<QVector<FacetHits>> TrialLibrary::search(const QString &prompt, SearchMode mode, int count,
                                                std::stop_token stop)
{
    retrieval::Query query;
    query.prompt = prompt::parsePrompt(prompt, m_fused->lexicon());
    if (mode == SearchMode::Vectors)
        return searchVectors(query.prompt, count);
    query.perFacet = count;
    retrieval::Retriever &retriever = mode == SearchMode::Words ? *m_words : *m_fused;
    const auto found = retriever.retrieve(query, stop);
    if (!found)
        return fail(found.error());
    QVector<FacetHits> hits;
    for (qsizetype i = 0; i < query.prompt.facets.size(); ++i) {
        if (query.prompt.facets[i].kind != prompt::FacetKind::Entity)
            continue;
        hits.append({query.prompt.facets[i], {}});
        for (const retrieval::Reference &reference : found->references)
            if (const auto scene = sceneOf(reference.asset.path); reference.facet == i && scene)
                hits.last().scenes.append(*scene);
    }
    return hits;
}

Result<QVector<FacetHits>> TrialLibrary::searchVectors(const prompt::Prompt &prompt, int count)
{
    QVector<FacetHits> hits;
    for (const prompt::Facet &facet : prompt.facets) {
        if (facet.kind != prompt::FacetKind::Entity)
            continue;
        hits.append({facet, {}});
        const auto text = m_embedder->embedText(facet.text);
        if (!text)
            return fail(text.error());
        const auto found = m_vectors->search(*text, count);
        if (!found)
            return fail(found.error());
        for (const retrieval::Neighbour &hit : found->front()) {
            const auto asset = m_library->asset(hit.id);
            if (!asset)
                return fail(asset.error());
            if (const auto scene = sceneOf(asset->path))
                hits.last().scenes.append(*scene);
        }
    }
    return hits;
}

std::optional<world::Scene> TrialLibrary::sceneOf(const QString &path) const
{
    const auto found = m_scenes.constFind(QDir(m_pictures).relativeFilePath(path));
    return found == m_scenes.cend() ? std::nullopt : std::optional(*found);
}

std::vector<int> TrialLibrary::designsShown() const
{
    std::set<int> shown;
    for (const world::Scene &scene : m_scenes)
        for (const world::Entity &entity : scene.entities)
            if (entity.design.named >= 0)
                shown.insert(entity.design.named);
    return {shown.begin(), shown.end()};
}

} // namespace moodloom::grounding
