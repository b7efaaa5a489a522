#include "core/session/BoardSet.h"

#include "core/board/Board.h"

#include <QFileInfo>

#include <algorithm>

namespace moodloom::session {

using board::Board;

namespace {

bool isUntouched(const Board &board)
{
    return board.isUntitled() && board.isEmpty() && !board.canUndo() && !board.canRedo() &&
           !board.isReadOnly();
}

} // namespace

BoardSet::BoardSet(QObject *parent) : QObject(parent) {}
BoardSet::~BoardSet() = default;

QVector<Board *> BoardSet::boards() const
{
    QVector<Board *> all;
    for (const Entry &entry : m_open)
        all.append(entry.board.get());
    return all;
}

int BoardSet::indexOf(const Board *board) const
{
    for (size_t i = 0; i < m_open.size(); ++i)
        if (m_open[i].board.get() == board)
            return int(i);
    return -1;
}

Board *BoardSet::find(const QString &path) const
{
    const QFileInfo wanted(path);
    for (const Entry &entry : m_open)
        if (QFileInfo(entry.board->path()) == wanted)
            return entry.board.get();
    return nullptr;
}

BoardSet::Entry *BoardSet::entryOf(const Board *board)
{
    for (auto *list : {&m_open, &m_leaving})
        for (Entry &entry : *list)
            if (entry.board.get() == board)
                return &entry;
    return nullptr;
}

void BoardSet::add(std::unique_ptr<Board> board, bool replaceUntouched)
{
    Board *const added = board.get();
    const int at = indexOf(m_shown);
    const bool replace = replaceUntouched && m_shown && isUntouched(*m_shown);
    m_open.insert(m_open.begin() + at + 1, Entry{std::move(board)});
    m_closed.removeAll(added->path());
    Q_EMIT this->added(added);
    Entry replaced;
    if (replace) {
        replaced = std::move(m_open[size_t(at)]);
        m_open.erase(m_open.begin() + at);
    }
    m_shown = added;
    Q_EMIT changed();
    Q_EMIT shownChanged();
    if (replaced.board)
        leave(std::move(replaced));
}

void BoardSet::show(Board *board)
{
    if (board == m_shown || indexOf(board) < 0)
        return;
    m_shown = board;
    Q_EMIT shownChanged();
}

void BoardSet::move(int from, int to)
{
    const int count = int(m_open.size());
    if (from < 0 || from >= count || to < 0 || to >= count || from == to)
        return;
    const auto begin = m_open.begin();
    if (from < to)
        std::rotate(begin + from, begin + from + 1, begin + to + 1);
    else
        std::rotate(begin + to, begin + from, begin + from + 1);
    Q_EMIT changed();
}

bool BoardSet::close(Board *board)
{
    const int at = indexOf(board);
    if (at < 0)
        return true;
    if (board->saveState() == Board::SaveState::NotSaved)
        return false;
    if (m_open.size() == 1)
        add(std::make_unique<Board>(), false); // then this one goes
    const int place = indexOf(board);
    Entry entry = std::move(m_open[size_t(place)]);
    m_open.erase(m_open.begin() + place);
    if (!isUntouched(*board))
        m_closed.append(board->path());
    const bool wasShown = m_shown == board;
    if (wasShown)
        m_shown = m_open[size_t(std::min(place, int(m_open.size()) - 1))].board.get();
    Q_EMIT changed();
    if (wasShown)
        Q_EMIT shownChanged();
    leave(std::move(entry));
    return true;
}

void BoardSet::leave(Entry entry)
{
    Board *const board = entry.board.get();
    entry.flushed = false;
    m_leaving.push_back(std::move(entry));
    // Deleting waits for the writes: they are done by then, and the window does not stop.
    board->store()->flush().then(this, [this, board](const Result<void> &written) {
        Entry *leaving = entryOf(board);
        if (!leaving || indexOf(board) >= 0)
            return;
        leaving->flushed = true;
        if (!written) { // a full disk: it comes back and says so
            m_closed.removeAll(board->path());
            m_open.push_back(std::move(*leaving));
            std::erase_if(m_leaving, [](const Entry &left) { return !left.board; });
            Q_EMIT changed();
            return;
        }
        letGo(board);
    });
}

void BoardSet::letGo(Board *board)
{
    const auto found =
        std::find_if(m_leaving.begin(), m_leaving.end(),
                     [board](const Entry &entry) { return entry.board.get() == board; });
    if (found == m_leaving.end() || found->holds > 0 || !found->flushed)
        return;
    const Entry entry = std::move(*found);
    m_leaving.erase(found);
    Q_EMIT gone(board);
}

QString BoardSet::reopen()
{
    while (!m_closed.isEmpty()) {
        const QString path = m_closed.takeLast();
        for (auto it = m_leaving.begin(); it != m_leaving.end(); ++it)
            if (it->board->path() == path) {
                Entry entry = std::move(*it);
                m_leaving.erase(it);
                m_shown = entry.board.get();
                m_open.push_back(std::move(entry));
                Q_EMIT changed();
                Q_EMIT shownChanged();
                return {};
            }
        if (!find(path) && QFileInfo::exists(path))
            return path;
    }
    return {};
}

void BoardSet::hold(Board *board)
{
    if (Entry *entry = entryOf(board))
        ++entry->holds;
}

void BoardSet::release(Board *board)
{
    if (Entry *entry = entryOf(board); entry && entry->holds > 0)
        --entry->holds;
    letGo(board);
}

} // namespace moodloom::session
