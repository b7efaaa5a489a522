// Opens, saves and closes the boards of a set, with files.
//
// QObject of the UI thread; borrows the set, which outlives it. Files are read and written by the
// boards' own Workers.
#pragma once

#include "core/base/Result.h"

#include <QCoroTask>
#include <QObject>
#include <QStringList>

namespace moodloom::board {
class Board;
}

namespace moodloom::session {

class BoardSet;

class BoardDesk : public QObject
{
    Q_OBJECT
public:
    explicit BoardDesk(BoardSet *boards, QObject *parent = nullptr);

    void addNew(); // beside the others, and shown
    // Stays, and is shown, where its last edits cannot be written.
    void close(board::Board *board);
    // What was closed last, else as resume().
    void reopen();
    // The newest untitled board that nobody has open, if there is one.
    void resume();
    // Shows it, if it is open already. Errors: those of board::Board::load().
    QCoro::Task<Result<void>> open(QString path);
    // In their order, and shows `shown`. Untitled ones that another window has open, and files that
    // are gone, are passed over.
    QCoro::Task<void> openAll(QStringList paths, QString shown);
    // Errors: those of board::Board::saveFailed(); Cancelled where the board is closed before.
    QCoro::Task<Result<void>> saveAs(board::Board *board, QString path);

Q_SIGNALS:
    void failed(const moodloom::Error &error); // to open

private:
    BoardSet *m_boards;
};

} // namespace moodloom::session
