// The takes of one frame, oldest first, images included: those of the board's file, and those that
// the board is still encoding.
//
// QObject of the UI thread; images are read on the board's Worker.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Take.h"

#include <QCoroTask>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QUuid>

namespace moodloom::board {
class Board;
}

namespace moodloom::session {

class FrameTakes : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    const QVector<generation::Take> &all() const { return m_takes; }

    // From now on. Those of another frame of the same board stay until its own are read.
    void show(board::Board *board, const QUuid &frame);
    void clear(); // until the next show()
    // What the board has of the frame has changed.
    void reload();
    // Painted just now, for this frame; nothing, where another one is shown.
    void add(const board::Board *board, const QUuid &frame, const generation::Take &take);

    // What it shows was found out; nothing, where it is not here.
    void setGrounding(const QString &take, const generation::GroundingCheck &check);

Q_SIGNALS:
    void changed();
    // The board's file has the take and does not give its picture back: told once.
    void unreadable(const QString &take, const moodloom::Error &error);

private:
    QCoro::Task<void> load();

    QPointer<board::Board> m_board;
    QUuid m_frame;
    QVector<generation::Take> m_takes;
    QSet<QString> m_arriving; // that the board is still encoding
    QSet<QString> m_unreadable;
    int m_loads = 0;          // the last one counts
};

} // namespace moodloom::session
