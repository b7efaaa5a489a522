// The library and the models' shelf without files or threads.
#include "core/base/Problems.h"
#include "core/session/LibraryService.h"
#include "core/session/ShelfService.h"
#include "tests/ui/fake/FakeWorld.h"

#include <algorithm>

namespace moodloom::session {

using fake::world;

// -- LibraryService

struct LibraryService::Private
{
    QString folder;
    Problems problems;
};

LibraryService::LibraryService(QString folder, QString, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->folder = std::move(folder);
}
LibraryService::~LibraryService() = default;
const QString &LibraryService::folder() const { return d->folder; }
Problems *LibraryService::problems() const { return &d->problems; }
qint64 LibraryService::assetCount() const { return world().assets.size(); }

QCoro::Task<Result<AssetPage>> LibraryService::page(QString words, int offset, int limit)
{
    ++world().pagesAsked;
    AssetPage page;
    QVector<library::Asset> matching;
    for (const library::Asset &asset : world().assets)
        if (words.isEmpty() || asset.path.contains(words) || asset.description.contains(words))
            matching.append(asset);
    page.total = int(matching.size());
    page.assets = matching.mid(offset, limit);
    co_return page;
}

QCoro::Task<Result<QVector<ImportFailure>>> LibraryService::failures()
{
    co_return world().failures;
}

QCoro::Task<QHash<QString, QString>> LibraryService::filesOf(QStringList hashes)
{
    QHash<QString, QString> files;
    for (const library::Asset &asset : world().assets)
        if (hashes.contains(asset.hash))
            files.insert(asset.hash, asset.path);
    co_return files;
}

QCoro::Task<Result<QVector<library::RemovedAsset>>>
LibraryService::remove(QVector<library::AssetId> ids)
{
    QVector<library::RemovedAsset> removed;
    for (const library::Asset &asset : world().assets)
        if (ids.contains(asset.id))
            removed.append({asset, {asset.path}, {}});
    world().assets.removeIf([&](const library::Asset &a) { return ids.contains(a.id); });
    Q_EMIT assetsChanged();
    co_return removed;
}

QCoro::Task<Result<void>> LibraryService::putBack(QVector<library::RemovedAsset> removed)
{
    for (const library::RemovedAsset &record : removed)
        world().assets.append(record.asset);
    std::sort(world().assets.begin(), world().assets.end(),
              [](const library::Asset &a, const library::Asset &b) { return a.id < b.id; });
    Q_EMIT assetsChanged();
    co_return Result<void>{};
}

const QStringList &LibraryService::watchedFolders() const
{
    return world().watched;
}

const QVector<LibraryFolder> &LibraryService::folders() const { return world().folders; }

void LibraryService::lookForFiles()
{
    ++world().filesAsked;
    Q_EMIT foldersChanged();
    Q_EMIT filesAskedAfter();
}

QCoro::Task<Result<library::Relocated>> LibraryService::relocateFolder(QString from, QString to)
{
    for (LibraryFolder &folder : world().folders)
        if (folder.path == from && world().relocateError) {
            co_return fail(*world().relocateError);
        } else if (folder.path == from) {
            const library::Relocated moved{folder.missing, 0};
            folder = {to, false, 0};
            Q_EMIT foldersChanged();
            co_return moved;
        }
    co_return fail(ErrorCode::NotFound, from.toStdString());
}

void LibraryService::unwatchFolder(QString folder)
{
    world().watched.removeAll(folder);
    Q_EMIT watchedFoldersChanged();
}

const ImportStatus &LibraryService::importStatus() const { return world().import; }

void LibraryService::import(QStringList paths)
{
    world().imported += paths;
    world().import.running = true;
    Q_EMIT importStatusChanged();
}

QCoro::Task<Adopted> LibraryService::adopt(QVector<OwnPicture> pictures)
{
    Adopted adopted;
    if (world().adoptError)
        co_return Adopted{{}, {*world().adoptError}};
    for (const OwnPicture &picture : pictures) {
        library::Asset asset;
        asset.id = world().assets.size() + 1;
        asset.path = picture.path.isEmpty() ? QStringLiteral("/library/pasted.png") : picture.path;
        world().assets.append(asset);
        world().adopted.append(picture);
        adopted.ids.append(asset.id);
    }
    co_return adopted;
}

void LibraryService::pauseImport()
{
    world().import.paused = true;
    Q_EMIT importStatusChanged();
}

void LibraryService::resumeImport()
{
    world().import.paused = false;
    Q_EMIT importStatusChanged();
}

void LibraryService::cancelImport()
{
    world().import = {};
    Q_EMIT importStatusChanged();
    Q_EMIT importFinished(0, 0);
}

void LibraryService::makeSampleLibrary(QString folder, int, quint64) { import({folder}); }

// -- ShelfService

struct ShelfService::Private
{
    ShelfProgress progress;
    shelf::ShelfEntry model;
};

ShelfService::ShelfService(QObject *parent) : QObject(parent), d(std::make_unique<Private>()) {}
ShelfService::~ShelfService() = default;

void ShelfService::setFolders(const QStringList &own, const QStringList &leftOut)
{
    fake::World &w = world();
    w.ownPlaces = own;
    w.leftOutPlaces = leftOut;
    w.places.removeIf([&](const ShelfPlace &place) {
        return place.own || leftOut.contains(place.folder.path);
    });
    for (const QString &path : own)
        w.places.prepend({{path, shelf::FolderKind::Plain}, true, true});
    Q_EMIT placesChanged();
}

void ShelfService::rescan() { Q_EMIT entriesChanged(); }
const QVector<ShelfPlace> &ShelfService::places() const { return world().places; }
const QVector<shelf::ShelfEntry> &ShelfService::entries() const { return world().shelf; }

const shelf::ShelfEntry *ShelfService::entry(const QString &path) const
{
    for (const shelf::ShelfEntry &entry : world().shelf)
        if (entry.path == path)
            return &entry;
    return nullptr;
}

const ShelfProgress &ShelfService::progress() const { return world().shelfProgress; }
void ShelfService::setModel(const QString &) { Q_EMIT modelChanged(); }
const shelf::ShelfEntry &ShelfService::model() const { return d->model; }

std::optional<QString> ShelfService::reason(const shelf::ShelfEntry &entry) const
{
    return reason(entry.path);
}

std::optional<QString> ShelfService::reason(const QString &path) const
{
    const auto found = world().shelfReasons.constFind(path);
    return found == world().shelfReasons.cend() ? std::nullopt : std::optional<QString>(*found);
}

} // namespace moodloom::session
