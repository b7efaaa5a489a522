#include "ui/board/BoardController.h"

#include "core/base/Text.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace moodloom::ui {

using board::Board;
using board::Item;
using board::ItemId;

BoardController::BoardController(QObject *parent) : QObject(parent), m_web(new WebPictures(this))
{
    connect(this, &BoardController::selectionChanged, this, &BoardController::currentChanged);
    connect(this, &BoardController::currentChanged, this, &BoardController::lookUpStorage);
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
        // Told once for all changes of a command: thousands of items may change in one.
        m_due = {};
        connect(board, &Board::itemAdded, this, [this](const QUuid &id) {
            m_due.content = true;
            m_due.frame |= m_board->item(id)->frame() != nullptr;
        });
        connect(board, &Board::itemRemoved, this, [this](const QUuid &id) {
            m_due.content = true;
            m_due.lost |= m_selected.contains(id);
            m_due.frame |= id == m_announcedFrame;
        });
        connect(board, &Board::itemChanged, this, [this](const QUuid &id) {
            m_due.content = true;
            const bool chosen = m_selected.contains(id);
            m_due.lost |= chosen && !m_board->item(id)->isVisible();
            m_due.current |= chosen || m_board->item(id)->frame();
        });
        connect(board, &Board::settled, this, &BoardController::tellChanges);
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
        followFiles(board);
        const auto tellWhy = [this](const Error &reason) { Q_EMIT problem(userText(reason)); };
        connect(board, &Board::refused, this, tellWhy);
        connect(board, &Board::saveFailed, this, tellWhy);
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

void BoardController::tellChanges()
{
    const Due due = std::exchange(m_due, {});
    if (due.lost)
        forgetLost();
    if (due.frame)
        announceFrame();
    if (due.content)
        Q_EMIT contentChanged();
    // What acts in a frame that is selected may be any item.
    const Item *chosen = current();
    if (due.current || (due.content && chosen && chosen->frame()))
        Q_EMIT currentChanged();
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
    return canUndo() && !m_board->undoName().isEmpty() ? tr("Undo: %1").arg(m_board->undoName())
                                                       : tr("Undo");
}

QString BoardController::redoText() const
{
    return canRedo() && !m_board->redoName().isEmpty() ? tr("Redo: %1").arg(m_board->redoName())
                                                       : tr("Redo");
}

} // namespace moodloom::ui
