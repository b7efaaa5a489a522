#include "core/session/BoardDesk.h"

#include "core/board/Autosave.h"
#include "core/board/Board.h"
#include "core/session/BoardSet.h"

#include <QCoroFuture>
#include <QFileInfo>
#include <QPointer>
#include <QPromise>

namespace moodloom::session {

using board::Board;

BoardDesk::BoardDesk(BoardSet *boards, QObject *parent) : QObject(parent), m_boards(boards) {}

void BoardDesk::addNew()
{
    m_boards->add(std::make_unique<Board>(), false);
}

void BoardDesk::close(Board *board)
{
    if (!m_boards->close(board))
        m_boards->show(board); // where it says why
}

void BoardDesk::reopen()
{
    if (m_boards->canReopen()) {
        if (const QString path = m_boards->reopen(); !path.isEmpty())
            open(path);
        return;
    }
    resume();
}

void BoardDesk::resume()
{
    // The newest; those that are open here are locked.
    const QStringList boards = board::recoverableBoards();
    if (!boards.isEmpty())
        open(boards.first());
}

QCoro::Task<Result<void>> BoardDesk::open(QString path)
{
    if (Board *open = m_boards->find(path)) {
        m_boards->show(open);
        co_return Result<void>();
    }
    const QPointer<BoardDesk> self(this);
    const Result<board::LoadedBoard> loaded = co_await Board::load(path);
    if (!self)
        co_return cancelled();
    if (!loaded) {
        Q_EMIT failed(loaded.error());
        co_return fail(loaded.error());
    }
    if (Board *open = m_boards->find(path)) // asked for twice
        m_boards->show(open);
    else
        m_boards->add(std::make_unique<Board>(*loaded), true);
    co_return Result<void>();
}

QCoro::Task<void> BoardDesk::openAll(QStringList paths, QString shown)
{
    const QPointer<BoardDesk> self(this);
    const QStringList recoverable = board::recoverableBoards();
    for (const QString &path : paths) {
        if (!QFileInfo::exists(path) || (board::isAutosave(path) && !recoverable.contains(path)))
            continue;
        const Result<void> opened = co_await open(path);
        if (!self)
            co_return;
        Q_UNUSED(opened); // told by failed()
    }
    if (Board *wanted = m_boards->find(shown))
        m_boards->show(wanted);
}

QCoro::Task<Result<void>> BoardDesk::saveAs(Board *board, QString path)
{
    auto answer = std::make_shared<QPromise<Result<void>>>();
    answer->start();
    // One answer, whichever signal comes; the board may also be closed before.
    auto *once = new QObject(board);
    const auto finish = [answer, once](const Result<void> &result) {
        if (answer->future().isFinished())
            return;
        answer->addResult(result);
        answer->finish();
        once->deleteLater();
    };
    connect(board, &Board::saved, once, [finish](const QString &) { finish({}); });
    connect(board, &Board::saveFailed, once, [finish](const Error &error) { finish(fail(error)); });
    connect(once, &QObject::destroyed, this, [finish] { finish(cancelled()); });
    board->saveAs(path);
    co_return co_await answer->future();
}

} // namespace moodloom::session
