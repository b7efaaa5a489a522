// From a recipe that is still open to a take in its frame: chooses what was left open, gives the
// board's pictures files, queues, and lays the take into the frame that it was painted for,
// whichever board is shown by then.
//
// QObject of the UI thread; borrows all that it works with, which outlives it.
#pragma once

#include "core/base/Result.h"
#include "core/generation/Take.h"
#include "core/session/OpenRecipe.h"

#include <QCoroTask>
#include <QObject>
#include <QUuid>

#include <memory>

namespace moodloom {
class Worker;
}
namespace moodloom::board {
class Board;
}

namespace moodloom::session {

class BoardSet;
class FailedTakes;
class Painter;
class ReferenceFinder;

class PaintDesk : public QObject
{
    Q_OBJECT
public:
    // Reads wildcards on `disk`.
    PaintDesk(Painter *painter, BoardSet *boards, ReferenceFinder *finder, Worker *disk,
              QObject *parent = nullptr);
    ~PaintDesk() override;

    void setWildcardFolder(const QString &folder); // empty = prompt::defaultWildcardFolder()
    const QString &wildcardFolder() const;

    // Queues it; returns the painter's job. A board that is closed meanwhile stays until the take
    // is in it.
    QString paint(board::Board *board, const QUuid &frame, const OpenRecipe &open);
    // What could not be painted: it stands at its frame. Painting the frame anew makes it go.
    FailedTakes *failures() const;
    // The same pictures once more, seeds and all; their failure goes.
    void paintAgain(const QString &failure);
    bool isFor(const QString &job, const board::Board *board, const QUuid &frame) const;

    // With everything chosen, and files for pictures that only this board has: pasted ones, and
    // those whose files have moved. Errors: those of settled(), and of board::BoardStore::file().
    QCoro::Task<Result<generation::Recipe>> prepared(board::Board *board, OpenRecipe open);

Q_SIGNALS:
    // The board is still encoding it, and tells by takesChanged() when it has it.
    void painted(moodloom::board::Board *board, const QUuid &frame,
                 const moodloom::generation::Take &take);
    void failed(const moodloom::Error &error); // where the board or the frame is gone

private:
    QString start(board::Board *board, const QUuid &frame, const OpenRecipe &open);
    QCoro::Task<void> queue(QString job, OpenRecipe open);
    void drop(const QString &job, const Error &error);
    void keep(const QString &job, const generation::Take &take);
    void forget(const QString &job);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace moodloom::session
