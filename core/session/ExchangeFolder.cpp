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
#include <QTimer>

namespace moodloom::session {

using board::Board;
using board::ItemId;

namespace {

constexpr double kGap = 40;    // board units between a frame and what came from it
constexpr int kMostTries = 20; // looks at a file that cannot be read to its end
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
};

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
        QVector<Error> broken;
    };
    const std::shared_ptr<Known> known = d->known;
    const auto job = [known, paths](std::stop_token stop) -> Result<Looked> {
        Looked looked;
        for (const QString &file : picturesIn(paths)) {
            if (stop.stop_requested())
                return cancelled();
            const Stamp stamp = stampOf(file);
            if (known->files.value(file) == stamp)
                continue;
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
    QVector<OwnPicture> pictures;
    for (Found picture : *matched) {
        // A copy of a take that is on the board already.
        if (picture.same)
            continue;
        // Many programs drop the texts when they save: the name is the same.
        if (picture.take.isEmpty())
            picture.take = d->takes.value(picture.path);
        pictures.append({picture.path, {}, {}});
        const bool onto =
            d->settings.ontoBoard && board == d->session->board() && !board->isReadOnly();
        const ItemId item = onto ? place(picture) : ItemId();
        Q_EMIT came(picture.path, item);
    }
    if (!pictures.isEmpty())
        co_await d->session->library()->adopt(pictures);
}

ItemId ExchangeFolder::place(const Found &found)
{
    Board &board = *d->session->board();
    board::Picture picture;
    picture.hash = found.hash;
    picture.path = found.path;
    picture.size = found.size;
    picture.caption = QFileInfo(found.path).completeBaseName();
    picture.state = ReferenceState::Pinned;
    picture.touched = true;

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
