#include "ui/board/BoardController.h"

#include "core/base/Text.h"

#include <algorithm>
#include <cmath>

namespace moodloom::ui {

using board::Board;
using board::Item;
using board::ItemId;

BoardController::BoardController(QObject *parent) : QObject(parent)
{
    connect(this, &BoardController::selectionChanged, this, &BoardController::currentChanged);
}

void BoardController::setBoard(Board *board)
{
    if (m_board == board)
        return;
    if (m_board) {
        Q_EMIT boardLeaving();
        m_board->disconnect(this);
        m_places.insert(m_board, {m_selection, m_lastFrame});
        connect(m_board, &QObject::destroyed, this,
                [this, gone = m_board.get()] { m_places.remove(gone); });
    }
    m_board = board;
    m_selection.clear();
    m_selected.clear();
    const Place place = m_places.take(board);
    m_lastFrame = place.lastFrame;
    if (board) {
        board->disconnect(this);
        connect(board, &Board::titleChanged, this, &BoardController::titleChanged);
        connect(board, &Board::saveStateChanged, this, &BoardController::saveStateChanged);
        connect(board, &Board::undoChanged, this, &BoardController::undoChanged);
        connect(board, &Board::dropped, this, &BoardController::dropped);
        connect(board, &Board::itemAdded, this, [this](const QUuid &id) {
            if (m_board->item(id)->frame())
                announceFrame();
            Q_EMIT contentChanged();
        });
        connect(board, &Board::itemRemoved, this, [this](const QUuid &id) {
            if (m_selected.contains(id))
                forgetLost();
            if (id == m_announcedFrame)
                announceFrame();
            Q_EMIT contentChanged();
        });
        connect(board, &Board::itemChanged, this, [this](const QUuid &id) {
            if (m_selected.contains(id) && !m_board->item(id)->isVisible())
                forgetLost();
            Q_EMIT contentChanged();
            if (m_selected.contains(id) || m_board->item(id)->frame())
                Q_EMIT currentChanged();
        });
        connect(board, &Board::takesChanged, this, &BoardController::contentChanged);
        connect(board, &Board::referencesPlaced, this, &BoardController::itemsArrived);
        connect(board, &Board::imported, this,
                [this](int job, const QVector<QUuid> &ids, const QStringList &problems) {
                    Q_EMIT imported(job, ids);
                    if (!ids.isEmpty()) {
                        select(ids);
                        Q_EMIT itemsArrived(ids);
                    }
                    if (!problems.isEmpty())
                        Q_EMIT problem(problems.join(QLatin1Char('\n')));
                });
        connect(board, &Board::collected, this, [this](int count, const QStringList &missing) {
            if (missing.isEmpty())
                Q_EMIT notice(count > 0 ? tr("%1 linked files are in the board now").arg(count)
                                        : tr("Every picture is in the board already"));
            else
                Q_EMIT problem(tr("%1 linked files are in the board now; these are gone or have changed:\n%2")
                                   .arg(count).arg(missing.mid(0, 10).join(QLatin1Char('\n'))));
        });
        connect(board, &Board::refused, this, [this](const Error &reason) {
            Q_EMIT problem(userText(reason));
        });
    }
    Q_EMIT boardChanged();
    Q_EMIT titleChanged();
    Q_EMIT contentChanged();
    Q_EMIT saveStateChanged();
    Q_EMIT undoChanged();
    Q_EMIT selectionChanged();
    select(place.selection);
    m_announcedFrame = activeFrame();
    Q_EMIT activeFrameChanged();
}

// -- The document

QString BoardController::title() const
{
    return m_board ? m_board->title() : QString();
}

bool BoardController::isEmpty() const
{
    if (!m_board)
        return true;
    const QVector<ItemId> ids = m_board->items();
    return std::none_of(ids.begin(), ids.end(),
                        [this](const ItemId &id) { return m_board->item(id)->isVisible(); });
}

BoardController::SaveState BoardController::saveState() const
{
    return m_board ? SaveState(m_board->saveState()) : SaveState::Saved;
}

QString BoardController::saveText() const
{
    if (!m_board)
        return {};
    switch (m_board->saveState()) {
    case Board::SaveState::Saved:
    case Board::SaveState::Saving: return {};
    case Board::SaveState::ReadOnly: return userText(*m_board->readOnlyReason());
    case Board::SaveState::NotSaved:
        return tr("Not saved: %1 Your edits are kept here and written as soon as that is possible.")
            .arg(userText(*m_board->saveError()));
    }
    return {};
}

QString BoardController::undoText() const
{
    return canUndo() ? tr("Undo: %1").arg(m_board->undoName()) : tr("Undo");
}

QString BoardController::redoText() const
{
    return canRedo() ? tr("Redo: %1").arg(m_board->redoName()) : tr("Redo");
}

} // namespace moodloom::ui
