#include "core/session/GroundingDesk.h"

#include "core/board/Board.h"
#include "core/session/IndexWorker.h"
#include "core/session/LibraryService.h"
#include "core/session/Painter.h"

#include <QPointer>

#include <deque>
#include <utility>

namespace moodloom::session {

using board::Board;
using generation::GroundingCheck;
using generation::Take;

namespace {

// The words that the recipe's references stand for, as their pictures on the board say.
QHash<QString, QString> servedOn(const Board &board, const generation::Recipe &recipe)
{
    QHash<QString, QString> served;
    for (const generation::RecipeReference &reference : recipe.references)
        if (const board::Item *item = board.item(board.pictureOf(reference.hash));
            item && item->picture() && !item->picture()->facet.isEmpty())
            served.insert(reference.hash, item->picture()->facet);
    return served;
}

} // namespace

struct GroundingDesk::Private
{
    LibraryService *library = nullptr;
    Painter *painter = nullptr;
    struct Job
    {
        QPointer<Board> board;
        Take take;
    };
    std::deque<Job> queue; // the first may be running
    bool running = false;
    std::stop_source stop; // of the running one
    QHash<QString, Error> problems; // by take

    auto find(const QString &take)
    {
        return std::find_if(queue.begin(), queue.end(),
                            [&take](const Job &job) { return job.take.id == take; });
    }
};

GroundingDesk::GroundingDesk(LibraryService *library, Painter *painter, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>())
{
    d->library = library;
    d->painter = painter;
    connect(painter, &Painter::queueChanged, this, [this] {
        if (d->painter->isBusy())
            d->stop.request_stop(); // it comes again when all is painted
        else
            next();
    });
}

GroundingDesk::~GroundingDesk()
{
    d->stop.request_stop();
}

void GroundingDesk::check(Board *board, const Take &take)
{
    if (isChecking(take.id) || take.image.isNull())
        return;
    d->queue.push_back({board, take});
    d->problems.remove(take.id);
    Q_EMIT stateChanged(take.id);
    next();
}

void GroundingDesk::cancel(const QString &take)
{
    const auto job = d->find(take);
    if (job == d->queue.end())
        return;
    if (job == d->queue.begin() && d->running)
        d->stop.request_stop();
    d->queue.erase(job);
    Q_EMIT stateChanged(take);
}

bool GroundingDesk::isChecking(const QString &take) const
{
    return d->find(take) != d->queue.end();
}

std::optional<Error> GroundingDesk::problem(const QString &take) const
{
    const auto known = d->problems.constFind(take);
    return known == d->problems.cend() ? std::nullopt : std::optional(*known);
}

void GroundingDesk::setProblem(const QString &take, const std::optional<Error> &error)
{
    if (!error && !d->problems.remove(take))
        return;
    if (error)
        d->problems.insert(take, *error);
    Q_EMIT stateChanged(take);
}

void GroundingDesk::next()
{
    if (d->running || d->queue.empty() || d->painter->isBusy())
        return;
    const Private::Job &job = d->queue.front();
    if (!job.board) {
        const QString gone = job.take.id;
        d->queue.pop_front();
        Q_EMIT stateChanged(gone);
        next();
        return;
    }
    d->running = true;
    d->stop = {};
    IndexWorker &index = d->library->index();
    const auto work = [image = job.take.image, recipe = job.take.recipe,
                       served = servedOn(*job.board, job.take.recipe),
                       own = d->stop.get_token()](LibraryIndex &library, std::stop_token given) {
        std::stop_source both;
        const auto end = [&both] { both.request_stop(); };
        const std::stop_callback byOthers(given, end), byUs(own, end);
        return library.checker().check(image, recipe, served, both.get_token());
    };
    // Behind the pictures that are still to be understood: what is compared needs them.
    index.background(work).then(
        this,
        [this, take = job.take.id](const Result<GroundingCheck> &result) { finish(take, result); });
}

void GroundingDesk::finish(const QString &take, const Result<GroundingCheck> &result)
{
    d->running = false;
    const auto job = d->find(take);
    if (job != d->queue.end()) {
        // What interrupted it goes first; then it begins again, quicker by what it remembers.
        const bool again = !result && result.error().code == ErrorCode::Cancelled;
        if (!again) {
            const QPointer<Board> board = job->board;
            d->queue.erase(job);
            if (result && board)
                keep(board, take, *result);
            if (result)
                Q_EMIT checked(take, *result);
            else
                d->problems.insert(take, result.error());
            Q_EMIT stateChanged(take);
        }
    }
    next();
}

void GroundingDesk::keep(Board *board, const QString &take, const GroundingCheck &check)
{
    if (board->isReadOnly())
        return;
    if (board->take(take)) {
        board->setTakeGrounding(take, generation::toJson(check));
        return;
    }
    // The board is still encoding it.
    auto *once = new QObject(board);
    connect(board, &Board::takesChanged, once, [board, take, check, once] {
        if (!board->take(take))
            return;
        board->disconnect(once);
        once->deleteLater();
        board->setTakeGrounding(take, generation::toJson(check));
    });
}

} // namespace moodloom::session
