#include "core/session/LibraryService.h"

#include "core/base/Machine.h"
#include "core/base/Problems.h"
#include "core/base/Text.h"
#include "core/library/FolderWatch.h"
#include "core/session/IndexWorker.h"

#include <QCoroFuture>
#include <QElapsedTimer>
#include <QPointer>

#include <deque>

namespace moodloom::session {

using library::ImportProgress;
using library::ImportReport;
using library::Library;

namespace {

// So many new pictures are worth interrupting the import's decoders for.
constexpr qint64 kEmbedAfter = 96;

} // namespace

struct LibraryService::Private
{
    Private(const QString &libraryFolder, const QString &model)
        : folder(libraryFolder), care(libraryFolder), desk(libraryFolder), index(libraryFolder, model)
    {
    }

    QString folder;
    qint64 assets = 0;
    ImportStatus status;
    Problems problems;
    std::deque<ImportTask> queue;
    std::stop_source stop;
    QElapsedTimer sinceRefresh;
    bool importing = false;  // also when nothing of it is shown
    bool embedding = false;  // a job of embed() is queued or runs
    bool embedAgain = false; // there are pictures that it did not know of
    qint64 embedded = 0;     // pictures added by this import when embed() was last asked
    QStringList watched;

    FolderCare care;
    ImportDesk desk;
    IndexWorker index;
    Worker importWorker{QStringLiteral("import"), [] { yieldToInterface(); }};
    std::unique_ptr<library::FolderWatch> watch; // last: it asks for imports
};

LibraryService::LibraryService(QString folder, QString modelFolder, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(folder, modelFolder))
{
    const QPointer<LibraryService> self(this);
    d->watch = std::make_unique<library::FolderWatch>([self](const QStringList &paths) {
        QMetaObject::invokeMethod(
            self.data(),
            [self, paths] {
                ImportTask task;
                task.paths = paths;
                task.kind = library::ImportKind::Rescan;
                self->enqueue(std::move(task));
            },
            Qt::QueuedConnection);
    });
    connect(&d->care, &FolderCare::changed, this, &LibraryService::foldersChanged);
    connect(&d->care, &FolderCare::cameOrWent, this, [this](const QStringList &folders) {
        ImportTask task; // where watching did not tell
        task.paths = folders;
        task.kind = library::ImportKind::Rescan;
        enqueue(std::move(task));
    });
    const auto watched = [](LibraryIndex &index, std::stop_token) {
        return index.library().watchedFolders();
    };
    d->index.run(watched).then(this, [this](const Result<QStringList> &folders) {
        if (!folders || folders->isEmpty())
            return;
        showWatched(*folders);
        ImportTask task; // what changed while nobody watched
        task.paths = *folders;
        task.kind = library::ImportKind::Rescan;
        enqueue(std::move(task));
    });
    refreshCount();
    embed(); // an import that a crash or an exit cut off left pictures without embeddings
}

LibraryService::~LibraryService()
{
    d->watch.reset();
    d->stop.request_stop();
    d->desk.resume(); // a paused import must be able to end
}

const QString &LibraryService::folder() const
{
    return d->folder;
}

Problems *LibraryService::problems() const
{
    return &d->problems;
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
    const QPointer<LibraryService> self(this);
    QFuture<Result<AssetPage>> future = d->index.run(job);
    const Result<AssetPage> page = co_await future;
    if (self && !page)
        d->problems.add(page.error());
    co_return page;
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

QCoro::Task<QHash<QString, QString>> LibraryService::filesOf(QStringList hashes)
{
    QHash<QString, QString> none;
    if (hashes.isEmpty())
        co_return none;
    const auto job = [hashes](LibraryIndex &index,
                              std::stop_token) -> Result<QHash<QString, QString>> {
        QHash<QString, QString> files;
        for (const QString &hash : hashes)
            if (const auto asset = index.library().assetByHash(hash))
                files.insert(hash, asset->path);
        return files;
    };
    QFuture<Result<QHash<QString, QString>>> future = d->index.run(job);
    const Result<QHash<QString, QString>> files = co_await future;
    co_return files ? *files : none;
}

QCoro::Task<Result<QVector<library::RemovedAsset>>>
LibraryService::remove(QVector<library::AssetId> ids)
{
    using Removed = Result<QVector<library::RemovedAsset>>;
    const QPointer<LibraryService> self(this);
    const auto job = [ids](LibraryIndex &index, std::stop_token) -> Removed {
        return index.library().remove(ids);
    };
    QFuture<Removed> future = d->index.run(job);
    const Removed removed = co_await future;
    if (self && !removed)
        d->problems.add(removed.error());
    if (self)
        refreshCount();
    co_return removed;
}

QCoro::Task<Result<void>> LibraryService::putBack(QVector<library::RemovedAsset> removed)
{
    const QPointer<LibraryService> self(this);
    const auto job = [removed](LibraryIndex &index, std::stop_token) -> Result<void> {
        return index.library().putBack(removed);
    };
    QFuture<Result<void>> future = d->index.run(job);
    const Result<void> result = co_await future;
    if (self && !result)
        d->problems.add(result.error());
    if (self) {
        refreshCount();
        embed(); // what had not been understood yet
    }
    co_return result;
}

void LibraryService::refreshCount()
{
    const auto job = [](LibraryIndex &index, std::stop_token) { return index.library().count(); };
    d->index.run(job).then(this, [this](const Result<qint64> &count) {
        if (!count) {
            d->problems.add(count.error());
            return;
        }
        d->assets = *count;
        Q_EMIT assetsChanged();
    });
}

// -- Watching

const QStringList &LibraryService::watchedFolders() const
{
    return d->watched;
}

void LibraryService::showWatched(const QStringList &folders)
{
    if (folders == d->watched)
        return;
    d->watched = folders;
    d->watch->setFolders(folders);
    d->care.setFolders(folders);
    Q_EMIT watchedFoldersChanged();
}

const QVector<LibraryFolder> &LibraryService::folders() const
{
    return d->care.folders();
}

void LibraryService::lookForFiles()
{
    d->care.look();
    Q_EMIT filesAskedAfter();
}

QCoro::Task<Result<library::Relocated>> LibraryService::relocateFolder(QString from, QString to)
{
    const QPointer<LibraryService> self(this);
    QFuture<Result<library::Relocated>> moving = d->care.relocate(from, to);
    const Result<library::Relocated> moved = co_await moving;
    if (!self || !moved)
        co_return moved;
    const auto watched = [](LibraryIndex &index, std::stop_token) {
        return index.library().watchedFolders();
    };
    QFuture<Result<QStringList>> reading = d->index.run(watched);
    const Result<QStringList> folders = co_await reading;
    if (!self)
        co_return moved;
    if (folders)
        showWatched(*folders);
    ImportTask task; // what moved within it, and what is new there
    task.paths = {to};
    task.kind = library::ImportKind::Rescan;
    enqueue(std::move(task));
    refreshCount();
    co_return moved;
}

void LibraryService::unwatchFolder(QString folder)
{
    const auto job = [folder](LibraryIndex &index, std::stop_token) -> Result<QStringList> {
        if (auto ok = index.library().unwatchFolder(folder); !ok)
            return fail(ok.error());
        return index.library().watchedFolders();
    };
    d->index.run(job).then(this, [this](const Result<QStringList> &folders) {
        if (folders)
            showWatched(*folders);
        else
            d->problems.add(folders.error());
    });
}

// -- Importing

void LibraryService::import(QStringList paths)
{
    ImportTask task;
    task.paths = std::move(paths);
    enqueue(std::move(task));
}

QCoro::Task<Adopted> LibraryService::adopt(QVector<OwnPicture> pictures)
{
    const auto job = [pictures](LibraryIndex &index, std::stop_token stop) -> Result<Adopted> {
        Adopted adopted;
        library::Importer importer(index.library());
        for (const OwnPicture &picture : pictures) {
            if (stop.stop_requested())
                break;
            const auto file = fileOf(picture, index.library().picturesFolder());
            const auto asset = file ? importer.importFile(*file) : fail(file.error());
            if (asset)
                adopted.ids.append(asset->id);
            else
                adopted.errors.append(asset.error());
        }
        return adopted;
    };
    const QPointer<LibraryService> self(this);
    QFuture<Result<Adopted>> future = d->index.run(job);
    const Result<Adopted> adopted = co_await future;
    if (!adopted)
        co_return Adopted{{}, {adopted.error()}};
    if (self) {
        refreshCount();
        embed();
    }
    co_return *adopted;
}

void LibraryService::makeSampleLibrary(QString folder, int count, quint64 seed)
{
    ImportTask task;
    task.paths = {std::move(folder)};
    task.sampleCount = count;
    task.sampleSeed = seed;
    enqueue(std::move(task));
}

void LibraryService::enqueue(ImportTask task)
{
    d->queue.push_back(std::move(task));
    if (!d->importing)
        startNext();
}

void LibraryService::startNext()
{
    const ImportTask task = d->queue.front();
    d->queue.pop_front();
    d->stop = {};
    d->importing = true;
    d->embedded = 0;
    d->sinceRefresh.start();
    if (!task.isQuiet()) {
        d->problems.clear();
        d->status = {};
        d->status.running = true;
        d->status.drawing = task.sampleCount > 0;
        Q_EMIT importStatusChanged();
    }

    const QPointer<LibraryService> self(this);
    const auto show = [self](const ImportStatus &status) {
        QMetaObject::invokeMethod(
            self.data(),
            [self, status] {
                if (!self || !self->d->importing)
                    return;
                const bool paused = self->d->status.paused;
                self->d->status = status;
                self->d->status.paused = paused;
                Q_EMIT self->importStatusChanged();
                if (status.added > 0 && self->d->sinceRefresh.hasExpired(2000)) {
                    self->d->sinceRefresh.restart();
                    self->refreshCount();
                }
                self->embedMeanwhile(status.added);
            },
            Qt::QueuedConnection);
    };
    const auto job = [this, task, show](std::stop_token stop) { return d->desk.run(task, show, stop); };
    d->importWorker.run(job, d->stop.get_token())
        .then(this, [this, task](const Result<ImportOutcome> &outcome) {
            int added = 0, failedFiles = 0;
            if (!outcome) {
                d->problems.add(outcome.error());
            } else {
                const auto &[report, folders] = *outcome;
                added = int(report.counts.added + report.counts.updated);
                failedFiles = int(report.counts.failed);
                if (report.stoppedBy)
                    d->problems.add(*report.stoppedBy);
                showWatched(folders);
            }
            finish(task, added, failedFiles);
        });
}

void LibraryService::finish(const ImportTask &task, int added, int failedFiles)
{
    d->importing = false;
    d->status.running = false;
    d->status.paused = false;
    refreshCount();
    d->care.look();
    Q_EMIT importStatusChanged();
    // A failure is told once, not again with each look at its folder.
    if (!task.isQuiet() || added > 0)
        Q_EMIT importFinished(added, task.isQuiet() ? 0 : failedFiles);
    if (!d->queue.empty())
        startNext();
    embed();
}

// What was imported is understood in batches while the import goes on.
void LibraryService::embedMeanwhile(qint64 added)
{
    if (d->embedding || added - d->embedded < kEmbedAfter)
        return;
    d->embedded = added;
    embed();
}

void LibraryService::embed()
{
    if (d->embedding) {
        d->embedAgain = true;
        return;
    }
    d->embedding = true;
    d->embedAgain = false;
    const QPointer<LibraryService> self(this);
    const auto job = [self](LibraryIndex &index, std::stop_token stop) -> Result<ImportReport> {
        const auto progress = [self](const ImportProgress &p) {
            if (p.phase != library::ImportPhase::Embedding || p.toEmbed == 0)
                return;
            QMetaObject::invokeMethod(
                self.data(),
                [self, p] {
                    if (!self || self->d->importing)
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
        d->embedding = false;
        if (interrupted || d->embedAgain) {
            embed(); // behind the search that interrupted it
            return;
        }
        const bool was = std::exchange(d->status.embedding, false);
        if (was)
            Q_EMIT importStatusChanged();
        if (!report)
            d->problems.add(report.error());
    });
}

void LibraryService::pauseImport()
{
    if (!d->importing || !d->desk.pause())
        return;
    d->status.paused = true;
    Q_EMIT importStatusChanged();
}

void LibraryService::resumeImport()
{
    d->desk.resume();
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
