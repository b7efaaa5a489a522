#include "core/session/PaintDesk.h"

#include "core/board/Board.h"
#include "core/prompt/Wildcards.h"
#include "core/session/BoardSet.h"
#include "core/session/FailedTakes.h"
#include "core/session/Painter.h"
#include "core/session/ReferenceFinder.h"

#include <QCoroFuture>
#include <QPointer>

#include <utility>

namespace moodloom::session {

using board::Board;
using generation::Recipe;
using generation::Take;

struct PaintDesk::Private
{
    Painter *painter = nullptr;
    BoardSet *boards = nullptr;
    ReferenceFinder *finder = nullptr;
    Worker *disk = nullptr;
    QString wildcardFolder;
    struct Job
    {
        Board *board = nullptr; // held while the job lives
        QUuid frame;
        OpenRecipe asked;
    };
    QHash<QString, Job> jobs; // of the painter
    FailedTakes failures;
};

PaintDesk::PaintDesk(Painter *painter, BoardSet *boards, ReferenceFinder *finder, Worker *disk,
                     QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->painter = painter;
    d->boards = boards;
    d->finder = finder;
    d->disk = disk;
    setWildcardFolder({});
    connect(painter, &Painter::finished, this, &PaintDesk::keep);
    connect(painter, &Painter::cancelled, this, &PaintDesk::forget);
    connect(painter, &Painter::failed, this, &PaintDesk::drop);
    connect(boards, &BoardSet::gone, &d->failures, &FailedTakes::forget);
}

PaintDesk::~PaintDesk() = default;

void PaintDesk::setWildcardFolder(const QString &folder)
{
    d->wildcardFolder = folder.isEmpty() ? prompt::defaultWildcardFolder() : folder;
}

const QString &PaintDesk::wildcardFolder() const
{
    return d->wildcardFolder;
}

FailedTakes *PaintDesk::failures() const
{
    return &d->failures;
}

QString PaintDesk::paint(Board *board, const QUuid &frame, const OpenRecipe &open)
{
    d->failures.forgetPaintings(board, frame);
    return start(board, frame, open);
}

void PaintDesk::paintAgain(const QString &failure)
{
    const std::optional<FailedTake> failed = d->failures.take(failure);
    if (!failed)
        return;
    for (Board *board : d->boards->boards())
        if (board == failed->board)
            for (const OpenRecipe &open : failed->asked)
                start(board, failed->frame, open);
}

QString PaintDesk::start(Board *board, const QUuid &frame, const OpenRecipe &open)
{
    const QString job = Painter::newJob();
    d->jobs.insert(job, {board, frame, open});
    d->boards->hold(board);
    queue(job, open);
    return job;
}

bool PaintDesk::isFor(const QString &job, const Board *board, const QUuid &frame) const
{
    const auto known = d->jobs.constFind(job);
    return known != d->jobs.cend() && known->board == board && known->frame == frame;
}

QCoro::Task<void> PaintDesk::queue(QString job, OpenRecipe open)
{
    const QPointer<PaintDesk> self(this);
    const Result<Recipe> recipe = co_await prepared(d->jobs.value(job).board, open);
    if (!self)
        co_return;
    if (recipe) {
        d->painter->paint(job, *recipe);
        co_return;
    }
    drop(job, recipe.error());
}

QCoro::Task<Result<Recipe>> PaintDesk::prepared(Board *board, OpenRecipe open)
{
    const QPointer<PaintDesk> self(this);
    const std::shared_ptr<board::BoardStore> store = board->store();
    const Result<Recipe> chosen = co_await settled(open, d->wildcardFolder, d->disk, d->finder);
    if (!self)
        co_return cancelled();
    if (!chosen)
        co_return fail(chosen.error());
    Recipe recipe = *chosen;
    QVector<std::pair<QString *, QString>> pictures; // paths, hashes
    for (generation::RecipeReference &reference : recipe.references)
        pictures.append({&reference.path, reference.hash});
    for (generation::RecipeControl &control : recipe.controls)
        pictures.append({&control.picture.path, control.picture.hash});
    for (generation::RecipePicture *picture : {&recipe.start.picture, &recipe.start.mask})
        pictures.append({&picture->path, picture->hash});
    for (const auto &[path, hash] : std::as_const(pictures)) {
        if (hash.isEmpty())
            continue; // none, or not of the board
        const Result<QString> file = co_await store->file(hash, *path);
        if (!self)
            co_return cancelled();
        if (!file)
            co_return fail(file.error());
        *path = *file;
    }
    co_return recipe;
}

void PaintDesk::forget(const QString &job)
{
    if (Board *board = d->jobs.take(job).board)
        d->boards->release(board);
}

void PaintDesk::drop(const QString &job, const Error &error)
{
    const Private::Job failure = d->jobs.take(job);
    if (!failure.board)
        return; // of a grid, which tells it
    const bool there = d->boards->indexOf(failure.board) >= 0 && failure.board->item(failure.frame);
    if (error.code == ErrorCode::Cancelled) {
        // The user knows.
    } else if (there) {
        d->failures.add({FailedTake::Kind::NotPainted, job, failure.board, failure.frame, error, 1,
                         {failure.asked}});
    } else {
        Q_EMIT failed(error);
    }
    d->boards->release(failure.board);
}

void PaintDesk::keep(const QString &job, const Take &take)
{
    const Private::Job done = d->jobs.take(job);
    Board *const board = done.board;
    const QUuid frame = done.frame;
    if (!board)
        return; // of a grid
    board::FrameTake kept;
    kept.id = take.id;
    kept.frame = frame;
    kept.recipe = generation::toJson(take.recipe);
    kept.made = take.made;
    kept.seconds = take.seconds;
    Q_EMIT painted(board, frame, take);
    if (board->isReadOnly() || !board->item(frame)) {
        d->boards->release(board);
        return;
    }
    // A board that was closed meanwhile stays until the take is in it.
    auto *once = new QObject(board);
    connect(board, &Board::takesChanged, once, [this, board, once, id = take.id] {
        if (!board->take(id))
            return;
        once->deleteLater();
        QMetaObject::invokeMethod(
            this, [this, board] { d->boards->release(board); }, Qt::QueuedConnection);
        once->disconnect();
        board->disconnect(once);
    });
    board->addTake(kept, take.image);
}

} // namespace moodloom::session
