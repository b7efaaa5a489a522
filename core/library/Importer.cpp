#include "core/library/Importer.h"

#include "core/base/Machine.h"
#include "core/library/ImportRun.h"
#include "core/library/Recorder.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <future>

namespace moodloom::library {
namespace {

constexpr int kEmbeddingBatch = 32;

// The pictures that the embedder gets: thumbnails, which hold more pixels than encoders look at.
std::vector<std::pair<AssetId, QImage>> loadBatch(const QVector<Asset> &assets,
                                                  const image::ThumbnailStore &thumbnails)
{
    std::vector<std::pair<AssetId, QImage>> batch;
    for (const Asset &asset : assets)
        if (auto image = thumbnails.readOrMake(asset.hash, asset.path))
            batch.emplace_back(asset.id, std::move(*image));
    return batch;
}

} // namespace

Importer::Importer(Library &library, ImportOptions options)
    : m_library(library), m_options(std::move(options))
{
    if (m_options.threads <= 0)
        m_options.threads = computeThreads();
}

Result<ImportReport> Importer::run(const ImportRequest &request, const ProgressSink &progress,
                                   std::stop_token stop)
{
    if (auto allowed = m_library.writable(); !allowed)
        return fail(allowed.error());
    ImportReport report;
    {
        ImportRun import(m_library, m_options.thumbnails, m_options.threads, m_gate);
        report = import.run(request, progress, stop);
    }
    if (report.stoppedBy || !m_options.embedder)
        return report;
    const ImportCounts counts = report.counts;
    const auto embedding = embedMissing(
        [&](ImportProgress state) {
            const qint64 embedded = state.counts.embedded;
            state.counts = counts;
            state.counts.embedded = embedded;
            if (progress)
                progress(state);
        },
        stop);
    if (!embedding)
        return fail(embedding.error());
    report.counts.embedded = embedding->counts.embedded;
    report.seconds += embedding->seconds;
    report.stoppedBy = embedding->stoppedBy;
    return report;
}

Result<ImportReport> Importer::embedMissing(const ProgressSink &progress, std::stop_token stop)
{
    if (auto allowed = m_library.writable(); !allowed)
        return fail(allowed.error());
    ImportReport report;
    if (!m_options.embedder)
        return report;
    image::Embedder &embedder = *m_options.embedder;
    const QString model = embedder.id();
    const auto waiting = m_library.missingEmbeddings(model);
    if (!waiting)
        return fail(waiting.error());
    ImportProgress state;
    state.phase = ImportPhase::Embedding;
    state.scanning = false;
    state.toEmbed = waiting->size();
    const ActiveClock clock(m_gate);

    // While one batch is embedded, the next one's pictures are read.
    const auto load = [&](qsizetype at) -> std::future<std::vector<std::pair<AssetId, QImage>>> {
        auto assets = m_library.assets(waiting->mid(at, kEmbeddingBatch));
        return std::async(std::launch::async, [page = assets ? *assets : QVector<Asset>(),
                                               thumbnails = m_options.thumbnails] {
            return loadBatch(page, thumbnails);
        });
    };
    auto next = load(0);
    for (qsizetype at = 0; at < waiting->size(); at += kEmbeddingBatch) {
        m_gate.pass(stop);
        const auto batch = next.get();
        if (stop.stop_requested()) {
            report.stoppedBy = Error{ErrorCode::Cancelled, {}, {}};
            break;
        }
        next = load(at + kEmbeddingBatch);
        std::vector<QImage> images;
        for (const auto &[id, image] : batch)
            images.push_back(image);
        const auto vectors = images.empty() ? Result<std::vector<image::Embedding>>()
                                            : embedder.embedImages(images, stop);
        if (!vectors) {
            report.stoppedBy = vectors.error();
            break;
        }
        const auto stored = m_library.transaction([&]() -> Result<void> {
            for (size_t i = 0; i < std::min(batch.size(), vectors->size()); ++i)
                if (auto ok = m_library.setEmbedding(batch[i].first, model, (*vectors)[i]); !ok)
                    return ok;
            return {};
        });
        if (!stored) {
            report.stoppedBy = stored.error();
            break;
        }
        report.counts.embedded += qint64(batch.size());
        state.counts.embedded = report.counts.embedded;
        state.paused = m_gate.isClosed();
        clock.estimate(state, report.counts.embedded,
                       waiting->size() - at - qsizetype(batch.size()));
        if (progress)
            progress(state);
    }
    report.seconds = clock.seconds();
    return report;
}

Result<Asset> Importer::importFile(const QString &path)
{
    if (auto allowed = m_library.writable(); !allowed)
        return fail(allowed.error());
    const QFileInfo info(path);
    const ScannedFile file{QDir::cleanPath(info.absoluteFilePath()),
                           {info.lastModified().toMSecsSinceEpoch(), info.size()}};
    const auto picture = inspectPicture(file, m_options.thumbnails, [this](const QString &hash) {
        return m_library.assetByHash(hash).has_value();
    });
    if (!picture)
        return fail(picture.error());
    const auto recorded = m_library.transaction([&]() -> Result<void> {
        const auto done = Recorder(m_library).record(file, *picture);
        return done ? Result<void>() : fail(done.error());
    });
    if (!recorded)
        return fail(recorded.error());
    return m_library.assetByHash(picture->hash);
}

} // namespace moodloom::library
