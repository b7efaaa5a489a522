#include "core/session/PaintDesk.h"

#include "core/board/Board.h"
#include "core/prompt/Wildcards.h"
#include "core/session/BoardSet.h"
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
    };
    QHash<QString, Job> jobs; // of the painter
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
    connect(painter, &Painter::failed, this, [this](const QString &job, const Error &error) {
        forget(job);
        Q_EMIT failed(error);
    });
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

QString PaintDesk::paint(Board *board, const QUuid &frame, const OpenRecipe &open)
{
    const QString job = Painter::newJob();
    d->jobs.insert(job, {board, frame});
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
    forget(job);
    if (recipe.error().code != ErrorCode::Cancelled)
        Q_EMIT failed(recipe.error());
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

void PaintDesk::keep(const QString &job, const Take &take)
{
    const auto [board, frame] = d->jobs.take(job);
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
