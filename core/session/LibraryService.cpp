#include "core/session/LibraryService.h"

#include "core/base/ContentHash.h"
#include "core/base/Machine.h"
#include "core/base/SafeFile.h"
#include "core/base/Text.h"
#include "core/session/IndexWorker.h"
#include "core/world/SampleLibrary.h"

#include <QBuffer>
#include <QCoroFuture>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QPointer>

#include <atomic>
#include <deque>

namespace moodloom::session {

using library::ImportProgress;
using library::ImportReport;
using library::Library;

// What is to be imported next; a sample library is drawn first.
struct LibraryService::Request
{
    QStringList paths;
    int sampleCount = 0;
    quint64 sampleSeed = 0;
};

struct LibraryService::Private
{
    Private(const QString &libraryFolder, const QString &model)
        : folder(libraryFolder), index(libraryFolder, model)
    {
    }

    QString folder;
    qint64 assets = 0;
    ImportStatus status;
    std::deque<Request> queue;
    std::stop_source stop;
    QElapsedTimer sinceRefresh;

    // The import's own connection; on its worker, but pausing is allowed from here.
    std::unique_ptr<Library> library;
    std::unique_ptr<library::Importer> ownImporter;
    std::atomic<library::Importer *> importer = nullptr;
    IndexWorker index;
    Worker importWorker{QStringLiteral("import"), [] { yieldToInterface(); }};

    Result<library::Importer *> openImporter() // on importWorker
    {
        if (!ownImporter) {
            auto opened = Library::open(folder);
            if (!opened)
                return fail(opened.error());
            library = std::move(*opened);
            library::ImportOptions options;
            // One core is left for the interface where there are several.
            options.threads = std::max(1, computeThreads() - 1);
            ownImporter = std::make_unique<library::Importer>(*library, options);
            importer = ownImporter.get();
        }
        return ownImporter.get();
    }
};

LibraryService::LibraryService(QString folder, QString modelFolder, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(folder, modelFolder))
{
    refreshCount();
    embed(); // an import that a crash or an exit cut off left pictures without embeddings
}

LibraryService::~LibraryService()
{
    d->stop.request_stop();
    if (library::Importer *importer = d->importer)
        importer->resume(); // a paused import must be able to end
}

const QString &LibraryService::folder() const
{
    return d->folder;
}

qint64 LibraryService::assetCount() const
{
    return d->assets;
}

IndexWorker &LibraryService::index() const
{
    return d->index;
}

const ImportStatus &LibraryService::importStatus() const
{
    return d->status;
}

// -- Reading

QCoro::Task<Result<AssetPage>> LibraryService::page(QString words, int offset, int limit)
{
    const auto job = [words, offset, limit](LibraryIndex &index,
                                            std::stop_token) -> Result<AssetPage> {
        library::AssetQuery query;
        query.text = words;
        auto total = index.library().count(query);
        if (!total)
            return fail(total.error());
        query.offset = offset;
        query.limit = limit;
        auto assets = index.library().assets(query);
        if (!assets)
            return fail(assets.error());
        return AssetPage{*assets, int(*total)};
    };
    QFuture<Result<AssetPage>> future = d->index.run(job);
    co_return co_await future;
}

QCoro::Task<Result<QVector<ImportFailure>>> LibraryService::failures()
{
    const auto job = [](LibraryIndex &index, std::stop_token) -> Result<QVector<ImportFailure>> {
        auto failures = index.library().failures(0, 1000);
        if (!failures)
            return fail(failures.error());
        QVector<ImportFailure> list;
        for (const library::FailedImport &failure : *failures)
            list.append({failure.path, userText(failure.error)});
        return list;
    };
    QFuture<Result<QVector<ImportFailure>>> future = d->index.run(job);
    co_return co_await future;
}

QCoro::Task<Result<void>> LibraryService::remove(QVector<library::AssetId> ids)
{
    const QPointer<LibraryService> self(this);
    const auto job = [ids](LibraryIndex &index, std::stop_token) -> Result<void> {
        return index.library().remove(ids);
    };
    QFuture<Result<void>> future = d->index.run(job);
    const Result<void> result = co_await future;
    if (self)
        refreshCount();
    co_return result;
}

void LibraryService::refreshCount()
{
    const auto job = [](LibraryIndex &index, std::stop_token) { return index.library().count(); };
    d->index.run(job).then(this, [this](const Result<qint64> &count) {
        if (!count) {
            if (count.error().code != ErrorCode::Cancelled)
                Q_EMIT failed(count.error());
            return;
        }
        d->assets = *count;
        Q_EMIT assetsChanged();
    });
}

// -- Importing

void LibraryService::import(QStringList paths)
{
    Request request;
    request.paths = std::move(paths);
    enqueue(std::move(request));
}

void LibraryService::importImage(QImage image, QString name)
{
    const QString folder = d->folder + QStringLiteral("/pictures");
    const QPointer<LibraryService> self(this);
    const auto job = [image, folder, name](std::stop_token) -> Result<QString> {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        if (!image.save(&buffer, "PNG"))
            return fail(ErrorCode::Invalid, name.toStdString(), "the pasted picture is empty");
        QDir().mkpath(folder);
        const QString path = folder + QLatin1Char('/') + contentHash(bytes).left(32) + QStringLiteral(".png");
        if (auto written = writeFileSafely(path.toStdString(), bytes.toStdString()); !written)
            return fail(written.error());
        return path;
    };
    d->importWorker.run(job).then(this, [this](const Result<QString> &path) {
        if (path)
            import({*path});
        else if (path.error().code != ErrorCode::Cancelled)
            Q_EMIT failed(path.error());
    });
}

void LibraryService::makeSampleLibrary(QString folder, int count, quint64 seed)
{
    Request request;
    request.paths = {std::move(folder)};
    request.sampleCount = count;
    request.sampleSeed = seed;
    enqueue(std::move(request));
}

void LibraryService::enqueue(Request request)
{
    d->queue.push_back(std::move(request));
    if (!d->status.running)
        startNext();
}

void LibraryService::startNext()
{
    const Request request = d->queue.front();
    d->queue.pop_front();
    d->stop = {};
    d->status = {};
    d->status.running = true;
    d->status.drawing = request.sampleCount > 0;
    d->sinceRefresh.start();
    Q_EMIT importStatusChanged();

    const QPointer<LibraryService> self(this);
    const auto show = [self](const ImportStatus &status) {
        QMetaObject::invokeMethod(
            self.data(),
            [self, status] {
                if (!self || !self->d->status.running)
                    return;
                const bool paused = self->d->status.paused;
                self->d->status = status;
                self->d->status.paused = paused;
                Q_EMIT self->importStatusChanged();
                if (status.added > 0 && self->d->sinceRefresh.hasExpired(2000)) {
                    self->d->sinceRefresh.restart();
                    self->refreshCount();
                }
            },
            Qt::QueuedConnection);
    };
    const auto job = [this, request, show](std::stop_token stop) -> Result<ImportReport> {
        if (request.sampleCount > 0) {
            QElapsedTimer clock;
            clock.start();
            const auto drawn = [show, &clock](int done, int total) {
                const double rate = done / std::max(0.001, double(clock.elapsed()) / 1000);
                ImportStatus status;
                status.running = status.drawing = true;
                status.found = total;
                status.done = done;
                status.perSecond = rate;
                status.secondsLeft = rate > 0 ? (total - done) / rate : -1;
                show(status);
            };
            world::SampleLibraryOptions options;
            options.count = request.sampleCount;
            options.seed = request.sampleSeed;
            const auto summary = world::writeSampleLibrary(request.paths.first().toStdString(), options,
                                                           drawn, stop);
            if (!summary)
                return fail(summary.error());
        }
        const auto importer = d->openImporter();
        if (!importer)
            return fail(importer.error());
        const auto progress = [show](const ImportProgress &p) {
            ImportStatus status;
            status.running = true;
            status.current = QFileInfo(p.currentFile).fileName();
            status.found = p.counts.found;
            status.done = p.counts.done;
            status.added = p.counts.added + p.counts.updated;
            status.failed = p.counts.failed;
            status.duplicates = p.counts.duplicates;
            status.perSecond = p.perSecond;
            status.secondsLeft = p.secondsLeft;
            show(status);
        };
        library::ImportRequest wanted;
        wanted.paths = request.paths;
        return (*importer)->run(wanted, progress, stop);
    };
    d->importWorker.run(job, d->stop.get_token()).then(this, [this](const Result<ImportReport> &report) {
        int added = 0, failedFiles = 0;
        if (!report) {
            if (report.error().code != ErrorCode::Cancelled)
                Q_EMIT failed(report.error());
        } else {
            added = int(report->counts.added + report->counts.updated);
            failedFiles = int(report->counts.failed);
            if (report->stoppedBy && report->stoppedBy->code != ErrorCode::Cancelled)
                Q_EMIT failed(*report->stoppedBy);
        }
        finish(added, failedFiles);
    });
}

void LibraryService::finish(int added, int failedFiles)
{
    d->status.running = false;
    d->status.paused = false;
    refreshCount();
    Q_EMIT importStatusChanged();
    Q_EMIT importFinished(added, failedFiles);
    if (!d->queue.empty())
        startNext();
    else
        embed();
}

void LibraryService::embed()
{
    const QPointer<LibraryService> self(this);
    const auto job = [self](LibraryIndex &index, std::stop_token stop) -> Result<ImportReport> {
        const auto progress = [self](const ImportProgress &p) {
            if (p.phase != library::ImportPhase::Embedding || p.toEmbed == 0)
                return;
            QMetaObject::invokeMethod(
                self.data(),
                [self, p] {
                    if (!self || self->d->status.running)
                        return;
                    self->d->status = {};
                    self->d->status.embedding = p.counts.embedded < p.toEmbed;
                    self->d->status.found = p.toEmbed;
                    self->d->status.done = p.counts.embedded;
                    self->d->status.perSecond = p.perSecond;
                    self->d->status.secondsLeft = p.secondsLeft;
                    Q_EMIT self->importStatusChanged();
                },
                Qt::QueuedConnection);
        };
        return index.embedMissing(progress, stop);
    };
    d->index.background(job).then(this, [this](const Result<ImportReport> &report) {
        const bool interrupted =
            report ? report->stoppedBy && report->stoppedBy->code == ErrorCode::Cancelled
                   : report.error().code == ErrorCode::Cancelled;
        if (interrupted) {
            embed(); // behind the search that interrupted it
            return;
        }
        const bool was = std::exchange(d->status.embedding, false);
        if (was)
            Q_EMIT importStatusChanged();
        if (!report)
            Q_EMIT failed(report.error());
    });
}

void LibraryService::pauseImport()
{
    library::Importer *importer = d->importer;
    if (!d->status.running || !importer)
        return;
    importer->pause();
    d->status.paused = true;
    Q_EMIT importStatusChanged();
}

void LibraryService::resumeImport()
{
    if (library::Importer *importer = d->importer)
        importer->resume();
    d->status.paused = false;
    Q_EMIT importStatusChanged();
}

void LibraryService::cancelImport()
{
    d->queue.clear();
    d->stop.request_stop();
    resumeImport();
}

} // namespace moodloom::session
