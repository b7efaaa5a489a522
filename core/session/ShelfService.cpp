#include "core/session/ShelfService.h"

#include "core/base/Machine.h"
#include "core/generation/Generator.h"
#include "core/base/Paths.h"
#include "core/base/Text.h"
#include "core/base/Worker.h"
#include "core/library/FolderWatch.h"
#include "core/shelf/ExtraModelPaths.h"
#include "core/shelf/Fitness.h"
#include "core/shelf/ModelShelf.h"
#include "core/shelf/ShelfWalk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QHash>
#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <mutex>

namespace moodloom::session {

using shelf::ShelfEntry;

namespace {

constexpr int kArrivalPause = 60; // ms between two times that the list grows

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Shelf)
};

// What a running scan has found and the UI thread has not fetched.
struct Arrivals
{
    std::mutex mutex;
    std::optional<QVector<ShelfPlace>> places;
    QVector<ShelfEntry> entries;
    ShelfProgress progress;
    bool told = false; // the UI thread knows that there is something
};

struct Scanned
{
    QVector<ShelfEntry> entries;
    quint64 freeMemory = 0;
};

QVector<ShelfPlace> placesOf(const QStringList &own, const QStringList &leftOut,
                             const QProcessEnvironment &environment)
{
    QVector<ShelfPlace> places;
    const auto add = [&places](const shelf::ShelfFolder &folder, bool users) {
        ShelfPlace place{folder, users, QFileInfo::exists(folder.path), {}, {}};
        if (folder.kind != shelf::FolderKind::ExtraPaths) {
            place.there = QFileInfo(folder.path).isDir();
            place.looksIn = shelf::modelFolders(folder);
        } else if (const auto extra = shelf::readExtraModelPaths(folder.path)) {
            for (const shelf::ExtraPath &path : *extra)
                place.looksIn.append(path.path);
        } else if (place.there) {
            Error told = extra.error();
            told.subject = QFileInfo(folder.path).fileName().toStdString();
            place.problem = userText(told);
        }
        places.append(place);
    };
    QVector<shelf::ShelfFolder> ownFolders;
    for (const QString &path : own)
        ownFolders.append({path, shelf::folderKind(path)});
    for (const shelf::ShelfFolder &folder : ownFolders)
        add(folder, true);
    QVector<shelf::ShelfFolder> others = shelf::foundFolders(environment, QDir::homePath());
    for (const QString &file : shelf::extraPathsBeside(ownFolders))
        others.append({file, shelf::FolderKind::ExtraPaths});
    for (const shelf::ShelfFolder &found : std::as_const(others)) {
        const bool known =
            std::any_of(places.cbegin(), places.cend(), [&](const ShelfPlace &place) {
                return QFileInfo(place.folder.path).canonicalFilePath() == found.path;
            });
        if (!known && !leftOut.contains(found.path))
            add(found, false);
    }
    return places;
}

// Folders that are not there are looked for again and again: those of the user only.
QStringList watched(const QVector<ShelfPlace> &places)
{
    QStringList folders;
    for (const ShelfPlace &place : places)
        for (const QString &path : place.looksIn)
            if (QFileInfo(path).isDir() || place.own)
                folders.append(path);
    return folders;
}

} // namespace

struct ShelfService::Private
{
    QStringList own, leftOut;
    QVector<ShelfPlace> places;
    QVector<ShelfEntry> entries;
    QHash<QString, ShelfEntry> byPath; // while a scan runs: of it and of the one before
    ShelfProgress progress;
    quint64 freeMemory = 0;
    bool complete = false; // one scan has come to its end

    QString wantedModel;
    std::optional<QString> askedModel; // is being inspected
    ShelfEntry model;

    std::shared_ptr<Arrivals> arrivals;
    std::stop_source stop;
    QTimer arriving;
    QFileSystemWatcher files; // those that name folders
    Worker worker{QStringLiteral("shelf"), [] { yieldToInterface(); }};
    std::unique_ptr<library::FolderWatch> watch; // last: it asks for scans

    void sort()
    {
        entries = byPath.values();
        std::sort(entries.begin(), entries.end(), [](const ShelfEntry &a, const ShelfEntry &b) {
            if (shelf::comesBefore(a, b) != shelf::comesBefore(b, a))
                return shelf::comesBefore(a, b);
            return a.path < b.path;
        });
    }
};

ShelfService::ShelfService(QObject *parent) : QObject(parent), d(std::make_unique<Private>())
{
    d->arriving.setSingleShot(true);
    d->arriving.setInterval(kArrivalPause);
    connect(&d->arriving, &QTimer::timeout, this, &ShelfService::take);
    connect(&d->files, &QFileSystemWatcher::fileChanged, this, &ShelfService::rescan);
    const QPointer<ShelfService> self(this);
    d->watch = std::make_unique<library::FolderWatch>(
        [self](const QStringList &) {
            QMetaObject::invokeMethod(
                self.data(), [self] { self->rescan(); }, Qt::QueuedConnection);
        },
        library::FolderWatchTimes(), shelf::mayMatter);
}

ShelfService::~ShelfService()
{
    d->watch.reset();
    d->stop.request_stop();
}

void ShelfService::setFolders(const QStringList &own, const QStringList &leftOut)
{
    d->own = own;
    d->leftOut = leftOut;
    rescan();
}

void ShelfService::rescan()
{
    d->stop.request_stop();
    d->stop = {};
    d->arrivals = std::make_shared<Arrivals>();
    showProgress({true, 0, 0, {}});

    const QPointer<ShelfService> self(this);
    // On the worker: wakes the UI thread unless it knows already.
    const auto tell = [self](const std::shared_ptr<Arrivals> &arrivals, const auto &put) {
        const std::lock_guard lock(arrivals->mutex);
        put(*arrivals);
        if (std::exchange(arrivals->told, true))
            return;
        QMetaObject::invokeMethod(
            self.data(),
            [self] {
                if (self && !self->d->arriving.isActive())
                    self->d->arriving.start();
            },
            Qt::QueuedConnection);
    };
    const auto scan = [tell, arrivals = d->arrivals, own = d->own, leftOut = d->leftOut,
                       environment = QProcessEnvironment::systemEnvironment()](
                          std::stop_token stop) -> Result<Scanned> {
        const QVector<ShelfPlace> places = placesOf(own, leftOut, environment);
        tell(arrivals, [&](Arrivals &a) { a.places = places; });
        QVector<shelf::ShelfFolder> folders;
        for (const ShelfPlace &place : places)
            if (place.there)
                folders.append(place.folder);
        shelf::ScanOptions options;
        options.memory = cacheFolder() + QStringLiteral("/shelf.json");
        options.progress = [&](int done, int total, const QString &title) {
            tell(arrivals, [&](Arrivals &a) { a.progress = {true, done, total, title}; });
        };
        options.found = [&](const ShelfEntry &entry) {
            tell(arrivals, [&](Arrivals &a) { a.entries.append(entry); });
        };
        auto entries = shelf::scanShelf(folders, options, stop);
        if (!entries)
            return fail(entries.error());
        return Scanned{*std::move(entries), generation::Generator::room().main};
    };
    auto done = d->worker.run(scan, d->stop.get_token());
    done.then(this, [this, arrivals = d->arrivals](const Result<Scanned> &scanned) {
        if (arrivals != d->arrivals)
            return; // another one has begun
        take();
        if (scanned) {
            d->byPath.clear();
            for (const ShelfEntry &entry : scanned->entries)
                d->byPath.insert(entry.path, entry);
            d->freeMemory = scanned->freeMemory;
            d->complete = true;
            d->sort();
            Q_EMIT entriesChanged();
        }
        showProgress({});
        findModel();
    });
}

void ShelfService::take()
{
    std::optional<QVector<ShelfPlace>> places;
    QVector<ShelfEntry> entries;
    ShelfProgress progress;
    {
        const std::lock_guard lock(d->arrivals->mutex);
        places = std::exchange(d->arrivals->places, std::nullopt);
        entries = std::exchange(d->arrivals->entries, {});
        progress = d->arrivals->progress;
        d->arrivals->told = false;
    }
    if (places) {
        d->watch->setFolders(watched(*places));
        watchFiles(*places);
        if (*places != d->places) {
            d->places = *places;
            Q_EMIT placesChanged();
        }
    }
    if (d->progress.scanning && progress.scanning)
        showProgress(progress);
    if (entries.isEmpty())
        return;
    for (const ShelfEntry &entry : std::as_const(entries))
        d->byPath.insert(entry.path, entry);
    d->sort();
    Q_EMIT entriesChanged();
}

void ShelfService::watchFiles(const QVector<ShelfPlace> &places)
{
    // Afresh each time: a file that was replaced is another one to the watcher.
    if (const QStringList old = d->files.files(); !old.isEmpty())
        d->files.removePaths(old);
    for (const ShelfPlace &place : places)
        if (place.folder.kind == shelf::FolderKind::ExtraPaths && place.there)
            d->files.addPath(place.folder.path);
}

void ShelfService::showProgress(const ShelfProgress &progress)
{
    if (progress == d->progress)
        return;
    d->progress = progress;
    Q_EMIT progressChanged();
}

const QVector<ShelfPlace> &ShelfService::places() const
{
    return d->places;
}

const QVector<ShelfEntry> &ShelfService::entries() const
{
    return d->entries;
}

const ShelfEntry *ShelfService::entry(const QString &path) const
{
    const auto found = d->byPath.constFind(path);
    return found == d->byPath.cend() ? nullptr : &*found;
}

const ShelfProgress &ShelfService::progress() const
{
    return d->progress;
}

void ShelfService::setModel(const QString &model)
{
    const QString path = model.isEmpty() ? builtInModelFolder() : model;
    if (path == d->wantedModel)
        return;
    d->wantedModel = path;
    findModel();
}

void ShelfService::findModel()
{
    const QString path = d->wantedModel;
    if (const ShelfEntry *known = entry(path)) {
        if (d->model.path != path || d->model.modified != known->modified) {
            d->model = *known;
            Q_EMIT modelChanged();
        }
        return;
    }
    if (d->model.path == path || d->askedModel == path || path.isEmpty())
        return;
    d->askedModel = path;
    auto inspected = d->worker.run([path](std::stop_token) { return shelf::inspectEntry(path); });
    inspected.then(this, [this, path](const Result<ShelfEntry> &entry) {
        if (d->askedModel == path)
            d->askedModel.reset();
        if (!entry || path != d->wantedModel)
            return;
        d->model = *entry;
        Q_EMIT modelChanged();
    });
}

const ShelfEntry &ShelfService::model() const
{
    return d->model;
}

std::optional<QString> ShelfService::reason(const ShelfEntry &entry) const
{
    if (auto why = shelf::unusable(entry, d->freeMemory))
        return why;
    if (auto why = shelf::unneeded(entry))
        return why;
    // While another model is being looked at, nothing is said of what fits.
    if (d->model.path != d->wantedModel)
        return {};
    return shelf::misfit(entry, d->model);
}

std::optional<QString> ShelfService::reason(const QString &path) const
{
    if (const ShelfEntry *known = entry(path))
        return reason(*known);
    // Files from elsewhere, named by a recipe, are not on the shelf: painting tells.
    const bool below =
        std::any_of(d->places.cbegin(), d->places.cend(), [&](const ShelfPlace &place) {
            return path.startsWith(place.folder.path + QLatin1Char('/')) ||
                   std::any_of(place.looksIn.cbegin(), place.looksIn.cend(),
                               [&](const QString &folder) {
                                   return path.startsWith(folder + QLatin1Char('/'));
                               });
        });
    if (d->complete && below && !d->progress.scanning)
        return Words::tr("It is not there any more.");
    return {};
}

} // namespace moodloom::session
