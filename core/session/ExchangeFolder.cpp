#include "core/session/ExchangeFolder.h"

#include "core/base/ContentHash.h"
#include "core/base/Worker.h"
#include "core/board/Board.h"
#include "core/export/ExportTake.h"
#include "core/image/Decode.h"
#include "core/origin/TakeMatch.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"
#include "core/session/Session.h"

#include <QCoroFuture>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QHash>
#include <QPointer>
#include <QRegularExpression>
#include <QSet>
#include <QTimer>

#include <optional>

namespace moodloom::session {

using board::Board;
using board::ItemId;

namespace {

constexpr double kGap = 40;    // board units between a frame and what came from it
constexpr int kMostTries = 20; // looks at a file that cannot be read to its end
constexpr qsizetype kTogether =
    8; // pictures that the library takes in before others have their turn
constexpr qsizetype kMostFiles = 100'000;

struct Stamp
{
    qint64 size = -1, changed = 0;
    bool operator==(const Stamp &) const = default;
};

Stamp stampOf(const QString &path)
{
    const QFileInfo info(path);
    return {info.size(), info.lastModified().toMSecsSinceEpoch()};
}

// What the worker knows of the folder; only on its thread.
struct Known
{
    QHash<QString, Stamp> files;  // came, was there before, or is our own
    QHash<QString, Stamp> moving; // as they were at the last look
    QHash<QString, int> tries;
    QSet<QString> came; // of `files`
};

// A file under another name.
struct Renamed
{
    QString from, to;
    bool came = false; // it did under the old one
};

// Those of the known files that are no longer at or below these paths.
QStringList lostAt(const QStringList &paths, const Known &known)
{
    QStringList lost;
    for (const QString &path : paths) {
        if (QFileInfo::exists(path))
            continue;
        for (auto it = known.files.cbegin(); it != known.files.cend(); ++it)
            if (it.key() == path || it.key().startsWith(path + QLatin1Char('/')))
                lost.append(it.key());
    }
    return lost;
}

// Whether an unknown file is one of the lost: then that goes from them.
std::optional<Renamed> takeRenamed(const QString &file, Stamp stamp, QStringList *lost, Known *known)
{
    for (qsizetype i = 0; i < lost->size() && !known->files.contains(file); ++i)
        if (const QString from = lost->at(i); known->files.value(from) == stamp) {
            lost->removeAt(i);
            known->files.remove(from);
            known->files.insert(file, stamp);
            const bool came = known->came.remove(from);
            if (came)
                known->came.insert(file);
            return Renamed{from, file, came};
        }
    return std::nullopt;
}

QStringList picturesIn(const QStringList &paths)
{
    QStringList files;
    const auto add = [&files](const QFileInfo &info) {
        if (info.isFile() && !info.isHidden() &&
            image::pictureSuffixes().contains(info.suffix().toLower()))
            files.append(info.absoluteFilePath());
    };
    for (const QString &path : paths) {
        if (!QFileInfo(path).isDir()) {
            add(QFileInfo(path));
            continue;
        }
        QDirIterator all(path, QDir::Files, QDirIterator::Subdirectories);
        while (all.hasNext() && files.size() < kMostFiles) {
            all.next();
            add(all.fileInfo());
        }
    }
    return files;
}

QString nameFor(const generation::Take &take)
{
    static const QRegularExpression unsafe(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]+"));
    QString name = take.recipe.prompt.simplified().left(48);
    name.replace(unsafe, QStringLiteral(" "));
    name = name.simplified();
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    return QStringLiteral("%1 %2.png")
        .arg(name.isEmpty() ? QStringLiteral("take") : name, take.id.left(8));
}

board::Picture pictureOf(const QString &path, const QString &hash, QSize size)
{
    board::Picture picture;
    picture.hash = hash;
    picture.path = path;
    picture.size = size;
    picture.caption = QFileInfo(path).completeBaseName();
    picture.state = ReferenceState::Pinned;
    picture.touched = true;
    return picture;
}

} // namespace

struct ExchangeFolder::Found
{
    QString path, hash;
    QSize size;
    QString take; // of the open board, that it was made from; empty = none
    bool same = false;
};

struct ExchangeFolder::Private
{
    Session *session;
    ExchangeSettings settings;
    library::FolderWatchTimes times;
    QHash<QString, QString> takes; // saved here: path -> take
    QHash<QString, ItemId> items;  // that came from here: path -> picture of the open board
    QStringList again;             // to be looked at once more
    QTimer later;
    std::shared_ptr<Known> known = std::make_shared<Known>();
    Worker worker{QStringLiteral("exchange")};
    std::unique_ptr<library::FolderWatch> watch; // last: it asks for looks
};

ExchangeFolder::ExchangeFolder(Session *session, library::FolderWatchTimes times, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->session = session;
    d->times = times;
    d->later.setSingleShot(true);
    d->later.setInterval(times.rest);
    connect(&d->later, &QTimer::timeout, this, [this] { lookNow(std::exchange(d->again, {})); });
    connect(session, &Session::boardChanged, this, [this] { d->items.clear(); });
    connect(session->painter(), &Painter::finished, this,
            [this](const QString &, const generation::Take &take) { save(take); });
}

ExchangeFolder::~ExchangeFolder()
{
    d->watch.reset();
}

const ExchangeSettings &ExchangeFolder::settings() const
{
    return d->settings;
}

void ExchangeFolder::set(const ExchangeSettings &settings)
{
    const QString before = d->settings.folder;
    d->settings = settings;
    if (settings.folder == before)
        return;
    d->watch.reset();
    d->again.clear();
    d->known = std::make_shared<Known>();
    if (settings.folder.isEmpty())
        return;
    // What was written since the folder was chosen is new, also while this list is made.
    const auto list = [known = d->known, folder = settings.folder,
                       now = QDateTime::currentMSecsSinceEpoch()](std::stop_token) -> Result<void> {
        for (const QString &file : picturesIn({folder}))
            if (const Stamp stamp = stampOf(file); stamp.changed < now)
                known->files.insert(file, stamp);
        return {};
    };
    // Before the list is made: nothing comes unseen between the two.
    const QPointer<ExchangeFolder> self(this);
    d->watch = std::make_unique<library::FolderWatch>(
        [self](const QStringList &paths) {
            QMetaObject::invokeMethod(
                self.data(), [self, paths] { self->look(paths); }, Qt::QueuedConnection);
        },
        d->times);
    d->watch->setFolders({settings.folder});
    d->worker.run(list).then(this, [this, known = d->known](const Result<void> &) {
        if (known != d->known)
            return;
        Q_EMIT watching();
        look({d->settings.folder}); // what came before the kernel told
    });
}

void ExchangeFolder::look(const QStringList &paths)
{
    for (const QString &path : paths)
        if (!d->again.contains(path))
            d->again.append(path);
    // At once; what has changed since the look before is looked at again after a rest.
    d->later.start(0);
}

QCoro::Task<void> ExchangeFolder::lookNow(QStringList paths)
{
    struct Looked
    {
        QVector<Found> ready;
        QStringList moving;
        QVector<Renamed> renamed;
        QVector<Error> broken;
    };
    const std::shared_ptr<Known> known = d->known;
    const auto job = [known, paths](std::stop_token stop) -> Result<Looked> {
        Looked looked;
        QStringList lost = lostAt(paths, *known);
        for (const QString &file : picturesIn(paths)) {
            if (stop.stop_requested())
                return cancelled();
            const Stamp stamp = stampOf(file);
            if (known->files.value(file) == stamp)
                continue;
            if (const auto renamed = takeRenamed(file, stamp, &lost, known.get())) {
                looked.renamed.append(*renamed);
                continue;
            }
            const bool still = known->moving.value(file) == stamp;
            const auto bytes = still ? image::readPictureFile(file) : fail(ErrorCode::Corrupt, {});
            const auto picture = bytes ? image::decodePictureBytes(*bytes, {.maxSide = 64}, file)
                                       : fail(bytes.error());
            if (picture && stampOf(file) == stamp) {
                looked.ready.append({file, contentHash(*bytes), picture->fullSize, {}, false});
            } else if (still && ++known->tries[file] >= kMostTries) {
                looked.broken.append(picture ? Error{ErrorCode::Unreadable, file.toStdString(), {}}
                                             : picture.error());
            } else {
                known->moving.insert(file, stamp);
                looked.moving.append(file);
                continue;
            }
            known->files.insert(file, stamp);
            known->came.insert(file);
            known->moving.remove(file);
            known->tries.remove(file);
        }
        return looked;
    };
    const QPointer<ExchangeFolder> self(this);
    QFuture<Result<Looked>> looking = d->worker.run(job);
    const Result<Looked> looked = co_await looking;
    if (!self || !looked || known != d->known) // another folder meanwhile
        co_return;
    for (const Error &error : looked->broken)
        Q_EMIT d->session->failed(error);
    QVector<OwnPicture> elsewhere;
    for (const Renamed &renamed : looked->renamed) {
        if (const ItemId item = d->items.take(renamed.from); !item.isNull())
            d->items.insert(renamed.to, item);
        if (d->takes.contains(renamed.from))
            d->takes.insert(renamed.to, d->takes.take(renamed.from));
        if (renamed.came)
            elsewhere.append({renamed.to, {}, {}});
    }
    if (!elsewhere.isEmpty())
        adopt(elsewhere); // which finds that they have moved
    if (!looked->moving.isEmpty()) {
        for (const QString &path : looked->moving)
            if (!d->again.contains(path))
                d->again.append(path);
        d->later.start(d->times.rest);
    }
    if (!looked->ready.isEmpty())
        takeIn(looked->ready);
}

QCoro::Task<void> ExchangeFolder::takeIn(QVector<Found> found)
{
    const QPointer<ExchangeFolder> self(this);
    Board *board = d->session->board();
    QVector<board::FrameTake> takes;
    for (const ItemId &frame : board->frames())
        takes += board->takes(frame);
    const auto job = [found, takes,
                      store = board->store()](std::stop_token) -> Result<QVector<Found>> {
        QVector<Found> matched = found;
        for (Found &picture : matched)
            if (const auto match = origin::matchTake(picture.path, takes, *store)) {
                picture.take = match->take;
                picture.same = match->same;
            }
        return matched;
    };
    QFuture<Result<QVector<Found>>> matching = d->worker.run(job);
    const Result<QVector<Found>> matched = co_await matching;
    if (!self || !matched)
        co_return;
    QVector<Found> coming;
    for (Found picture : *matched) {
        // A copy of a take that is on the board already.
        if (picture.same)
            continue;
        // Many programs drop the texts when they save: the name is the same.
        if (picture.take.isEmpty())
            picture.take = d->takes.value(picture.path);
        coming.append(picture);
    }
    const bool onto = d->settings.ontoBoard && board == d->session->board() && !board->isReadOnly();
    const QVector<ItemId> items = onto ? placeAll(coming) : QVector<ItemId>(coming.size());
    for (qsizetype i = 0; i < coming.size(); ++i)
        Q_EMIT came(coming[i].path, items[i]);
    // A few at a time: searches go between.
    for (qsizetype at = 0; self && at < coming.size(); at += kTogether) {
        QVector<OwnPicture> pictures;
        for (const Found &picture : coming.mid(at, kTogether))
            pictures.append({picture.path, {}, {}});
        co_await adopt(pictures);
    }
}

QCoro::Task<void> ExchangeFolder::adopt(QVector<OwnPicture> pictures)
{
    const QPointer<ExchangeFolder> self(this);
    const Adopted adopted = co_await d->session->library()->adopt(pictures);
    if (self)
        for (const Error &error : adopted.errors)
            Q_EMIT d->session->failed(error);
}

// What comes at once is one step.
QVector<ItemId> ExchangeFolder::placeAll(const QVector<Found> &found)
{
    Board &board = *d->session->board();
    QVector<ItemId> items(found.size());
    QVector<Found> loose;
    std::optional<Board::Transaction> together;
    if (found.size() > 1)
        together.emplace(&board, tr("Pictures from another program"));
    for (qsizetype i = 0; i < found.size(); ++i)
        if (board.take(found[i].take) || board.item(d->items.value(found[i].path)))
            items[i] = place(found[i]);
        else
            loose.append(found[i]);
    if (loose.size() == 1)
        place(loose.first());
    else if (!loose.isEmpty())
        placeTogether(loose);
    for (qsizetype i = 0; i < found.size(); ++i)
        if (items[i].isNull())
            items[i] = d->items.value(found[i].path);
    if (together)
        together->commit();
    return items;
}

// A tidy block beside everything else.
void ExchangeFolder::placeTogether(const QVector<Found> &found)
{
    Board &board = *d->session->board();
    const QRectF beside = board.extent(board.items());
    QVector<board::Picture> pictures;
    for (const Found &one : found)
        pictures.append(pictureOf(one.path, one.hash, one.size));
    const QVector<ItemId> ids = board.addPictures(pictures, {});
    const QRectF block = board.extent(ids);
    if (!beside.isNull())
        board.move(ids, QPointF(beside.right() + kGap, beside.top()) - block.topLeft());
    for (qsizetype i = 0; i < ids.size(); ++i)
        d->items.insert(found[i].path, ids[i]);
}

ItemId ExchangeFolder::place(const Found &found)
{
    Board &board = *d->session->board();
    const board::Picture picture = pictureOf(found.path, found.hash, found.size);
    const board::Item *before = board.item(d->items.value(found.path));
    if (before && (before->locked || !before->picture()))
        before = nullptr;
    Board::Transaction transaction(
        &board,
        before ? QT_TRANSLATE_NOOP("moodloom::board::Board", "Newer picture from another program")
               : QT_TRANSLATE_NOOP("moodloom::board::Board", "Picture from another program"));
    if (before) {
        // Saved again: the newer one stands where the older one stood.
        const board::Item old = *before;
        const ItemId id = board.addPictures({picture}, old.centre).value(0);
        const board::Item *item = board.item(id);
        if (!item)
            return {};
        const double now = board::naturalSize(*item).width() * item->scale;
        const double then = board::naturalSize(old).width() * old.scale;
        if (now > 0 && then > 0)
            board.scale({id}, then / now, old.centre);
        board.rotate({id}, old.rotation, old.centre);
        for (const ItemId &frame : board.frames())
            if (board.item(frame)->frame()->shelf.contains(old.id))
                board.setOnShelf(frame, {id}, true);
        board.remove({old.id});
        transaction.commit();
        d->items.insert(found.path, id);
        return id;
    }

    const board::FrameTake *take = board.take(found.take);
    const board::Item *frame = take ? board.item(take->frame) : nullptr;
    const QRectF beside = frame ? board::boundingRect(*frame) : board.extent(board.items());
    const ItemId id = board.addPictures({picture}, {}).value(0);
    const board::Item *item = board.item(id);
    if (!item)
        return {};
    QRectF rect = board::boundingRect(*item);
    rect.moveTopLeft(beside.isNull() ? QPointF(-rect.width() / 2, -rect.height() / 2)
                                     : QPointF(beside.right() + kGap, beside.top()));
    // Down to where nothing lies.
    const QVector<ItemId> all = board.items();
    for (bool moved = true; moved;) {
        moved = false;
        for (const ItemId &other : all) {
            const board::Item *there = board.item(other);
            if (other == id || !there || !there->isVisible())
                continue;
            const QRectF taken = board::boundingRect(*there);
            if (taken.intersects(rect)) {
                rect.moveTop(taken.bottom() + kGap / 2);
                moved = true;
            }
        }
    }
    board.move({id}, rect.center() - item->centre);
    transaction.commit();
    d->items.insert(found.path, id);
    return id;
}

void ExchangeFolder::save(const generation::Take &take)
{
    if (!d->settings.savesTakes || d->settings.folder.isEmpty())
        return;
    const QString path = QDir(d->settings.folder).absoluteFilePath(nameFor(take));
    d->takes.insert(path, take.id);
    const auto job = [take, path, known = d->known](std::stop_token stop) -> Result<void> {
        const auto written = exporting::exportPng(take, path, {stop, {}});
        if (written)
            known->files.insert(path, stampOf(path)); // ours: it does not come back
        return written;
    };
    d->worker.run(job).then(this, [this, path](const Result<void> &written) {
        if (written)
            Q_EMIT saved(path);
        else if (written.error().code != ErrorCode::Cancelled)
            Q_EMIT d->session->failed(written.error());
    });
}

} // namespace moodloom::session
