#include "ui/shell/BoardTabs.h"

#include "core/board/Board.h"
#include "core/session/BoardSet.h"
#include "core/session/FailedTakes.h"
#include "core/session/Session.h"

#include <algorithm>

namespace moodloom::ui {

using board::Board;

namespace {

// Boards without a name are told apart by what is to be painted on them.
QString titleOf(const Board &board)
{
    if (board.isUntitled())
        for (const board::ItemId &frame : board.frames())
            if (const QString prompt = board.item(frame)->frame()->prompt.simplified();
                !prompt.isEmpty())
                return prompt;
    return board.title();
}

} // namespace

BoardTabs::BoardTabs(session::Session *session, QObject *parent)
    : QAbstractListModel(parent), m_session(session)
{
    connect(session->boards(), &session::BoardSet::changed, this, &BoardTabs::update);
    connect(session, &session::Session::boardChanged, this, &BoardTabs::currentChanged);
    connect(session->failedTakes(), &session::FailedTakes::changed, this, [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0), index(rowCount() - 1), {HintRole, FailedRole});
    });
    update();
}

int BoardTabs::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_boards.size());
}

QVariant BoardTabs::data(const QModelIndex &index, int role) const
{
    const Board *board =
        checkIndex(index, CheckIndexOption::IndexIsValid) ? at(index.row()) : nullptr;
    if (!board)
        return {};
    switch (role) {
    case TitleRole:
        return titleOf(*board);
    case HintRole:
        if (board->saveState() == Board::SaveState::NotSaved)
            return tr("The last changes could not be written yet");
        if (hasFailed(*board))
            return tr("A picture was not painted for this board");
        if (board->isReadOnly())
            return tr("Can only be looked at: %1").arg(board->path());
        return board->isUntitled() ? tr("No name yet; saved automatically") : board->path();
    case UnsavedRole:
        return board->saveState() == Board::SaveState::NotSaved;
    case ReadOnlyRole:
        return board->isReadOnly();
    case FailedRole:
        return hasFailed(*board);
    default:
        return {};
    }
}

QHash<int, QByteArray> BoardTabs::roleNames() const
{
    return {{TitleRole, "title"},
            {HintRole, "hint"},
            {UnsavedRole, "unsaved"},
            {ReadOnlyRole, "readOnly"},
            {FailedRole, "failed"}};
}

bool BoardTabs::hasFailed(const Board &board) const
{
    const QVector<session::FailedTake> &failed = m_session->failedTakes()->all();
    return std::any_of(failed.cbegin(), failed.cend(),
                       [&board](const session::FailedTake &one) { return one.board == &board; });
}

int BoardTabs::current() const
{
    return int(m_boards.indexOf(m_session->boards()->shown()));
}

board::Board *BoardTabs::at(int row) const
{
    // One that is gone is no longer in the set, whatever was told last.
    Board *board = m_boards.value(row);
    return m_session->boards()->indexOf(board) >= 0 ? board : nullptr;
}

void BoardTabs::update()
{
    const QVector<Board *> boards = m_session->boards()->boards();
    if (boards == m_boards)
        return;
    for (Board *board : boards)
        if (!m_boards.contains(board)) {
            const auto changed = [this, board] {
                if (const qsizetype row = m_boards.indexOf(board); row >= 0)
                    Q_EMIT dataChanged(index(int(row)), index(int(row)));
            };
            connect(board, &Board::titleChanged, this, changed);
            connect(board, &Board::saveStateChanged, this, changed);
            connect(board, &Board::itemRemoved, this, changed);
            connect(board, &Board::itemChanged, this, [board, changed](const QUuid &id) {
                if (board->isUntitled() && board->item(id)->frame())
                    changed();
            });
        }
    for (Board *board : std::as_const(m_boards))
        if (m_session->boards()->indexOf(board) < 0)
            board->disconnect(this); // it is leaving, not yet deleted
    // One by one: a tab that stays keeps its item, and with that the hand that drags it.
    for (qsizetype row = m_boards.size(); row-- > 0;)
        if (!boards.contains(m_boards[row])) {
            beginRemoveRows({}, int(row), int(row));
            m_boards.removeAt(row);
            endRemoveRows();
        }
    for (qsizetype row = 0; row < boards.size(); ++row) {
        const qsizetype from = m_boards.indexOf(boards[row]);
        if (from < 0) {
            beginInsertRows({}, int(row), int(row));
            m_boards.insert(row, boards[row]);
            endInsertRows();
        } else if (from > row) {
            beginMoveRows({}, int(from), int(from), {}, int(row));
            m_boards.move(from, row);
            endMoveRows();
        }
    }
    Q_EMIT countChanged();
    Q_EMIT currentChanged();
}

void BoardTabs::show(int row)
{
    if (Board *board = at(row))
        m_session->boards()->show(board);
}

void BoardTabs::showNext(int by)
{
    const int boards = count();
    if (boards > 1)
        show(((current() + by) % boards + boards) % boards);
}

void BoardTabs::close(int row)
{
    Board *board = at(row);
    if (!board)
        return;
    const QString title = titleOf(*board);
    const bool worth = !board->isUntitled() || !board->isEmpty() || board->canUndo();
    m_session->closeBoard(board);
    if (worth && m_session->boards()->indexOf(board) < 0)
        Q_EMIT closed(title);
}

void BoardTabs::move(int from, int to)
{
    m_session->boards()->move(from, to);
}

void BoardTabs::retranslate()
{
    if (!m_boards.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

} // namespace moodloom::ui
